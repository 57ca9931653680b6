-- Why: the first schema. One row a thing a note says, every row derived from exactly one note (ON DELETE CASCADE), except
-- the shared dimensions (authors, tags, collections, field_keys), which go when nothing refers to them any more.
-- *_key columns are computed by the program, because SQLite's NOCASE is ASCII only: lower(NFC(x)) for paths, links, tags,
-- aliases, headings and blocks; casefold(NFKC(x)) for authors and citekeys.
-- The id of a row that a note holds many of is note_id * 65536 + its position in the note: it needs no look-up.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT
) WITHOUT ROWID;

-- ------------------------------------------------------------------ files
CREATE TABLE notes (
  id                INTEGER PRIMARY KEY,
  path              TEXT NOT NULL UNIQUE,         -- vault-relative, '/', NFC, with .md
  path_key          TEXT NOT NULL,                -- may repeat on a case-sensitive disk
  name              TEXT NOT NULL,                -- file name without extension
  name_key          TEXT NOT NULL,
  folder            TEXT NOT NULL DEFAULT '',
  title             TEXT NOT NULL,
  title_source      TEXT NOT NULL CHECK (title_source IN ('work','property','heading','filename')),
  kind              TEXT NOT NULL CHECK (kind IN ('literature','note','template','excalidraw')),
  excluded          INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0,1)),  -- userIgnoreFilters: a link target, content not read
  frontmatter_state TEXT NOT NULL CHECK (frontmatter_state IN ('none','empty','ok','invalid','not_mapping','unclosed')),
  created           TEXT,                         -- ISO 8601 as written, offset kept
  created_source    TEXT,                         -- property name, or 'file'
  modified          TEXT,
  modified_source   TEXT,
  day               TEXT,                         -- YYYY-MM-DD from the file name only
  imported_at       TEXT,                         -- %% Import Date: … %%, of any note (Z24)
  size              INTEGER NOT NULL,
  mtime_ns          INTEGER NOT NULL,
  ctime_ns          INTEGER NOT NULL,
  ino               INTEGER NOT NULL,
  sha256            TEXT NOT NULL,                -- '' forgets the content: the next sync reads the note again
  encoding          TEXT NOT NULL DEFAULT 'utf-8',
  eol               TEXT NOT NULL DEFAULT 'lf' CHECK (eol IN ('lf','crlf','cr','mixed','none')),
  has_bom           INTEGER NOT NULL DEFAULT 0 CHECK (has_bom IN (0,1)),
  line_count        INTEGER NOT NULL DEFAULT 0,
  word_count        INTEGER NOT NULL DEFAULT 0,
  own_word_count    INTEGER NOT NULL DEFAULT 0,   -- of them the user's own (note_texts.own)
  frontmatter_end   INTEGER,                      -- line of the closing ---
  path_bytes        BLOB                          -- the name on disk where it is no UTF-8
);
CREATE INDEX notes_path_key ON notes(path_key);
CREATE INDEX notes_name_key ON notes(name_key);
CREATE INDEX notes_folder   ON notes(folder);
CREATE INDEX notes_kind     ON notes(kind);
CREATE INDEX notes_day      ON notes(day) WHERE day IS NOT NULL;

CREATE TABLE attachments (                        -- every indexed file that is not a note
  id        INTEGER PRIMARY KEY,
  path      TEXT NOT NULL UNIQUE,
  path_key  TEXT NOT NULL,
  name      TEXT NOT NULL,                        -- file name WITH extension
  name_key  TEXT NOT NULL,
  folder    TEXT NOT NULL DEFAULT '',
  extension TEXT NOT NULL DEFAULT '',             -- lower case, no dot
  kind      TEXT NOT NULL CHECK (kind IN ('image','audio','video','pdf','canvas','base','other')),
  size      INTEGER NOT NULL,
  mtime_ns  INTEGER NOT NULL,
  ctime_ns  INTEGER NOT NULL,
  ino       INTEGER NOT NULL
);
CREATE INDEX attachments_path_key ON attachments(path_key);
CREATE INDEX attachments_name_key ON attachments(name_key);
CREATE INDEX attachments_ext      ON attachments(extension);

CREATE TABLE note_texts (                         -- what full-text search reads
  note_id  INTEGER PRIMARY KEY REFERENCES notes(id) ON DELETE CASCADE,
  title    TEXT NOT NULL DEFAULT '',
  aliases  TEXT NOT NULL DEFAULT '',
  authors  TEXT NOT NULL DEFAULT '',
  abstract TEXT NOT NULL DEFAULT '',
  body     TEXT NOT NULL DEFAULT '',              -- the note without its front matter
  own      TEXT NOT NULL DEFAULT '',              -- the user's own words: no imported text, no template
  grams    TEXT NOT NULL DEFAULT '',              -- pairs of characters of scripts written without spaces
  frontmatter TEXT                                -- the properties as one JSON object, values by YAML 1.2
);

CREATE TABLE aliases (
  id        INTEGER PRIMARY KEY,
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  alias     TEXT NOT NULL,
  alias_key TEXT NOT NULL
);
CREATE INDEX aliases_note ON aliases(note_id);
CREATE INDEX aliases_key ON aliases(alias_key);

-- ------------------------------------------------------------------- tags
CREATE TABLE tags (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('obsidian','zotero')),
  name      TEXT NOT NULL,                        -- first spelling met, no '#'
  tag_key   TEXT NOT NULL,
  leaf      TEXT NOT NULL,                        -- last segment
  depth     INTEGER NOT NULL DEFAULT 1,
  parent_id INTEGER REFERENCES tags(id) ON DELETE SET NULL,
  first_note_id INTEGER REFERENCES notes(id) ON DELETE SET NULL,  -- whose spelling `name` is: the first by path
  UNIQUE (kind, tag_key)
);
CREATE INDEX tags_parent ON tags(parent_id);
CREATE INDEX tags_first  ON tags(first_note_id);

CREATE TABLE note_tags (
  note_id  INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  tag_id   INTEGER NOT NULL REFERENCES tags(id)  ON DELETE CASCADE,
  source   TEXT NOT NULL CHECK (source IN ('frontmatter','inline','zotero')),
  line     INTEGER,                               -- first occurrence, 1-based
  count    INTEGER NOT NULL DEFAULT 1,
  name     TEXT NOT NULL,                         -- as first written in this note
  position INTEGER NOT NULL,                      -- order of first appearance in the note
  PRIMARY KEY (note_id, tag_id, source)
) WITHOUT ROWID;
CREATE INDEX note_tags_tag ON note_tags(tag_id, source);

-- ------------------------------------------------------------- structure
CREATE TABLE headings (
  id        INTEGER PRIMARY KEY,
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  level     INTEGER NOT NULL CHECK (level BETWEEN 1 AND 6),
  text      TEXT NOT NULL,                        -- raw inline Markdown
  text_key  TEXT NOT NULL,                        -- comparison form, rule L20
  line      INTEGER NOT NULL,
  parent_id INTEGER REFERENCES headings(id) ON DELETE CASCADE
);
CREATE INDEX headings_key    ON headings(note_id, text_key);
CREATE INDEX headings_parent ON headings(parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE blocks (
  id        INTEGER PRIMARY KEY,
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  block_id  TEXT NOT NULL,                        -- without '^'
  block_key TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('paragraph','list_item','list','table','callout','blockquote','code','math','heading','other')),
  line      INTEGER NOT NULL,                     -- line of the ^id
  line_start INTEGER NOT NULL,
  line_end   INTEGER NOT NULL
);
CREATE INDEX blocks_key ON blocks(note_id, block_key);

CREATE TABLE callouts (
  id             INTEGER PRIMARY KEY,
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  parent_id      INTEGER REFERENCES callouts(id) ON DELETE CASCADE,
  depth          INTEGER NOT NULL DEFAULT 1,
  type           TEXT NOT NULL,                   -- lower case as written
  canonical_type TEXT,                            -- one of the 13, NULL when custom
  metadata       TEXT,                            -- [!type|metadata]
  title          TEXT,                            -- NULL: none written
  fold           TEXT CHECK (fold IN ('+','-')),
  line_start     INTEGER NOT NULL,
  line_end       INTEGER NOT NULL
);
CREATE INDEX callouts_note ON callouts(note_id);
CREATE INDEX callouts_type   ON callouts(canonical_type);
CREATE INDEX callouts_parent ON callouts(parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE tasks (
  id        INTEGER PRIMARY KEY,
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  parent_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
  heading_id INTEGER REFERENCES headings(id) ON DELETE SET NULL,
  status    TEXT NOT NULL,                        -- the one character between [ ]
  completed INTEGER NOT NULL CHECK (completed IN (0,1)),
  text      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  created   TEXT, scheduled TEXT, start TEXT, due TEXT, completion TEXT
);
CREATE INDEX tasks_note ON tasks(note_id);
CREATE INDEX tasks_open    ON tasks(completed, due);
CREATE INDEX tasks_parent  ON tasks(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_heading ON tasks(heading_id) WHERE heading_id IS NOT NULL;

CREATE TABLE footnotes (
  id        INTEGER PRIMARY KEY,
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  label     TEXT NOT NULL,
  label_key TEXT NOT NULL,
  text      TEXT NOT NULL,
  line      INTEGER NOT NULL
);
CREATE INDEX footnotes_note ON footnotes(note_id);

-- ------------------------------------------------------------------ links
CREATE TABLE links (
  id             INTEGER PRIMARY KEY,
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  syntax         TEXT NOT NULL CHECK (syntax IN ('wikilink','markdown','reference','autolink','bare')),
  source         TEXT NOT NULL CHECK (source IN ('body','frontmatter')),
  property       TEXT,                            -- key path, e.g. related.0
  is_embed       INTEGER NOT NULL DEFAULT 0 CHECK (is_embed IN (0,1)),
  target         TEXT NOT NULL,                   -- linkpath as written ('' = this note), or the URL
  target_key     TEXT NOT NULL,                   -- lower(NFC) of the last path part, without .md
  subpath        TEXT,                            -- '#Heading', '#^id', '#[^fn]', '#page=3'
  subpath_kind   TEXT CHECK (subpath_kind IN ('heading','block','footnote','params')),
  display        TEXT,
  raw            TEXT NOT NULL,
  line           INTEGER,
  resolution     TEXT NOT NULL CHECK (resolution IN ('note','attachment','unresolved','external')),
  target_note_id       INTEGER REFERENCES notes(id)       ON DELETE SET NULL,
  target_attachment_id INTEGER REFERENCES attachments(id) ON DELETE SET NULL,
  target_heading_id    INTEGER REFERENCES headings(id)    ON DELETE SET NULL,
  target_block_id      INTEGER REFERENCES blocks(id)      ON DELETE SET NULL,
  scheme         TEXT,                            -- external only: https, zotero, obsidian …
  CHECK (target_note_id IS NULL OR target_attachment_id IS NULL)
);
CREATE INDEX links_note       ON links(note_id);
CREATE INDEX links_target_note ON links(target_note_id) WHERE target_note_id IS NOT NULL;
CREATE INDEX links_target_att  ON links(target_attachment_id) WHERE target_attachment_id IS NOT NULL;
CREATE INDEX links_target_head ON links(target_heading_id) WHERE target_heading_id IS NOT NULL;
CREATE INDEX links_target_blk  ON links(target_block_id) WHERE target_block_id IS NOT NULL;
CREATE INDEX links_target_key  ON links(target_key) WHERE scheme IS NULL;
CREATE INDEX links_unresolved ON links(target_key) WHERE resolution = 'unresolved';

-- ----------------------------------------------------------------- fields
CREATE TABLE field_keys (
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE                        -- Dataview canonical form
);

CREATE TABLE fields (
  id           INTEGER PRIMARY KEY,
  note_id      INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  key_id       INTEGER NOT NULL REFERENCES field_keys(id),
  name         TEXT NOT NULL,                     -- key as written, emphasis stripped
  source       TEXT NOT NULL CHECK (source IN ('frontmatter','inline')),
  form         TEXT NOT NULL CHECK (form IN ('yaml','salvaged','line','bracket','paren','emoji')),
  scope        TEXT NOT NULL DEFAULT 'page' CHECK (scope IN ('page','item','task')),
  occurrence   INTEGER NOT NULL,                  -- which statement of the note, 0-based
  path         TEXT NOT NULL DEFAULT '',          -- inside a nested map: 'pos.x'
  item         INTEGER NOT NULL DEFAULT 0,        -- index inside a list value
  type         TEXT NOT NULL CHECK (type IN ('null','text','number','boolean','date','duration','link','tag','list','map')),
  raw          TEXT NOT NULL,
  value_text   TEXT,
  value_number REAL,
  value_date   TEXT,
  link_id      INTEGER REFERENCES links(id) ON DELETE SET NULL,
  task_id      INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
  line         INTEGER
);
CREATE INDEX fields_note ON fields(note_id);
CREATE INDEX fields_key  ON fields(key_id, value_text);
CREATE INDEX fields_date ON fields(key_id, value_date) WHERE value_date IS NOT NULL;
CREATE INDEX fields_link ON fields(link_id) WHERE link_id IS NOT NULL;
CREATE INDEX fields_task ON fields(task_id) WHERE task_id IS NOT NULL;

-- ------------------------------------------------------------- literature
CREATE TABLE works (
  note_id        INTEGER PRIMARY KEY REFERENCES notes(id) ON DELETE CASCADE,
  title          TEXT,
  creators       TEXT,                            -- JSON array of names, for reading and for facets; rows: note_authors
  year           INTEGER,
  item_type      TEXT,                            -- Zotero item type, camelCase
  read_status    TEXT,                            -- unread | reading | read | as written
  container      TEXT,                            -- journal, book, site, proceedings …
  tags           TEXT,                            -- JSON array of the note's Obsidian tags; rows: note_tags
  citekey        TEXT,
  doi            TEXT,                            -- the first one; rows: identifiers
  date           TEXT,                            -- YYYY | YYYY-MM | YYYY-MM-DD
  publisher      TEXT,
  place          TEXT,
  volume         TEXT, issue TEXT, pages TEXT, edition TEXT, series TEXT, language TEXT,
  zotero_library TEXT,                            -- 'library' or 'groups/<id>'
  zotero_key     TEXT,
  imported_at    TEXT,                            -- %% Import Date: … %%
  date_read      TEXT,
  pdf            TEXT,                            -- the document as linked: vault path, file: or zotero://open-pdf URI
  source         TEXT NOT NULL DEFAULT 'other'
                 CHECK (source IN ('zotero-integration','citation-plugin','zotlit','properties','other')),
  csl_type       TEXT,
  date_raw       TEXT,
  citekey_key    TEXT,
  title_key      TEXT,                            -- letters and digits only, folded: to find the same work twice
  bibliography   TEXT,                            -- the formatted entry line
  abstract       TEXT
);
CREATE INDEX works_citekey ON works(citekey_key);
CREATE INDEX works_zotero  ON works(zotero_key);
CREATE INDEX works_year    ON works(year);
CREATE INDEX works_type    ON works(item_type);
CREATE INDEX works_status  ON works(read_status);
CREATE INDEX works_title   ON works(title_key);

CREATE TABLE identifiers (
  id      INTEGER PRIMARY KEY,
  note_id INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  scheme  TEXT NOT NULL CHECK (scheme IN ('doi','isbn','issn','arxiv','pmid','pmcid','url','zotero','citekey')),
  value   TEXT NOT NULL,                          -- normal form
  raw     TEXT NOT NULL,
  UNIQUE (note_id, scheme, value)
);
CREATE INDEX identifiers_value ON identifiers(scheme, value);

CREATE TABLE authors (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,                       -- 'Family, Given[, Suffix]' or the single name
  name_key   TEXT NOT NULL UNIQUE,                -- identity
  kind       TEXT NOT NULL CHECK (kind IN ('person','single')),
  family     TEXT, given TEXT, particle TEXT, suffix TEXT,
  family_key TEXT,                                -- folded, no particle: only to propose duplicates
  given_key  TEXT NOT NULL DEFAULT '',            -- folded given names, punctuation removed: 'hailin', 'g elliott'
  initials   TEXT NOT NULL DEFAULT '',            -- 'h', 'ge'
  first_note_id INTEGER REFERENCES notes(id) ON DELETE SET NULL   -- whose spelling `name` is: the first by path
);
CREATE INDEX authors_first ON authors(first_note_id);
CREATE INDEX authors_family ON authors(family_key, initials);

CREATE TABLE note_authors (
  note_id       INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,                 -- 1-based over all creators
  author_id     INTEGER NOT NULL REFERENCES authors(id),
  role          TEXT NOT NULL DEFAULT 'author',   -- Zotero creator type
  role_position INTEGER NOT NULL,                 -- 1-based inside the role
  raw           TEXT NOT NULL,
  line          INTEGER,
  name          TEXT NOT NULL,                    -- as spelled in this note
  parts         TEXT NOT NULL,                    -- the same taken apart, for `authors`: JSON of its columns kind … initials
  PRIMARY KEY (note_id, position),
  UNIQUE (note_id, author_id, role)
) WITHOUT ROWID;
CREATE INDEX note_authors_author ON note_authors(author_id, role);

CREATE TABLE collections (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL,
  path_key  TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES collections(id) ON DELETE SET NULL,
  first_note_id INTEGER REFERENCES notes(id) ON DELETE SET NULL   -- whose spelling `name` is: the first by path
);
CREATE INDEX collections_first ON collections(first_note_id);
CREATE INDEX collections_parent ON collections(parent_id);
CREATE TABLE note_collections (
  note_id       INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
  name          TEXT NOT NULL,                    -- as written in this note
  position      INTEGER NOT NULL,                 -- order in the note, 0-based
  PRIMARY KEY (note_id, collection_id)
) WITHOUT ROWID;
CREATE INDEX note_collections_c ON note_collections(collection_id);

CREATE TABLE statements (                         -- where each bibliographic value was taken from
  note_id  INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  slot     TEXT NOT NULL,                         -- title, date, doi, author …
  verdict  TEXT NOT NULL CHECK (verdict IN ('used','same','overruled')),
  value    TEXT,                                  -- normal form
  source   TEXT NOT NULL,                         -- property, field, label, link, callout, filename, heading …
  key      TEXT,                                  -- as written
  raw      TEXT NOT NULL,
  line     INTEGER,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE citations (                          -- [@key], [[@key]], Related:: …
  id             INTEGER PRIMARY KEY,
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('pandoc','link','related')),
  citekey        TEXT NOT NULL,
  citekey_key    TEXT NOT NULL,
  locator        TEXT,
  line           INTEGER,
  target_note_id INTEGER REFERENCES notes(id) ON DELETE SET NULL
);
CREATE INDEX citations_note   ON citations(note_id);
CREATE INDEX citations_key    ON citations(citekey_key);
CREATE INDEX citations_target ON citations(target_note_id) WHERE target_note_id IS NOT NULL;

CREATE TABLE annotations (
  id             INTEGER PRIMARY KEY,
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  type           TEXT CHECK (type IN ('highlight','underline','note','text','image','ink')),
  color          TEXT,                            -- #rrggbb, lower case
  color_name     TEXT,                            -- yellow, red …
  heading        TEXT,                            -- the heading or callout it stands under
  page           INTEGER,                         -- ?page= (PDF index, 1-based)
  page_label     TEXT,                            -- printed page
  text           TEXT,
  comment        TEXT,
  attachment_id  INTEGER REFERENCES attachments(id) ON DELETE SET NULL,
  image_link_id  INTEGER REFERENCES links(id) ON DELETE SET NULL,  -- the embed that shows it
  attachment_key TEXT,
  annotation_key TEXT,
  library        TEXT,
  uri            TEXT,
  imported_at    TEXT,
  line           INTEGER NOT NULL
);
CREATE INDEX annotations_note ON annotations(note_id);
CREATE INDEX annotations_color ON annotations(color_name);
CREATE INDEX annotations_key   ON annotations(annotation_key);
CREATE INDEX annotations_image ON annotations(image_link_id) WHERE image_link_id IS NOT NULL;
CREATE INDEX annotations_att   ON annotations(attachment_id) WHERE attachment_id IS NOT NULL;

CREATE TABLE annotation_tags (
  annotation_id INTEGER NOT NULL REFERENCES annotations(id) ON DELETE CASCADE,
  tag_id        INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (annotation_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX annotation_tags_t ON annotation_tags(tag_id);

CREATE TABLE zotero_notes (
  id         INTEGER PRIMARY KEY,
  note_id    INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  zotero_key TEXT,
  library    TEXT,
  uri        TEXT,
  modified   TEXT,
  text       TEXT NOT NULL,
  line_start INTEGER NOT NULL,
  line_end   INTEGER NOT NULL
);
CREATE INDEX zotero_notes_note ON zotero_notes(note_id);
CREATE INDEX zotero_notes_key ON zotero_notes(zotero_key);

CREATE TABLE persist_blocks (
  id         INTEGER PRIMARY KEY,
  note_id    INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  text       TEXT NOT NULL,
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)),
  line_start INTEGER NOT NULL,
  line_end   INTEGER NOT NULL
);
CREATE INDEX persist_blocks_note ON persist_blocks(note_id);

CREATE TABLE problems (
  id       INTEGER PRIMARY KEY,
  note_id  INTEGER REFERENCES notes(id) ON DELETE CASCADE,
  path     TEXT NOT NULL,
  code     TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error','warning','info')),
  line     INTEGER,
  message  TEXT NOT NULL
);
CREATE INDEX problems_code ON problems(code, path);
CREATE INDEX problems_note ON problems(note_id);

-- ------------------------------------------------------- full-text search
-- content="…" must be in double quotes (or [brackets]): Datasette looks for that text.
CREATE VIRTUAL TABLE notes_fts USING fts5(
  title, aliases, authors, abstract, body, own, grams,
  content="note_texts", content_rowid="note_id",
  tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER note_texts_ai AFTER INSERT ON note_texts BEGIN
  INSERT INTO notes_fts(rowid, title, aliases, authors, abstract, body, own, grams)
  VALUES (new.note_id, new.title, new.aliases, new.authors, new.abstract, new.body, new.own, new.grams);
END;
CREATE TRIGGER note_texts_ad AFTER DELETE ON note_texts BEGIN
  INSERT INTO notes_fts(notes_fts, rowid, title, aliases, authors, abstract, body, own, grams)
  VALUES ('delete', old.note_id, old.title, old.aliases, old.authors, old.abstract, old.body, old.own, old.grams);
END;
CREATE TRIGGER note_texts_au AFTER UPDATE ON note_texts BEGIN
  INSERT INTO notes_fts(notes_fts, rowid, title, aliases, authors, abstract, body, own, grams)
  VALUES ('delete', old.note_id, old.title, old.aliases, old.authors, old.abstract, old.body, old.own, old.grams);
  INSERT INTO notes_fts(rowid, title, aliases, authors, abstract, body, own, grams)
  VALUES (new.note_id, new.title, new.aliases, new.authors, new.abstract, new.body, new.own, new.grams);
END;

CREATE VIRTUAL TABLE annotations_fts USING fts5(
  text, comment, content="annotations", content_rowid="id",
  tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER annotations_ai AFTER INSERT ON annotations BEGIN
  INSERT INTO annotations_fts(rowid, text, comment) VALUES (new.id, new.text, new.comment);
END;
CREATE TRIGGER annotations_ad AFTER DELETE ON annotations BEGIN
  INSERT INTO annotations_fts(annotations_fts, rowid, text, comment)
  VALUES ('delete', old.id, old.text, old.comment);
END;
CREATE TRIGGER annotations_au AFTER UPDATE OF text, comment ON annotations BEGIN
  INSERT INTO annotations_fts(annotations_fts, rowid, text, comment)
  VALUES ('delete', old.id, old.text, old.comment);
  INSERT INTO annotations_fts(rowid, text, comment) VALUES (new.id, new.text, new.comment);
END;

-- ------------------------------------------------------------------ views
CREATE VIEW literature AS
SELECT w.note_id, w.citekey, w.title,
       (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM note_authors na JOIN authors a ON a.id = na.author_id
         WHERE na.note_id = w.note_id AND na.role = (SELECT role FROM note_authors x WHERE x.note_id = w.note_id
               ORDER BY CASE x.role WHEN 'author' THEN 0 WHEN 'editor' THEN 2 ELSE 1 END, x.position LIMIT 1)
         ORDER BY na.position)) AS creators,
       w.year, w.item_type, w.container, w.publisher, w.read_status, w.date_read,
       (SELECT value FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'doi'   ORDER BY i.id LIMIT 1) AS doi,
       (SELECT value FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'arxiv' ORDER BY i.id LIMIT 1) AS arxiv,
       (SELECT value FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'url'   ORDER BY i.id LIMIT 1) AS url,
       (SELECT count(*) FROM annotations n WHERE n.note_id = w.note_id) AS annotations,
       CASE WHEN w.zotero_key IS NULL THEN NULL
            ELSE 'zotero://select/' || coalesce(w.zotero_library, 'library') || '/items/' || w.zotero_key END AS zotero_uri,
       n.path, w.imported_at
FROM works w JOIN notes n ON n.id = w.note_id;

CREATE VIEW author_works AS
SELECT a.id AS author_id, a.name AS author, na.role, na.role_position, w.note_id, w.citekey, w.title, w.year
FROM authors a JOIN note_authors na ON na.author_id = a.id JOIN works w ON w.note_id = na.note_id;

CREATE VIEW author_counts AS
SELECT a.id AS author_id, a.name AS author, a.kind,
       count(DISTINCT na.note_id) AS works,
       sum(na.role = 'author' AND na.role_position = 1) AS first_authored,
       min(w.year) AS first_year, max(w.year) AS last_year
FROM authors a JOIN note_authors na ON na.author_id = a.id JOIN works w ON w.note_id = na.note_id
GROUP BY a.id;

CREATE VIEW coauthors AS
SELECT x.author_id AS author_id, ax.name AS author, y.author_id AS coauthor_id, ay.name AS coauthor, count(*) AS works
FROM note_authors x JOIN note_authors y ON y.note_id = x.note_id AND y.author_id <> x.author_id
JOIN authors ax ON ax.id = x.author_id JOIN authors ay ON ay.id = y.author_id
WHERE x.role = 'author' AND y.role = 'author'
GROUP BY x.author_id, y.author_id;

CREATE VIEW author_candidates AS                   -- perhaps the same person: never merged automatically
WITH a AS (SELECT id, name, family_key, given_key, initials,
                  substr(given_key || ' ', 1, instr(given_key || ' ', ' ') - 1) AS first
           FROM authors WHERE family_key <> '' AND given_key <> '')
SELECT x.id AS author_id, x.name AS author, y.id AS other_id, y.name AS other,
       CASE WHEN x.given_key = y.given_key THEN 'same letters'
            WHEN x.first = y.first THEN 'same first name'
            ELSE 'initials fit' END AS why
FROM a x JOIN a y ON y.family_key = x.family_key AND y.id > x.id
WHERE (x.first = y.first
       OR (length(x.first) = 1 AND substr(y.first, 1, 1) = x.first)
       OR (length(y.first) = 1 AND substr(x.first, 1, 1) = y.first))
  AND (substr(x.initials, 1, length(y.initials)) = y.initials
       OR substr(y.initials, 1, length(x.initials)) = x.initials);

CREATE VIEW note_tags_expanded AS                  -- a note tagged a/b also answers to a
WITH RECURSIVE up(note_id, tag_id, source, ancestor_id) AS (
  SELECT note_id, tag_id, source, tag_id FROM note_tags
  UNION
  SELECT up.note_id, up.tag_id, up.source, t.parent_id FROM up JOIN tags t ON t.id = up.ancestor_id WHERE t.parent_id IS NOT NULL
)
SELECT up.note_id, n.path, up.source, t.kind, t.id AS tag_id, t.name AS tag, d.name AS written_tag
FROM up JOIN tags t ON t.id = up.ancestor_id JOIN tags d ON d.id = up.tag_id JOIN notes n ON n.id = up.note_id;

CREATE VIEW tag_counts AS
SELECT t.id AS tag_id, t.kind, t.name AS tag,
       (SELECT count(DISTINCT note_id) FROM note_tags nt WHERE nt.tag_id = t.id) AS notes,
       (SELECT count(DISTINCT note_id) FROM note_tags_expanded e WHERE e.tag_id = t.id) AS notes_with_children
FROM tags t;

CREATE VIEW backlinks AS
SELECT t.id AS note_id, t.path AS path, s.id AS from_note_id, s.path AS from_path,
       l.line, l.is_embed, l.subpath, l.display, l.source
FROM links l JOIN notes t ON t.id = l.target_note_id JOIN notes s ON s.id = l.note_id
WHERE s.id <> t.id;

CREATE VIEW unresolved_links AS
SELECT l.target, count(*) AS links, count(DISTINCT l.note_id) AS notes, min(n.path) AS example
FROM links l JOIN notes n ON n.id = l.note_id WHERE l.resolution = 'unresolved'
GROUP BY l.target_key;

CREATE VIEW broken_subpaths AS
SELECT n.path, l.line, l.raw, t.path AS target_path, l.subpath
FROM links l JOIN notes n ON n.id = l.note_id JOIN notes t ON t.id = l.target_note_id
WHERE (l.subpath_kind = 'heading' AND l.target_heading_id IS NULL)
   OR (l.subpath_kind = 'block'   AND l.target_block_id   IS NULL);

CREATE VIEW orphan_notes AS
SELECT n.id AS note_id, n.path, n.title, n.kind FROM notes n
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.target_note_id = n.id AND l.note_id <> n.id)
  AND NOT EXISTS (SELECT 1 FROM links l WHERE l.note_id = n.id AND l.target_note_id IS NOT NULL AND l.target_note_id <> n.id);

CREATE VIEW attachments_unused AS
SELECT a.id AS attachment_id, a.path, a.kind, a.size FROM attachments a
WHERE a.kind NOT IN ('canvas','base') AND NOT EXISTS (SELECT 1 FROM links l WHERE l.target_attachment_id = a.id);

CREATE VIEW note_fields AS
SELECT f.note_id, n.path, k.key, f.name, f.source, f.form, f.scope, f.path AS subkey, f.item, f.type,
       f.value_text, f.value_number, f.value_date, f.line
FROM fields f JOIN field_keys k ON k.id = f.key_id JOIN notes n ON n.id = f.note_id;

CREATE VIEW annotation_list AS
SELECT an.id AS annotation_id, w.citekey, coalesce(w.title, n.title) AS title, an.type, an.color_name, an.page_label,
       an.text, an.comment,
       (SELECT group_concat(t.name, ', ') FROM annotation_tags x JOIN tags t ON t.id = x.tag_id WHERE x.annotation_id = an.id) AS tags,
       an.uri, n.path, an.line
FROM annotations an JOIN notes n ON n.id = an.note_id LEFT JOIN works w ON w.note_id = an.note_id;

CREATE VIEW duplicate_works AS
SELECT i.scheme, i.value, count(*) AS notes, group_concat(n.path, ' | ') AS paths
FROM identifiers i JOIN notes n ON n.id = i.note_id WHERE i.scheme IN ('doi','isbn','arxiv','zotero','citekey')
GROUP BY i.scheme, i.value HAVING count(*) > 1;

CREATE VIEW citation_graph AS
SELECT c.note_id, s.path AS from_path, c.citekey, c.kind, c.target_note_id, t.path AS to_path
FROM citations c JOIN notes s ON s.id = c.note_id LEFT JOIN notes t ON t.id = c.target_note_id;

CREATE VIEW open_tasks AS
SELECT t.id AS task_id, n.path, t.line, t.status, t.text, t.due, h.text AS heading
FROM tasks t JOIN notes n ON n.id = t.note_id LEFT JOIN headings h ON h.id = t.heading_id
WHERE t.completed = 0;

CREATE VIEW problem_counts AS
SELECT code, severity, count(*) AS problems, count(DISTINCT path) AS files, min(path) AS example
FROM problems GROUP BY code, severity;
