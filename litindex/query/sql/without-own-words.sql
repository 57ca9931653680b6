-- Without a word of one's own
-- Works whose note holds only what was imported, those with most highlights first.
-- :status (text, optional): only works with this read status
-- :limit (integer, default 200): at most so many rows
SELECT w.title, w.creators, w.year, w.read_status AS status,
       (SELECT count(*) FROM annotations an WHERE an.note_id = w.note_id) AS highlights, w.citekey, n.path
FROM works w JOIN notes n ON n.id = w.note_id
WHERE n.own_word_count = 0 AND (:status = '' OR w.read_status = lower(:status))
ORDER BY highlights DESC, w.year DESC, n.path
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
