-- Unresolved links
-- Notes and files that are linked to and do not exist, most wanted first. A [[@key]] exists when a work has that citekey.
-- :limit (integer, default 200): at most so many rows
SELECT target, links, notes, example AS path
FROM unresolved_links
ORDER BY notes DESC, links DESC, target
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 200);
