/* iw-store-private.h: what the files of the store share. See iw-store.h for the rules. */
#pragma once

#include "iw-db.h"
#include "iw-rev.h"
#include "iw-store.h"
#include "iw-title-order.h"

G_BEGIN_DECLS

struct _IwStore
{
  GObject parent_instance;

  char *dir;
  IwDb *db;
  char *uuid;
  char *author;
  char *read_only_reason;
  const IwContext *context;
  IwTitleOrder *titles; /* NULL until a list is ordered by title */
  gboolean peer;        /* documents only: see IW_STORE_OPEN_PEER */
  GHashTable *md5s;     /* (char *) SHA-256 → (char *) MD5, where it had to be made */
  GArray *path;         /* of IwRevName: room for iw_peer_put() */

  /* Within a write transaction only. */
  gint64 seq;
  gint64 n_live;       /* documents whose winner is live */
  gint64 n_deleted;    /* documents whose winner is deleted */
  gint64 n_bytes;      /* of the winners' bodies */
  gint64 revs_limit;   /* how much of a history is kept by its ids */
  gboolean has_purges; /* of whole documents */
  gboolean purging;    /* see iw_peer_purge_begin() */
  GHashTable *touched; /* UUIDs of incidents whose row must follow → IwTouch */
  GHashTable *own;     /* hashes of the revisions that the user made through this store lately */
  GHashTable *texts;   /* (gint64 *) doc.id → (IwText *) what the search index shall hold of it */
};

/* What the search index shall hold of a document. */
typedef struct
{
  char *text;     /* NULL: nothing */
  gboolean fresh; /* it holds nothing of it yet */
} IwText;

/* What a transaction has changed of an incident. */
typedef struct
{
  gint64 n_entries; /* how many came, less those that went */
  gboolean refold;  /* something that the fold rests on: a decision, a scope item, its own document */
} IwTouch;

/* A revision as it is stored. */
typedef struct
{
  gint64 id;  /* 0: none */
  gint64 doc; /* doc.id */
  IwRev rev;
  gint64 parent; /* 0: none */
  gboolean deleted;
  gboolean leaf;
  gboolean attached; /* has attachments */
  char *body;        /* canonical; NULL where only the id is known */
} IwRevRow;

void iw_rev_row_clear (IwRevRow *row); /* frees the body */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwRevRow, iw_rev_row_clear)

#define IW_STORE_DATABASE "workspace.sqlite"
#define IW_STORE_DAMAGED IW_STORE_DATABASE ".damaged-" /* and the time, where a recovery put it */

/* The member in which a merge names the revisions it is of (iw-conflicts.h). */
#define IW_MERGED "merged"

/* ---- iw-store-rows.c: single rows ---- */

/* The sequence of the last change. */
gboolean iw_store_read_seq (IwStore *self, gint64 *seq, GError **error);
/* FALSE only on errors; an absent document or revision gives id 0. */
gboolean iw_store_find_doc (IwStore *self, const char *docid, gint64 *doc, GError **error);
gboolean iw_store_read_winner (IwStore *self, gint64 doc, IwRevRow *row, GError **error);
/* What screens show of it: see iw-store-shown.c. */
gboolean iw_store_read_shown (IwStore *self, gint64 doc, IwRevRow *row, GError **error);
gboolean iw_store_read_rev (IwStore *self, gint64 doc, const IwRev *rev, IwRevRow *row, GError **error);
gboolean iw_store_read_rev_by_id (IwStore *self, gint64 rev, IwRevRow *row, GError **error);
char *iw_store_docid_of (IwStore *self, gint64 doc, GError **error); /* (transfer full) */
/* The leaf that wins: an index look-up, however many there are. */
gboolean iw_store_read_first_leaf (IwStore *self, gint64 doc, IwRevRow *row, GError **error);
/* Leaves of @doc, winner first. (element-type IwRevRow) (transfer full) */
GPtrArray *iw_store_read_leaves (IwStore *self, gint64 doc, GError **error);
/* The first @limit of them: a peer may send a million. */
GPtrArray *iw_store_read_some_leaves (IwStore *self, gint64 doc, gint64 limit, GError **error);

/* ---- iw-store-shown.c: decisions stay as they were first written ---- */

/* Whether @body (canonical text) is an entry that records a decision of a kind that this version knows. */
gboolean iw_store_is_decision_text (const char *body);
/* The first revision of a document, where that is a decision; else id 0. */
gboolean iw_store_find_decision (IwStore *self, gint64 doc, IwRevRow *row, GError **error);
/* What screens shall show of a document whose winner is @winner. @row is filled in; its body may be that of a
 * tombstone. */
gboolean iw_store_find_shown (IwStore *self, gint64 doc, const IwRevRow *winner, IwRevRow *row, GError **error);
/* Whether it was deleted by a version that deleted decisions. */
gboolean iw_store_is_void (IwStore *self, gint64 doc, gboolean *is_void, GError **error);

/* ---- iw-store-apply.c, iw-store-rebase.c: the user's writes ---- */

/* @body with the stamps of @old (NULL: with none): equal to that where the user changed nothing. (transfer full) */
JsonObject *iw_store_with_stamps_of (JsonObject *body, JsonObject *old);
typedef enum
{
  IW_REBASE_ERROR,
  IW_REBASE_NOTHING, /* it is all there already */
  IW_REBASE_WRITE,   /* the body goes onto the parent */
} IwRebase;
/* What @change goes on from and what it says there. @parent: the winner (id 0: none); becomes the base where both
 * cannot be one, and none where the base is not kept any more. @body (out, transfer full): NULL for a deletion. */
IwRebase iw_store_rebase (IwStore *self, gint64 doc, const IwChange *change, IwRevRow *parent, JsonObject **body,
                          GError **error);

/* ---- iw-store-write.c: within a transaction ---- */

/* READ_ONLY, or BUSY where another program keeps the write lock. Reads sequence and counts anew. */
gboolean iw_store_begin (IwStore *self, GError **error);
/* Writes the sequence, the counts, the touched incidents' rows and the search index. */
gboolean iw_store_finish (IwStore *self, GError **error);
/* Finishes and commits; rolls back where that fails. */
gboolean iw_store_commit (IwStore *self, GError **error);
void iw_store_rollback (IwStore *self);

/* A document that has no revision yet, at the next sequence. @doc (out): its row id. */
gboolean iw_store_insert_doc (IwStore *self, const char *docid, gint64 *doc, GError **error);
/* @row: id is filled in. */
gboolean iw_store_insert_rev (IwStore *self, IwRevRow *row, GError **error);
gboolean iw_store_set_leaf (IwStore *self, gint64 rev, gboolean leaf, GError **error);
/* Adds a revision with @body (canonical) as a child of @parent (id 0: none). It keeps what is attached to the
 * revision @source (0: none), and an evidence document has its file. */
gboolean iw_store_add_child (IwStore *self, gint64 doc, const IwRevRow *parent, gint64 source, const char *body,
                             gboolean deleted, IwRevRow *out, GError **error);

/* "2026-11-02T03:04:05.678901Z" of the context's now, in UTC. (transfer full) */
char *iw_store_now_text (IwStore *self);
/* Writes into @body who changes it and, at @now (as above), when. @fresh: also who made it. */
void iw_store_stamp (IwStore *self, JsonObject *body, const char *now, gboolean fresh);
/* A tombstone's body: who deleted it and when. (transfer full) */
char *iw_store_tombstone (IwStore *self, const char *type);
/* Whether @docid may name a document of a peer; the user's own ids are held to a stricter form. */
gboolean iw_store_check_docid (const char *docid, gboolean strict, GError **error);

/* ---- iw-store-settle.c ---- */

/* doc.fork: how many leaves there are. */
enum
{
  IW_FORK_NONE,
  IW_FORK_ENDED,    /* several, of which one at most is live */
  IW_FORK_LIVE,     /* several live ones: a conflict */
  IW_FORK_DELETION, /* one live, and a deletion of what it goes on from: a conflict too */
  IW_FORK_OPEN,     /* several live ones that were looked at and cannot be merged: need not be looked at again */
};
/* The leaf that deletes what @winner goes on from, where somebody deleted what somebody else edited; 0: none. A losing
 * branch that was ended is none: its tombstone hangs on the branch. */
gboolean iw_store_find_deletion (IwStore *self, const IwRevRow *winner, gint64 *rev, GError **error);
/* After revisions were added: a new sequence, the winner, what is shown, the derived rows. @winner optional. */
gboolean iw_store_settle (IwStore *self, gint64 doc, const char *docid, IwRevRow *winner, GError **error);
/* The same of a document that iw_store_insert_doc() has just made: @only is its one leaf, with @text as body, and
 * what is before it is known by its id alone. */
gboolean iw_store_settle_new (IwStore *self, gint64 doc, const char *docid, const IwRevRow *only, const char *text,
                              GError **error);

/* ---- iw-derived.c ---- */

/* Makes the derived rows of one document follow what is shown of it. @body NULL: nothing. */
gboolean iw_derived_update (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error);
/* The same of a document that has no rows yet. */
gboolean iw_derived_insert (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error);
/* Writes to the search index what iw_derived_update() has noted: all at once, because FTS5 writes out
 * what it has gathered at each statement of another table in between. */
gboolean iw_derived_flush_texts (IwStore *self, GError **error);
/* Makes the rows of the incidents that the transaction has touched follow their documents and their decisions. */
gboolean iw_derived_refresh_touched (IwStore *self, GError **error);
/* Makes all derived tables anew, within a transaction. Changes no document and no sequence. */
gboolean iw_derived_rebuild (IwStore *self, GError **error);
/* Appends a sentence for each document whose derived rows do not follow it. */
gboolean iw_derived_check (IwStore *self, GPtrArray *problems, GCancellable *cancellable, GError **error);

/* ---- iw-peer-purge.c ---- */

/* Whether the whole of a document was purged. */
gboolean iw_peer_is_purged (IwStore *self, const char *docid, gboolean *purged, GError **error);

/* Each revision that is deleted would read all documents to see whether one refers to it: for the rest of the transaction
 * there are indexes for that, which cost too much to be kept all the time. */
gboolean iw_peer_purge_begin (IwStore *self, GError **error);
gboolean iw_peer_purge_end (IwStore *self, GError **error);

/* ---- iw-store-journal.c ---- */

typedef enum
{
  IW_JOURNAL_UNDO,
  IW_JOURNAL_REDO,
} IwJournalDirection;

/* One document of an action. For redo, before and after change places. */
typedef struct
{
  gint64 doc;
  gint64 target;     /* the revision whose body comes back; 0: there was no document */
  gint64 written;    /* what the action wrote, whose branch goes on */
  gint64 expected;   /* what must still be winning; 0: there was no document */
  gint64 withdrawal; /* the document that withdrew this decision when it was last undone; 0: none */
  gint64 other;      /* the losing leaf that the action ended, see iw_conflict_resolve(); 0: none */
} IwJournalStep;

/* Starts an action: what could be redone is gone, the oldest beyond 100 is forgotten. */
gboolean iw_journal_begin (IwStore *self, const char *label, guint n_objects, gint64 *action, GError **error);
gboolean iw_journal_add_step (IwStore *self, gint64 action, gint64 doc, gint64 before, gint64 after, gint64 winner,
                              GError **error);
/* Notes that the step of @doc also ended the losing leaf @other. */
gboolean iw_journal_set_other (IwStore *self, gint64 action, gint64 doc, gint64 other, GError **error);
/* IW_STORE_ERROR_CONFLICT that names a document by what @row says of it. Returns FALSE. */
gboolean iw_journal_conflict (const IwRevRow *row, const char *docid, IwJournalDirection direction, GError **error);

/* ---- iw-store-withdraw.c: undoing decisions ---- */

typedef struct _IwWithdrawals IwWithdrawals;
/* @steps: (element-type IwJournalStep) of @action, kept alive by the caller. (transfer full) */
IwWithdrawals *iw_withdrawals_new (IwStore *store, gint64 action, GArray *steps);
void iw_withdrawals_free (IwWithdrawals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwWithdrawals, iw_withdrawals_free)
/* Takes a step of a decision back, or again. @gone: whether the decision shall count no more. @changed gets
 * what was written. */
gboolean iw_withdrawals_revert (IwWithdrawals *self, const IwJournalStep *step, const IwRevRow *decision,
                                const char *docid, gboolean gone, IwJournalDirection direction,
                                GStrvBuilder *changed, GError **error);

G_END_DECLS
