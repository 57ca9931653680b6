-- Why: the index remembers what changed in the notes, and keeps the words of a person that a run found gone.
--
-- These tables are kept, not derived: no note says what was in it yesterday, so they are not compared with those of an index
-- made afresh. They stay through `build --full`, and what can be read of them is carried into an index that is made anew for
-- a damaged one (`history/record.py`). They hold no ids of notes: `path` is where the note is now, or was last.

CREATE TABLE runs (                 -- Kept. When litindex looked, and found something to tell.
  id    INTEGER PRIMARY KEY,        -- grows from run to run
  at    TEXT NOT NULL,              -- UTC: 2026-11-30T14:02:07+00:00
  built INTEGER                     -- of a run that began with an empty index: how many notes it read
) STRICT;
CREATE INDEX runs_at ON runs(at);

CREATE TABLE changes (              -- Kept. What a run found changed in a note: small values, never its text.
  id     INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  path   TEXT NOT NULL,             -- of the note
  what   TEXT NOT NULL CHECK (what IN ('note', 'path', 'work', 'citekey', 'title', 'creators', 'year', 'read_status',
                                       'highlights', 'own_words')),
  before ANY,                       -- a name, or a number; NULL: there was none, the note or work is new
  after  ANY                        -- NULL: there is none, the note or work is gone
) STRICT;
CREATE INDEX changes_run  ON changes(run_id);
CREATE INDEX changes_path ON changes(path);

CREATE TABLE lost_texts (           -- Kept. What a person had written in a note that is still there, before a run found it gone.
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  path       TEXT NOT NULL,         -- of the note
  block      TEXT,                  -- the persist block's name; NULL: the person's words outside of these
  characters INTEGER NOT NULL,      -- how many of the text's are gone
  text       TEXT NOT NULL          -- as it was
) STRICT;
CREATE INDEX lost_texts_run  ON lost_texts(run_id);
CREATE INDEX lost_texts_path ON lost_texts(path);
