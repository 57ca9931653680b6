-- Tags that notes have from Zotero.
SELECT nt.note_id, nt.name FROM note_tags nt JOIN tags t ON t.id = nt.tag_id
WHERE t.kind = 'zotero' ORDER BY nt.note_id, nt.position
