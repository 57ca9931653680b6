-- DOIs that notes state.
SELECT note_id, value FROM identifiers WHERE scheme = 'doi' ORDER BY note_id, position
