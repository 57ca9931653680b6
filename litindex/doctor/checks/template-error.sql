-- A template left an error message in a note.
-- severity: warning
-- why: The value that should stand there is missing.
-- mend: Mend the template and import the note again.
SELECT p.path, p.line, p.message, p.severity FROM problems p JOIN notes n ON n.id = p.note_id
WHERE p.code = 'template-error' AND n.kind <> 'template'
  AND lower(n.path) NOT LIKE '%template%' AND lower(n.path) NOT LIKE '%vorlage%' AND lower(n.path) NOT LIKE '%plantilla%'
  AND n.path NOT LIKE '%模板%'
