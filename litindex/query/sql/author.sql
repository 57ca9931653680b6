-- One author
-- Every work of a person, in any role, newest first.
-- :author (author): a name, as "Okafor, Ngozi", "Ngozi Okafor", or a part of it
WITH
-- include people
SELECT a.name AS author, w.year, w.title, na.role,
       na.role_position || '/' || (SELECT max(x.role_position) FROM note_authors x WHERE x.note_id = na.note_id AND x.role = na.role) AS place,
       w.container, w.read_status AS status, w.citekey, n.path
FROM people p CROSS JOIN authors a ON a.id = p.id CROSS JOIN note_authors na ON na.author_id = a.id
JOIN works w ON w.note_id = na.note_id JOIN notes n ON n.id = na.note_id
ORDER BY a.name_key, w.year DESC, w.title, n.path, na.role;
