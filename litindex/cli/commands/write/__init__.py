"""For writing and for other programs: bibliography files, formatted references, Parquet."""
