-- Who cites this
-- Notes that cite a work, by [@key, p. 4], by [[@key]] or by a link, with the line and the place cited.
-- :citekey (citekey): the work's citekey, with or without @
WITH this AS (
  SELECT lower(ltrim(:citekey, '@')) AS key, (SELECT min(note_id) FROM works WHERE citekey_key = lower(ltrim(:citekey, '@'))) AS note_id
), found AS (
  SELECT c.note_id, c.line, c.kind AS how, c.locator AS place FROM citations c, this
  WHERE c.citekey_key = this.key
  UNION
  SELECT c.note_id, c.line, c.kind, c.locator FROM citations c, this
  WHERE c.target_note_id = this.note_id
  UNION
  SELECT l.note_id, l.line, CASE WHEN l.is_embed THEN 'embed' ELSE 'link' END, l.subpath FROM links l, this
  WHERE l.target_note_id = this.note_id
    AND NOT EXISTS (SELECT 1 FROM citations c WHERE c.note_id = l.note_id AND c.line IS l.line AND c.target_note_id = this.note_id)
)
SELECT n.title, f.how, f.place, n.path, f.line
FROM this CROSS JOIN found f CROSS JOIN notes n
WHERE n.id = f.note_id AND f.note_id IS NOT this.note_id
ORDER BY n.path, f.line, f.how;
