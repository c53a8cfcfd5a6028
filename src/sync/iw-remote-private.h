/* iw-remote-private.h: what the files of the remote share. */
#pragma once

#include <libsoup/soup.h>

#include "iw-remote.h"

G_BEGIN_DECLS

#define IW_REMOTE_PIECE (64 * 1024)

struct _IwRemote
{
  GObject parent_instance;

  IwSyncAccount *account;
  GUri *base;
  char *authorization; /* the header's value; wiped when it goes */
  GMainContext *context;
  SoupSession *session;

  guint idle_ms;
  guint overall_ms;
  gsize max_json;
  IwRemoteGuard guard;
  gpointer guard_data;

  GTlsCertificate *refused;
  char *refusal; /* why, for the user */
  guint retry_after;
  guint status; /* of the answer that came last */
  gboolean no_bulk_get; /* this server has none */
};

/* Takes the bytes of an answer as they come. */
typedef gboolean (*IwRemoteSink) (const guint8 *bytes, gsize length, gpointer data, GError **error);

/* One request and its answer. */
typedef struct
{
  const char *method;
  const char *db;   /* NULL: the server itself */
  const char *path; /* below it, escaped, with its query; NULL: none */
  const char *accept;
  const char *type;     /* of what is sent */
  GBytes *body;         /* or */
  GInputStream *stream; /* of */
  gint64 stream_length; /* bytes */
  gint64 range_from;    /* > 0: asks for what comes after */
  gint64 max;           /* bytes of the answer; 0: the limit of JSON */
  guint wait_s;         /* > 0: ends well after that time */
  gboolean renew;       /* the time limit starts anew with every 64 KiB */
  IwRemoteSink sink;    /* NULL: gathered in @text */
  gboolean (*head) (guint status, SoupMessageHeaders *headers, gpointer data, GError **error);
  gpointer data; /* of @sink and @head */
  IwProgressFunc progress; /* of what is sent */
  gpointer progress_data;

  /* The answer. */
  guint status;
  GString *text;
  char *content_type;
  gboolean over; /* @wait_s went by */
} IwExchange;

void iw_exchange_clear (IwExchange *exchange); /* frees the answer */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwExchange, iw_exchange_clear)

/* ---- iw-remote-http.c ---- */

SoupSession *iw_remote_make_session (IwRemote *self); /* (transfer full) */
/* FALSE where the answer is no success; what the server said of it is in the message. */
gboolean iw_remote_exchange (IwRemote *self, IwExchange *exchange, GCancellable *cancellable, GError **error);

/* ---- iw-remote-error.c ---- */

/* What a failure below HTTP means. Takes @cause over. Returns FALSE. */
gboolean iw_remote_fail_transport (IwRemote *self, GError *cause, gboolean timed_out, GError **error);
/* What an answer's status means; @text: its body. Returns FALSE. */
gboolean iw_remote_fail_status (guint status, const char *text, gsize length, GError **error);
/* PROTOCOL: "The server’s answer does not fit: …". Returns FALSE. */
gboolean iw_remote_unfit (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Why @certificate is refused, for the user. @pinned: another one was wanted. (transfer full) */
char *iw_remote_describe_refusal (GTlsCertificate *certificate, GTlsCertificateFlags errors, gboolean pinned);

/* ---- iw-remote-json.c ---- */

/* Sends @body (NULL: none) and reads the answer's JSON. @wait_s as in IwExchange: NULL without an error when it is
 * over. (transfer full) */
yyjson_doc *iw_remote_json (IwRemote *self, const char *method, const char *db, const char *path, GBytes *body,
                            guint wait_s, GCancellable *cancellable, GError **error);
/* Whether @text begins and ends as JSON does: what cannot be read of it is then of something in it. */
gboolean iw_remote_is_whole (const GString *text);
/* A member's text: NULL where there is none or it is no text. */
const char *iw_json_text (yyjson_val *object, const char *name);
/* Escapes a document's id or an attachment's name for a path. "_design/" and "_local/" stay. (transfer full) */
char *iw_remote_escape_docid (const char *docid);
char *iw_remote_escape (const char *text);

/* ---- iw-remote-open-revs.c ---- */

/* A document of an answer, held against what was asked for. */
void iw_remote_give_doc (const IwRemoteRevs *asked, yyjson_val *value, IwRemoteDocFunc func, gpointer data,
                         gboolean *go_on);
/* An error of an answer's row. */
void iw_remote_give_error (const char *docid, yyjson_val *row, IwRemoteDocFunc func, gpointer data, gboolean *go_on);
gboolean iw_remote_open_revs (IwRemote *self, const char *db, const IwRemoteRevs *item, IwRemoteDocFunc func,
                              gpointer data, gboolean *go_on, GCancellable *cancellable, GError **error);

G_END_DECLS
