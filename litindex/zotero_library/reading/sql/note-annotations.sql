-- Annotations that notes hold.
SELECT note_id, annotation_key, coalesce(color, '') AS color, coalesce(text, '') AS text, coalesce(comment, '') AS comment
FROM annotations ORDER BY note_id, position
