"""What is wrong in a vault, as its index shows it. Nothing here writes, and nothing reads the vault."""
