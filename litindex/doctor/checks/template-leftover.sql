-- A statement of a template was left in a note.
-- severity: info
-- why: It was not carried out, and readers see it.
-- mend: Delete the statement.
SELECT p.path, p.line, p.message, p.severity FROM problems p JOIN notes n ON n.id = p.note_id
WHERE p.code = 'template-leftover' AND n.kind <> 'template'
  AND lower(n.path) NOT LIKE '%template%' AND lower(n.path) NOT LIKE '%vorlage%' AND lower(n.path) NOT LIKE '%plantilla%'
  AND n.path NOT LIKE '%模板%'
