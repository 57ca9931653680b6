"""For writing: bibliography files and formatted references."""
