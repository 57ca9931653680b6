"""Highlights, comments and images that were imported from documents."""
