-- An article or chapter does not say where it appeared.
-- severity: info
-- why: Its reference is not complete.
-- mend: Write the journal, book or proceedings it appeared in. A formatted reference that names it will do.
SELECT n.path, NULL AS line, CASE w.item_type WHEN 'bookSection' THEN 'no book' WHEN 'conferencePaper' THEN 'no proceedings' ELSE 'no journal' END
       || ': ' || coalesce(w.title, n.title) AS message
FROM works w JOIN notes n ON n.id = w.note_id
WHERE w.container IS NULL AND w.item_type IN ('journalArticle', 'bookSection', 'conferencePaper')
  AND coalesce(w.bibliography, '') NOT GLOB '*[.,?!:] [Ii]n[: ]*' AND lower(coalesce(w.bibliography, '')) NOT GLOB '*proceedings of*'
