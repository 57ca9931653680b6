"""Pictures as plain inline SVG, drawn on the server: no script, nothing loaded."""
