-- Highlights
-- What you marked, by colour, tag, author and year, with your comment and the way back into the document.
-- :color (text, optional): a colour's name (yellow) or #rrggbb
-- :tag (tag, optional): the highlight or its note has this tag or one below it
-- :author (author, optional): a part of the name of a creator
-- :year (text, optional): a year or a range: 2020, 2020..2024, 2020.., ..2024
-- :limit (integer, default 200): at most so many rows
WITH wanted AS (
  SELECT id FROM tags
  WHERE tag_key = lower(trim(:tag, '#/'))
     OR (tag_key >= lower(trim(:tag, '#/')) || '/' AND tag_key < lower(trim(:tag, '#/')) || '0')
), tagged AS (
  SELECT note_id FROM note_tags WHERE tag_id IN (SELECT id FROM wanted)
), written AS (
  SELECT na.note_id FROM authors a JOIN note_authors na ON na.author_id = a.id WHERE instr(a.name_key, lower(:author)) > 0
)
SELECT an.color_name AS color, an.text, an.comment, an.page_label AS page, w.year, w.citekey, n.title, an.uri, n.path, an.line
FROM annotations an JOIN notes n ON n.id = an.note_id LEFT JOIN works w ON w.note_id = an.note_id
WHERE (:color = '' OR an.color_name = lower(:color) OR an.color = lower(:color))
  AND (:tag = '' OR an.note_id IN (SELECT note_id FROM tagged)
       OR an.id IN (SELECT annotation_id FROM annotation_tags WHERE tag_id IN (SELECT id FROM wanted)))
  AND (:author = '' OR an.note_id IN (SELECT note_id FROM written))
  AND (:year = '' OR w.year BETWEEN CAST(:year AS INTEGER)
       AND CASE instr(:year, '..') WHEN 0 THEN CAST(:year AS INTEGER)
           ELSE coalesce(nullif(CAST(substr(:year, instr(:year, '..') + 2) AS INTEGER), 0), 9999) END)
ORDER BY an.note_id, an.id
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
