/* Routes of _local documents: what replicators note down. They are never replicated themselves. */
#include "config.h"

#include <string.h>

#include "iw-handlers.h"
#include "iw-paged-answer.h"

#define MAX_JSON (1024 * 1024)
#define NO_ATTACHMENTS "_local documents do not accept attachments."

typedef struct
{
  IwRequest *request;
  char *docid; /* "_local/…" */
  char *rev;
  IwWireDoc *doc; /* NULL: a GET, or a DELETE */
  GString *out;
  char *new_rev;
} Local;

static void
local_free (gpointer data)
{
  Local *self = data;

  g_clear_object (&self->request);
  g_clear_pointer (&self->doc, iw_wire_doc_free);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_free (self->docid);
  g_free (self->rev);
  g_free (self->new_rev);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Local, local_free)

/* Takes @request; NULL where it is answered. */
static Local *
local_new (IwRequest *request)
{
  g_autoptr (Local) self = g_new0 (Local, 1);

  self->request = request;
  self->docid = iw_handler_get_docid (request);
  if (self->docid == NULL || !iw_handler_get_rev (request, &self->rev))
    return NULL;
  return g_steal_pointer (&self);
}

static const char *
short_id (const Local *self)
{
  return self->docid + strlen ("_local/");
}

/* ---- jobs ---- */

static gboolean
read_local (IwStore *store, gpointer data, GError **error)
{
  Local *self = data;
  g_autoptr (GError) local = NULL;
  IwPeerDoc doc = { .docid = self->docid };
  g_autofree char *rev = NULL;
  g_autofree char *body = iw_peer_get_local (store, short_id (self), &rev, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (body == NULL)
    return iw_refuse (error, 404, "missing");
  doc.body = body;
  doc.rev = rev;
  self->out = g_string_new (NULL);
  iw_wire_append_doc (self->out, &doc, NULL, NULL);
  g_string_append_c (self->out, '\n');
  return TRUE;
}

static gboolean
write_local (IwStore *store, gpointer data, GError **error)
{
  Local *self = data;
  const char *body = self->doc != NULL && !self->doc->deleted ? self->doc->body : NULL;
  const char *rev = self->rev != NULL || self->doc == NULL ? self->rev : self->doc->rev;
  g_autofree char *there = NULL;

  if (self->doc == NULL && (there = iw_peer_get_local (store, short_id (self), NULL, NULL)) == NULL)
    return iw_refuse (error, 404, "missing");
  return iw_peer_put_local (store, short_id (self), body, rev, &self->new_rev, error);
}

/* ---- handlers ---- */

static void
on_read (IwDatabase *database, gpointer data, const GError *error)
{
  Local *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_request_answer_json (self->request, 200,
                            g_string_free_and_steal (g_steal_pointer (&self->out)));
}

static void
on_written (IwDatabase *database, gpointer data, const GError *error)
{
  Local *self = data;

  if (error != NULL)
    iw_answer_gerror (self->request, error);
  else
    iw_handler_answer_written (self->request, self->doc != NULL ? 201 : 200, self->docid, NULL,
                               self->new_rev != NULL ? self->new_rev : "0-0");
}

static void
handle_get (IwRequest *request)
{
  Local *self = local_new (request);

  if (self != NULL)
    iw_database_read (iw_request_get_database (request), read_local, self, on_read, local_free);
}

static void
handle_put (IwRequest *request)
{
  g_autoptr (Local) self = local_new (request);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text;

  if (self == NULL)
    return;
  body = iw_request_get_body (request);
  text = g_bytes_get_data (body, &length);
  self->doc = iw_wire_read_doc_text (text != NULL ? text : "", length, MAX_JSON, &error);
  if (self->doc == NULL)
    iw_answer_gerror (request, error);
  else if (self->doc->attachments != NULL)
    iw_request_answer_error (request, 400, "bad_request", NO_ATTACHMENTS);
  else
    iw_database_write (iw_request_get_database (request), write_local, g_steal_pointer (&self),
                       on_written, local_free);
}

static void
handle_delete (IwRequest *request)
{
  Local *self = local_new (request);

  if (self != NULL)
    iw_database_write (iw_request_get_database (request), write_local, self, on_written,
                       local_free);
}

static void
refuse_attachment (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_error (self, 400, "bad_request", NO_ATTACHMENTS);
}

const IwRoute iw_routes_local[] = {
  { "GET", "/{db}/_local/{local...}", IW_NEEDS_MEMBER, IW_BODY_NONE, handle_get },
  { "PUT", "/{db}/_local/{local...}", IW_NEEDS_MEMBER, IW_BODY_SMALL, handle_put },
  { "DELETE", "/{db}/_local/{local...}", IW_NEEDS_MEMBER, IW_BODY_NONE, handle_delete },
  { "GET", "/{db}/_local/{local}/{attachment...}", IW_NEEDS_MEMBER, IW_BODY_NONE,
    refuse_attachment },
  { "PUT", "/{db}/_local/{local}/{attachment...}", IW_NEEDS_MEMBER, IW_BODY_SMALL,
    refuse_attachment },
  { "DELETE", "/{db}/_local/{local}/{attachment...}", IW_NEEDS_MEMBER, IW_BODY_NONE,
    refuse_attachment },
  { NULL },
};
