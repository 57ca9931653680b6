"""The index in other programs: a browser, Datasette."""
