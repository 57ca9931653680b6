"""Where a note states something about its work: one module a kind of place."""
