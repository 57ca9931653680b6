-- Two tags differ only by their number or by a dash.
-- severity: info
-- why: Each finds half of the notes.
-- mend: Use one of them: Obsidian renames a tag in all notes by its tag pane.
WITH used AS (
  SELECT t.id, t.name, t.tag_key, t.kind, count(DISTINCT nt.note_id) AS notes, replace(replace(t.tag_key, '-', ''), '_', '') AS letters
  FROM tags t JOIN note_tags nt ON nt.tag_id = t.id WHERE t.kind = 'obsidian' GROUP BY t.id
)
SELECT min(n.path) AS path, nt.line, '#' || a.name || ' (' || a.notes || ') and #' || b.name || ' (' || b.notes || ') are nearly the same' AS message,
       '#' || b.name AS suggestion
FROM used a JOIN used b ON (b.letters = a.letters OR b.tag_key = a.tag_key || 's' OR a.tag_key = b.tag_key || 's') AND b.id <> a.id
JOIN note_tags nt ON nt.tag_id = a.id JOIN notes n ON n.id = nt.note_id
WHERE (b.notes, a.tag_key) > (a.notes, b.tag_key) AND length(a.letters) > 3
GROUP BY a.id, b.id
