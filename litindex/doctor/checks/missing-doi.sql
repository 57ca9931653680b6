-- A recent article has no DOI.
-- severity: info
-- why: Nobody finds it for certain, and its reference lacks what journals ask for.
-- mend: Look the article up at https://search.crossref.org and write its DOI. A note with a link to doi.org is not told of.
SELECT n.path, NULL AS line, 'no DOI: ' || coalesce(w.title, n.title) AS message, iif(n.frontmatter_state = 'ok', 'DOI: 10.…', '') AS suggestion
FROM works w JOIN notes n ON n.id = w.note_id
WHERE w.doi IS NULL AND w.item_type = 'journalArticle' AND w.year >= 2000
  AND NOT EXISTS (SELECT 1 FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme IN ('arxiv', 'pmid', 'pmcid'))
  AND NOT EXISTS (SELECT 1 FROM links l WHERE l.note_id = w.note_id AND l.scheme IS NOT NULL AND lower(l.target) GLOB '*doi.org/10.*')
