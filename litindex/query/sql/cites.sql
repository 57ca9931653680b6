-- What a note cites
-- The works that a note cites, by [@key, p. 4], by [[@key]] or by a link, with the line and the place cited.
-- :note (note): the note's path, name or citekey
WITH this AS (
  SELECT id FROM notes WHERE path_key IN (lower(:note), lower(:note) || '.md') OR name_key IN (lower(:note), '@' || lower(:note))
  UNION SELECT note_id FROM works WHERE citekey_key = lower(ltrim(:note, '@')) AND :note <> ''
), found AS (
  SELECT c.note_id, c.line, c.kind AS how, c.citekey, c.locator AS place, c.target_note_id
  FROM this JOIN citations c ON c.note_id = this.id
  UNION
  SELECT l.note_id, l.line, CASE WHEN l.is_embed THEN 'embed' ELSE 'link' END, w.citekey, l.subpath, l.target_note_id
  FROM this JOIN links l ON l.note_id = this.id JOIN works w ON w.note_id = l.target_note_id
  WHERE NOT EXISTS (SELECT 1 FROM citations c WHERE c.note_id = l.note_id AND c.line IS l.line AND c.target_note_id = l.target_note_id)
)
SELECT coalesce(w.citekey, f.citekey) AS citekey, t.title, t.path AS cited_path, f.how, f.place, n.path, f.line
FROM found f JOIN notes n ON n.id = f.note_id LEFT JOIN notes t ON t.id = f.target_note_id LEFT JOIN works w ON w.note_id = t.id
WHERE f.target_note_id IS NOT f.note_id
ORDER BY n.path, f.line, f.how, 1;
