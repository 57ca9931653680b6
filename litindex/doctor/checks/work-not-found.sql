-- A note looks like literature, but says of no work.
-- severity: info
-- why: It is in no list of works.
-- mend: Give it a citekey, DOI or year, or teach litindex your keys in litindex.toml. Drafts of your own are left out, by their folder's name.
SELECT p.path, p.line, p.message, p.severity FROM problems p JOIN notes n ON n.id = p.note_id
WHERE p.code = 'work-not-found' AND lower(n.folder) NOT LIKE '%draft%' AND lower(n.folder) NOT LIKE '%manuscript%'
  AND lower(n.folder) NOT LIKE '%entw_rf%'
