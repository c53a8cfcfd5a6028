/* A database as a whole. */
#include "config.h"

#include "iw-handlers.h"
#include "iw-sequence.h"
#include "iw-server.h"

#define OK "{\"ok\":true}\n"
#define MAX_REVS_LIMIT 1000000

/* ---- what it is ---- */

typedef struct
{
  IwRequest *request;
  IwPeerInfo info;
  gint64 number;
} Question;

static Question *
question_new (IwRequest *request)
{
  Question *self = g_new0 (Question, 1);

  self->request = request;
  return self;
}

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->request);
  g_free (self);
}

static gboolean
read_info (IwStore *store, gpointer data, GError **error)
{
  return iw_peer_get_info (store, &((Question *)data)->info, error);
}

static void
answer_info (IwDatabase *database, gpointer data, const GError *error)
{
  Question *self = data;
  const IwPeerInfo *info = &self->info;
  GString *out;

  if (error != NULL)
    {
      iw_request_answer_gerror (self->request, error);
      return;
    }
  out = g_string_new ("{\"db_name\":");
  iw_canonical_append_string (out, iw_database_get_name (database));
  g_string_append_printf (out,
                          ",\"doc_count\":%" G_GINT64_FORMAT ",\"doc_del_count\":%" G_GINT64_FORMAT,
                          info->doc_count, info->doc_del_count);
  g_string_append (out, ",\"update_seq\":");
  iw_sequence_append (out, info->update_seq, iw_database_get_uuid (database));
  g_string_append_printf (out,
                          ",\"purge_seq\":%" G_GINT64_FORMAT
                          ",\"compact_running\":false,\"sizes\":{\"active\":%" G_GINT64_FORMAT
                          ",\"external\":%" G_GINT64_FORMAT ",\"file\":%" G_GINT64_FORMAT "},"
                          "\"instance_start_time\":\"0\",\"disk_format_version\":8,\"props\":{},"
                          "\"cluster\":{\"n\":1,\"q\":1,\"r\":1,\"w\":1}}\n",
                          info->purge_seq, info->external_size, info->external_size,
                          info->file_size);
  iw_request_answer_json (self->request, 200, g_string_free (out, FALSE));
}

static void
get_database (IwRequest *request)
{
  iw_database_read (iw_request_get_database (request), read_info, question_new (request),
                    answer_info, question_free);
}

/* ---- making and deleting ---- */

static void
put_database (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  const char *name = iw_request_get_part (self, "db");
  g_autoptr (GError) error = NULL;

  if (iw_server_create_database (iw_request_get_server (self), name, &error) != NULL)
    {
      iw_handler_set_location (self, name, NULL, NULL);
      iw_request_answer_json (self, 201, g_strdup (OK));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    iw_request_answer_error (self, 412, "file_exists", error->message);
  else if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID))
    iw_request_answer_error (self, 400, "illegal_database_name", error->message);
  else
    iw_request_answer_gerror (self, error);
}

static void
delete_database (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  IwDatabase *database = iw_request_get_database (self);
  g_autoptr (GError) error = NULL;

  if (database == NULL)
    iw_request_answer_error (self, 404, NULL, "Database does not exist.");
  else if (iw_request_get_query (self, "rev") != NULL)
    iw_request_answer_error (
        self, 400, "bad_request",
        "You tried to DELETE a database with a ?=rev parameter. Did you mean to DELETE a "
        "document instead?");
  else if (iw_server_delete_database (iw_request_get_server (self), database, &error))
    iw_request_answer_json (self, 200, g_strdup (OK));
  else
    iw_request_answer_gerror (self, error);
}

/* ---- who may ---- */

static void
get_security (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_json (
      self, 200,
      g_strconcat (iw_database_get_security (iw_request_get_database (self)), "\n", NULL));
}

static void
put_security (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  g_autoptr (yyjson_doc) doc = iw_request_read_json (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (doc == NULL)
    return;
  if (iw_canonical_append (text, yyjson_doc_get_root (doc), &error) &&
      iw_database_set_security (iw_request_get_database (self), text->str, &error))
    iw_request_answer_json (self, 200, g_strdup (OK));
  else
    iw_request_answer_gerror (self, error);
}

/* ---- how long histories are ---- */

static gboolean
read_revs_limit (IwStore *store, gpointer data, GError **error)
{
  ((Question *)data)->number = iw_peer_get_revs_limit (store);
  return TRUE;
}

static void
answer_revs_limit (IwDatabase *database, gpointer data, const GError *error)
{
  Question *self = data;

  if (error != NULL)
    iw_request_answer_gerror (self->request, error);
  else
    iw_request_answer_json (self->request, 200,
                            g_strdup_printf ("%" G_GINT64_FORMAT "\n", self->number));
}

static void
get_revs_limit (IwRequest *request)
{
  iw_database_read (iw_request_get_database (request), read_revs_limit, question_new (request),
                    answer_revs_limit, question_free);
}

static gboolean
write_revs_limit (IwStore *store, gpointer data, GError **error)
{
  return iw_peer_set_revs_limit (store, ((Question *)data)->number, error);
}

static void
answer_ok (IwDatabase *database, gpointer data, const GError *error)
{
  Question *self = data;

  if (error != NULL)
    iw_request_answer_gerror (self->request, error);
  else
    iw_request_answer_json (self->request, 200, g_strdup (OK));
}

static void
put_revs_limit (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  g_autoptr (GBytes) body = iw_request_get_body (self);
  g_autofree char *text =
      g_strndup (g_bytes_get_data (body, NULL), MIN (g_bytes_get_size (body), 32));
  IwDatabase *database = iw_request_get_database (self);
  Question *question;
  gint64 limit;

  if (!g_ascii_string_to_signed (g_strstrip (text), 10, 1, MAX_REVS_LIMIT, &limit, NULL))
    {
      iw_request_answer_error (self, 400, "bad_request", "Rev limit has to be an integer");
      return;
    }
  question = question_new (g_steal_pointer (&self));
  question->number = limit;
  iw_database_write (database, write_revs_limit, question, answer_ok, question_free);
}

/* ---- care ---- */

/* All that was answered is durable already. */
static void
post_full_commit (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_json (self, 201, g_strdup ("{\"ok\":true,\"instance_start_time\":\"0\"}\n"));
}

static gboolean
compact (IwStore *store, gpointer data, GError **error)
{
  return iw_peer_compact (store, NULL, error);
}

static void
on_compacted (IwDatabase *database, gpointer data, const GError *error)
{
  if (error != NULL)
    g_warning ("the database “%s” was not compacted: %s", iw_database_get_name (database),
               error->message);
}

static void
post_compact (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_database_maintain (iw_request_get_database (self), compact, NULL, on_compacted, NULL);
  iw_request_answer_json (self, 202, g_strdup (OK));
}

const IwRoute iw_routes_database[] = {
  { "GET", "/{db}", IW_NEEDS_MEMBER, IW_BODY_NONE, get_database },
  { "PUT", "/{db}", IW_NEEDS_ADMIN, IW_BODY_NONE, put_database },
  { "DELETE", "/{db}", IW_NEEDS_ADMIN, IW_BODY_NONE, delete_database },
  { "GET", "/{db}/_security", IW_NEEDS_MEMBER, IW_BODY_NONE, get_security },
  { "PUT", "/{db}/_security", IW_NEEDS_DB_ADMIN, IW_BODY_SMALL, put_security },
  { "GET", "/{db}/_revs_limit", IW_NEEDS_MEMBER, IW_BODY_NONE, get_revs_limit },
  { "PUT", "/{db}/_revs_limit", IW_NEEDS_DB_ADMIN, IW_BODY_SMALL, put_revs_limit },
  { "POST", "/{db}/_ensure_full_commit", IW_NEEDS_MEMBER, IW_BODY_NONE, post_full_commit },
  { "POST", "/{db}/_compact", IW_NEEDS_DB_ADMIN, IW_BODY_NONE, post_compact },
  { NULL },
};
