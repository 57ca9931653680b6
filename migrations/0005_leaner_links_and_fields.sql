-- Why: a smaller index. What another column of its row says is no longer stored (`source`), and links that a
-- file of their name answers are found by that, so that only the others are looked up by what they are called.
CREATE TEMP TABLE kept_links AS SELECT * FROM links;
CREATE TEMP TABLE kept_fields AS SELECT * FROM fields;
DROP TABLE links;
DROP TABLE fields;

CREATE TABLE links (                -- Every link of a note, and where it leads.
  note_id        INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,  -- those of properties first
  source         TEXT NOT NULL GENERATED ALWAYS AS (iif(property IS NULL, 'body', 'frontmatter')) VIRTUAL,  -- body or frontmatter
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
INSERT INTO links (
       note_id, position, property, syntax, is_embed, target, target_key, subpath, subpath_kind, display, line, scheme,
       resolution, target_note_id, target_attachment_id, target_heading, target_block)
SELECT note_id, position, property, syntax, is_embed, target, target_key, subpath, subpath_kind, display, line, scheme,
       resolution, target_note_id, target_attachment_id, target_heading, target_block
FROM kept_links;
CREATE INDEX links_target_note       ON links(target_note_id) WHERE target_note_id IS NOT NULL;
CREATE INDEX links_target_attachment ON links(target_attachment_id) WHERE target_attachment_id IS NOT NULL;
CREATE INDEX links_open              ON links(target_key) WHERE scheme IS NULL AND (target_note_id IS NULL OR resolution = 'citation');
CREATE INDEX links_odd_citekey       ON links(target_key) WHERE scheme IS NULL AND target_key GLOB '@*[^ -~]*';

CREATE TABLE fields (               -- Properties and inline fields: one row a single value.
  note_id      INTEGER NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  key_id       INTEGER NOT NULL REFERENCES field_keys(id),  -- its key
  name         TEXT NOT NULL,       -- the key as written, emphasis off
  source       TEXT NOT NULL GENERATED ALWAYS AS (iif(form IN ('yaml', 'salvaged'), 'frontmatter', 'inline')) VIRTUAL,
                                    -- frontmatter or inline
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
INSERT INTO fields (
       note_id, position, key_id, name, form, scope, occurrence, subkey, item, type, value_text, value_number, value_date,
       raw, link, task, line)
SELECT note_id, position, key_id, name, form, scope, occurrence, subkey, item, type, value_text, value_number, value_date,
       raw, link, task, line
FROM kept_fields;
CREATE INDEX fields_key ON fields(key_id);

DROP TABLE kept_links;
DROP TABLE kept_fields;
