"""Templates of literature notes, inverted: what a template prints, read back out of the notes that it made."""
