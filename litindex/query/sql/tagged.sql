-- Works by tag
-- Works with a tag or one below it (ml also finds ml/forecasting), newest first.
-- :tag (tag): the tag, with or without #
-- :status (text, optional): only works with this read status
SELECT w.title, w.creators, w.year, w.read_status AS status, group_concat(DISTINCT t.name) AS found_by, w.citekey, n.path
FROM tags t JOIN note_tags nt ON nt.tag_id = t.id JOIN works w ON w.note_id = nt.note_id JOIN notes n ON n.id = nt.note_id
WHERE (t.tag_key = lower(trim(:tag, '#/'))
       OR (t.tag_key >= lower(trim(:tag, '#/')) || '/' AND t.tag_key < lower(trim(:tag, '#/')) || '0'))
  AND :tag <> '' AND (:status = '' OR w.read_status = lower(:status))
GROUP BY nt.note_id
ORDER BY w.year DESC, w.title, n.path;
