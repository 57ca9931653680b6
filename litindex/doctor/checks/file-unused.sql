-- A picture, PDF or recording that no note refers to.
-- severity: info
-- why: It takes room, and perhaps a link to it was lost.
-- mend: Link to it, or delete it.
SELECT u.path, NULL AS line, 'no note refers to this ' || u.kind || ' (' || ((u.size + 1023) / 1024) || ' KB)' AS message
FROM attachments_unused u
WHERE u.kind IN ('image', 'audio', 'video', 'pdf')
  AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.kind IN ('canvas', 'base'))
  AND NOT EXISTS (SELECT 1 FROM works w WHERE w.pdf = u.path)
