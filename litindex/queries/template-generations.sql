-- Template generations
-- Notes grouped by the set of fields that they carry: each group was made by one state of a template.
-- :kind (text, optional): literature or note
-- :limit (integer, default 50): at most so many rows
WITH carried AS (
  SELECT DISTINCT f.note_id, f.key_id FROM fields f WHERE f.scope = 'page' AND f.path = '' ORDER BY f.note_id, f.key_id
), sets AS (
  SELECT note_id, count(*) AS keys, group_concat(key_id) AS ids FROM carried GROUP BY note_id
)
SELECT count(*) AS notes, s.keys AS fields, min(substr(coalesce(n.imported_at, n.created), 1, 10)) AS first_made,
       max(substr(coalesce(n.imported_at, n.created), 1, 10)) AS last_made,
       (SELECT group_concat(key, ', ') FROM (
          SELECT k.key FROM json_each('[' || s.ids || ']') i JOIN field_keys k ON k.id = i.value ORDER BY k.key)) AS field_names,
       min(n.path) AS path
FROM sets s JOIN notes n ON n.id = s.note_id
WHERE :kind = '' OR n.kind = lower(:kind)
GROUP BY s.ids
ORDER BY notes DESC, fields DESC, path
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 50);
