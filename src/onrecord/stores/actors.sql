-- The actors as they were put together last: made again whenever records or decisions change, so nothing here
-- is older than what it was made of. `assembled` says of which state of the ledger (change.number) it is.

CREATE TABLE change (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,          -- of writes that may change actors
  names ANY                         -- the user's file of names that was used last
) STRICT;
INSERT INTO change VALUES (1, 0, NULL);

CREATE TABLE assembled (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,          -- change.number that the actors were made at
  digest TEXT NOT NULL              -- of the name tables and the code
) STRICT;

CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name ANY NOT NULL,
  kind TEXT NOT NULL,
  public INTEGER NOT NULL,          -- 0: a person without an evident public role, for one article only
  documents INTEGER NOT NULL,
  record ANY NOT NULL               -- JSON: aliases, roles, reasons …
) STRICT;

CREATE TABLE actor_name (
  words ANY NOT NULL,               -- folded: no case, diacritics or variant letters
  actor_id INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  PRIMARY KEY (words, actor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name_actor ON actor_name(actor_id);

CREATE TABLE actor_former (
  key TEXT NOT NULL,                -- an id that the actor had before names were joined
  actor_id INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_former_actor ON actor_former(actor_id);

CREATE TABLE actor_place (
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  local_key TEXT NOT NULL,          -- mention.local_key
  metonym INTEGER NOT NULL,         -- 1: where the place speaks
  actor_id INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  reason ANY,
  PRIMARY KEY (document_id, local_key, metonym)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_place_actor ON actor_place(actor_id);

CREATE TABLE actor_suggestion (
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  reason ANY NOT NULL,
  PRIMARY KEY (one, other, reason)
) STRICT, WITHOUT ROWID;
