-- A note has fields of an older template.
-- severity: info
-- why: A question about these fields, or about those that took their place, misses some of the notes.
-- mend: Import the note again, or rename its fields; `litindex query template-generations` compares them.
WITH imported AS (
  SELECT note_id, made_by, imported_at FROM works WHERE imported_at IS NOT NULL
), carried AS (
  SELECT DISTINCT i.note_id, i.made_by, i.imported_at, f.key_id
  FROM imported i JOIN fields f ON f.note_id = i.note_id AND f.scope = 'page' AND f.subkey = ''
), spans AS (
  SELECT made_by, key_id, count(*) AS notes, min(imported_at) AS first, max(imported_at) AS last FROM carried GROUP BY made_by, key_id
), given_up AS (
  SELECT s.* FROM spans s
  WHERE s.notes >= 3
    AND (SELECT count(*) FROM imported i WHERE i.made_by = s.made_by AND i.imported_at BETWEEN s.first AND s.last) * 4 <= s.notes * 5
    AND (SELECT count(*) FROM imported i WHERE i.made_by = s.made_by AND i.imported_at > s.last) >= 10
)
SELECT n.path, NULL AS line, 'no note imported after ' || substr(max(g.last), 1, 10) || ' has ' || group_concat('`' || k.key || '`', ', ') AS message
FROM carried c JOIN given_up g ON g.made_by = c.made_by AND g.key_id = c.key_id
JOIN field_keys k ON k.id = c.key_id JOIN notes n ON n.id = c.note_id
GROUP BY n.id
