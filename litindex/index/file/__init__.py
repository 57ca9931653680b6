"""The index as a file: opened, locked, looked after, rebuilt."""
