-- A DOI is cut off.
-- severity: warning
-- why: It leads nowhere.
-- mend: Copy the whole DOI, without spaces in it.
SELECT n.path, (SELECT p.line FROM provenance p WHERE p.note_id = n.id AND p.field = 'doi' AND p.verdict = 'used' LIMIT 1) AS line,
       'the DOI `' || coalesce(i.raw, i.value) || '` has no end' AS message
FROM identifiers i JOIN notes n ON n.id = i.note_id
WHERE i.scheme = 'doi' AND (i.value IN ('10.48550/arxiv', '10.5281/zenodo') OR i.value GLOB '*[-/(]')
