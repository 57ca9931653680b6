-- Front matter is no valid YAML.
-- severity: error
-- why: Obsidian sees no properties at all in such a note, and Dataview no metadata.
-- mend: Mend the line that the message names; a value with a colon in it needs quotes. Notes that are called templates are left out.
SELECT p.path, p.line, p.message, p.severity FROM problems p JOIN notes n ON n.id = p.note_id
WHERE p.code = 'frontmatter-invalid'
  AND lower(n.name) NOT LIKE '%template%'
