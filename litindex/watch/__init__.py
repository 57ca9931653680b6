"""Keeps an index in step for as long as it runs: events are hints, the file system is the truth."""
