"""Datasette's own pages of an index, as a person wants to read them: the frame, cells, facets."""
