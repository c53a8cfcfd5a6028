/* iw-peer.h: a store as a peer of the CouchDB replication protocol (sync.md "What every peer keeps").
 *
 * What the server and the replicator ask of a store, with bodies as text: canonical JSON (iw-canonical.h) without
 * members whose name begins with "_". Attachments lie in blobs/ (iw-blobs.h) and are told here by their hashes.
 *
 * Writes: iw_peer_begin(), any number of writes, iw_peer_commit(): one durable transaction. A write that fails with
 * CONFLICT, INVALID or NOT_FOUND changes nothing and leaves the transaction as it was; after any other error only
 * iw_peer_rollback() is left. Reads see one connection's state. As the store: one thread at a time a connection.
 *
 * Nothing here writes to the undo journal or stamps times: peers' words are taken as they are.
 */
#pragma once

#include "iw-store.h"

G_BEGIN_DECLS

/* ---- values ---- */

typedef struct
{
  char *name;
  char *content_type;
  char *sha256;     /* 64 hex digits: where it lies, see iw_blobs_path() */
  char *md5;        /* 24 characters of base64: the protocol's digest is "md5-" and this */
  gint64 length;    /* bytes */
  gint64 revpos;    /* the generation it came with; 0 in what is given: that of the new revision */
} IwAttachment;

IwAttachment *iw_attachment_new (const char *name, const char *content_type, const char *sha256, const char *md5,
                                 gint64 length, gint64 revpos); /* (transfer full) */
IwAttachment *iw_attachment_copy (const IwAttachment *attachment); /* (transfer full) */
void iw_attachment_free (IwAttachment *attachment); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwAttachment, iw_attachment_free)

/* A revision to be stored as it is (new_edits=false). The caller keeps all of it. */
typedef struct
{
  const char *docid;
  const char *const *revs;         /* this revision first, then its ancestors: "N-hash", NULL-terminated */
  const char *body;                /* canonical; NULL: "{}" */
  gboolean deleted;
  IwAttachment *const *attachments; /* NULL-terminated, or NULL; their blobs are there (or only their stubs: @stubs) */
} IwPeerRev;

/* A revision as it is read. */
typedef struct
{
  char *docid;
  char *rev;             /* "N-hash" */
  char *body;            /* canonical; NULL where only its id is known */
  gboolean deleted;
  gint64 seq;            /* of the document's latest change */
  GPtrArray *attachments; /* (element-type IwAttachment), by name; NULL where it has none. Evidence whose file is not in
                           * blobs/ is told without it: its MD5 sum, made when first asked for, cannot be known */
} IwPeerDoc;

void iw_peer_doc_clear (IwPeerDoc *doc); /* frees what it holds, to be filled again */
void iw_peer_doc_free (IwPeerDoc *doc); /* not NULL */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwPeerDoc, iw_peer_doc_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwPeerDoc, iw_peer_doc_free)

/* ---- writing ---- */

/* Waits for the write lock: BUSY where another program has it for long, READ_ONLY where this one may not write. */
gboolean iw_peer_begin (IwStore *self, GError **error);
/* Durable when it returns TRUE; else nothing of it was done, and the transaction is over. */
gboolean iw_peer_commit (IwStore *self, GError **error);
void iw_peer_rollback (IwStore *self); /* does nothing outside one */

/* Stores a revision with its history; one that is here already changes nothing. Attachments that are told without
 * sha256 (stubs) are looked up by name (and md5, where it is told) in the revision itself and its parent, and else by
 * md5 among all attachments of the store: INVALID ("missing_stub" in the message) where they are not found.
 * A purged document (iw_peer_purge()) is not brought back: it is passed over, and TRUE.
 * @stored (out, optional): whether anything changed. */
gboolean iw_peer_put (IwStore *self, const IwPeerRev *rev, gboolean *stored, GError **error);

/* A new revision on top of @parent (NULL: a new document, or on top of a deleted winner). CONFLICT where @parent is not
 * a leaf or a live document is there. @attachments as in IwPeerRev: all that the new revision has; their names, types
 * and hashes are part of its id. A document that was purged is made anew.
 * @rev_out (transfer full). */
gboolean iw_peer_edit (IwStore *self, const char *docid, const char *parent, const char *body, gboolean deleted,
                       IwAttachment *const *attachments, char **rev_out, GError **error);

/* ---- reading documents ---- */

/* @rev NULL: the winner. NOT_FOUND where there is no such document or revision; a deleted one is found. */
gboolean iw_peer_get (IwStore *self, const char *docid, const char *rev, IwPeerDoc *doc, GError **error);
/* The same; where there is none @doc is empty, its docid NULL. FALSE on errors alone, which are no absence. */
gboolean iw_peer_find (IwStore *self, const char *docid, const char *rev, IwPeerDoc *doc, GError **error);
/* The leaves, winner first, as ids; @deleted (out, optional, transfer full): an array of as many booleans. Empty
 * where there is no such document. (transfer full) NULL-terminated */
char **iw_peer_leaves (IwStore *self, const char *docid, gboolean **deleted, GError **error);
/* The leaves that come from @rev (itself where it is one): bulk_get's latest=true. Empty where it is not here. */
char **iw_peer_latest (IwStore *self, const char *docid, const char *rev, GError **error);
/* @rev and its ancestors, at most _revs_limit. (transfer full) */
char **iw_peer_history (IwStore *self, const char *docid, const char *rev, GError **error);
/* All revisions of the line of @rev with what is known of them: available, missing (body not kept), deleted. */
typedef enum
{
  IW_REV_AVAILABLE,
  IW_REV_MISSING,
  IW_REV_DELETED,
} IwRevStatus;
gboolean iw_peer_revs_info (IwStore *self, const char *docid, const char *rev, char ***revs, IwRevStatus **status,
                            GError **error);
/* Of @revs those that are not here; empty where all are, and for a document that was purged. @ancestors (out, optional, transfer full): leaves
 * of a lower generation, which may be ancestors of what is missing; a hundred at most. (transfer full), NULL on error */
char **iw_peer_missing (IwStore *self, const char *docid, const char *const *revs, char ***ancestors, GError **error);

/* ---- walking ---- */

typedef enum
{
  IW_PEER_CHANGES_NONE = 0,
  IW_PEER_CHANGES_ALL_LEAVES = 1 << 0, /* style=all_docs; else the winner alone */
  IW_PEER_CHANGES_BODIES = 1 << 1,     /* the winner's body and attachments */
  IW_PEER_CHANGES_DESCENDING = 1 << 2, /* the latest first; @since bounds from below all the same */
} IwPeerChangesFlags;

/* One row of _changes. Valid during the call only. */
typedef struct
{
  gint64 seq;
  const char *docid;
  const char *const *revs; /* leaves, winner first, or the winner alone; NULL-terminated */
  gboolean deleted;        /* the winner */
  const IwPeerDoc *doc;    /* with BODIES, else NULL */
} IwPeerChange;
/* FALSE ends the walk. */
typedef gboolean (*IwPeerChangeFunc) (const IwPeerChange *change, gpointer data);
/* Documents changed after @since, each once, at most @limit (0: all). @last (out, optional): the sequence of the last
 * row given, or @since. */
gboolean iw_peer_foreach_change (IwStore *self, gint64 since, guint limit, IwPeerChangesFlags flags,
                                 IwPeerChangeFunc func, gpointer data, gint64 *last, GError **error);
gint64 iw_peer_count_changes (IwStore *self, gint64 since); /* how many rows there are after @since */

/* Live documents by id. @start, @end: NULL for none, in order of walking; with @inclusive_end @end itself is given. */
typedef struct
{
  const char *start;
  const char *end;
  gboolean exclusive_end;
  gboolean descending;
  guint skip;
  guint limit;      /* 0: all */
  gboolean bodies;
} IwPeerRange;
/* @doc: body and attachments only with bodies. FALSE from @func ends the walk. */
typedef gboolean (*IwPeerDocFunc) (const IwPeerDoc *doc, gpointer data);
gboolean iw_peer_foreach_doc (IwStore *self, const IwPeerRange *range, IwPeerDocFunc func, gpointer data, GError **error);

typedef struct
{
  gint64 doc_count;     /* live */
  gint64 doc_del_count;
  gint64 update_seq;
  gint64 purge_seq;
  gint64 file_size;     /* bytes of the database file */
  gint64 external_size; /* bytes of the winners' bodies */
} IwPeerInfo;
/* Of what is committed, and of what this connection's own transaction has written out. */
gboolean iw_peer_get_info (IwStore *self, IwPeerInfo *info, GError **error);

/* ---- _local documents: never replicate; a counter "0-N" of their own ---- */

/* The body's text as it was put. NULL without an error where there is none. @rev (out, optional, transfer full) */
char *iw_peer_get_local (IwStore *self, const char *id, char **rev, GError **error);
/* @expected: the revision that is replaced, NULL for a new one; CONFLICT where it is another. @body NULL deletes.
 * @rev (out, optional, transfer full). Within iw_peer_begin(), as all writes. */
gboolean iw_peer_put_local (IwStore *self, const char *id, const char *body, const char *expected, char **rev,
                            GError **error);

/* Deletes those whose id begins with @prefix. Within iw_peer_begin(). */
gboolean iw_peer_delete_locals (IwStore *self, const char *prefix, GError **error);

/* ---- erasure (sync.md "Erasure", GDPR Article 17) ---- */

/* Removes revisions for good, each a leaf with all above it that no other leaf needs; @revs NULL: the whole document.
 * A whole document that is purged does not come back: iw_peer_put() passes it over. Writes an audit record
 * (who, when, which ids, no content) that iw_peer_foreach_purge() tells. @purged (out, optional, transfer full). */
gboolean iw_peer_purge (IwStore *self, const char *docid, const char *const *revs, const char *who, char ***purged,
                        GError **error);
/* What was purged after @since, oldest first. @at: µs; @who: "" where nobody was named. FALSE from @func ends the
 * walk. */
typedef gboolean (*IwPeerPurgeFunc) (gint64 purge_seq, gint64 at, const char *who, const char *docid,
                                     const char *const *revs, gpointer data);
gboolean iw_peer_foreach_purge (IwStore *self, gint64 since, IwPeerPurgeFunc func, gpointer data, GError **error);
/* Frees what was purged: pages, the write-ahead log, words in the search index, files of documents that were purged
 * whole, and blobs that nothing has referred to for an hour. Takes as long as writing all of the database anew, and as much room. Copies in backups/ stay. Outside
 * transactions. */
gboolean iw_peer_compact (IwStore *self, GCancellable *cancellable, GError **error);
/* Whether whole documents were purged that no iw_peer_compact() has freed yet: also one that was cut off, or that
 * somebody's reading kept from emptying the write-ahead log. Outside transactions. */
gboolean iw_peer_wants_compact (IwStore *self);

/* How many ids of a document's history are kept and told (_revs_limit), at least 1; bodies are not touched by it. */
gint64 iw_peer_get_revs_limit (IwStore *self);
/* INVALID below 1. Within iw_peer_begin(). */
gboolean iw_peer_set_revs_limit (IwStore *self, gint64 limit, GError **error);

/* ---- compartments and parked documents: what the app knows of a server ---- */

/* The scope of a document id: what is before the colon, or all of it. (transfer full) */
char *iw_peer_scope_of (const char *docid);
/* Which compartment (a database's name) a scope lives in: set when it is first pulled, or by the user. NULL without an
 * error: the default one. (transfer full) */
char *iw_peer_get_compartment (IwStore *self, const char *scope, GError **error);
/* NULL: the default one. Durable by itself, also outside a transaction. The scope's documents come anew in the feed of
 * changes, so that they are sent to where they live now, also those that were parked on their way out. */
gboolean iw_peer_set_compartment (IwStore *self, const char *scope, const char *compartment, GError **error);

/* What a server refused, or what it sent that could not be stored. Kept until it is sent, replaced or dismissed. */
typedef struct
{
  char *compartment;
  char *docid;
  char *rev;
  gboolean incoming; /* came from the server and was not stored; else was not taken by the server */
  char *error;       /* "forbidden", "unauthorized", … as the server said */
  char *reason;      /* its words, or ours, for the user */
  gint64 at;         /* µs */
} IwParked;
void iw_parked_free (IwParked *parked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwParked, iw_parked_free)

gboolean iw_peer_park (IwStore *self, const IwParked *parked, GError **error); /* replaces one of the same document */
/* Takes one off the list; TRUE also where it is not on it. Both: by themselves, or within iw_peer_begin(). */
gboolean iw_peer_unpark (IwStore *self, const char *compartment, const char *docid, gboolean incoming, GError **error);
/* Empties it. Within iw_peer_begin(). */
gboolean iw_peer_unpark_all (IwStore *self, GError **error);
/* (element-type IwParked) (transfer full), newest first; those whose @rev is no leaf any more are left out. */
GPtrArray *iw_peer_list_parked (IwStore *self, GError **error);

G_END_DECLS
