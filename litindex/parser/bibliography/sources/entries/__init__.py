"""What stands in a note as an entry of another program: BibTeX, RIS, EndNote, CSL-JSON."""
