-- Never cited
-- Works that no other note cites or links to.
-- :status (text, optional): only works with this read status
-- :limit (integer, default 200): at most so many rows
SELECT w.title, w.creators, w.year, w.read_status AS status, n.own_word_count AS own_words, w.citekey, n.path
FROM works w JOIN notes n ON n.id = w.note_id
WHERE (:status = '' OR w.read_status = lower(:status))
  AND NOT EXISTS (SELECT 1 FROM links l WHERE l.target_note_id = w.note_id AND l.note_id <> w.note_id)
  AND NOT EXISTS (SELECT 1 FROM citations c WHERE c.target_note_id = w.note_id AND c.note_id <> w.note_id)
ORDER BY n.own_word_count DESC, w.year DESC, n.path
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
