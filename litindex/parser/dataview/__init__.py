"""Inline fields and their values, as Dataview reads them."""
