-- The ledger file. Ids that leave the file are the `key` columns (hashes); integers are for joins inside it.
-- Columns of a primary key stand first: SQLite 3.40 finds fault with other STRICT, WITHOUT ROWID tables.
-- Offsets are code points into document.text, half-open. `exact` columns repeat the text for those who read
-- the file with other tools; `onrecord check` compares them.

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  code_version TEXT NOT NULL,
  model_digest TEXT NOT NULL,
  settings_digest TEXT NOT NULL
) STRICT;

-- Texts with lone surrogates are no valid UTF-8 and stand as a BLOB (UTF-8 with surrogates passed through):
-- hence ANY.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,             -- of the input bytes
  member ANY NOT NULL,              -- place inside the file, '' for the whole
  text ANY NOT NULL,
  text_digest TEXT NOT NULL,        -- SHA-256 of the text
  title ANY,
  title_start INTEGER, title_end INTEGER,
  byline ANY,
  language TEXT,
  translated INTEGER NOT NULL,
  published TEXT,                   -- ISO 8601 day
  published_from TEXT,
  published_sure INTEGER NOT NULL,
  not_before TEXT, not_before_start INTEGER, not_before_end INTEGER,
  not_after TEXT, not_after_start INTEGER, not_after_end INTEGER,
  run_id INTEGER REFERENCES run(id),  -- NULL: must be read again
  read_from ANY NOT NULL            -- of several appearances the one that was read: the first by path
) STRICT;
CREATE INDEX document_published ON document(published);
CREATE INDEX document_run ON document(run_id);

CREATE TABLE litter (
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  credit INTEGER NOT NULL,          -- 1: an agency or source line
  end INTEGER NOT NULL,
  PRIMARY KEY (document_id, start, credit)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence (
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (document_id, start, end)
) STRICT, WITHOUT ROWID;

CREATE TABLE appearance (
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  path ANY NOT NULL,                -- relative to the argument given to read
  outlet ANY,
  url ANY,
  retrieved TEXT,
  PRIMARY KEY (document_id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_path ON appearance(path);
CREATE INDEX appearance_outlet ON appearance(outlet);

CREATE TABLE mention (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  exact ANY NOT NULL,
  kind TEXT NOT NULL,
  local_key TEXT NOT NULL,          -- the mention that names this actor best in this document
  role_start INTEGER, role_end INTEGER,
  inferred TEXT NOT NULL,
  reason ANY
) STRICT;
CREATE INDEX mention_document ON mention(document_id, start);

CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  addressee_id INTEGER REFERENCES mention(id),
  quotation TEXT NOT NULL,
  act TEXT NOT NULL,
  cue_class TEXT NOT NULL,
  certainty TEXT NOT NULL,
  negated INTEGER NOT NULL,
  within_id INTEGER REFERENCES statement(id) DEFERRABLE INITIALLY DEFERRED,
  anaphoric INTEGER NOT NULL,
  said_on TEXT,
  score REAL NOT NULL,
  speaker_score REAL NOT NULL,
  decided_by ANY                    -- who corrected, added or accepted it; NULL: the machine alone
) STRICT;
CREATE INDEX statement_document ON statement(document_id);
CREATE INDEX statement_act ON statement(act);
CREATE INDEX statement_addressee ON statement(addressee_id);
CREATE INDEX statement_within ON statement(within_id);

CREATE TABLE statement_span (
  statement_id INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('cue', 'content')),
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  exact ANY NOT NULL,
  PRIMARY KEY (statement_id, part, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_mention (
  statement_id INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('speaker', 'channel', 'about')),
  position INTEGER NOT NULL,
  mention_id INTEGER NOT NULL REFERENCES mention(id),
  PRIMARY KEY (statement_id, part, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_mention_mention ON statement_mention(mention_id);

-- What the machine alone read, for documents that people decided about: JSON, so that any decision can be
-- taken back exactly. The tables above hold the corrected records.
CREATE TABLE machine_reading (
  document_id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
  reading ANY NOT NULL,
  appearances ANY NOT NULL
) STRICT;

-- People's words, in the order in which they were given; no row is ever changed or removed (a redaction
-- blanks the redacted word in them).
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  what TEXT NOT NULL,
  document_key TEXT NOT NULL,       -- '' for a decision about the whole ledger
  record_key TEXT,
  start INTEGER, end INTEGER,
  exact ANY, prefix ANY NOT NULL, suffix ANY NOT NULL,
  text_digest TEXT,
  value ANY NOT NULL,               -- JSON
  by ANY NOT NULL,
  at TEXT NOT NULL,
  reason ANY
) STRICT;
CREATE INDEX decision_document ON decision(document_key);

CREATE TABLE conflict (
  decision_key TEXT NOT NULL REFERENCES decision(key),
  document_key TEXT NOT NULL,
  why ANY NOT NULL,
  PRIMARY KEY (decision_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  path ANY NOT NULL,
  document_key TEXT,
  stage TEXT NOT NULL,
  error ANY NOT NULL
) STRICT;
CREATE INDEX failure_path ON failure(path);

-- Folded words (no case, diacritics or variant letters) of every statement; rowid = statement.id.
CREATE VIRTUAL TABLE statement_words USING fts5(content, speaker, about, tokenize = 'unicode61');
