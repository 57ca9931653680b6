"""What a person sees: safe text, tables, formats."""
