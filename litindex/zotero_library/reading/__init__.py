"""Zotero's databases and the index into values."""
