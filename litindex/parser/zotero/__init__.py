"""What Zotero and its plugins leave in notes."""
