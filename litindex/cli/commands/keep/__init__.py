"""Making the index and keeping it true: build, watch, status, templates."""
