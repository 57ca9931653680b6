"""What the statements mean: one module a group of fields."""
