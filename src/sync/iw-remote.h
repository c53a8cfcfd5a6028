/* iw-remote.h: a server that speaks the CouchDB replication protocol, over HTTPS (libsoup). Blocking calls; one
 * thread at a time (a thread of its own; calls run its thread-default main context).
 *
 * The server may lie: answers are held to limits, never trusted to be of the right type; redirects are not followed to
 * another origin; TLS is not downgraded; slow drip and endless streams end by a timeout or a limit. Answers that do not
 * fit are IW_REMOTE_ERROR_PROTOCOL with what was wrong, where.
 */
#pragma once

#include "iw-sync-account.h"
#include "iw-wire.h"

G_BEGIN_DECLS

#define IW_REMOTE_ERROR (iw_remote_error_quark ())
typedef enum
{
  IW_REMOTE_ERROR_OFFLINE,      /* no route, no answer, cut: worth another try later */
  IW_REMOTE_ERROR_CERTIFICATE,  /* nobody vouches for it, or it is another than the pinned one: iw_remote_get_certificate() */
  IW_REMOTE_ERROR_UNAUTHORIZED, /* 401: sign in */
  IW_REMOTE_ERROR_FORBIDDEN,    /* 403 */
  IW_REMOTE_ERROR_NOT_FOUND,    /* 404 */
  IW_REMOTE_ERROR_CONFLICT,     /* 409 and 412 */
  IW_REMOTE_ERROR_TOO_LARGE,    /* 413 */
  IW_REMOTE_ERROR_BUSY,         /* 429, 502, 503: worth another try later */
  IW_REMOTE_ERROR_FAILED,       /* 500: it broke down over this; worth another try, but not for ever */
  IW_REMOTE_ERROR_PROTOCOL,     /* not what the protocol says */
  IW_REMOTE_ERROR_REFUSED,      /* another 4xx; the message has its words */
} IwRemoteError;
GQuark iw_remote_error_quark (void); /* for IW_REMOTE_ERROR alone */
/* Whether trying again may help (OFFLINE, BUSY, FAILED). */
gboolean iw_remote_error_is_passing (const GError *error);

#define IW_TYPE_REMOTE (iw_remote_get_type ())
G_DECLARE_FINAL_TYPE (IwRemote, iw_remote, IW, REMOTE, GObject)

/* @secret: password or token, copied; NULL: without signing in. Nothing is sent yet. (transfer full) */
IwRemote *iw_remote_new (const IwSyncAccount *account, const char *secret);
/* One more for the same server and account, for another thread. (transfer full) */
IwRemote *iw_remote_copy (IwRemote *self);
/* How long silence and a whole answer may last, ms, and the most bytes of an answer that is read as JSON. 0: as it is by
 * itself (30 s, 300 s, 64 MiB). Attachments may take longer as long as 64 KiB come through in each such time. */
void iw_remote_set_limits (IwRemote *self, guint idle_ms, guint overall_ms, gsize max_json);
/* Called before each request with its method and its path; an error that it sets is the request's. For tests that cut a
 * client off at every point. */
typedef gboolean (*IwRemoteGuard) (const char *method, const char *path, gpointer data, GError **error);
void iw_remote_set_guard (IwRemote *self, IwRemoteGuard guard, gpointer data);
/* Seconds for which the server asked to be left alone (Retry-After) in its last answer, at most an hour; 0: did not. */
guint iw_remote_get_retry_after (IwRemote *self);
/* The certificate of the last refusal by CERTIFICATE: its SHA-256 (64 hex digits), subject, issuer, validity for the
 * user's eyes. (transfer none), NULL where there was none. */
GTlsCertificate *iw_remote_get_certificate (IwRemote *self);
char *iw_remote_certificate_hash (GTlsCertificate *certificate); /* (transfer full) */
/* Its time is over: it is refused, pinned or not. */
gboolean iw_remote_certificate_is_over (GTlsCertificate *certificate);

/* One request; the answer parsed. @db NULL: of the server itself. @path is appended as it is (already escaped).
 * @body NULL: none. For `server provision` and the like; the replicator uses the functions below. (transfer full) */
yyjson_doc *iw_remote_call (IwRemote *self, const char *method, const char *db, const char *path, const char *body,
                            GCancellable *cancellable, GError **error);

#define IW_REMOTE_USUAL_DATABASE "incidents"
#define IW_REMOTE_VENDOR "Incident Workbench" /* of our own server */
/* An account's role that names a database for it: "compartment:board". It gives no right. */
#define IW_REMOTE_COMPARTMENT_ROLE "compartment:"
/* Databases this account may read: _all_dbs, held against GET /db; names that begin with "_" are left out. Where only
 * administrators get that list: the account's compartment, the usual one, and those that its roles name. */
char **iw_remote_list_databases (IwRemote *self, GCancellable *cancellable, GError **error);
/* The account's name and roles from _session. */
gboolean iw_remote_get_session (IwRemote *self, char **name, char ***roles, GCancellable *cancellable, GError **error);
/* Whether it holds writers of @db to our rules (iw-write-rules.h): one of ours does, and a CouchDB with the design document
 * of `server provision`. */
gboolean iw_remote_has_rules (IwRemote *self, const char *db, gboolean *rules, GCancellable *cancellable, GError **error);
/* A stable id of a database: the server's uuid and the name. (transfer full) */
char *iw_remote_get_database_id (IwRemote *self, const char *db, GCancellable *cancellable, GError **error);

char *iw_remote_get_local (IwRemote *self, const char *db, const char *id, char **rev, GCancellable *cancellable,
                           GError **error); /* NULL without error: none */
/* @body: a JSON object as text, without members that begin with "_". @rev: what it replaces, NULL for a new one;
 * CONFLICT where another is there. @new_rev (out, optional, transfer full). */
gboolean iw_remote_put_local (IwRemote *self, const char *db, const char *id, const char *body, const char *rev,
                              char **new_rev, GCancellable *cancellable, GError **error);

#define IW_REMOTE_MAX_LEAVES 1000 /* of a document; more are not asked for */

/* A row of _changes. Sequences are opaque texts. */
typedef struct
{
  char *seq;
  char *docid;
  char **revs;      /* the first IW_REMOTE_MAX_LEAVES of them */
  gsize n_revs;     /* as many as the server told of */
  gboolean deleted;
} IwRemoteChange;
void iw_remote_change_free (IwRemoteChange *change);
/* @since NULL: from the start. @wait_s > 0: longpoll, that long at most (heartbeats keep it open): none, and @since
 * as @last, where nothing came.
 * @last (transfer full), @pending (-1: not said). (element-type IwRemoteChange) (transfer full) */
GPtrArray *iw_remote_changes (IwRemote *self, const char *db, const char *since, guint limit, guint wait_s, char **last,
                              gint64 *pending, GCancellable *cancellable, GError **error);

/* @ids and @revs in pairs: what the server lacks of them, as many arrays (NULL where it lacks nothing). */
typedef struct
{
  const char *docid;
  const char *const *revs;
} IwRemoteRevs;
GPtrArray *iw_remote_revs_diff (IwRemote *self, const char *db, const IwRemoteRevs *items, guint n,
                                GCancellable *cancellable, GError **error); /* (element-type GStrv) (nullable elements) */

/* Asks for revisions with their histories, attachments as stubs; calls @func for each document as it is read, or with
 * @error for one that could not be had or read. Falls back to open_revs where there is no _bulk_get. */
typedef gboolean (*IwRemoteDocFunc) (const char *docid, IwWireDoc *doc, const GError *error, gpointer data);
gboolean iw_remote_bulk_get (IwRemote *self, const char *db, const IwRemoteRevs *items, guint n, IwRemoteDocFunc func,
                             gpointer data, GCancellable *cancellable, GError **error);

/* One revision as it is, be it a leaf or not, with its history. NULL without an error where the server has no longer its
 * body. (transfer full) */
IwWireDoc *iw_remote_get_rev (IwRemote *self, const char *db, const char *docid, const char *rev,
                              GCancellable *cancellable, GError **error);

/* new_edits=false. @texts: documents as JSON texts. Calls @func for each row that was not taken. */
typedef void (*IwRemoteRowFunc) (const char *docid, const char *rev, const char *error, const char *reason, gpointer data);
gboolean iw_remote_bulk_docs (IwRemote *self, const char *db, GPtrArray *texts, IwRemoteRowFunc func, gpointer data,
                              GCancellable *cancellable, GError **error);

/* One document with attachments as multipart/related, streamed from blobs/ of @dir; new_edits=false. */
gboolean iw_remote_put_multipart (IwRemote *self, const char *db, const IwPeerDoc *doc, char **history, const char *dir,
                                  IwProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error);
/* One attachment into staging/ of @dir, resumed where an earlier try was cut (Range), hashed while it is read.
 * @attachment->sha256 is filled in; its blob is in its place when this returns. A digest that differs is PROTOCOL. */
gboolean iw_remote_get_attachment (IwRemote *self, const char *db, const char *docid, const char *rev,
                                   IwWireAttachment *attachment, const char *dir, IwProgressFunc progress, gpointer data,
                                   GCancellable *cancellable, GError **error);

G_END_DECLS
