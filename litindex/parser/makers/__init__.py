"""What plugins and apps write into a vault: a row of a table each, read by its rules before any general ones."""
