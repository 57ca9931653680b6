"""What hangs between notes, and is settled after their rows: targets of links, names shown, collisions."""
