-- A value was never filled in: the template's placeholder still stands there.
-- severity: warning
-- why: The note says nothing where it seems to say something.
-- mend: Fill it in, or import the note again.
SELECT p.path, p.line, p.message, p.severity FROM problems p JOIN notes n ON n.id = p.note_id
WHERE p.code = 'template-placeholder' AND n.kind <> 'template'
  AND lower(n.path) NOT LIKE '%template%' AND lower(n.path) NOT LIKE '%vorlage%' AND lower(n.path) NOT LIKE '%plantilla%'
  AND n.path NOT LIKE '%模板%'
