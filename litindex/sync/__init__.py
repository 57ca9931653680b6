"""Brings an index in step with its vault: look, plan, read, write, in one transaction."""
