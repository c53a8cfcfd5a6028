/* iw-request-private.h: what the server's frame knows of a request besides iw-request.h. */
#pragma once

#include "iw-identity.h"
#include "iw-request.h"
#include "iw-route.h"

G_BEGIN_DECLS

struct _IwRequest
{
  GObject parent_instance;

  IwServer *server;           /* outlives its requests */
  SoupServerMessage *message; /* kept */
  const IwRoute *route;
  IwDatabase *database;
  IwIdentity *identity;
  GHashTable *parts;
  GHashTable *query;
  GCancellable *cancellable;
  gulong finished_id;
  gulong wrote_id;

  gboolean paused;
  gboolean held; /* paused by iw_request_hold() */
  gboolean answered;
  gboolean streaming;
  gboolean chunked; /* what is streamed */
  gboolean finished; /* the message is no more: nothing may be called on it */

  IwRequestPiece piece;
  gpointer piece_data;

  IwRequestDrained drained;
  gpointer drained_data;
  guint n_given;   /* pieces of the answer */
  guint n_written;

  GInputStream *file; /* iw_request_answer_file() */
  gint64 file_left;
  gboolean kept; /* has a reference of its own until the message is finished */
};

/* Takes @parts; the others are kept. (transfer full) */
IwRequest *iw_request_new (IwServer *server, SoupServerMessage *message, const IwRoute *route, IwDatabase *database,
                           IwIdentity *identity, GHashTable *parts, GHashTable *query);
/* Stops the message until there is an answer. */
void iw_request_wait (IwRequest *self);
/* Calls the route's handler. */
void iw_request_handle (IwRequest *self);
/* A piece of the body, NULL at its end. */
void iw_request_give_piece (IwRequest *self, GBytes *piece);
gboolean iw_request_is_answered (IwRequest *self);
/* Cancels it: its client went away. */
void iw_request_cancel (IwRequest *self);

/* ---- iw-answer.c: answers to messages that have no request yet, too ---- */

/* Before each answer: soup would cut a piece out of any that is whole where one was asked for, JSON too, or several of
 * what is there yet of one that goes on. Attachments, which have ranges, see to it themselves. */
void iw_answer_as_given (SoupServerMessage *message);
void iw_answer_json (SoupServerMessage *message, guint status, char *json);
void iw_answer_error (SoupServerMessage *message, guint status, const char *error, const char *reason);
/* CouchDB's word for a status. */
const char *iw_answer_word (guint status);

G_END_DECLS
