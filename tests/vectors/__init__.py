"""Conformance vectors of FORMAT.md, and the runner for them: `python -m tests.vectors DIR [ID ...]` (README.md)."""
