"""litindex: a normalized SQLite index of an Obsidian vault, kept true."""

__version__ = "0.1.0"
