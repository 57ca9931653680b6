"""What other programs get out of the same notes: `python -m tests.comparison`."""
