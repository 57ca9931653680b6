-- A picture, PDF or recording that no note refers to.
-- severity: info
-- why: It takes room, and perhaps a link to it was lost.
-- mend: Link to it, or delete it. Files of web pages and drawings are left out, and all where a canvas or base may show them.
SELECT u.path, NULL AS line, 'no note refers to this ' || u.kind || ' (' || ((u.size + 1023) / 1024) || ' KB)' AS message
FROM attachments_unused u
WHERE u.kind IN ('image', 'audio', 'video', 'pdf')
  AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.kind IN ('canvas', 'base'))
  AND NOT EXISTS (SELECT 1 FROM works w WHERE w.pdf = u.path)
  AND u.path NOT GLOB '*.excalidraw.*'
  AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.extension IN ('html', 'css', 'js') AND instr(u.path, '/') > 0
                    AND substr(a.path, 1, instr(a.path, '/')) = substr(u.path, 1, instr(u.path, '/')))
