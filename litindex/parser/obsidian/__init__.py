"""What Obsidian adds: properties, links, tags, callouts, tasks, block ids."""
