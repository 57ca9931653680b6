-- A citation names a citekey that no note has.
-- severity: warning
-- why: A bibliography made from the vault leaves it out.
-- mend: Import the work from Zotero, or write the citekey as it is now. A bare @name without a number is taken for a person, and so is one
--   that links to a page.
SELECT n.path, c.line, 'no note has the citekey `' || c.citekey || '`' AS message
FROM citations c JOIN notes n ON n.id = c.note_id JOIN note_texts t ON t.note_id = n.id
WHERE c.target_note_id IS NULL AND c.kind = 'pandoc' AND n.kind IN ('literature', 'note') AND c.citekey NOT GLOB '[0-9]*'
  AND (c.citekey GLOB '*[0-9][0-9]*'
       OR (SELECT max(instr(t.body, before || c.citekey || after) > 0)
           FROM (SELECT '[@' AS before UNION SELECT '; @'), (SELECT ']' AS after UNION SELECT ',' UNION SELECT ';')))
  AND instr(t.body, '[@' || c.citekey || '](') = 0
  AND EXISTS (SELECT 1 FROM works w WHERE w.citekey IS NOT NULL)
