/* iw-replicator-private.h: what the files of the replicator share. */
#pragma once

#include "iw-peer.h"
#include "iw-pipe.h"
#include "iw-replicator.h"

G_BEGIN_DECLS

#define IW_REPLICATOR_ROWS 4000              /* of _changes at a time */
#define IW_REPLICATOR_BYTES (4 * 1024 * 1024) /* of bodies at a time */
#define IW_REPLICATOR_INLINE (64 * 1024)     /* attachments up to this go within their document */

/* How far both ends have come, as both ends say (sync.md): kept as _local/<id> on either. */
typedef struct
{
  char *id;      /* hexadecimal */
  char *seq;     /* the source's, agreed or reached; NULL: from the start */
  char *written; /* what the ends were told last */
  GQueue history; /* of IwCheckpoint, newest first: what was agreed before */
  char *remote_rev;
  guint n_behind; /* rows since @written */
} IwProgress;

/* A database of the server. */
typedef struct
{
  char *db;
  gboolean is_default;
  IwProgress pull;
  IwProgress push;
} IwCompartment;

void iw_compartment_free (IwCompartment *compartment); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwCompartment, iw_compartment_free)

struct _IwReplicator
{
  GObject parent_instance;

  IwStore *store;
  IwRemote *remote;
  IwSyncAccount *account;
  /* The second thread's: a connection and a server of its own. */
  IwStore *side_store;
  IwRemote *side_remote;

  IwReplicatorFunc func;
  gpointer func_data;
  GMutex telling;
  IwSyncStatus *status; /* under @telling: the thread that asks the server tells of files */
  gint64 told_at;       /* the same; monotonic µs */
  gint64 synced_at;
  IwReplicatorCounts counts;

  char *session;
  GPtrArray *compartments; /* (element-type IwCompartment); NULL: to be asked for */
  gint64 listed_at;        /* monotonic µs */
  GHashTable *parked;      /* "compartment\ndocid" of what is parked on its way out → NULL */
  GHashTable *parked_in;   /* the same of what is parked on its way in */
  gboolean looked_at_conflicts;
  gint64 compact_after; /* monotonic µs: somebody's reading kept the last one from being whole */

  guint first_ms;
  guint max_ms;

  GMutex mutex;
  GCond woken;
  gboolean poked;
  GHashTable *retry; /* docids that shall be tried again */
  gboolean retry_all;

  GHashTable *retrying; /* docids that this run tries again */
  gboolean retrying_all;
  gboolean watching;
  gint64 noted_at; /* when @synced_at was written, monotonic µs; 0: never */
};

/* ---- iw-replicator.c ---- */

void iw_replicator_tell (IwReplicator *self, IwSyncStatus *status); /* (transfer full) */
/* @total 0: not known. Not more often than ten times a second. */
void iw_replicator_tell_progress (IwReplicator *self, IwSyncPhase phase, const char *db, gint64 done, gint64 total);
/* Bytes of one attachment. The same; what is small is not worth telling. Any of the replicator's threads. */
void iw_replicator_tell_bytes (IwReplicator *self, IwSyncPhase phase, const char *db, gint64 done, gint64 total);
/* Documents that are parked, of @db. (element-type IwParked) (transfer full) */
GPtrArray *iw_replicator_take_retries (IwReplicator *self, const char *db, gboolean incoming, GError **error);
/* Parks or takes off the list; within a transaction. */
gboolean iw_replicator_park (IwReplicator *self, const char *db, const char *docid, const char *rev, gboolean incoming,
                             const char *code, const char *reason, GError **error);
gboolean iw_replicator_unpark (IwReplicator *self, const char *db, const char *docid, gboolean incoming, GError **error);
gboolean iw_replicator_load_parked (IwReplicator *self, GError **error);

/* ---- iw-replicator-progress.c ---- */

/* @direction: "push" or "pull". The id of the checkpoint is made of all three, so both ends find the same. */
void iw_progress_init (IwProgress *self, const char *direction, const char *remote_id, const char *store_uuid);
void iw_progress_clear (IwProgress *self);
/* Reads both ends and finds what they agree on. */
gboolean iw_progress_read (IwReplicator *replicator, IwProgress *self, const char *db, GCancellable *cancellable,
                           GError **error);
/* Tells the ends what is stored, the target first. The local one is durable at once. */
gboolean iw_progress_write_local (IwReplicator *replicator, IwProgress *self, gboolean in_transaction, GError **error);
gboolean iw_progress_write_remote (IwReplicator *replicator, IwProgress *self, const char *db,
                                   GCancellable *cancellable, GError **error);
/* Takes @seq as reached, and enters it into the history that is written. */
void iw_progress_advance (IwReplicator *replicator, IwProgress *self, const char *seq, guint n_rows);
/* Whether it is worth telling: rows were stored, or many were looked at. */
gboolean iw_progress_is_due (IwReplicator *replicator, IwProgress *self, gboolean stored);

/* ---- iw-replicator-scopes.c: which compartment a document lives in ---- */

typedef struct _IwScopes IwScopes;
/* @store: not owned; one thread. @def: the default compartment's database. */
IwScopes *iw_scopes_new (IwStore *store, const char *def);
void iw_scopes_free (IwScopes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwScopes, iw_scopes_free)
/* The database of @docid's scope. NULL on errors. (transfer none) */
const char *iw_scopes_get (IwScopes *self, const char *docid, GError **error);
/* Whether a document that comes from @db may be stored. A scope that nothing is known of here lives in @db from now on:
 * it is added to @fresh (may be NULL). */
gboolean iw_scopes_admit (IwScopes *self, const char *docid, const char *db, gboolean *admitted, GPtrArray *fresh,
                          GError **error);

/* ---- iw-replicator-pull.c, iw-replicator-push.c ---- */

/* One compartment, from where it was. FALSE where it was not finished: it is then where it was written last. */
gboolean iw_replicator_pull (IwReplicator *self, IwCompartment *compartment, GCancellable *cancellable, GError **error);
gboolean iw_replicator_push (IwReplicator *self, IwCompartment *compartment, GCancellable *cancellable, GError **error);

/* ---- iw-replicator-fetch.c: the thread that asks the server ---- */

typedef struct
{
  char *docid;
  char *rev;
  char *reason;
} IwRefusal;
void iw_refusal_free (IwRefusal *refusal); /* not NULL */

typedef struct
{
  GPtrArray *docs;    /* (element-type IwWireDoc) */
  GPtrArray *refused; /* (element-type IwRefusal) */
  GPtrArray *scopes;  /* texts: that live in this compartment from now on */
  char *seq;          /* reached with this one; NULL: more of the same rows follows */
  guint n_rows;
  gint64 pending;     /* -1: not known */
} IwFetched;
void iw_fetched_free (IwFetched *fetched); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwFetched, iw_fetched_free)

typedef struct
{
  IwReplicator *replicator;
  IwCompartment *compartment;
  IwPipe pipe;
  char *since;        /* the thread's own */
  GPtrArray *retries; /* (element-type IwParked) */
  char *def;          /* the default compartment's database */
} IwFetch;
gpointer iw_fetch_run (gpointer fetch); /* a thread's function */

/* ---- iw-replicator-prepare.c: the thread that reads the workspace ---- */

typedef struct
{
  char *docid;
  char *rev;
} IwSentRev;

typedef struct
{
  GPtrArray *texts;  /* documents for _bulk_docs */
  GPtrArray *revs;   /* (element-type IwSentRev), of them */
  GPtrArray *large;  /* (element-type IwPeerDoc), to be sent by themselves */
  GPtrArray *histories; /* (element-type GStrv), of them */
  GPtrArray *settled; /* docids of retries that the server lacks nothing of */
  gint64 seq;        /* reached with this one; -1: more of the same rows follows */
  guint n_rows;
} IwPrepared;
void iw_prepared_free (IwPrepared *prepared); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwPrepared, iw_prepared_free)

typedef struct
{
  IwReplicator *replicator;
  IwCompartment *compartment;
  IwPipe pipe;
  gint64 since;
  GPtrArray *retries; /* (element-type IwParked) */
  char *def;
} IwPrepare;
gpointer iw_prepare_run (gpointer prepare); /* a thread's function */

/* ---- iw-replicator-run.c ---- */

/* The compartments, asked for where they are not known or long ago. */
gboolean iw_replicator_connect (IwReplicator *self, GCancellable *cancellable, GError **error);
const char *iw_replicator_default_db (IwReplicator *self);
/* What an error means for the status. */
IwSyncPhase iw_replicator_phase_of (const GError *error);
/* Tells of a failure. @retry_at: µs; 0: no try is planned. */
void iw_replicator_tell_failure (IwReplicator *self, const GError *error, gint64 retry_at);

/* ---- iw-replicator-noted.c ---- */

/* @seq: all up to it is on the server. @moved: whether anything went over. */
void iw_replicator_note_synced (IwReplicator *self, gint64 seq, gboolean moved);
/* @message: a sentence for the user. */
void iw_replicator_note_failure (IwReplicator *self, const char *message);

G_END_DECLS
