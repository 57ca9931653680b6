"""What the daemon is made of: hints, the watch over them, when to do what, and what it says of itself."""
