-- Open tasks
-- What is still to do, those with a due date first.
-- :kind (text, optional): only in notes of this kind: literature or note
-- :limit (integer, default 200): at most so many rows
SELECT t.due, t.text, h.text AS heading, n.title, n.path, t.line
FROM tasks t JOIN notes n ON n.id = t.note_id LEFT JOIN headings h ON h.id = t.heading_id
WHERE t.completed = 0 AND (n.kind = lower(:kind) OR (:kind = '' AND n.kind <> 'template'))
ORDER BY t.due IS NULL, t.due, n.path, t.line
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
