"""One note: which one is meant, and everything that is known of it."""
