-- Open tasks
-- What is still to do, those with a due date first.
-- :kind (text, optional): only in notes of this kind: literature or note
-- :limit (integer, default 200): at most so many rows
SELECT due, text, heading, title, path, line
FROM open_tasks
WHERE kind = lower(:kind) OR (:kind = '' AND kind <> 'template')
ORDER BY due IS NULL, due, path, line
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
