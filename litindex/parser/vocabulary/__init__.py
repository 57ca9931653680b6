"""The words of all languages: field names, item types, roles, colours."""
