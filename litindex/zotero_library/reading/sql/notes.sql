-- What notes say of their works. A title, date or container that was only guessed, from a file's name or a heading of a
-- section, is no statement.
WITH guessed AS (
  SELECT note_id, field FROM provenance
  WHERE verdict = 'used' AND field IN ('title', 'date', 'container') AND source IN ('filename', 'guess', 'section', 'alias')
)
SELECT w.note_id, n.path, w.title AS shown_title, w.citekey, w.zotero_library, w.zotero_key, w.imported_at, f.mtime_ns,
       CASE WHEN ('title', w.note_id) NOT IN (SELECT field, note_id FROM guessed) THEN w.title END AS title,
       CASE WHEN ('date', w.note_id) NOT IN (SELECT field, note_id FROM guessed) THEN w.date END AS date,
       CASE WHEN ('container', w.note_id) NOT IN (SELECT field, note_id FROM guessed) THEN w.container END AS container,
       EXISTS (SELECT 1 FROM problems p WHERE p.note_id = w.note_id AND p.code = 'creator-et-al') AS has_et_al,
       EXISTS (SELECT 1 FROM links l WHERE l.note_id = w.note_id AND l.scheme = 'zotero')
         OR w.zotero_key IS NOT NULL OR w.made_by IN ('zotero-integration', 'zotlit') AS is_from_zotero,
       EXISTS (SELECT 1 FROM persist_blocks b WHERE b.note_id = w.note_id AND b.name = 'annotations') AS has_annotation_block
FROM works w JOIN notes n ON n.id = w.note_id JOIN files f ON f.id = w.note_id
WHERE n.excluded = 0
ORDER BY n.path
