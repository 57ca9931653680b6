-- A note gives two years for its work.
-- severity: warning
-- why: One of them is used, perhaps the wrong one.
-- mend: Keep the year of publication; `litindex show NOTE --why` says where each stands. A year of the title, or of a reference
--   that has the other one too, is none, nor is one far below a note's front matter.
SELECT n.path, o.line, 'the year ' || substr(o.value, 1, 4) || ' (' || coalesce('`' || o.key || '`', o.source) || ') is not that of '
       || u.value || ' (' || coalesce('`' || u.key || '`', u.source) || coalesce(', line ' || u.line, '') || '), which is used' AS message
FROM provenance o JOIN provenance u ON u.note_id = o.note_id AND u.field = o.field AND u.verdict = 'used'
JOIN notes n ON n.id = o.note_id JOIN works w ON w.note_id = o.note_id
WHERE o.field = 'date' AND o.verdict = 'overruled' AND substr(o.value, 1, 4) GLOB '[0-9][0-9][0-9][0-9]'
  AND substr(o.value, 1, 4) <> substr(u.value, 1, 4) AND substr(u.value, 1, 4) GLOB '[0-9][0-9][0-9][0-9]'
  AND instr(coalesce(w.title, ''), substr(o.value, 1, 4)) = 0
  AND NOT (o.source = 'reference' AND instr(coalesce(w.bibliography, ''), substr(u.value, 1, 4)) > 0)
  AND NOT (o.source = 'label' AND u.source = 'property' AND o.line > n.frontmatter_end + 30)
