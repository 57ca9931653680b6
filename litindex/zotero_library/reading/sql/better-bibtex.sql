-- Citekeys as Better BibTeX keeps them from its version 6.7 on.
SELECT libraryID, itemKey, citationKey FROM citationkey
