"""Commands that say what is wrong in the notes, what differs from Zotero, what changed and what was lost."""
