"""Finding things: lists, searches, single works, questions in SQL."""
