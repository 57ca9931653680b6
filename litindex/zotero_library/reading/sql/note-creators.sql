-- Creators of the works of notes, in their order.
SELECT note_id, role, name, kind FROM note_authors ORDER BY note_id, position
