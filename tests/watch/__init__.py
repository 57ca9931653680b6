"""Following a vault."""
