"""The index: a SQLite file, its schema, and what writes its rows. Whoever calls holds the transaction."""
