-- A workspace as version 1 of the schema left it. Never change this file; later versions add theirs.
PRAGMA foreign_keys = OFF; PRAGMA application_id = 1230459441; PRAGMA user_version = 1;
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES('seq',18);
INSERT INTO meta VALUES('uuid','01a19f59-6b81-7000-b906-5b87eb53cb64');
CREATE TABLE doc (
  id INTEGER PRIMARY KEY,
  docid TEXT NOT NULL,
  seq INTEGER NOT NULL,
  winner INTEGER REFERENCES rev (id),
  modified_at INTEGER NOT NULL DEFAULT 0 -- µs, from the winning body (or tombstone)
);
INSERT INTO doc VALUES(1,'01900000-0000-7000-8000-00000000000a:incident',2,1,1793674800002000);
INSERT INTO doc VALUES(2,'01900000-0000-7000-8000-00000000000a:entry-01a19f59-6b85-7000-a386-887c6a9eeeb5',15,10,1793674800023000);
INSERT INTO doc VALUES(3,'01900000-0000-7000-8000-00000000000a:entry-01a19f59-6b89-7000-a6f6-ddef63d56405',7,4,1793674800013000);
INSERT INTO doc VALUES(4,'01900000-0000-7000-8000-00000000000a:entry-01a19f59-6b90-7000-91c0-0c437200dac1',9,5,1793674800017000);
INSERT INTO doc VALUES(5,'01900000-0000-7000-8000-00000000000a:evidence-1',11,6,1793674800019000);
INSERT INTO doc VALUES(6,'01900000-0000-7000-8000-00000000000a:x-1',14,9,0);
INSERT INTO doc VALUES(7,'workspace:filter-1',18,12,1793674800028000);
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
INSERT INTO rev VALUES(1,1,1,'138d954fc0d408d8f5e07e5471d3de73',NULL,0,1,'{"created_at":"2026-11-03T03:00:00.002000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","modified_at":"2026-11-03T03:00:00.002000Z","modified_by":"A. Sato","title":"Phished administrator","type":"incident","v":1,"zone":"UTC"}');
INSERT INTO rev VALUES(2,2,1,'777567b4e8b0d6b5eac5b1b41e15bc3b',NULL,0,0,'{"created_at":"2026-11-03T03:00:00.006000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T03:00:00.006000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:10Z","text":"first words","type":"entry","v":1}');
INSERT INTO rev VALUES(3,3,1,'5c5fbd2c525a9d42b14cfc067277c864',NULL,0,0,'{"created_at":"2026-11-03T03:00:00.010000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T03:00:00.010000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:20Z","text":"deleted","type":"entry","v":1}');
INSERT INTO rev VALUES(4,3,2,'9ac5428b0e33ee7d5d045b6809a3bfb6',3,1,1,'{"modified_at":"2026-11-03T03:00:00.013000Z","modified_by":"A. Sato","type":"entry"}');
INSERT INTO rev VALUES(5,4,1,'3d0532c5ae20d7d02b5c22df47ded8ec',NULL,0,1,'{"created_at":"2026-11-03T03:00:00.017000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"severity","modified_at":"2026-11-03T03:00:00.017000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:00Z","text":"Severity set to High: admin rights","to":"high","type":"entry","v":1,"why":"admin rights"}');
INSERT INTO rev VALUES(6,5,1,'3b5ec22372de2842d791d7d317c5e3e9',NULL,0,1,'{"created_at":"2026-11-03T03:00:00.019000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","length":5,"modified_at":"2026-11-03T03:00:00.019000Z","modified_by":"A. Sato","name":"proxy.csv","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","type":"evidence","v":1}');
INSERT INTO rev VALUES(7,6,2,'bbbb',8,0,1,'{"text":"b","type":"x"}');
INSERT INTO rev VALUES(8,6,1,'aaaa',NULL,0,0,NULL);
INSERT INTO rev VALUES(9,6,2,'cccc',8,0,1,'{"text":"c","type":"x"}');
INSERT INTO rev VALUES(10,2,2,'1ee8a6dbba2b8a3fb41f484df278c8fb',2,0,1,'{"actor":"Sato","created_at":"2026-11-03T03:00:00.006000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T03:00:00.023000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:10Z","text":"多要素認証 was off","type":"entry","v":1}');
INSERT INTO rev VALUES(11,7,1,'6fec41948f58ded5211d581ee92fbee0',NULL,0,0,'{"created_at":"2026-11-03T03:00:00.026000Z","created_by":"A. Sato","filter":{},"modified_at":"2026-11-03T03:00:00.026000Z","modified_by":"A. Sato","name":"Proxy","type":"filter"}');
INSERT INTO rev VALUES(12,7,2,'66f1122764fb03f024710043c8a7103e',11,1,1,'{"modified_at":"2026-11-03T03:00:00.028000Z","modified_by":"A. Sato","type":"filter"}');
CREATE TABLE local (id TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL);
INSERT INTO local VALUES('checkpoint','{"text":"b","type":"x"}',1793674800022000);
CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved_at INTEGER NOT NULL);
INSERT INTO draft VALUES('quick:a','14:05 認証',1793674800021000);
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  n_objects INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL
);
INSERT INTO "action" VALUES(1,'New Incident',1,0,1793674800003000);
INSERT INTO "action" VALUES(2,'Add Entry',1,0,1793674800007000);
INSERT INTO "action" VALUES(3,'Add Entry',1,0,1793674800011000);
INSERT INTO "action" VALUES(4,'Change',1,0,1793674800014000);
INSERT INTO "action" VALUES(5,'Add Entry',1,0,1793674800018000);
INSERT INTO "action" VALUES(6,'Import',1,0,1793674800020000);
INSERT INTO "action" VALUES(7,'Edit Entry',1,0,1793674800024000);
INSERT INTO "action" VALUES(8,'Change',1,1,1793674800027000);
CREATE TABLE action_step (
  action INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
  doc INTEGER NOT NULL REFERENCES doc (id),
  before INTEGER REFERENCES rev (id), -- NULL: there was no document
  after INTEGER NOT NULL REFERENCES rev (id), -- what the action wrote
  winner INTEGER NOT NULL REFERENCES rev (id), -- what won then; another leaf where there is a conflict
  PRIMARY KEY (action, doc)
) WITHOUT ROWID;
INSERT INTO action_step VALUES(1,1,NULL,1,1);
INSERT INTO action_step VALUES(2,2,NULL,2,2);
INSERT INTO action_step VALUES(3,3,NULL,3,3);
INSERT INTO action_step VALUES(4,3,3,4,4);
INSERT INTO action_step VALUES(5,4,NULL,5,5);
INSERT INTO action_step VALUES(6,5,NULL,6,6);
INSERT INTO action_step VALUES(7,2,2,10,10);
INSERT INTO action_step VALUES(8,7,NULL,11,11);
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
INSERT INTO incident VALUES(1,'01900000-0000-7000-8000-00000000000a','Phished administrator','phished administrator',0,3,0,1793674800000000,0,1793674800023000,2);
CREATE TABLE entry (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  sort_time INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  actor TEXT NOT NULL,
  team TEXT NOT NULL,
  source TEXT NOT NULL
);
INSERT INTO entry VALUES(2,'01900000-0000-7000-8000-00000000000a',1793674810000000,0,'Sato','','');
INSERT INTO entry VALUES(4,'01900000-0000-7000-8000-00000000000a',1793674800000000,1,'','','');
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
INSERT INTO evidence VALUES(5,'01900000-0000-7000-8000-00000000000a','proxy.csv','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',0);
CREATE UNIQUE INDEX doc_docid ON doc (docid);
CREATE UNIQUE INDEX doc_seq ON doc (seq);
CREATE UNIQUE INDEX rev_id ON rev (doc, gen, hash);
CREATE INDEX entry_time ON entry (incident, sort_time);
CREATE INDEX entry_decision ON entry (incident) WHERE decision;
CREATE INDEX evidence_incident ON evidence (incident, name);
CREATE VIRTUAL TABLE entry_fts USING fts5 (text, tokenize = 'iw', content = '', contentless_delete = 1);
INSERT INTO entry_fts (rowid, text) VALUES (1, 'Phished administrator');
INSERT INTO entry_fts (rowid, text) VALUES (2, '多要素認証 was off');
INSERT INTO entry_fts (rowid, text) VALUES (4, 'Severity set to High: admin rights');
