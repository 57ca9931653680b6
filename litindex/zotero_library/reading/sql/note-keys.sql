-- Which properties and inline fields notes have, be they empty: places that a template fills.
SELECT DISTINCT f.note_id, k.key FROM fields f JOIN field_keys k ON k.id = f.key_id WHERE f.scope = 'page'
