-- Collections that notes name.
SELECT note_id, name FROM note_collections ORDER BY note_id, position
