-- A value was never filled in: the template's placeholder still stands there.
-- severity: warning
-- why: The note says nothing where it seems to say something.
-- mend: Fill it in, or import the note again.
SELECT p.path, p.line, p.message FROM problems p JOIN notes n ON n.id = p.note_id
WHERE p.code = 'template-placeholder' AND n.kind <> 'template' AND lower('/' || n.folder) NOT LIKE '%/template%'
