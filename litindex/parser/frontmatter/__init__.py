"""Front matter: where it is, YAML 1.2 as text, and what can be saved of a broken one."""
