-- A citation uses an older citekey of a work.
-- severity: info
-- why: Zotero and pandoc know the new one only.
-- mend: Write the citekey that the work has now.
SELECT n.path, c.line, '`' || c.citekey || '` is now `' || w.citekey || '` (' || t.path || ')' AS message, '@' || w.citekey AS suggestion
FROM citations c JOIN notes n ON n.id = c.note_id JOIN works w ON w.note_id = c.target_note_id JOIN notes t ON t.id = w.note_id
JOIN identifiers i ON i.note_id = w.note_id AND i.scheme = 'citekey' AND i.value = c.citekey_key
WHERE w.citekey_key <> c.citekey_key
UNION ALL
SELECT n.path, c.line,
       '`' || c.citekey || '` and `' || w.citekey || '` are one item of Zotero; that of ' || t.path || ' was imported last',
       '@' || w.citekey
FROM citations c JOIN notes n ON n.id = c.note_id JOIN works o ON o.note_id = c.target_note_id
JOIN works w ON w.zotero_key = o.zotero_key AND w.zotero_library IS o.zotero_library AND w.citekey_key <> o.citekey_key
JOIN notes t ON t.id = w.note_id
WHERE o.citekey_key = c.citekey_key AND w.imported_at > o.imported_at AND n.id <> o.note_id
