"""An index for agents: a server of the Model Context Protocol that only reads, on the same questions as the command line.

What it answers are texts of the user's notes, which may say anything: they come as JSON strings that are marked as data,
within limits of size, with path and line of the note. No file but the index is read.
"""
