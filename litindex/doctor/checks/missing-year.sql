-- A published work has no year.
-- severity: info
-- why: It is in no list by year, and its reference says "n.d.".
-- mend: Write the year, or `n.d.` where the work has none.
SELECT n.path, NULL AS line, 'no year: ' || coalesce(w.title, n.title) AS message, iif(n.frontmatter_state = 'ok', 'year: YYYY', '') AS suggestion
FROM works w JOIN notes n ON n.id = w.note_id
WHERE w.year IS NULL AND w.item_type IN ('journalArticle', 'book', 'bookSection', 'conferencePaper', 'thesis', 'report', 'preprint')
  AND w.date_raw IS NULL
