-- Lost words
-- What you had written in a note that is still there, before a run of litindex found it gone; the last loss first.
-- :note (text, optional): only of the note at this path
-- :limit (integer, default 100): at most so many rows
SELECT strftime('%Y-%m-%d %H:%M:%S', r.at, 'localtime') AS at, l.path, l.block, l.characters, l.text
FROM lost_texts l JOIN runs r ON r.id = l.run_id
WHERE :note = '' OR l.path = :note
ORDER BY l.run_id DESC, l.path, l.id
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 100);
