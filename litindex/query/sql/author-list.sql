-- Authors
-- Who wrote what you have: works, first and last places among the authors, years, number of co-authors.
-- :name (author, optional): only names that contain this
-- :limit (integer, default 100): at most so many rows
WITH top AS (
  SELECT na.author_id, count(DISTINCT na.note_id) AS works
  FROM note_authors na
  WHERE :name = '' OR na.author_id IN (SELECT id FROM authors WHERE instr(name_key, lower(:name)) > 0)
  GROUP BY na.author_id
  ORDER BY works DESC, na.author_id
  LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 100)
)
SELECT a.name AS author, t.works,
       (SELECT count(*) FROM note_authors x
        WHERE x.author_id = t.author_id AND x.role = 'author' AND x.role_position = 1) AS first_place,
       (SELECT count(*) FROM note_authors x
        WHERE x.author_id = t.author_id AND x.role = 'author' AND x.role_position > 1
          AND NOT EXISTS (SELECT 1 FROM note_authors y
                          WHERE y.note_id = x.note_id AND y.role = 'author' AND y.role_position > x.role_position)) AS last_place,
       (SELECT min(w.year) FROM note_authors x JOIN works w ON w.note_id = x.note_id WHERE x.author_id = t.author_id) AS first_year,
       (SELECT max(w.year) FROM note_authors x JOIN works w ON w.note_id = x.note_id WHERE x.author_id = t.author_id) AS last_year,
       (SELECT count(DISTINCT y.author_id) FROM note_authors x JOIN note_authors y ON y.note_id = x.note_id
        WHERE x.author_id = t.author_id AND y.author_id <> t.author_id AND x.role = 'author' AND y.role = 'author') AS coauthors
FROM top t JOIN authors a ON a.id = t.author_id
ORDER BY t.works DESC, first_place DESC, a.name_key;
