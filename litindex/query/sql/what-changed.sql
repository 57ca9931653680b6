-- What changed
-- What each run of litindex found changed in your notes, the last run first: before and after are names or numbers.
-- :since (text, optional): only from this time on (2026-11-30 or 2026-11-30 14:02), or from the run of this number on
-- :note (text, optional): only of the note at this path
-- :limit (integer, default 1000): at most so many rows
WITH told AS (
  SELECT run_id, path, id, what, before, after FROM changes
  UNION ALL
  SELECT id, NULL, 0, 'built', NULL, built FROM runs WHERE built IS NOT NULL
)
SELECT r.id AS run, strftime('%Y-%m-%d %H:%M:%S', r.at, 'localtime') AS at, t.path, t.what, t.before, t.after
FROM told t JOIN runs r ON r.id = t.run_id
WHERE (:note = '' OR t.path = :note)
  AND CASE WHEN :since = '' THEN 1
           WHEN :since NOT GLOB '*[^0-9]*' THEN r.id >= CAST(:since AS INTEGER)
           ELSE strftime('%Y-%m-%d %H:%M:%S', r.at, 'localtime') >= :since END
ORDER BY t.run_id DESC, t.path, t.id
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 1000);
