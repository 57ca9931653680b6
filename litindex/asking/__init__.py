"""What answers a person or a browser: search, look-up, completion, Datasette's configuration. Nothing here writes."""
