-- Duplicates
-- Notes about one work: equal DOI, ISBN, arXiv number, Zotero key, citekey, or title and year. A preprint beside its published
-- version is named as such.
WITH grouped(why, value, note_id) AS (
  SELECT i.scheme, i.value, i.note_id FROM identifiers i
  WHERE (i.scheme, i.value) IN (SELECT scheme, value FROM duplicate_works)
  UNION ALL
  SELECT 'title and year', w.title_key || ' ' || w.year, w.note_id FROM works w
  WHERE length(w.title_key) >= 8
    AND EXISTS (SELECT 1 FROM works x WHERE x.title_key = w.title_key AND x.year = w.year AND x.note_id <> w.note_id)
), versions AS (
  SELECT w.note_id, w.title_key, w.year,
         w.item_type = 'preprint' OR coalesce(w.doi, '') GLOB '10.48550/*' OR coalesce(w.doi, '') GLOB '10.1101/*'
         OR (w.doi IS NULL AND w.container IS NULL AND EXISTS (
               SELECT 1 FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'arxiv')) AS preprint
  FROM works w
  WHERE length(w.title_key) >= 8 AND EXISTS (SELECT 1 FROM works x WHERE x.title_key = w.title_key AND x.note_id <> w.note_id)
), pairs AS (
  SELECT p.note_id, q.note_id AS other FROM versions p JOIN versions q ON q.title_key = p.title_key
  WHERE p.preprint AND NOT q.preprint AND q.year BETWEEN p.year - 1 AND p.year + 5
), all_of_them(why, value, note_id) AS (
  SELECT why, value, note_id FROM grouped
  UNION ALL SELECT 'title', v.title_key, v.note_id FROM versions v
  WHERE v.note_id IN (SELECT note_id FROM pairs UNION SELECT other FROM pairs)
), sets AS (
  SELECT why, value, count(DISTINCT note_id) AS notes, min(note_id) AS first_note,
         group_concat(note_id) AS members
  FROM (SELECT DISTINCT why, value, note_id FROM all_of_them ORDER BY note_id)
  GROUP BY why, value
)
SELECT CASE WHEN EXISTS (SELECT 1 FROM pairs p WHERE p.note_id IN (SELECT m.value FROM json_each('[' || s.members || ']') m)
                                               AND p.other IN (SELECT m.value FROM json_each('[' || s.members || ']') m))
            THEN 'preprint and published version' ELSE 'the same work' END AS verdict,
       group_concat(DISTINCT s.why) AS because,
       (SELECT w.title FROM works w WHERE w.note_id = s.first_note) AS title,
       s.notes,
       (SELECT group_concat(n.path, ' | ') FROM json_each('[' || s.members || ']') m JOIN notes n ON n.id = m.value) AS paths
FROM sets s
GROUP BY s.members
ORDER BY verdict DESC, title, s.members;
