-- Backlinks
-- Every link to a note: from where, and in what words.
-- :note (note): the note's path, name or citekey
WITH this AS (
  SELECT id FROM notes WHERE path_key IN (lower(:note), lower(:note) || '.md') OR name_key IN (lower(:note), '@' || lower(:note))
  UNION SELECT note_id FROM works WHERE citekey_key = lower(ltrim(:note, '@')) AND :note <> ''
)
SELECT s.title, coalesce(l.display, l.subpath) AS words, l.is_embed AS embed, l.property, s.path, l.line, t.path AS target_path
FROM this JOIN links l ON l.target_note_id = this.id JOIN notes s ON s.id = l.note_id JOIN notes t ON t.id = this.id
WHERE l.note_id <> this.id
ORDER BY t.path, s.path, l.position;
