"""Options that several commands share, each kind a module."""
