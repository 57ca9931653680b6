-- Why: full text holds each word of a note once. What the user wrote was searched both as `own` and as a part of the body, and the
-- abstract a third time; it was a quarter larger for that. Until the next sync has read the notes again (PARSER_VERSION), in the
-- same transaction, all of a body counts as imported.
DROP VIEW note_search;
DROP TABLE notes_fts;

CREATE TABLE imported_texts (       -- Where a body has words that are neither the user's own nor those of the abstract.
  note_id INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  start   INTEGER NOT NULL,         -- its first character in the body, from 1
  length  INTEGER NOT NULL,         -- how many characters it has
  PRIMARY KEY (note_id, start)
) WITHOUT ROWID;
INSERT INTO imported_texts SELECT note_id, 1, length(body) FROM note_texts;

CREATE VIEW note_search AS          -- What notes are searched by, each word once. The program writes the same into notes_fts.
SELECT t.note_id, n.title,
       (SELECT group_concat(name, char(10)) FROM (
          SELECT alias AS name FROM (SELECT alias FROM aliases a WHERE a.note_id = t.note_id ORDER BY a.position)
          UNION ALL SELECT n.name WHERE n.name <> n.title AND n.name IS NOT w.citekey
          UNION ALL SELECT w.citekey WHERE w.citekey IS NOT NULL)) AS aliases,
       (SELECT group_concat(name, char(10)) FROM (
          SELECT name FROM note_authors na WHERE na.note_id = t.note_id ORDER BY na.position)) AS authors,
       w.abstract, t.own,
       (SELECT group_concat(text, char(10)) FROM (
          SELECT substr(t.body, start, length) AS text FROM imported_texts i WHERE i.note_id = t.note_id ORDER BY start)) AS imported,
       t.grams, t.own_grams
FROM note_texts t JOIN notes n ON n.id = t.note_id LEFT JOIN works w ON w.note_id = t.note_id;

-- content="…" must be in double quotes: Datasette looks for that text.
CREATE VIRTUAL TABLE notes_fts USING fts5(
  title, aliases, authors, abstract, own, imported, grams, own_grams,
  content="note_search", content_rowid="note_id",
  tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO notes_fts (notes_fts) VALUES ('rebuild');
