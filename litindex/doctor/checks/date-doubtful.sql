-- A work is dated in the future, or before there was writing to quote.
-- severity: warning
-- why: A slip of the keyboard puts it into the wrong place of every list.
-- mend: Write the year of publication.
SELECT n.path, (SELECT p.line FROM provenance p WHERE p.note_id = n.id AND p.field = 'date' AND p.verdict = 'used' LIMIT 1) AS line,
       'the year ' || w.year || ' cannot be right: ' || coalesce(w.title, n.title) AS message
FROM works w JOIN notes n ON n.id = w.note_id
WHERE w.year > CAST(strftime('%Y', 'now') AS INTEGER) + 1 OR w.year < -3000
