-- Reading queue
-- Works you have not read yet, those that your notes link to or cite most first.
-- :tag (tag, optional): only works with this tag or one below it
-- :limit (integer, default 100): at most so many rows
WITH tagged AS (
  SELECT nt.note_id FROM tags t JOIN note_tags nt ON nt.tag_id = t.id
  WHERE t.tag_key = lower(trim(:tag, '#/'))
     OR (t.tag_key >= lower(trim(:tag, '#/')) || '/' AND t.tag_key < lower(trim(:tag, '#/')) || '0')
)
SELECT w.title, w.creators, w.year, w.read_status AS status,
       (SELECT count(*) FROM (
          SELECT l.note_id FROM links l WHERE l.target_note_id = w.note_id
          UNION SELECT c.note_id FROM citations c WHERE c.target_note_id = w.note_id) WHERE note_id <> w.note_id) AS linked_from,
       w.citekey, n.path
FROM works w JOIN notes n ON n.id = w.note_id
WHERE (w.read_status = 'unread' OR (w.read_status IS NULL AND w.date_read IS NULL))
  AND (:tag = '' OR w.note_id IN (SELECT note_id FROM tagged))
ORDER BY linked_from DESC, w.year DESC, n.path
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 100);
