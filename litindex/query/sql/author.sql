-- One author
-- Every work of a person, in any role, newest first.
-- :author (author): a name, as "Okafor, Ngozi", "Ngozi Okafor", or a part of it
WITH exact AS (
  SELECT id FROM authors WHERE name_key = lower(:author)
), people AS (
  SELECT id FROM exact
  UNION
  SELECT id FROM authors
  WHERE NOT EXISTS (SELECT 1 FROM exact) AND :author <> ''
    AND (instr(name_key, lower(:author)) > 0 OR family_key = lower(:author)
         OR lower(given || ' ' || coalesce(particle || ' ', '') || family) = lower(:author)
         OR given_key || ' ' || family_key = lower(:author))
)
SELECT a.name AS author, w.year, w.title, na.role,
       na.role_position || '/' || (SELECT max(x.role_position) FROM note_authors x WHERE x.note_id = na.note_id AND x.role = na.role) AS place,
       w.container, w.read_status AS status, w.citekey, n.path
FROM people p CROSS JOIN authors a ON a.id = p.id CROSS JOIN note_authors na ON na.author_id = a.id
JOIN works w ON w.note_id = na.note_id JOIN notes n ON n.id = na.note_id
ORDER BY a.name_key, w.year DESC, w.title, n.path, na.role;
