/* iw-test-server.h: a real server in a thread of its own, on 127.0.0.1 and a free port, and a client for it.
 */
#pragma once

#include <libsoup/soup.h>

#include "iw-server.h"

G_BEGIN_DECLS

typedef struct _IwTestServer IwTestServer;

/* A new data folder with the database "incidents" and the accounts "admin" (admin), "boss" (an admin of "incidents"),
 * "writer" (responder), "reader" (reader), "auditor" (auditor), all of them members of "incidents" by their names, and
 * "outsider" (responder), who is none. Each one's password is its name and "-secret". (transfer full) */
IwTestServer *iw_test_server_new (void);
/* With these limits (NULL: the usual ones; taken) and with or without TLS. (transfer full) */
IwTestServer *iw_test_server_new_full (IwServerConfig *config, gboolean tls);
/* Stops it gracefully, and checks that it could. */
void iw_test_server_free (IwTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwTestServer, iw_test_server_free)

guint16 iw_test_server_get_port (IwTestServer *self);
const char *iw_test_server_get_url (IwTestServer *self); /* "http://127.0.0.1:4711" */
const char *iw_test_server_get_dir (IwTestServer *self);
IwServer *iw_test_server_get (IwTestServer *self); /* for what runs in its thread */
/* Moves its clock by @us. */
void iw_test_server_pass (IwTestServer *self, gint64 us);
/* Runs @func in the server's thread and waits for it. */
void iw_test_server_run (IwTestServer *self, GSourceOnceFunc func, gpointer data);
/* Waits for the server's end after iw_server_stop() was called in its thread. */
char *iw_test_server_get_log (IwTestServer *self); /* all lines so far (transfer full) */

/* An answer. */
typedef struct
{
  guint status; /* 0: there was none */
  char *body;
  gsize length;
  SoupMessageHeaders *headers;
} IwTestAnswer;

void iw_test_answer_clear (IwTestAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwTestAnswer, iw_test_answer_clear)

/* The first "rev" or "_rev" in its body. (transfer full) */
char *iw_test_answer_rev (const IwTestAnswer *answer);
/* @account: one of the above, NULL for nobody; sent as basic auth. @body: JSON, NULL for none. */
IwTestAnswer iw_test_server_ask (IwTestServer *self, const char *account, const char *method, const char *path,
                                 const char *body);
/* With a header more. @content_type: of @body. */
IwTestAnswer iw_test_server_ask_full (IwTestServer *self, const char *method, const char *path, const char *header,
                                      const char *value, const char *content_type, const char *body, gssize length);
/* The status alone. */
guint iw_test_server_status (IwTestServer *self, const char *account, const char *method, const char *path,
                             const char *body);
/* "Basic …" for an account of the above. (transfer full) */
char *iw_test_basic (const char *account);

/* Bytes as they are, on a connection of its own: what comes back until the server closes it, or for @wait_ms.
 * (transfer full) */
char *iw_test_server_raw (IwTestServer *self, const char *bytes, gsize length, guint wait_ms);

G_END_DECLS
