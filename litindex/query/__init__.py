"""What answers a person or a program: search, look-up, named queries, completion. Nothing here writes."""
