-- Field census
-- Every key that your notes carry: how often, of which types, how spelled, and other keys that may be meant to be the same.
-- :limit (integer, default 1000): at most so many rows
WITH counts AS (
  SELECT key_id, count(DISTINCT note_id) AS notes, count(*) AS statements FROM fields NOT INDEXED GROUP BY key_id
), shapes AS (
  SELECT key_id, group_concat(DISTINCT type) AS types, group_concat(DISTINCT source) AS sources,
         group_concat(DISTINCT name) AS spellings
  FROM (SELECT DISTINCT key_id, type, source, name FROM fields NOT INDEXED ORDER BY type, source, name)
  GROUP BY key_id
), folded AS (
  SELECT id, key, rtrim(replace(replace(replace(key, '-', ''), '_', ''), ' ', ''), 's') AS letters FROM field_keys
)
SELECT k.key, c.notes, c.statements, s.types, s.sources, s.spellings,
       (SELECT group_concat(o.key) FROM folded o WHERE o.letters = k.letters AND o.id <> k.id) AS near
FROM counts c JOIN folded k ON k.id = c.key_id JOIN shapes s ON s.key_id = c.key_id
ORDER BY c.notes DESC, k.key
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 1000);
