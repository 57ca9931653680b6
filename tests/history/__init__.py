"""What the index remembers of notes that changed."""
