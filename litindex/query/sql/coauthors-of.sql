-- Co-authors of a person
-- With whom somebody wrote, how often, and when.
-- :author (author): a name, as "Okafor, Ngozi", "Ngozi Okafor", or a part of it
WITH
-- include people
SELECT a.name AS author, b.name AS coauthor, count(*) AS works, min(w.year) AS first_year, max(w.year) AS last_year
FROM people p CROSS JOIN authors a ON a.id = p.id
CROSS JOIN note_authors x ON x.author_id = a.id AND x.role = 'author'
JOIN note_authors y ON y.note_id = x.note_id AND y.role = 'author' AND y.author_id <> x.author_id
JOIN authors b ON b.id = y.author_id JOIN works w ON w.note_id = x.note_id
GROUP BY a.id, b.id
ORDER BY a.name_key, works DESC, b.name_key;
