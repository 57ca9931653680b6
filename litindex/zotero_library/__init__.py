"""What differs between the notes of a vault and the Zotero library they were made from. Nothing here writes."""
