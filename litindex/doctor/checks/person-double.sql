-- Two names may be one person.
-- severity: info
-- why: The works of the person are listed in two places.
-- mend: Write the name the same way in both notes, or name the spellings in authors.toml. Two creators of one work are two people.
WITH pairs AS (
  SELECT c.why, c.author_id + c.other_id AS both_ids,
         iif((length(x.given_key), length(CAST(x.name AS BLOB)), y.name) > (length(y.given_key), length(CAST(y.name AS BLOB)), x.name),
             c.author_id, c.other_id) AS kept_id
  FROM author_candidates c JOIN authors x ON x.id = c.author_id JOIN authors y ON y.id = c.other_id
  WHERE NOT EXISTS (SELECT 1 FROM note_authors a JOIN note_authors b ON b.note_id = a.note_id
                    WHERE a.author_id = c.author_id AND b.author_id = c.other_id)
), fitting AS (
  SELECT both_ids - kept_id AS other_id, count(*) AS people FROM pairs WHERE why = 'initials fit' GROUP BY other_id
)
SELECT min(n.path) AS path, na.line, '"' || other.name || '" may be "' || kept.name || '" (' || p.why || ')' AS message,
       kept.name AS suggestion
FROM pairs p JOIN authors kept ON kept.id = p.kept_id JOIN authors other ON other.id = p.both_ids - p.kept_id
JOIN note_authors na ON na.author_id = other.id JOIN notes n ON n.id = na.note_id
WHERE p.why <> 'initials fit' OR (SELECT f.people FROM fitting f WHERE f.other_id = other.id) = 1
GROUP BY p.kept_id, p.both_ids
