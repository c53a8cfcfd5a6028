-- What a peer of the replication protocol keeps: attachments, forks, purges, parked documents, compartments.

-- fork: 0 where there is one leaf, 1 where there are several, 2 where several of them are live (a conflict), 3 where
-- one is live and another deletes what that goes on from (a conflict as well; not told in a peer's database),
-- 4 as 2, which cannot be merged.
ALTER TABLE doc ADD COLUMN fork INTEGER NOT NULL DEFAULT 0;
UPDATE doc SET fork = coalesce ((SELECT (count(*) > 1) + (count(*) FILTER (WHERE NOT deleted) > 1)
  FROM rev WHERE doc = doc.id AND leaf), 0);
CREATE INDEX doc_conflict ON doc (docid) WHERE fork >= 2;

-- Where no time is known there is nothing to find by it.
DROP INDEX doc_modified;
CREATE INDEX doc_modified ON doc (substr (docid, 1, 36), modified_at) WHERE modified_at > 0;

-- attached: whether there are rows of it in "attachment".
ALTER TABLE rev ADD COLUMN attached INTEGER NOT NULL DEFAULT 0;
-- The winner is the first.
CREATE INDEX rev_leaf ON rev (doc, deleted, gen DESC, hash DESC) WHERE leaf;
-- What was written first.
CREATE INDEX rev_first ON rev (doc, gen, hash DESC) WHERE NOT deleted AND body IS NOT NULL;
CREATE INDEX rev_parent ON rev (parent) WHERE parent IS NOT NULL;
-- What was deleted of a revision, so that an edit and a deletion are seen to be in conflict.
CREATE INDEX rev_ended ON rev (parent, hash DESC) WHERE leaf AND deleted AND parent IS NOT NULL;
-- Histories that came cut off, which may be joined to what comes later.
CREATE INDEX rev_stem ON rev (doc, gen) WHERE parent IS NULL AND gen > 1;

-- What lies in blobs/. md5: as base64, NULL until somebody asks for it.
CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  md5 TEXT,
  length INTEGER NOT NULL
);
CREATE INDEX blob_md5 ON blob (md5) WHERE md5 IS NOT NULL;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL REFERENCES rev (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  blob INTEGER NOT NULL REFERENCES blob (id),
  content_type TEXT NOT NULL,
  revpos INTEGER NOT NULL,
  UNIQUE (rev, name)
);
CREATE INDEX attachment_blob ON attachment (blob);

-- Evidence has its file attached to it.
CREATE TEMP TABLE evidence_rev AS
  SELECT id, body ->> 'sha256' AS sha256, coalesce (body ->> 'media_type', '') AS content_type,
    CAST (body ->> 'length' AS INTEGER) AS length
  FROM (SELECT id, CASE WHEN json_valid (body) THEN body END AS body FROM rev
    WHERE NOT deleted AND body LIKE '%"type":"evidence"%')
  WHERE body ->> 'type' = 'evidence' AND body ->> 'sha256' GLOB '[0-9a-f]*'
    AND length (body ->> 'sha256') = 64 AND NOT body ->> 'sha256' GLOB '*[^0-9a-f]*'
    AND json_type (body, '$.length') = 'integer';
INSERT INTO blob (sha256, length) SELECT sha256, length FROM evidence_rev WHERE true ORDER BY id ON CONFLICT DO NOTHING;
INSERT INTO attachment (rev, name, blob, content_type, revpos) SELECT r.id, 'file', b.id,
    CASE r.content_type WHEN '' THEN 'application/octet-stream' ELSE r.content_type END, 1
  FROM evidence_rev r JOIN blob b ON b.sha256 = r.sha256;
UPDATE rev SET attached = 1 WHERE id IN (SELECT rev FROM attachment);
DROP TABLE evidence_rev;

-- _local documents count their revisions.
ALTER TABLE local ADD COLUMN rev INTEGER NOT NULL DEFAULT 1;

-- The losing leaf that the action ended (a conflict was resolved); NULL: none.
ALTER TABLE action_step ADD COLUMN other INTEGER REFERENCES rev (id);

-- What was erased: ids alone. whole: the document does not come back.
CREATE TABLE purge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- µs
  who TEXT NOT NULL,
  docid TEXT NOT NULL,
  revs TEXT NOT NULL, -- with a space between them
  whole INTEGER NOT NULL
);
CREATE INDEX purge_whole ON purge (docid) WHERE whole;

-- Which database of the server a scope (what is before the colon of a docid) lives in, where it is not the default one.
CREATE TABLE compartment (scope TEXT PRIMARY KEY, name TEXT NOT NULL);

-- What a server did not take, or what came from it and could not be stored.
CREATE TABLE parked (
  compartment TEXT NOT NULL,
  docid TEXT NOT NULL,
  incoming INTEGER NOT NULL,
  rev TEXT NOT NULL,
  error TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL, -- µs
  PRIMARY KEY (compartment, docid, incoming)
);

-- Counts of documents whose winner is live or deleted, and of the bytes of winning bodies.
INSERT INTO meta SELECT 'n_live', count(*) FROM doc d JOIN rev r ON r.id = d.winner WHERE NOT r.deleted;
INSERT INTO meta SELECT 'n_deleted', count(*) FROM doc d JOIN rev r ON r.id = d.winner WHERE r.deleted;
INSERT INTO meta SELECT 'n_bytes', coalesce (sum (octet_length (r.body)), 0) FROM doc d JOIN rev r ON r.id = d.winner;
INSERT INTO meta VALUES ('revs_limit', 1000);
