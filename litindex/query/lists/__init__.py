"""Rows of one kind, chosen by filters whose values are looked up in the index."""
