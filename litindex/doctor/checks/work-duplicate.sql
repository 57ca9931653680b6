-- Two notes are about one work.
-- severity: warning
-- why: Highlights and thoughts are spread over both, and a search finds half of them.
-- mend: Merge the notes; where the works differ, one of them has the other's identifier. An ISBN that chapters share is no fault.
WITH shared AS (
  SELECT first_value(i.note_id) OVER (PARTITION BY i.scheme, i.value ORDER BY n.path) AS first_id, i.note_id, i.scheme, i.value
  FROM identifiers i JOIN notes n ON n.id = i.note_id
  WHERE (i.scheme, i.value) IN (SELECT scheme, value FROM duplicate_works) AND i.scheme <> 'citekey'
    AND i.value <> '10.48550/arxiv'
)
SELECT n.path, NULL AS line,
       'has the same ' || group_concat(DISTINCT CASE s.scheme WHEN 'zotero' THEN 'Zotero item' ELSE upper(s.scheme) || ' ' || s.value END)
         || ' as ' || f.path || iif(w.title_key IS v.title_key, '', ', but another title: "' || coalesce(w.title, n.title)
         || '", "' || coalesce(v.title, f.title) || '"') AS message
FROM shared s JOIN notes n ON n.id = s.note_id JOIN works w ON w.note_id = n.id
JOIN notes f ON f.id = s.first_id JOIN works v ON v.note_id = f.id
WHERE s.note_id <> s.first_id AND NOT (s.scheme = 'isbn' AND w.title_key IS NOT v.title_key)
GROUP BY s.note_id, s.first_id
