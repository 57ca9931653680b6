"""Which note is about which item, and what differs between them: values only."""
