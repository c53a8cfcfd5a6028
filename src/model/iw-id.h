/* iw-id.h: UUID version 7 ids (RFC 9562 section 5.7) and the clock and random source behind them.
 *
 * Clock and random bytes are passed in, so that tests control them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 (*now) (gpointer data);                               /* µs since the epoch, UTC */
  void (*random) (guint8 *bytes, gsize n, gpointer data);
  gpointer data;
} IwContext;

/* The system's clock and random numbers. Static; never free. Any thread. */
const IwContext *iw_context_system (void);

/* A context for tests: time starts at @start and moves @step µs at each look; random bytes follow
 * from @seed. Free with g_free(). One thread at a time. */
IwContext *iw_context_new_fake (gint64 start, gint64 step, guint32 seed);

gint64 iw_context_now (const IwContext *context); /* µs since the epoch */

/* A new UUID v7 in its 36-character lower-case form. (transfer full) */
char *iw_id_new (const IwContext *context);

/* "<incident-uuid>:<kind>-<uuid v7>"; with @incident NULL "workspace:<kind>-<uuid v7>". See
 * architecture.md "Documents". (transfer full) */
char *iw_id_new_document (const IwContext *context, const char *incident, const char *kind);

/* The id of the incident document itself: "<incident-uuid>:incident". (transfer full) */
char *iw_id_incident_document (const char *incident);

/* The incident part of a document id, NULL for workspace documents and malformed ids. (transfer full) */
char *iw_id_incident_of (const char *docid);

/* Whether @text is a UUID in its canonical lower-case form. */
gboolean iw_id_is_uuid (const char *text);

G_END_DECLS
