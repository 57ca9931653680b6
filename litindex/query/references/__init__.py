"""Works as items of a bibliography: those that a draft cites, formatted references."""
