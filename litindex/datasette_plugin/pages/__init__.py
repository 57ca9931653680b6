"""The pages that are ours, one module each: what it asks the index, and the values of its template."""
