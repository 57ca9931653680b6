-- Unresolved links
-- Notes and files that are linked to and do not exist, most wanted first. A [[@key]] exists when a work has that citekey.
-- :limit (integer, default 200): at most so many rows
SELECT min(l.target) AS target, count(*) AS links, count(DISTINCT l.note_id) AS notes, min(n.path) AS path
FROM links l JOIN notes n ON n.id = l.note_id
WHERE l.resolution = 'unresolved'
  AND NOT (l.target_key GLOB '@*' AND EXISTS (SELECT 1 FROM works w WHERE w.citekey_key = substr(l.target_key, 2)))
GROUP BY l.target_key
ORDER BY notes DESC, links DESC, l.target_key
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
