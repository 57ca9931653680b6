"""Full-text search, and the words that an index holds."""
