-- A picture or note that should be shown is not there.
-- severity: warning
-- why: Obsidian shows an empty frame where something should stand.
-- mend: Put the file into the vault, or write its name as it is now. Icons that Obsidian brings along are left out.
SELECT n.path, l.line, 'no file is called `' || l.target || '`' AS message
FROM links l JOIN notes n ON n.id = l.note_id
WHERE l.resolution = 'unresolved' AND l.is_embed = 1 AND n.kind IN ('literature', 'note')
  AND l.target NOT GLOB '*{{*' AND l.target NOT GLOB '*<%*' AND lower(l.target) NOT GLOB '*.pdf'
  AND l.target NOT GLOB 'lucide-*.svg' AND l.target NOT GLOB 'obsidian-icon-*'
