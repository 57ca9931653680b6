-- Template generations
-- Notes grouped by the set of fields that they carry: each group was made by one state of a template. What a group has more or
-- less than the largest one is named.
-- :kind (text, optional): literature or note
-- :limit (integer, default 50): at most so many rows
WITH carried AS (
  SELECT DISTINCT f.note_id, f.key_id FROM fields f NOT INDEXED WHERE f.scope = 'page' AND f.subkey = '' ORDER BY f.note_id, f.key_id
), sets AS (
  SELECT note_id, count(*) AS fields, group_concat(key_id) AS ids FROM carried GROUP BY note_id
), generations AS (
  SELECT s.ids, s.fields, count(*) AS notes, min(substr(coalesce(n.imported_at, n.created), 1, 10)) AS first_made,
         max(substr(coalesce(n.imported_at, n.created), 1, 10)) AS last_made, min(n.path) AS path
  FROM sets s JOIN notes n ON n.id = s.note_id
  WHERE :kind = '' OR n.kind = lower(:kind)
  GROUP BY s.ids
  ORDER BY notes DESC, fields DESC, path
  LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 50)
), largest AS (
  SELECT k.value AS key_id FROM json_each('[' || (SELECT ids FROM generations ORDER BY notes DESC, fields DESC, path LIMIT 1) || ']') k
)
SELECT g.notes, g.fields, g.first_made, g.last_made,
       (SELECT group_concat(key, ', ') FROM (
          SELECT k.key FROM json_each('[' || g.ids || ']') i JOIN field_keys k ON k.id = i.value
          WHERE k.id NOT IN (SELECT key_id FROM largest) ORDER BY k.key)) AS more,
       (SELECT group_concat(key, ', ') FROM (
          SELECT k.key FROM largest l JOIN field_keys k ON k.id = l.key_id
          WHERE k.id NOT IN (SELECT i.value FROM json_each('[' || g.ids || ']') i) ORDER BY k.key)) AS less,
       (SELECT group_concat(key, ', ') FROM (
          SELECT k.key FROM json_each('[' || g.ids || ']') i JOIN field_keys k ON k.id = i.value ORDER BY k.key)) AS field_names,
       g.path
FROM generations g
ORDER BY g.notes DESC, g.fields DESC, g.path;
