/* fuzz-answers.c: the client against a server whose answers are damaged: it ends in time, with a
 * result that holds what its header promises or with an error that says what is wrong.
 *
 * A file of tests/data/answers has "CALL STATUS", header lines, an empty line and the body.
 */
#include "hostile-server.h"
#include "iw-blobs.h"
#include "mutate.h"

#define MAX_TIME_S 30 /* for one call; machines may be busy */

typedef enum
{
  FRAME_LENGTH,
  FRAME_CHUNKS,
  FRAME_TO_THE_END,
  FRAME_TOO_LONG, /* promises more than there is */
  FRAME_RAW,      /* all of it is damaged, the head too */
} Frame;

/* The next answer. Written before the call, read by the server's threads. */
typedef struct
{
  GMutex lock;
  char *call;
  guint status;
  char *headers; /* each with its line's end */
  GByteArray *body;
  GByteArray *raw;
  Frame frame;
} Script;

static void
script_clear (Script *self)
{
  g_clear_pointer (&self->call, g_free);
  g_clear_pointer (&self->headers, g_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->raw, g_byte_array_unref);
}

/* ---- the server ---- */

static void append_line (GByteArray *out, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void
append_line (GByteArray *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_byte_array_append (out, (guint8 *)text, strlen (text));
}

static void
append_chunks (GByteArray *out, const GByteArray *body)
{
  for (guint at = 0; at < body->len;)
    {
      guint n = MIN (body->len - at, 1 + at % 97);

      append_line (out, "%x\r\n", n);
      g_byte_array_append (out, body->data + at, n);
      append_line (out, "\r\n");
      at += n;
    }
  append_line (out, "0\r\n\r\n");
}

static GByteArray *
write_answer (const Script *script)
{
  GByteArray *out = g_byte_array_new ();

  append_line (out, "HTTP/1.1 %u X\r\n%s", script->status, script->headers);
  if (script->frame == FRAME_CHUNKS)
    append_line (out, "Transfer-Encoding: chunked\r\n\r\n");
  else if (script->frame != FRAME_TO_THE_END)
    append_line (out, "Content-Length: %u\r\n\r\n",
                 script->body->len + (script->frame == FRAME_TOO_LONG ? 7 : 0));
  else
    append_line (out, "Connection: close\r\n\r\n");
  if (script->frame == FRAME_CHUNKS)
    append_chunks (out, script->body);
  else
    g_byte_array_append (out, script->body->data, script->body->len);
  return out;
}

static gboolean
answer_scripted (const Question *question, GOutputStream *out, gpointer data)
{
  Script *script = data;
  g_autoptr (GByteArray) bytes = NULL;
  gboolean goes_on;

  g_mutex_lock (&script->lock);
  bytes = g_byte_array_ref (script->raw);
  goes_on = script->frame == FRAME_LENGTH || script->frame == FRAME_CHUNKS;
  g_mutex_unlock (&script->lock);
  return g_output_stream_write_all (out, bytes->data, bytes->len, NULL, NULL, NULL) && goes_on;
}

/* ---- the next answer ---- */

static void
parse (Script *script, GBytes *file)
{
  gsize length;
  const char *text = g_bytes_get_data (file, &length);
  const char *body = g_strstr_len (text, length, "\n\n");
  g_autofree char *head = g_strndup (text, body - text);
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);
  char *blank = strchr (lines[0], ' ');
  GString *headers = g_string_new (NULL);

  script_clear (script);
  g_assert_nonnull (blank);
  script->call = g_strndup (lines[0], blank - lines[0]);
  script->status = g_ascii_strtoull (blank, NULL, 10);
  for (char **line = lines + 1; *line != NULL; line++)
    g_string_append_printf (headers, "%s\r\n", *line);
  script->headers = g_string_free (headers, FALSE);
  script->body = g_byte_array_new ();
  g_byte_array_append (script->body, (const guint8 *)body + 2, length - (body + 2 - text));
}

static void
next_answer (Mutator *mutator, Script *script, gint whole)
{
  static const guint statuses[] = { 200, 200, 201, 202, 204, 206, 301, 304, 400, 401, 403,
                                    404, 409, 412, 413, 416, 429, 500, 503, 100, 999 };
  guint n = mutator_below (mutator, 5);

  g_mutex_lock (&script->lock);
  if (whole >= 0)
    n = 0;
  parse (script,
         mutator->corpus
             ->pdata[whole >= 0 ? (guint)whole : mutator_below (mutator, mutator->corpus->len)]);
  for (guint i = 0; i < n; i++)
    mutator_change (mutator, script->body);
  if (n > 0 && mutator_below (mutator, 8) == 0)
    script->status = statuses[mutator_below (mutator, G_N_ELEMENTS (statuses))];
  /* Waiting for what does not come takes its time. */
  script->frame = n == 0 ? FRAME_LENGTH : mutator_below (mutator, FRAME_RAW + 1);
  script->raw = write_answer (script);
  if (script->frame == FRAME_RAW)
    mutator_change (mutator, script->raw);
  g_mutex_unlock (&script->lock);
}

/* ---- the calls, and what must hold ---- */

static gboolean
is_text (const char *text)
{
  return text != NULL && g_utf8_validate (text, -1, NULL);
}

static gboolean
call_changes (IwRemote *remote, const char *dir, GError **error)
{
  g_autofree char *last = NULL;
  gint64 pending = 0;
  g_autoptr (GPtrArray) rows =
      iw_remote_changes (remote, "db", NULL, 10, 0, &last, &pending, NULL, error);

  if (rows == NULL)
    return FALSE;
  g_assert_true (is_text (last));
  g_assert_cmpint (pending, >=, -1);
  for (guint i = 0; i < rows->len; i++)
    {
      const IwRemoteChange *row = rows->pdata[i];

      g_assert_true (is_text (row->docid) && *row->docid != '\0');
      g_assert_true (row->seq == NULL || is_text (row->seq));
      g_assert_cmpuint (g_strv_length (row->revs), <=, IW_REMOTE_MAX_LEAVES);
      g_assert_cmpuint (g_strv_length (row->revs), <=, row->n_revs);
      for (char **rev = row->revs; *rev != NULL; rev++)
        g_assert_true (is_text (*rev));
    }
  return TRUE;
}

static gboolean
call_diff (IwRemote *remote, const char *dir, GError **error)
{
  static const char *const one[] = { "1-a", "2-b", NULL };
  IwRemoteRevs items[] = { { "d:1", one }, { "d:2", one } };
  g_autoptr (GPtrArray) rows = iw_remote_revs_diff (remote, "db", items, 2, NULL, error);

  if (rows == NULL)
    return FALSE;
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    for (char **rev = rows->pdata[i]; rev != NULL && *rev != NULL; rev++)
      g_assert_true (g_strv_contains (one, *rev));
  return TRUE;
}

static gboolean
check_doc (const char *docid, IwWireDoc *doc, const GError *error, gpointer data)
{
  g_assert_true ((doc == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (is_text (error->message) && *error->message != '\0');
  else
    {
      g_assert_true (is_text (doc->docid) && is_text (doc->body));
      g_assert_cmpint (iw_wire_rev_generation (doc->rev), >, 0);
      g_assert_cmpstr (doc->revs[0], ==, doc->rev);
      iw_wire_doc_free (doc);
    }
  return TRUE;
}

static gboolean
call_bulk_get (IwRemote *remote, const char *dir, GError **error)
{
  static const char *const revs[] = { "2-b", "2-c", NULL };
  IwRemoteRevs items[] = { { "d:1", revs } };

  return iw_remote_bulk_get (remote, "db", items, 1, check_doc, NULL, NULL, error);
}

static gboolean
call_get_rev (IwRemote *remote, const char *dir, GError **error)
{
  g_autoptr (GError) local = NULL;
  IwWireDoc *doc = iw_remote_get_rev (remote, "db", "d:1", "2-b", NULL, &local);

  if (doc != NULL)
    check_doc ("d:1", doc, NULL, NULL);
  if (local == NULL)
    return TRUE;
  g_assert_null (doc);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
check_row (const char *docid, const char *rev, const char *error, const char *reason, gpointer data)
{
  g_assert_true (docid == NULL || is_text (docid));
  g_assert_true (is_text (error) && is_text (reason));
}

static gboolean
call_bulk_docs (IwRemote *remote, const char *dir, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_add (texts, (char *)"{\"_id\":\"d:1\",\"_rev\":\"1-a\"}");
  g_ptr_array_add (texts, (char *)"{\"_id\":\"d:2\",\"_rev\":\"1-a\"}");
  return iw_remote_bulk_docs (remote, "db", texts, check_row, NULL, NULL, error);
}

static gboolean
call_session (IwRemote *remote, const char *dir, GError **error)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) roles = NULL;

  if (!iw_remote_get_session (remote, &name, &roles, NULL, error))
    return FALSE;
  g_assert_true (name == NULL || is_text (name));
  for (char **role = roles; role != NULL && *role != NULL; role++)
    g_assert_true (is_text (*role));
  return TRUE;
}

static gboolean
call_databases (IwRemote *remote, const char *dir, GError **error)
{
  g_auto (GStrv) names = iw_remote_list_databases (remote, NULL, error);

  for (char **name = names; name != NULL && *name != NULL; name++)
    g_assert_true (is_text (*name) && **name != '_' && **name != '\0');
  return names != NULL;
}

static gboolean
call_id (IwRemote *remote, const char *dir, GError **error)
{
  g_autofree char *id = iw_remote_get_database_id (remote, "db", NULL, error);

  g_assert_true (id == NULL || is_text (id));
  return id != NULL;
}

static gboolean
call_local (IwRemote *remote, const char *dir, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *rev = NULL;
  g_autofree char *body = iw_remote_get_local (remote, "db", "l", &rev, NULL, &local);

  g_assert_true (body == NULL || is_text (body));
  g_assert_true (body == NULL || local == NULL);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return error == NULL || *error == NULL;
}

static gboolean
call_put_local (IwRemote *remote, const char *dir, GError **error)
{
  g_autofree char *rev = NULL;

  return iw_remote_put_local (remote, "db", "l", "{}", NULL, &rev, NULL, error);
}

static gboolean
call_attachment (IwRemote *remote, const char *dir, GError **error)
{
  IwWireAttachment attachment = { .attachment = { .name = (char *)"file",
                                                  .content_type = (char *)"text/plain",
                                                  .md5 = (char *)"XUFAKrxLKna5cZ2REBfFkg==",
                                                  .length = 5,
                                                  .revpos = 1 } };
  gboolean ok = iw_remote_get_attachment (remote, "db", "d:1", "1-a", &attachment, dir, NULL, NULL,
                                          NULL, error);

  /* Only these five bytes have that sum. */
  if (ok)
    g_assert_cmpstr (attachment.attachment.sha256, ==,
                     "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  if (ok)
    g_assert_true (iw_blobs_exists (dir, attachment.attachment.sha256));
  g_free (attachment.attachment.sha256);
  return ok;
}

static const struct
{
  const char *name;
  gboolean (*call) (IwRemote *remote, const char *dir, GError **error);
} calls[] = {
  { "changes", call_changes },       { "diff", call_diff },
  { "bulk-get", call_bulk_get },     { "get-rev", call_get_rev },
  { "bulk-docs", call_bulk_docs },   { "session", call_session },
  { "databases", call_databases },   { "id", call_id },
  { "local", call_local },           { "put-local", call_put_local },
  { "attachment", call_attachment },
};

static gboolean
make_call (Script *script, IwRemote *remote, const char *dir)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  gboolean ok = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (g_str_equal (script->call, calls[i].name))
      {
        ok = calls[i].call (remote, dir, &error);
        g_assert_true (ok == (error == NULL));
        if (error != NULL)
          g_assert_true (is_text (error->message) && *error->message != '\0');
        g_assert_cmpint (g_get_monotonic_time () - begin, <, MAX_TIME_S * G_USEC_PER_SEC);
        return ok;
      }
  g_error ("there is no call “%s”", script->call);
}

static void
fuzz_answers (void)
{
  Mutator mutator;
  Script script = { .call = NULL };
  g_autofree char *dir = iw_test_make_dir ();
  Server *server;
  IwRemote *remote;
  const char *path = g_getenv ("IW_FUZZ_LOG");
  guint n_taken = 0;
  guint n = 0;

  g_mutex_init (&script.lock);
  mutator_init_from (&mutator, "answers");
  server = server_start (NULL, answer_scripted, &script);
  remote = remote_for (server, NULL);
  for (; mutator_goes_on (&mutator, n); n++)
    {
      next_answer (&mutator, &script, n < mutator.corpus->len ? (gint)n : -1);
      if (path != NULL)
        mutator_write (script.raw, path);
      n_taken += make_call (&script, remote, dir);
    }
  g_object_unref (remote);
  server_stop (server);
  g_test_message ("%u answers, %u taken", n, n_taken);
  g_assert_cmpuint (n_taken, >, n / 50);
  script_clear (&script);
  g_mutex_clear (&script.lock);
  mutator_clear (&mutator);
  iw_test_remove_dir (dir);
}

/* libsoup hands a negative Content-Length on to a property, which GObject refuses with a critical
 * and then takes for none: the answer is read until its end, within our limits. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "'content-length'") == NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_test_add_func ("/fuzz/answers", fuzz_answers);
  return g_test_run ();
}
