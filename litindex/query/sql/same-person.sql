-- Possibly the same person
-- Pairs of author names with one family name and first names that fit. Nothing is merged: authors.toml is for that.
-- :name (author, optional): only names that contain this
-- :limit (integer, default 200): at most so many rows
SELECT c.why, c.author, (SELECT count(DISTINCT note_id) FROM note_authors WHERE author_id = c.author_id) AS works,
       c.other, (SELECT count(DISTINCT note_id) FROM note_authors WHERE author_id = c.other_id) AS other_works
FROM author_candidates c
WHERE :name = '' OR instr(lower(c.author || '|' || c.other), lower(:name)) > 0
ORDER BY CASE c.why WHEN 'same letters' THEN 0 WHEN 'same first name' THEN 1 ELSE 2 END, c.author, c.other
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
