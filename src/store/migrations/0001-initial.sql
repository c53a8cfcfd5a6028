-- Documents with their revision trees, what the screens derive from them, drafts and the undo journal.
PRAGMA application_id = 1230459441; -- "IWb1"

CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

-- One row a document. seq: this database's change counter at its latest change.
CREATE TABLE doc (
  id INTEGER PRIMARY KEY,
  docid TEXT NOT NULL,
  seq INTEGER NOT NULL,
  winner INTEGER REFERENCES rev (id),
  modified_at INTEGER NOT NULL DEFAULT 0 -- µs, from the winning body (or tombstone)
);
CREATE UNIQUE INDEX doc_docid ON doc (docid);
CREATE UNIQUE INDEX doc_seq ON doc (seq);

-- One row a revision; those known by their id alone have no body.
CREATE TABLE rev (
  id INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES doc (id),
  gen INTEGER NOT NULL,
  hash TEXT NOT NULL,
  parent INTEGER REFERENCES rev (id),
  deleted INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  body TEXT
);
CREATE UNIQUE INDEX rev_id ON rev (doc, gen, hash);

CREATE TABLE local (id TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL);
CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved_at INTEGER NOT NULL);

-- The undo journal: what each user action found and left as the winning revision.
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  n_objects INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL
);
CREATE TABLE action_step (
  action INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
  doc INTEGER NOT NULL REFERENCES doc (id),
  before INTEGER REFERENCES rev (id), -- NULL: there was no document
  after INTEGER NOT NULL REFERENCES rev (id), -- what the action wrote
  winner INTEGER NOT NULL REFERENCES rev (id), -- what won then; another leaf where there is a conflict
  PRIMARY KEY (action, doc)
) WITHOUT ROWID;

-- Derived from the winning bodies; can be made anew from them at any time.
CREATE TABLE incident (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  stage INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  classification INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  n_entries INTEGER NOT NULL
);

CREATE TABLE entry (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  sort_time INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  actor TEXT NOT NULL,
  team TEXT NOT NULL,
  source TEXT NOT NULL
);
CREATE INDEX entry_time ON entry (incident, sort_time);
CREATE INDEX entry_decision ON entry (incident) WHERE decision;

CREATE TABLE entry_tag (
  doc INTEGER NOT NULL REFERENCES entry (doc) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (doc, tag)
) WITHOUT ROWID;

CREATE TABLE evidence (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  n_rows INTEGER NOT NULL -- of a timeline, else 0
);
CREATE INDEX evidence_incident ON evidence (incident, name);

-- rowid: doc.id of an entry or an incident. The text itself stays in the body.
CREATE VIRTUAL TABLE entry_fts USING fts5 (text, tokenize = 'iw', content = '', contentless_delete = 1);
