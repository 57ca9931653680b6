-- A note holds the marks of a merge that was not finished.
-- severity: error
-- why: Both versions stand in the note, with git's marks between them.
-- mend: Keep what is right and delete the lines of marks.
SELECT n.path, NULL AS line, 'git left the marks of a conflict in this note' AS message
FROM note_texts t JOIN notes n ON n.id = t.note_id
WHERE (char(10) || t.body) GLOB '*' || char(10) || '<<<<<<< *' || char(10) || '=======' || char(10) || '*' || char(10) || '>>>>>>> *'
