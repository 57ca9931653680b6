-- Citekeys as earlier versions of Better BibTeX keep them: collections of a LokiJS database, one row each.
SELECT data FROM "better-bibtex" WHERE name = 'better-bibtex.citekey'
