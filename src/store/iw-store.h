/* iw-store.h: one workspace: documents with revision trees, evidence files, the undo journal.
 *
 * A workspace is a folder: workspace.sqlite (WAL), blobs/ (evidence by SHA-256), events/ (derived
 * indexes of machine timelines, rebuilt at need), staging/, backups/.
 *
 * Documents follow the CouchDB rules (sync.md "What every peer keeps"): revision ids "N-hash", a
 * deterministic winner, conflicts kept as leaves, deletions as tombstones, a local sequence, and
 * _local documents that do not replicate. Bodies of earlier revisions are kept.
 *
 * Synchronous. An IwStore is one connection: use it from one thread at a time and open one more per
 * thread (or process): WAL lets readers go on while one writes.
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "iw-blobs.h"
#include "iw-id.h"

G_BEGIN_DECLS

#define IW_TYPE_STORE (iw_store_get_type ())
G_DECLARE_FINAL_TYPE (IwStore, iw_store, IW, STORE, GObject)

#define IW_STORE_ERROR (iw_store_error_quark ())
typedef enum
{
  IW_STORE_ERROR_FAILED,    /* SQLite said no; the message has its words */
  IW_STORE_ERROR_NOT_FOUND,
  IW_STORE_ERROR_CONFLICT,  /* the document has changed since */
  IW_STORE_ERROR_INVALID,   /* not a document */
  IW_STORE_ERROR_BUSY,      /* another program holds the lock for longer than the busy timeout */
  IW_STORE_ERROR_FULL,      /* the disk is full; nothing was changed */
  IW_STORE_ERROR_CORRUPT,   /* the database is damaged: see iw-recovery.h */
  IW_STORE_ERROR_READ_ONLY, /* opened read-only (newer version, or no permission) */
  IW_STORE_ERROR_DAMAGED_BLOB, /* an evidence file no longer has its hash */
} IwStoreError;
GQuark iw_store_error_quark (void); /* for IW_STORE_ERROR alone */

typedef enum
{
  IW_STORE_OPEN_DEFAULT = 0,
  IW_STORE_OPEN_READ_ONLY = 1 << 0, /* no migration, no writes: the UI's read connection */
  IW_STORE_OPEN_PEER = 1 << 1,      /* a server's database: documents alone, no derived tables, no search index, no
                                     * undo journal. Made so, it stays so: with it a workspace is INVALID, and
                                     * without it a server's database */
} IwStoreOpenFlags;

/* Opens the workspace in @dir, making it where there is none; migrates an older database after a
 * backup copy into backups/; a database of a newer version is opened read-only (see
 * iw_store_get_read_only()). @context: ids and time, NULL for the system's; must outlive the store.
 * Errors: IW_STORE_ERROR_CORRUPT, _BUSY, _FULL, _FAILED, G_IO_ERROR_*. (transfer full) */
IwStore *iw_store_open (const char *dir, IwStoreOpenFlags flags, const IwContext *context, GError **error);
/* The default workspace's folder: $XDG_DATA_HOME/incident-workbench/workspace. (transfer full) */
char *iw_store_default_dir (void);

gboolean iw_store_is_peer (IwStore *self); /* opened with IW_STORE_OPEN_PEER */
const char *iw_store_get_dir (IwStore *self); /* as it was opened */
const char *iw_store_get_uuid (IwStore *self); /* of this copy of the workspace; for replication ids */
const IwContext *iw_store_get_context (IwStore *self); /* never NULL */
gboolean iw_store_get_read_only (IwStore *self); /* writes are READ_ONLY */
/* Why it is read-only, as a sentence for the user; NULL where it is not. */
const char *iw_store_get_read_only_reason (IwStore *self);
/* Who writes: goes into created_by and modified_by. NULL or "" writes none. */
void iw_store_set_author (IwStore *self, const char *author);

/* ---- documents: reading ---- */

/* What is shown of a document: the winning revision's body without _id and _rev, of a decision entry what was
 * written first (see iw_store_put_replicated()). NULL with NOT_FOUND where there is none or it is deleted.
 * @rev_out (out, transfer full, optional): its "N-hash". (transfer full) */
JsonObject *iw_store_get (IwStore *self, const char *docid, char **rev_out, GError **error);
/* A given revision's body, also an earlier or losing one; @deleted_out optional. (transfer full) */
JsonObject *iw_store_get_rev (IwStore *self, const char *docid, const char *rev, gboolean *deleted_out, GError **error);
/* All leaf revisions, winner first. (transfer full) NULL-terminated; empty where there is no such document */
char **iw_store_get_leaves (IwStore *self, const char *docid, gboolean include_deleted, GError **error);
/* The ancestors of @rev, itself first, oldest last: CouchDB's _revisions. (transfer full) */
char **iw_store_get_history (IwStore *self, const char *docid, const char *rev, GError **error);
/* The nearest common ancestor of two revisions whose body is kept; NULL if none. (transfer full) */
char *iw_store_common_ancestor (IwStore *self, const char *docid, const char *a, const char *b, GError **error);
/* Calls @func for each live document whose id begins with @prefix, in order of id, bodies as shown;
 * FALSE from @func ends the walk. */
typedef gboolean (*IwStoreDocFunc) (const char *docid, const char *rev, JsonObject *body, gpointer data);
gboolean iw_store_foreach (IwStore *self, const char *prefix, IwStoreDocFunc func, gpointer data, GError **error);

/* ---- documents: the user's writes ---- */

/* One document's change within a user action. */
typedef struct
{
  const char *docid;
  JsonObject *body; /* the new body, or NULL to delete */
  const char *base; /* the revision that its author saw; NULL: a new document, or whatever is there */
  char **rev_out;   /* (inout, optional, transfer full): NULL before; the revision that says it now, winner or not */
} IwChange;

/* Writes one user action in one durable transaction: each change becomes a new revision, the screens' tables follow, the action enters the undo journal (the last 100 are kept).
 * Stamps created_at/by and modified_at/by. Deleting what does not exist is NOT_FOUND; a body equal to
 * the winner's makes no revision.
 *
 * Where others have gone on from a change's base meanwhile (sync brought it), what both wrote is merged onto the
 * winner (sync.md "Merging"); what cannot be, and the deletion of what others edited, goes on from the base beside
 * theirs, and is a conflict for the review. Where it was the user, through this very store (a screen that had not caught
 * up), both are merged as well, and the later words stand where that cannot be. A base that is not kept any more makes
 * a conflict of its own; one of a document that is not there any more (erased) is CONFLICT.
 *
 * An entry or evidence that iw_entry_new_from_json() or iw_evidence_new_from_json() would not read again is INVALID,
 * with the field and the reason. All or nothing.
 *
 * An evidence document has its file as the attachment "file" (iw-peer.h); what else is attached to a document stays.
 * A server's database (IW_STORE_OPEN_PEER) takes no actions: INVALID.
 *
 * Decisions are written once (architecture.md, idea 1): changing or deleting a decision entry is INVALID, and
 * so is writing one that iw_decision_check() refuses, or another document that iw_document_check() does, with
 * all their problems in the message. An entry that is there does not become a decision. iw_store_undo() takes
 * a decision back by writing a withdrawal, redo by withdrawing that: both stay on the record.
 * @label: an N_()-marked English msgid that names the action ("Add Entry"); shown translated by undo.
 * @n_objects: what %u in @label stands for; 1 for single actions. */
gboolean iw_store_apply (IwStore *self, const char *label, const IwChange *changes, guint n_changes,
                         guint n_objects, GError **error);

/* The changes that write @documents, each made from the revision that it names. (element-type IwDocument)
 * (transfer container): as many as there are documents, whose ids, revisions and bodies they borrow. */
IwChange *iw_store_changes_of (GPtrArray *documents);

/* Whether iw_store_apply() would take a new document: its rules, size and depth, not what is there
 * already. For imports that tell what is wrong of each record. INVALID, with the reason. Any thread. */
gboolean iw_store_check_document (const char *docid, JsonObject *body, GError **error);

/* iw_store_apply() for many changes, which take a while: @progress (may be NULL) is called in this thread now
 * and then with changes done; once @cancellable is cancelled nothing is changed, and the error is
 * G_IO_ERROR_CANCELLED. */
gboolean iw_store_apply_full (IwStore *self, const char *label, const IwChange *changes, guint n_changes,
                              guint n_objects, IwProgressFunc progress, gpointer data,
                              GCancellable *cancellable, GError **error);

/* ---- the undo journal (survives a restart) ---- */

/* The label of what undo or redo would do next, NULL where there is nothing. (transfer full)
 * @n_objects optional. */
char *iw_store_get_undo_label (IwStore *self, guint *n_objects);
char *iw_store_get_redo_label (IwStore *self, guint *n_objects);
/* Puts back what the last action changed, as new revisions. A decision that it made is not deleted: an entry of
 * kind "withdrawal" withdraws it, with the msgid "Undone" as its "why", and redo withdraws that; the first
 * decisions of an incident that the same action made go and come back with the incident, without a word.
 * CONFLICT, and nothing changed, where one of its documents was changed since by somebody else, or a decision
 * withdrawn or put back; the action is then dropped from the journal so that undo is not stuck on it, and the
 * message names the document.
 * @changed (out, optional, transfer full): ids of the documents touched, NULL-terminated. */
gboolean iw_store_undo (IwStore *self, char ***changed, GError **error);
gboolean iw_store_redo (IwStore *self, char ***changed, GError **error);

/* ---- change notification ---- */

/* The sequence of the last change in this database. Cheap. */
gint64 iw_store_get_seq (IwStore *self);
/* Each document changed after @since, once, at its latest (CouchDB's _changes), oldest first, at most
 * @limit rows (0: all). Returns the last sequence reported, or @since. */
typedef void (*IwStoreChangeFunc) (gint64 seq, const char *docid, const char *winning_rev, gboolean deleted, gpointer data);
gint64 iw_store_foreach_change (IwStore *self, gint64 since, guint limit, IwStoreChangeFunc func, gpointer data, GError **error);

/* ---- replication (sync.md) ---- */

/* One revision with its history, as it arrives from a peer (new_edits=false). */
typedef struct
{
  const char *docid;
  const char *const *revs; /* this revision first, then its ancestors; "N-hash", NULL-terminated */
  JsonObject *body;        /* may be NULL with @deleted */
  gboolean deleted;
} IwReplicatedRev;

/* Stores revisions of peers in one transaction; those already here change nothing. Malformed ids are
 * INVALID and nothing is stored.
 *
 * Whatever is well-formed is stored: what breaks the rules of decisions counts for nothing in the fold, and a
 * decision that a peer has edited or deleted wins as the protocol has it, but is not shown. Shown, folded,
 * searched and given by iw_store_get() is what was written first: of the lowest generation whose body is here
 * (that is the first, but where a peer sent its later revisions alone) the decision, of several the one with
 * the greatest hash. So a decision can only be withdrawn. An entry that was no decision at first becomes none
 * by a later revision. This rests on the revisions that are here, not on the order they came in. */
gboolean iw_store_put_replicated (IwStore *self, const IwReplicatedRev *revs, guint n_revs, GError **error);
/* Of @revs of @docid those that are not here. (transfer full) NULL-terminated */
char **iw_store_revs_diff (IwStore *self, const char *docid, const char *const *revs, GError **error);
/* _local documents: never replicated, no history. NULL body deletes. */
JsonObject *iw_store_get_local (IwStore *self, const char *id, GError **error); /* NULL, no error: absent */
gboolean iw_store_put_local (IwStore *self, const char *id, JsonObject *body, GError **error);

/* ---- drafts: what is typed but not saved (architecture.md "Safety") ---- */

/* Durable when this returns. NULL or "" removes the draft. Drafts do not replicate. */
gboolean iw_store_put_draft (IwStore *self, const char *key, const char *text, GError **error);
char *iw_store_get_draft (IwStore *self, const char *key, GError **error); /* NULL, no error: none */

/* ---- health ---- */

/* Quick or full check of the database, the derived tables and (full) every evidence file's hash.
 * Problems are appended to @problems as sentences. FALSE only if the check itself failed. */
gboolean iw_store_check (IwStore *self, gboolean full, GPtrArray *problems, GCancellable *cancellable, GError **error);
/* Deletes blobs, indexes and staging files that nothing refers to any more (no live or undoable
 * evidence). Safe beside other programs. Blobs stay as long as a damaged database lies in the folder
 * (see iw_recovery_run()): documents that were lost may have referred to them. */
gboolean iw_store_collect_garbage (IwStore *self, GError **error);

G_END_DECLS
