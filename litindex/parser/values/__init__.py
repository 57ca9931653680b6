"""Values out of strings: names, references, dates, identifiers. Nothing here knows a note."""
