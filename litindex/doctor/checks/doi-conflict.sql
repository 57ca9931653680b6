-- The DOI and the address of a work name two DOIs.
-- severity: warning
-- why: One of them leads to another work.
-- mend: Open both and keep the right one.
SELECT n.path, NULL AS line, 'the DOI is ' || w.doi || ', the address names another: ' || i.value AS message,
       'https://doi.org/' || w.doi AS suggestion
FROM works w JOIN identifiers i ON i.note_id = w.note_id AND i.scheme = 'url' JOIN notes n ON n.id = w.note_id
WHERE instr(lower(i.value), 'doi.org/10.') > 0 AND w.doi IS NOT NULL
  AND instr(replace(lower(i.value), '%2f', '/'), lower(w.doi)) = 0 AND instr(i.value, '%') = 0
