"""Things that one does once: the service, completion in the shell."""
