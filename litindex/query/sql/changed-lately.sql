-- What changed lately
-- Notes by the time of their file, newest first.
-- :limit (integer, default 50): at most so many rows
SELECT strftime('%Y-%m-%d %H:%M', mtime_ns / 1000000000, 'unixepoch', 'localtime') AS changed, title, kind, word_count AS words,
       own_word_count AS own_words, path
FROM note_dates
WHERE excluded = 0
ORDER BY mtime_ns DESC, path
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 50);
