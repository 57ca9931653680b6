-- Two names may be one person.
-- severity: info
-- why: The works of the person are listed in two places.
-- mend: Write the name the same way in both notes, or name the spellings in authors.toml.
WITH pairs AS (
  SELECT c.why, iif(length(x.given_key) > length(y.given_key) OR (length(x.given_key) = length(y.given_key) AND x.name_key < y.name_key),
                    c.author_id, c.other_id) AS kept_id, c.author_id + c.other_id AS both_ids
  FROM author_candidates c JOIN authors x ON x.id = c.author_id JOIN authors y ON y.id = c.other_id
)
SELECT min(n.path) AS path, na.line, '"' || other.name || '" may be "' || kept.name || '" (' || p.why || ')' AS message,
       kept.name AS suggestion
FROM pairs p JOIN authors kept ON kept.id = p.kept_id JOIN authors other ON other.id = p.both_ids - p.kept_id
JOIN note_authors na ON na.author_id = other.id JOIN notes n ON n.id = na.note_id
GROUP BY p.kept_id, p.both_ids
