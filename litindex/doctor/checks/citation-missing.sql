-- A citation names a citekey that no note has.
-- severity: warning
-- why: A bibliography made from the vault leaves it out.
-- mend: Import the work from Zotero, or write the citekey as it is now.
SELECT n.path, c.line, 'no note has the citekey `' || c.citekey || '`' AS message
FROM citations c JOIN notes n ON n.id = c.note_id
WHERE c.target_note_id IS NULL AND c.kind = 'pandoc' AND n.kind IN ('literature', 'note')
