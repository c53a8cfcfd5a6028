/* iw-request.h: one HTTP request and its answer, as a route's handler sees it. Main thread only.
 *
 * A handler gets the request (transfer full): it answers with one of iw_request_answer…() now or later; what is dropped
 * unanswered is a 500. A client that went away cancels iw_request_get_cancellable().
 */
#pragma once

#include <libsoup/soup.h>

#include "iw-database.h"
#include "iw-write-rules.h"
#include "iw-wire.h"

G_BEGIN_DECLS

#define IW_TYPE_REQUEST (iw_request_get_type ())
G_DECLARE_FINAL_TYPE (IwRequest, iw_request, IW, REQUEST, GObject)

typedef struct _IwServer IwServer;

IwServer *iw_request_get_server (IwRequest *self);         /* (transfer none) */
SoupServerMessage *iw_request_get_message (IwRequest *self); /* (transfer none) */
IwDatabase *iw_request_get_database (IwRequest *self);     /* NULL for routes of the server itself */
/* Parts of the path that the route's pattern names, unescaped: "docid", "attachment", … NULL where it names none. */
const char *iw_request_get_part (IwRequest *self, const char *name);
const IwAccount *iw_request_get_account (IwRequest *self);  /* NULL: not signed in */
GCancellable *iw_request_get_cancellable (IwRequest *self); /* cancelled when the client goes away */

/* ---- the question ---- */

/* A parameter of the query, unescaped; NULL where it is not there. */
const char *iw_request_get_query (IwRequest *self, const char *name);
/* As JSON has it: true; anything but true, false or absent is answered with 400 and returns FALSE. */
gboolean iw_request_get_query_bool (IwRequest *self, const char *name, gboolean fallback, gboolean *out);
gboolean iw_request_get_query_int (IwRequest *self, const char *name, gint64 min, gint64 max, gint64 fallback, gint64 *out);
/* A parameter whose value is a JSON text ("startkey", "open_revs"); *out NULL where it is absent. (transfer full) */
gboolean iw_request_get_query_json (IwRequest *self, const char *name, yyjson_doc **out);
/* The body, parsed; answered with 400 where it is no JSON object, 415 where its Content-Type is none of JSON's.
 * (transfer full), NULL then. */
yyjson_doc *iw_request_read_json (IwRequest *self);
/* The body as it came (routes that do not stream). (transfer full) */
GBytes *iw_request_get_body (IwRequest *self);
/* Routes of IW_BODY_STREAM, within the handler's call: @func gets each piece as it comes, and NULL once the body is
 * whole; nothing is kept. It is not called any more once there is an answer, the body is longer than the server takes
 * (413 is the answer then) or the client is gone: see the cancellable. @data is the caller's.
 * iw_request_hold() stops the reading, and with it the client, until iw_request_go_on(): memory does not grow where
 * the disk is slower than the network. Pieces that were read already may still come. */
typedef void (*IwRequestPiece) (IwRequest *self, GBytes *piece, gpointer data);
void iw_request_receive (IwRequest *self, IwRequestPiece func, gpointer data);
void iw_request_hold (IwRequest *self);
void iw_request_go_on (IwRequest *self);

/* ---- the answer ---- */

/* @json: taken over, a JSON text. Cache-Control: must-revalidate; Content-Type: application/json, always. */
void iw_request_answer_json (IwRequest *self, guint status, char *json);
/* @bytes: for what is rendered once and sent to many. */
void iw_request_answer_bytes (IwRequest *self, guint status, const char *content_type, GBytes *bytes);
/* {"error","reason"} with CouchDB's codes. */
void iw_request_answer_error (IwRequest *self, guint status, const char *error, const char *reason);
/* A job's refusal: the code is the HTTP status, the message the reason; "error" follows from the status. */
#define IW_REQUEST_ERROR (iw_request_error_quark ())
GQuark iw_request_error_quark (void); /* for IW_REQUEST_ERROR alone */
/* What a store's or the wire's GError means: NOT_FOUND 404, CONFLICT 409, INVALID 400, FULL 507 …; the reason in
 * plain words, without paths of this machine. */
void iw_request_answer_gerror (IwRequest *self, const GError *error);

/* An answer that goes on: chunked. Each call is one write. After iw_request_stream_end(), or once the cancellable is
 * cancelled, nothing more. @drained (optional) is called whenever all that was given has been handed to the socket. */
typedef void (*IwRequestDrained) (IwRequest *self, gpointer data);
void iw_request_stream_begin (IwRequest *self, guint status, const char *content_type, IwRequestDrained drained, gpointer data);
void iw_request_stream_write (IwRequest *self, GBytes *bytes);
void iw_request_stream_end (IwRequest *self);
/* A file as the answer, @offset and @length of it (@status: 206 where a part was asked for, which may be all of it, else
 * 200), read as the socket takes it. */
void iw_request_answer_file (IwRequest *self, guint status, const char *path, gint64 offset, gint64 length, gint64 total,
                             const char *content_type, const char *etag);

G_END_DECLS
