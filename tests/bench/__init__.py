"""How fast litindex is: `python -m tests.bench` (docs/performance.md says what came out)."""
