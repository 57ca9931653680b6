-- Problems
-- What could not be understood, where, why, and how to mend it.
-- :code (text, optional): only this code
-- :severity (text, optional): error, warning or info
-- :limit (integer, default 500): at most so many rows
SELECT severity, code, message, path, line
FROM problems
WHERE (:code = '' OR code = lower(:code)) AND (:severity = '' OR severity = lower(:severity))
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, code, path, line
LIMIT coalesce(nullif(CAST(:limit AS INTEGER), 0), 500);
