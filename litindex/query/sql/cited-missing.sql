-- Cited but missing
-- Citekeys that your notes cite and no note describes: what to import next.
-- :limit (integer, default 200): at most so many rows
SELECT min(c.citekey) AS citekey, count(*) AS citations, count(DISTINCT c.note_id) AS notes, min(n.path) AS path
FROM citations c JOIN notes n ON n.id = c.note_id
WHERE c.target_note_id IS NULL
GROUP BY c.citekey_key
ORDER BY notes DESC, citations DESC, c.citekey_key
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
