-- A link leads to no note, no file and no citekey.
-- severity: info
-- why: It may be a note that you mean to write, or one that was renamed or deleted.
-- mend: Write the name as it is now, write the note, or leave the link until you do. An alias needs the note's name before it.
WITH names AS (
  SELECT alias_key, min(note_id) AS note_id FROM aliases GROUP BY alias_key HAVING count(DISTINCT note_id) = 1
)
SELECT n.path, l.line,
       'nothing is called `' || l.target || '`' || iif(t.id IS NULL, '', ', but it is an alias of ' || t.path) AS message,
       iif(t.id IS NULL, '', '[[' || t.name || '|' || coalesce(l.display, l.target) || ']]') AS suggestion
FROM links l JOIN notes n ON n.id = l.note_id
LEFT JOIN names a ON a.alias_key = l.target_key LEFT JOIN notes t ON t.id = a.note_id
WHERE l.resolution = 'unresolved' AND l.is_embed = 0 AND n.kind IN ('literature', 'note')
  AND l.target NOT GLOB '*{{*' AND l.target NOT GLOB '*<%*' AND lower(l.target) NOT GLOB '*.pdf'
