-- Why: one name means one thing, and nothing is stored twice. The rows of an index that the first version made are dropped and
-- read again from the vault, in the transaction of the next sync; this file is the whole schema.
--
-- Words: `kind` is which sort of its table's thing a row is; `source` is where in the note it was read; `name` is how a thing is
-- shown; `position` counts the things of one note from 0, in reading order, and is their key together with note_id; a column that
-- ends in `_key` is made by the program to compare by (SQLite's NOCASE knows ASCII only): lower(NFC(x)) for paths, links, tags,
-- aliases, headings and blocks, casefold(NFKC(x)) for authors and citekeys; `line` is a line of the file, from 1.
--
-- All tables but `meta` and `files` are derived: after any history they equal, row for row, those of an index made afresh.
DROP VIEW literature;
DROP VIEW author_works;
DROP VIEW author_counts;
DROP VIEW coauthors;
DROP VIEW author_candidates;
DROP VIEW note_tags_expanded;
DROP VIEW tag_counts;
DROP VIEW backlinks;
DROP VIEW unresolved_links;
DROP VIEW broken_subpaths;
DROP VIEW orphan_notes;
DROP VIEW attachments_unused;
DROP VIEW note_fields;
DROP VIEW annotation_list;
DROP VIEW duplicate_works;
DROP VIEW citation_graph;
DROP VIEW open_tasks;
DROP VIEW problem_counts;
DROP TABLE notes_fts;
DROP TABLE annotations_fts;
DROP TABLE problems;
DROP TABLE persist_blocks;
DROP TABLE zotero_notes;
DROP TABLE annotation_tags;
DROP TABLE annotations;
DROP TABLE citations;
DROP TABLE statements;
DROP TABLE note_collections;
DROP TABLE collections;
DROP TABLE note_authors;
DROP TABLE authors;
DROP TABLE identifiers;
DROP TABLE works;
DROP TABLE fields;
DROP TABLE field_keys;
DROP TABLE links;
DROP TABLE footnotes;
DROP TABLE tasks;
DROP TABLE callouts;
DROP TABLE blocks;
DROP TABLE headings;
DROP TABLE note_tags;
DROP TABLE tags;
DROP TABLE aliases;
DROP TABLE note_texts;
DROP TABLE attachments;
DROP TABLE notes;

-- ------------------------------------------------------------------ files

CREATE TABLE files (                -- What decides whether a file is read again. Not derived: times and inodes are the disk's.
  id         INTEGER PRIMARY KEY,   -- the id of its note or attachment
  size       INTEGER NOT NULL,      -- bytes
  mtime_ns   INTEGER NOT NULL,      -- time of the last change of the content, nanoseconds since 1970
  ctime_ns   INTEGER NOT NULL,      -- time of the last change of the file's entry
  ino        INTEGER NOT NULL,      -- number of the file on its disk
  sha256     TEXT,                  -- of a note's content; '' forgets it: the next sync reads the note again; NULL: an attachment
  path_bytes BLOB                   -- the name on disk where it is no UTF-8
);

CREATE TABLE notes (                -- One row a note.
  id                INTEGER PRIMARY KEY REFERENCES files(id),
  path              TEXT NOT NULL UNIQUE,   -- from the vault's root, '/' between folders, NFC, with .md
  path_key          TEXT NOT NULL,          -- may stand twice on a disk that knows upper and lower case
  name              TEXT NOT NULL,          -- file name without .md
  name_key          TEXT NOT NULL,
  folder            TEXT NOT NULL DEFAULT '',  -- path without the name; '' is the root
  title             TEXT NOT NULL,          -- of the work, of the property `title`, of an H1 at the top, or the file name
  title_source      TEXT NOT NULL CHECK (title_source IN ('work', 'property', 'heading', 'filename')),
  kind              TEXT NOT NULL CHECK (kind IN ('literature', 'note', 'template', 'excalidraw')),
  excluded          INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)),  -- by Obsidian's settings: a link target, not read
  frontmatter_state TEXT NOT NULL CHECK (frontmatter_state IN ('none', 'empty', 'ok', 'invalid', 'not_mapping', 'unclosed')),
  frontmatter_end   INTEGER,                -- line of the closing ---
  created           TEXT,                   -- from a property: ISO 8601 as written, offset kept
  created_source    TEXT,                   -- that property's name
  modified          TEXT,                   -- likewise
  modified_source   TEXT,                   -- that property's name
  day               TEXT,                   -- YYYY-MM-DD in the file name
  imported_at       TEXT,                   -- %% Import Date: … %%
  encoding          TEXT NOT NULL DEFAULT 'utf-8',  -- of the file
  eol               TEXT NOT NULL DEFAULT 'lf' CHECK (eol IN ('lf', 'crlf', 'cr', 'mixed', 'none')),
  has_bom           INTEGER NOT NULL DEFAULT 0 CHECK (has_bom IN (0, 1)),   -- whether a byte order mark begins the file
  line_count        INTEGER NOT NULL DEFAULT 0,                             -- lines of the file
  word_count        INTEGER NOT NULL DEFAULT 0,   -- of the body
  own_word_count    INTEGER NOT NULL DEFAULT 0    -- of them the user's own
);
CREATE INDEX notes_path_key ON notes(path_key);
CREATE INDEX notes_name_key ON notes(name_key);

CREATE TABLE attachments (          -- Every indexed file that is no note.
  id        INTEGER PRIMARY KEY REFERENCES files(id),
  path      TEXT NOT NULL UNIQUE,
  path_key  TEXT NOT NULL,
  name      TEXT NOT NULL,          -- file name with its extension
  name_key  TEXT NOT NULL,
  folder    TEXT NOT NULL DEFAULT '',
  extension TEXT NOT NULL DEFAULT '',  -- lower case, without the dot
  kind      TEXT NOT NULL CHECK (kind IN ('image', 'audio', 'video', 'pdf', 'canvas', 'base', 'other'))
);
CREATE INDEX attachments_path_key ON attachments(path_key);
CREATE INDEX attachments_name_key ON attachments(name_key);

CREATE TABLE note_texts (           -- The long texts of a note.
  note_id     INTEGER PRIMARY KEY REFERENCES notes(id) ON DELETE CASCADE,
  body        TEXT NOT NULL,        -- the note without its front matter
  own         TEXT NOT NULL,        -- the user's own words: no imported text, no template
  grams       TEXT NOT NULL,        -- to search by: pairs of characters of scripts without spaces, plain spellings of words
  own_grams   TEXT NOT NULL,        -- the same of `own`
  frontmatter TEXT                  -- the properties as one JSON object, values by YAML 1.2
);

CREATE TABLE aliases (              -- Other names of a note, from its property `aliases`.
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  alias     TEXT NOT NULL,          -- as written
  alias_key TEXT NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX aliases_key ON aliases(alias_key);

-- ------------------------------------------------------------------- tags

CREATE TABLE tags (                 -- Each tag once, with its ancestors: a/b hangs below a.
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('obsidian', 'zotero')),
  name      TEXT NOT NULL,          -- the spelling used most, without '#'
  tag_key   TEXT NOT NULL,
  leaf      TEXT NOT NULL,          -- the last part of the name
  depth     INTEGER NOT NULL DEFAULT 1,  -- how many parts the name has
  parent_id INTEGER REFERENCES tags(id) ON DELETE SET NULL,  -- the tag above it
  spellings INTEGER NOT NULL DEFAULT 1,  -- how many spellings are in use
  UNIQUE (kind, tag_key)
);
CREATE INDEX tags_parent ON tags(parent_id);

CREATE TABLE note_tags (            -- Which note has which tag, where from.
  note_id  INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  tag_id   INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,  -- the tag
  source   TEXT NOT NULL CHECK (source IN ('frontmatter', 'inline', 'zotero')),
  position INTEGER NOT NULL,        -- order of the first use among the note's tags
  name     TEXT NOT NULL,           -- as first written in this note
  line     INTEGER,                 -- of the first use
  count    INTEGER NOT NULL DEFAULT 1,  -- how often
  PRIMARY KEY (note_id, tag_id, source)
) WITHOUT ROWID;
CREATE INDEX note_tags_tag ON note_tags(tag_id);

-- -------------------------------------------------------------- structure

CREATE TABLE headings (             -- The outline of a note.
  note_id  INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  parent   INTEGER,                 -- position of the heading above it in the outline
  level    INTEGER NOT NULL CHECK (level BETWEEN 1 AND 6),  -- 1 for #, 6 for ######
  text     TEXT NOT NULL,           -- Markdown as written
  text_key TEXT NOT NULL,           -- what a link's #Heading is compared with
  line     INTEGER NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE blocks (               -- Blocks with an id: ^id.
  note_id    INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN
             ('paragraph', 'list_item', 'list', 'table', 'callout', 'blockquote', 'code', 'math', 'heading', 'other')),
  block_id   TEXT NOT NULL,         -- without '^'
  block_key  TEXT NOT NULL,
  line       INTEGER NOT NULL,      -- of the ^id
  line_start INTEGER NOT NULL,
  line_end   INTEGER NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE callouts (             -- > [!type|metadata]± Title
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  parent         INTEGER,           -- position of the callout around it
  depth          INTEGER NOT NULL DEFAULT 1,  -- 1, and one more inside each callout
  type           TEXT NOT NULL,     -- lower case as written
  canonical_type TEXT,              -- one of Obsidian's 13, NULL for another
  metadata       TEXT,              -- what stands behind | in the brackets
  title          TEXT,              -- NULL: none written
  fold           TEXT CHECK (fold IN ('+', '-')),
  line_start     INTEGER NOT NULL,
  line_end       INTEGER NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE tasks (                -- - [ ] …
  note_id    INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  parent     INTEGER,               -- position of the task around it
  heading    INTEGER,               -- position of the heading above it
  status     TEXT NOT NULL,         -- the one character between [ ]
  completed  INTEGER NOT NULL CHECK (completed IN (0, 1)),  -- whether the status says that it is done
  text       TEXT NOT NULL,         -- Markdown as written, without the box
  line       INTEGER NOT NULL,
  created    TEXT,                  -- when it was written; this and the next four by emoji or inline field: YYYY-MM-DD
  scheduled  TEXT,                  -- when it is planned
  start      TEXT,                  -- not before
  due        TEXT,                  -- not after
  completion TEXT,                  -- when it was done
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX tasks_open ON tasks(completed, due);

CREATE TABLE footnotes (            -- [^label]: text
  note_id   INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  label     TEXT NOT NULL,          -- as written
  label_key TEXT NOT NULL,
  text      TEXT NOT NULL,          -- Markdown as written
  line      INTEGER NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

-- ------------------------------------------------------------------ links

CREATE TABLE links (                -- Every link of a note, and where it leads.
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,  -- those of properties first
  source         TEXT NOT NULL CHECK (source IN ('body', 'frontmatter')),
  property       TEXT,              -- the property's key path: related.0
  syntax         TEXT NOT NULL CHECK (syntax IN ('wikilink', 'markdown', 'reference', 'autolink', 'bare')),
  is_embed       INTEGER NOT NULL DEFAULT 0 CHECK (is_embed IN (0, 1)),  -- ![[…]] or ![…](…)
  target         TEXT NOT NULL,     -- as written: a link path ('' is this note) or an address
  target_key     TEXT NOT NULL,     -- of the last part of the path, without .md; '' for an address
  subpath        TEXT,              -- #Heading, #^id, #[^fn], #page=3
  subpath_kind   TEXT CHECK (subpath_kind IN ('heading', 'block', 'footnote', 'params')),
  display        TEXT,              -- the text shown for it, where it has one
  line           INTEGER,           -- NULL in a property
  scheme         TEXT,              -- of an address: https, zotero, obsidian …
  resolution     TEXT NOT NULL CHECK (resolution IN ('note', 'attachment', 'citation', 'unresolved', 'external')),
                                    -- citation: [[@key]] that no file is called, but a work's citekey
  target_note_id INTEGER REFERENCES notes(id) ON DELETE SET NULL,
  target_attachment_id INTEGER REFERENCES attachments(id) ON DELETE SET NULL,  -- the file that it leads to, NULL where there is none
  target_heading INTEGER,           -- position of the heading in the target note
  target_block   INTEGER,           -- position of the block in the target note
  PRIMARY KEY (note_id, position),
  CHECK (target_note_id IS NULL OR target_attachment_id IS NULL)
) WITHOUT ROWID;
CREATE INDEX links_target_note       ON links(target_note_id) WHERE target_note_id IS NOT NULL;
CREATE INDEX links_target_attachment ON links(target_attachment_id) WHERE target_attachment_id IS NOT NULL;
CREATE INDEX links_target_key        ON links(target_key) WHERE scheme IS NULL;
CREATE INDEX links_odd_citekey       ON links(target_key) WHERE scheme IS NULL AND target_key GLOB '@*[^ -~]*';

-- ----------------------------------------------------------------- fields

CREATE TABLE field_keys (           -- Each key of a property or inline field once.
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE          -- as Dataview compares keys
);

CREATE TABLE fields (               -- Properties and inline fields: one row a single value.
  note_id      INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  key_id       INTEGER NOT NULL REFERENCES field_keys(id),  -- its key
  name         TEXT NOT NULL,       -- the key as written, emphasis off
  source       TEXT NOT NULL CHECK (source IN ('frontmatter', 'inline')),
  form         TEXT NOT NULL CHECK (form IN ('yaml', 'salvaged', 'line', 'bracket', 'paren', 'emoji')),
  scope        TEXT NOT NULL DEFAULT 'page' CHECK (scope IN ('page', 'item', 'task')),
  occurrence   INTEGER NOT NULL,    -- which property or inline field of the note, from 0
  subkey       TEXT NOT NULL DEFAULT '',   -- inside a map: pos.x
  item         INTEGER NOT NULL DEFAULT 0, -- place in a list
  type         TEXT NOT NULL CHECK (type IN
               ('null', 'text', 'number', 'boolean', 'date', 'duration', 'link', 'tag', 'list', 'map')),
  value_text   TEXT,                                        -- the value as text; of a link its target
  value_number REAL,                                        -- the value as a number: 1 for true, seconds of a duration; NULL where it is none
  value_date   TEXT,                                        -- the value as an ISO 8601 date, NULL where it is none
  raw          TEXT,                -- the whole value as written; NULL where value_text is that
  link         INTEGER,             -- position of the link that the value is
  task         INTEGER,             -- position of the task that the field stands in
  line         INTEGER,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX fields_key ON fields(key_id);

-- ------------------------------------------------------------- literature

CREATE TABLE works (                -- The work that a literature note is about. What a researcher opens.
  note_id        INTEGER PRIMARY KEY REFERENCES notes(id) ON DELETE CASCADE,
  title          TEXT,              -- as the note gives it
  creators       TEXT,              -- JSON array of names, to read and for facets; rows: note_authors
  year           INTEGER,           -- of publication; before Christ negative
  item_type      TEXT,              -- Zotero's, as journalArticle
  read_status    TEXT,              -- unread, reading, read, or as written
  container      TEXT,              -- journal, book, site, proceedings …
  tags           TEXT,              -- JSON array of the note's Obsidian tags; rows: note_tags
  citekey        TEXT,              -- as the note gives it
  doi            TEXT,              -- the first one; rows: identifiers
  date           TEXT,              -- YYYY, YYYY-MM or YYYY-MM-DD
  publisher      TEXT,              -- publisher, institution or university
  place          TEXT,              -- of publication
  volume         TEXT,              -- as written
  issue          TEXT,              -- as written
  pages          TEXT,              -- 201-219
  edition        TEXT,              -- as written
  series         TEXT,              -- as written
  language       TEXT,              -- as written
  zotero_library TEXT,              -- library or groups/<id>
  zotero_key     TEXT,
  imported_at    TEXT,              -- %% Import Date: … %%
  date_read      TEXT,              -- YYYY-MM-DD
  pdf            TEXT,              -- the document as linked: a vault path, file: or zotero://open-pdf
  made_by        TEXT NOT NULL DEFAULT 'other'   -- what kind of template the note was made with
                 CHECK (made_by IN ('zotero-integration', 'citation-plugin', 'zotlit', 'properties', 'other')),
  csl_type       TEXT,              -- item_type in the words of CSL
  date_raw       TEXT,              -- the date as written
  citekey_key    TEXT,
  title_key      TEXT,              -- letters and digits only: finds the same work twice
  bibliography   TEXT,              -- the formatted reference that the note gives
  abstract       TEXT               -- without its heading
);
CREATE INDEX works_citekey ON works(citekey_key);
CREATE INDEX works_title   ON works(title_key);

CREATE TABLE identifiers (          -- DOI, ISBN and other identifiers of works, in their normal form.
  note_id  INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  scheme   TEXT NOT NULL CHECK (scheme IN ('doi', 'isbn', 'issn', 'arxiv', 'pmid', 'pmcid', 'url', 'zotero', 'citekey')),
  value    TEXT NOT NULL,           -- in its normal form
  raw      TEXT,                    -- as written; NULL where that is the value
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX identifiers_value ON identifiers(scheme, value);

CREATE TABLE authors (              -- Each person or institution once. Nothing is merged but by authors.toml.
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,         -- the spelling used most: Family, Given[, Suffix], or the one name
  name_key   TEXT NOT NULL UNIQUE,  -- identity
  kind       TEXT NOT NULL CHECK (kind IN ('person', 'single')),  -- single: an institution, or a name in one piece
  family     TEXT,                  -- family name
  given      TEXT,                  -- given names
  particle   TEXT,                  -- van der; for sorting
  suffix     TEXT,                  -- Jr., III …
  family_key TEXT,                  -- this and the next two only propose who may be one person
  given_key  TEXT NOT NULL DEFAULT '',
  initials   TEXT NOT NULL DEFAULT '',  -- of the given names, in lower case
  spellings  INTEGER NOT NULL DEFAULT 1  -- how many spellings are in use
);
CREATE INDEX authors_family ON authors(family_key, initials);

CREATE TABLE note_authors (         -- Who made the work of a note, in which role.
  note_id       INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,   -- order over all creators
  author_id     INTEGER NOT NULL REFERENCES authors(id),  -- the person
  role          TEXT NOT NULL DEFAULT 'author',  -- Zotero's creator type
  role_position INTEGER NOT NULL,   -- place among those of the same role, from 1: the first author has 1
  name          TEXT NOT NULL,      -- as spelled in this note, in normal form
  kind          TEXT NOT NULL CHECK (kind IN ('person', 'single')),
  raw           TEXT,               -- as written; NULL where that is the name
  line          INTEGER,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX note_authors_author ON note_authors(author_id, role);

CREATE TABLE collections (          -- Zotero's collections.
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,           -- the spelling used most
  path_key TEXT NOT NULL UNIQUE,
  spellings INTEGER NOT NULL DEFAULT 1  -- how many spellings are in use
);

CREATE TABLE note_collections (     -- Which work is filed in which collection.
  note_id       INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,  -- the collection
  position      INTEGER NOT NULL,
  name          TEXT NOT NULL,      -- as written in this note
  PRIMARY KEY (note_id, collection_id)
) WITHOUT ROWID;
CREATE INDEX note_collections_collection ON note_collections(collection_id);

CREATE TABLE provenance (           -- Where each bibliographic value was taken from, and what it overruled.
  note_id  INTEGER NOT NULL REFERENCES works(note_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  field    TEXT NOT NULL,           -- title, date, doi, author …
  verdict  TEXT NOT NULL CHECK (verdict IN ('used', 'same', 'overruled')),
  value    TEXT,                    -- in its normal form
  source   TEXT NOT NULL,           -- property, field, label, link, callout, filename, heading …
  key      TEXT,                    -- as written
  raw      TEXT,                    -- as written; NULL where that is the value
  line     INTEGER,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE citations (            -- [@key, p. 3], [[@key]], Related:: …
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('pandoc', 'link', 'related')),
  citekey        TEXT NOT NULL,     -- as written, without @
  citekey_key    TEXT NOT NULL,
  locator        TEXT,              -- p. 3
  line           INTEGER,
  target_note_id INTEGER REFERENCES notes(id) ON DELETE SET NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;
CREATE INDEX citations_key    ON citations(citekey_key);
CREATE INDEX citations_target ON citations(target_note_id) WHERE target_note_id IS NOT NULL;

CREATE TABLE annotations (          -- Highlights, notes and images taken from documents.
  id             INTEGER PRIMARY KEY,  -- note_id * 65536 + position: full-text search needs one number
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  type           TEXT CHECK (type IN ('highlight', 'underline', 'note', 'text', 'image', 'ink')),
  color          TEXT,              -- #rrggbb
  color_name     TEXT,              -- yellow, red …
  heading        TEXT,              -- the heading or callout it stands under
  page           INTEGER,           -- page of the document, from 1
  page_label     TEXT,              -- page as printed
  text           TEXT,                 -- the passage, NULL where there is only a comment or an image
  comment        TEXT,              -- the reader's words about it
  attachment_id  INTEGER REFERENCES attachments(id) ON DELETE SET NULL,  -- the image
  image_link     INTEGER,           -- position of the embed that shows it
  attachment_key TEXT,              -- Zotero's keys
  annotation_key TEXT,
  library        TEXT,
  uri            TEXT,              -- back into the document
  imported_at    TEXT,              -- as the note says
  line           INTEGER NOT NULL,
  grams          TEXT               -- as note_texts.grams, of text and comment
);
CREATE INDEX annotations_note       ON annotations(note_id);
CREATE INDEX annotations_attachment ON annotations(attachment_id) WHERE attachment_id IS NOT NULL;

CREATE TABLE annotation_tags (      -- Tags of single highlights.
  annotation_id INTEGER NOT NULL REFERENCES annotations(id) ON DELETE CASCADE,  -- the highlight
  tag_id        INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,  -- its tag
  PRIMARY KEY (annotation_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX annotation_tags_tag ON annotation_tags(tag_id);

CREATE TABLE zotero_notes (         -- Zotero's child notes, as imported.
  note_id    INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  zotero_key TEXT,
  library    TEXT,
  uri        TEXT,                                                              -- back into Zotero
  modified   TEXT,                                                              -- as the note says
  text       TEXT NOT NULL,                                              -- Markdown as imported
  line_start INTEGER NOT NULL,
  line_end   INTEGER NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE persist_blocks (       -- %% begin name %% … %% end name %%: what survives a new import. The text is in the body.
  note_id    INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,                                                     -- as written
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),  -- nothing was written in it yet
  line_start INTEGER NOT NULL,
  line_end   INTEGER NOT NULL,
  PRIMARY KEY (note_id, position)
) WITHOUT ROWID;

CREATE TABLE problems (             -- What could not be understood, where, and how to mend it.
  id       INTEGER PRIMARY KEY,
  note_id  INTEGER REFERENCES notes(id) ON DELETE CASCADE,  -- NULL: of a file or folder
  path     TEXT NOT NULL,
  code     TEXT NOT NULL,           -- one word for the kind of problem
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  line     INTEGER,
  message  TEXT NOT NULL                                    -- what is wrong, and how to mend it
);
CREATE INDEX problems_code ON problems(code, path);
CREATE INDEX problems_note ON problems(note_id);

-- ------------------------------------------------------- full-text search
-- content="…" must be in double quotes: Datasette looks for that text.

CREATE VIEW note_search AS          -- What notes are searched by. The program writes the same into notes_fts.
SELECT t.note_id, n.title,
       (SELECT group_concat(name, char(10)) FROM (
          SELECT alias AS name FROM (SELECT alias FROM aliases a WHERE a.note_id = t.note_id ORDER BY a.position)
          UNION ALL SELECT n.name WHERE n.name <> n.title AND n.name IS NOT w.citekey
          UNION ALL SELECT w.citekey WHERE w.citekey IS NOT NULL)) AS aliases,
       (SELECT group_concat(name, char(10)) FROM (
          SELECT name FROM note_authors na WHERE na.note_id = t.note_id ORDER BY na.position)) AS authors,
       w.abstract, t.body, t.own, t.grams, t.own_grams
FROM note_texts t JOIN notes n ON n.id = t.note_id LEFT JOIN works w ON w.note_id = t.note_id;

CREATE VIRTUAL TABLE notes_fts USING fts5(
  title, aliases, authors, abstract, body, own, grams, own_grams,
  content="note_search", content_rowid="note_id",
  tokenize="unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE annotations_fts USING fts5(
  text, comment, grams, content="annotations", content_rowid="id",
  tokenize="unicode61 remove_diacritics 2"
);

-- ------------------------------------------------------------------ views

CREATE VIEW literature AS           -- Works in one line each, with what one asks for most.
SELECT w.note_id, w.citekey, w.title,
       (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM note_authors na JOIN authors a ON a.id = na.author_id
         WHERE na.note_id = w.note_id AND na.role = (SELECT role FROM note_authors x WHERE x.note_id = w.note_id
               ORDER BY CASE x.role WHEN 'author' THEN 0 WHEN 'editor' THEN 2 ELSE 1 END, x.position LIMIT 1)
         ORDER BY na.position)) AS creators,
       w.year, w.item_type, w.container, w.publisher, w.read_status, w.date_read, w.doi,
       (SELECT value FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'arxiv' ORDER BY i.position LIMIT 1) AS arxiv,
       (SELECT value FROM identifiers i WHERE i.note_id = w.note_id AND i.scheme = 'url' ORDER BY i.position LIMIT 1) AS url,
       (SELECT count(*) FROM annotations n WHERE n.note_id = w.note_id) AS annotations,
       CASE WHEN w.zotero_key IS NULL THEN NULL
            ELSE 'zotero://select/' || coalesce(w.zotero_library, 'library') || '/items/' || w.zotero_key END AS zotero_uri,
       n.path, w.imported_at
FROM works w JOIN notes n ON n.id = w.note_id;

CREATE VIEW papers AS               -- One row a work, however many notes are about it: same DOI, Zotero item, citekey, or title and year.
WITH one AS (
  SELECT w.note_id, w.title, w.creators, w.year, w.citekey, w.doi, w.read_status, n.path,
         coalesce('doi:' || w.doi, 'zotero:' || w.zotero_library || '/' || w.zotero_key, 'citekey:' || w.citekey_key,
                  'title:' || w.title_key || ' ' || w.year, 'note:' || n.path) AS same
  FROM works w JOIN notes n ON n.id = w.note_id
)
SELECT same AS paper, min(title) AS title, min(creators) AS creators, min(year) AS year, min(citekey) AS citekey, min(doi) AS doi,
       min(read_status) AS read_status, count(*) AS notes, group_concat(path, ' | ') AS paths
FROM (SELECT * FROM one ORDER BY path) GROUP BY same;

CREATE VIEW note_dates AS           -- When a note was made and changed: by its properties, else by its file.
SELECT n.id AS note_id, n.path, n.title, n.kind,
       coalesce(n.created, strftime('%Y-%m-%dT%H:%M:%SZ', min(f.mtime_ns, f.ctime_ns) / 1000000000, 'unixepoch')) AS created_on,
       coalesce(n.modified, strftime('%Y-%m-%dT%H:%M:%SZ', f.mtime_ns / 1000000000, 'unixepoch')) AS modified_on,
       n.word_count, n.own_word_count, n.excluded, f.mtime_ns
FROM notes n JOIN files f ON f.id = n.id;

CREATE VIEW author_works AS         -- Each work of each person, in each role.
SELECT a.id AS author_id, a.name AS author, na.role, na.role_position, w.note_id, w.citekey, w.title, w.year
FROM authors a JOIN note_authors na ON na.author_id = a.id JOIN works w ON w.note_id = na.note_id;

CREATE VIEW author_counts AS        -- How many works each person has.
SELECT a.id AS author_id, a.name AS author, a.kind,
       count(DISTINCT na.note_id) AS works,
       sum(na.role = 'author' AND na.role_position = 1) AS first_authored,
       min(w.year) AS first_year, max(w.year) AS last_year
FROM authors a JOIN note_authors na ON na.author_id = a.id JOIN works w ON w.note_id = na.note_id
GROUP BY a.id;

CREATE VIEW coauthors AS            -- Who wrote with whom, how often.
SELECT x.author_id AS author_id, ax.name AS author, y.author_id AS coauthor_id, ay.name AS coauthor, count(*) AS works
FROM note_authors x JOIN note_authors y ON y.note_id = x.note_id AND y.author_id <> x.author_id
JOIN authors ax ON ax.id = x.author_id JOIN authors ay ON ay.id = y.author_id
WHERE x.role = 'author' AND y.role = 'author'
GROUP BY x.author_id, y.author_id;

CREATE VIEW author_candidates AS    -- Who may be the same person. Never merged by the program.
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

CREATE VIEW note_tags_expanded AS   -- A note tagged a/b answers to a as well.
WITH RECURSIVE up(note_id, tag_id, source, ancestor_id) AS (
  SELECT note_id, tag_id, source, tag_id FROM note_tags
  UNION
  SELECT up.note_id, up.tag_id, up.source, t.parent_id FROM up JOIN tags t ON t.id = up.ancestor_id WHERE t.parent_id IS NOT NULL
)
SELECT up.note_id, n.path, up.source, t.kind, t.id AS tag_id, t.name AS tag, d.name AS written_tag
FROM up JOIN tags t ON t.id = up.ancestor_id JOIN tags d ON d.id = up.tag_id JOIN notes n ON n.id = up.note_id;

CREATE VIEW tag_counts AS           -- How many notes each tag has, and with the tags below it.
SELECT t.id AS tag_id, t.kind, t.name AS tag,
       (SELECT count(DISTINCT note_id) FROM note_tags nt WHERE nt.tag_id = t.id) AS notes,
       (SELECT count(DISTINCT note_id) FROM note_tags_expanded e WHERE e.tag_id = t.id) AS notes_with_children
FROM tags t;

CREATE VIEW backlinks AS            -- Links from one note to another.
SELECT t.id AS note_id, t.path AS path, s.id AS from_note_id, s.path AS from_path,
       l.line, l.is_embed, l.subpath, l.display, l.source
FROM links l JOIN notes t ON t.id = l.target_note_id JOIN notes s ON s.id = l.note_id
WHERE s.id <> t.id;

CREATE VIEW unresolved_links AS     -- What is linked to and does not exist, neither as a file nor as a citekey.
SELECT min(l.target) AS target, count(*) AS links, count(DISTINCT l.note_id) AS notes, min(n.path) AS example
FROM links l JOIN notes n ON n.id = l.note_id WHERE l.resolution = 'unresolved'
GROUP BY l.target_key;

CREATE VIEW broken_subpaths AS      -- Links whose note is there, but not the heading or block in it.
SELECT n.path, l.line, t.path AS target_path, l.subpath,
       CASE l.syntax WHEN 'wikilink' THEN '[[' || l.target || l.subpath || coalesce('|' || l.display, '') || ']]'
            ELSE '[' || coalesce(l.display, '') || '](' || l.target || l.subpath || ')' END AS raw
FROM links l JOIN notes n ON n.id = l.note_id JOIN notes t ON t.id = l.target_note_id
WHERE (l.subpath_kind = 'heading' AND l.target_heading IS NULL)
   OR (l.subpath_kind = 'block'   AND l.target_block   IS NULL);

CREATE VIEW orphan_notes AS         -- Notes without a link to or from another.
SELECT n.id AS note_id, n.path, n.title, n.kind FROM notes n
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.target_note_id = n.id AND l.note_id <> n.id)
  AND NOT EXISTS (SELECT 1 FROM links l WHERE l.note_id = n.id AND l.target_note_id IS NOT NULL AND l.target_note_id <> n.id);

CREATE VIEW attachments_unused AS   -- Files that no note links to.
SELECT a.id AS attachment_id, a.path, a.kind, f.size FROM attachments a JOIN files f ON f.id = a.id
WHERE a.kind NOT IN ('canvas', 'base') AND NOT EXISTS (SELECT 1 FROM links l WHERE l.target_attachment_id = a.id);

CREATE VIEW note_fields AS          -- Properties and inline fields with their keys and paths.
SELECT f.note_id, n.path, k.key, f.name, f.source, f.form, f.scope, f.subkey, f.item, f.type,
       f.value_text, f.value_number, f.value_date, f.line
FROM fields f JOIN field_keys k ON k.id = f.key_id JOIN notes n ON n.id = f.note_id;

CREATE VIEW annotation_list AS      -- Highlights with their work, tags and place.
SELECT an.id AS annotation_id, w.citekey, coalesce(w.title, n.title) AS title, an.type, an.color_name, an.page_label,
       an.text, an.comment,
       (SELECT group_concat(t.name, ', ') FROM annotation_tags x JOIN tags t ON t.id = x.tag_id WHERE x.annotation_id = an.id) AS tags,
       an.uri, n.path, an.line
FROM annotations an JOIN notes n ON n.id = an.note_id LEFT JOIN works w ON w.note_id = an.note_id;

CREATE VIEW duplicate_works AS      -- Identifiers that more than one note has; an ISBN counts for books only.
SELECT i.scheme, i.value, count(*) AS notes, group_concat(n.path, ' | ') AS paths
FROM identifiers i JOIN notes n ON n.id = i.note_id JOIN works w ON w.note_id = i.note_id
WHERE i.scheme IN ('doi', 'arxiv', 'zotero', 'citekey') OR (i.scheme = 'isbn' AND coalesce(w.item_type, 'book') = 'book')
GROUP BY i.scheme, i.value HAVING count(DISTINCT i.note_id) > 1;

CREATE VIEW citation_graph AS       -- Which note cites which.
SELECT c.note_id, s.path AS from_path, c.citekey, c.kind, c.target_note_id, t.path AS to_path
FROM citations c JOIN notes s ON s.id = c.note_id LEFT JOIN notes t ON t.id = c.target_note_id;

CREATE VIEW open_tasks AS           -- What is still to do, with the heading it stands under.
SELECT t.note_id, t.position, n.path, t.line, t.status, t.text, t.due, h.text AS heading, n.title, n.kind
FROM tasks t JOIN notes n ON n.id = t.note_id
LEFT JOIN headings h ON h.note_id = t.note_id AND h.position = t.heading
WHERE t.completed = 0;

CREATE VIEW problem_counts AS       -- Problems by their code.
SELECT code, severity, count(*) AS problems, count(DISTINCT path) AS files, min(path) AS example
FROM problems GROUP BY code, severity;
