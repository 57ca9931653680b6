"""The work that a note is about: statements from its sources, merged field by field."""
