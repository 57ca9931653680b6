"""What changed in the notes from run to run, and the words of a person that a run found gone."""
