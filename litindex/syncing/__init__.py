"""What a sync is made of: how found files become a plan, notes become rows, and rows hang together."""
