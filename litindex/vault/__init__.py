"""Finding and reading the files of a vault. Only reads."""
