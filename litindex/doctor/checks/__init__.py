"""The checks that come with the program, one file each."""
