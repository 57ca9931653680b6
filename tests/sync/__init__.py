"""From a vault to its index."""
