-- Decisions that stay as they were first written, and what the response asks of the tables that screens read.

-- shown: the revision that screens show. The winner, but for a decision entry what was written first.
-- void: a decision that was deleted by a version that deleted them; holds while the winner is a tombstone.
ALTER TABLE doc ADD COLUMN shown INTEGER REFERENCES rev (id);
ALTER TABLE doc ADD COLUMN void INTEGER NOT NULL DEFAULT 0;
UPDATE doc SET shown = winner, void = coalesce ((SELECT deleted FROM rev WHERE id = winner), 0);
CREATE INDEX doc_modified ON doc (substr (docid, 1, 36), modified_at);

-- The entry that withdraws the decision that the action made; NULL while that was not undone.
ALTER TABLE action_step ADD COLUMN withdrawal INTEGER REFERENCES doc (id);

-- Derived from the shown bodies; can be made anew from them at any time.
DROP TABLE incident;
DROP TABLE entry_tag;
DROP TABLE entry;

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
  n_entries INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  urgent INTEGER NOT NULL,
  source TEXT NOT NULL,
  due_at INTEGER NOT NULL, -- 0: nothing runs
  due_kind TEXT NOT NULL, -- of a clock
  due_name TEXT NOT NULL, -- as a person wrote it; '' where the kind says it all
  n_customers INTEGER NOT NULL
);
-- One for each order of the list, with what it is filtered by, so that a page is found in the index alone.
CREATE INDEX incident_urgency ON incident
  (closed_at <> 0, -severity, opened_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_stage ON incident (stage, opened_at, doc, closed_at, severity, classification, source);
CREATE INDEX incident_severity ON incident (severity, opened_at, doc, closed_at, stage, classification, source);
CREATE INDEX incident_classification ON incident
  (classification, opened_at, doc, closed_at, stage, severity, source);
CREATE INDEX incident_opened ON incident (opened_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_modified ON incident (modified_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_due ON incident
  (due_at = 0, due_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_source ON incident (source, opened_at, doc, closed_at, stage, severity, classification);

CREATE TABLE entry (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  sort_time INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  key INTEGER NOT NULL,
  actor TEXT NOT NULL,
  team TEXT NOT NULL,
  source TEXT NOT NULL
);
CREATE INDEX entry_time ON entry (incident, sort_time);
CREATE INDEX entry_decision ON entry (incident) WHERE decision;
CREATE INDEX entry_key ON entry (incident) WHERE key;

CREATE TABLE entry_tag (
  doc INTEGER NOT NULL REFERENCES entry (doc) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (doc, tag)
) WITHOUT ROWID;

-- All live documents but entries. incident: '' for those of the workspace.
CREATE TABLE document (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  type TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX document_type ON document (incident, type);

-- What a document is called where it came from.
CREATE TABLE external (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  external TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX external_id ON external (external, created_at);

CREATE TABLE indicator (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  value TEXT NOT NULL, -- in its normal form
  created_at INTEGER NOT NULL
);
CREATE INDEX indicator_value ON indicator (value, created_at);

-- The derived tables are filled in the transaction that runs this.
INSERT INTO meta VALUES ('rebuild', 1) ON CONFLICT DO UPDATE SET value = 1;
