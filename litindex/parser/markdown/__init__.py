"""CommonMark with Obsidian's containers: the blocks of a note, and what stands inside a line."""
