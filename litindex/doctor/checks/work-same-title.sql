-- Two notes have the same title and year.
-- severity: info
-- why: They may be about one work, whose highlights and thoughts are then spread over both.
-- mend: Merge them, or leave them where they are a preprint and its published version. Works with two DOIs are not told.
SELECT n.path, NULL AS line, 'has the same title and year as ' || f.path || ': ' || w.title || ' (' || w.year || ')' AS message
FROM works w JOIN notes n ON n.id = w.note_id
JOIN works v ON v.title_key = w.title_key AND v.year = w.year AND v.note_id <> w.note_id JOIN notes f ON f.id = v.note_id
WHERE length(w.title_key) >= 15 AND (w.doi IS NULL OR v.doi IS NULL)
  AND f.path = (SELECT min(m.path) FROM works x JOIN notes m ON m.id = x.note_id WHERE x.title_key = w.title_key AND x.year = w.year)
  AND n.path > f.path
  AND NOT EXISTS (SELECT 1 FROM identifiers a JOIN identifiers b ON b.scheme = a.scheme AND b.value = a.value
                  WHERE a.note_id = w.note_id AND b.note_id = v.note_id AND a.scheme <> 'isbn')
