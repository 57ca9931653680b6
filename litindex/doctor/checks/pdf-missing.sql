-- A PDF is named and is not in the vault.
-- severity: warning
-- why: The note cannot open its document.
-- mend: Put the PDF where the note says, or write its name as it is now.
SELECT n.path, l.line, 'no file is called `' || l.target || '`' AS message,
       coalesce((SELECT '[[' || a.path || ']]' FROM attachments a WHERE a.kind = 'pdf' AND a.name_key = l.target_key
                 GROUP BY a.name_key HAVING count(*) = 1), '') AS suggestion
FROM links l JOIN notes n ON n.id = l.note_id
WHERE l.resolution = 'unresolved' AND lower(l.target) GLOB '*.pdf' AND n.kind IN ('literature', 'note')
  AND l.target NOT GLOB '*{{*' AND l.target NOT GLOB '*<%*'
