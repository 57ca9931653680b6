-- Orphans
-- Notes without a link or citation to or from another note.
-- :kind (text, optional): literature or note
-- :limit (integer, default 200): at most so many rows
SELECT o.title, o.kind, n.word_count AS words, n.own_word_count AS own_words, o.path
FROM orphan_notes o JOIN notes n ON n.id = o.note_id
WHERE (o.kind = lower(:kind) OR (:kind = '' AND o.kind IN ('literature', 'note'))) AND n.excluded = 0
  AND NOT EXISTS (SELECT 1 FROM citations c WHERE c.target_note_id = o.note_id AND c.note_id <> o.note_id)
  AND NOT EXISTS (SELECT 1 FROM citations c WHERE c.note_id = o.note_id AND c.target_note_id <> o.note_id)
ORDER BY n.own_word_count DESC, o.path
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
