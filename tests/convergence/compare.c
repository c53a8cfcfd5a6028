#include "compare.h"

#include <string.h>

#include "iw-peer.h"

#define MAX_PROBLEMS 20

G_GNUC_PRINTF (2, 3)
static void
complain (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  if (problems->len >= MAX_PROBLEMS)
    return;
  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* ---- reading ---- */

typedef struct
{
  Copy *copy;
  IwStore *store;
  GPtrArray *problems;
} Reader;

static void
add_attachments (Reader *self, GString *text, const IwPeerDoc *doc)
{
  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      const IwAttachment *attachment = doc->attachments->pdata[i];
      g_autoptr (GError) error = NULL;

      g_string_append_printf (text, " [%s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "]",
                              attachment->name, attachment->content_type, attachment->sha256,
                              attachment->md5, attachment->length, attachment->revpos);
      if (!doc->deleted &&
          !iw_blobs_verify (iw_store_get_dir (self->store), attachment->sha256, NULL, &error))
        complain (self->problems, "%s: file of %s: %s", self->copy->name, doc->docid,
                  error->message);
    }
}

static void
add_history (Reader *self, GString *text, const char *docid, const char *rev)
{
  g_auto (GStrv) history = iw_peer_history (self->store, docid, rev, NULL);

  for (guint i = 0; history != NULL && history[i] != NULL; i++)
    {
      g_string_append_printf (text, " < %s", history[i]);
      g_hash_table_add (self->copy->history, g_strdup_printf ("%s %s", docid, history[i]));
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
read_document (const IwPeerChange *change, gpointer data)
{
  Reader *self = data;
  g_autoptr (GString) text = g_string_new (change->deleted ? "deleted" : "live");
  g_autoptr (GString) live = g_string_new (NULL);
  g_auto (GStrv) leaves = g_strdupv ((char **)change->revs);

  if (g_hash_table_contains (self->copy->documents, change->docid))
    complain (self->problems, "%s: %s is told of twice", self->copy->name, change->docid);
  qsort (leaves, g_strv_length (leaves), sizeof *leaves, compare_texts);
  g_string_append_printf (text, ", winner %s", change->revs[0]);
  for (guint i = 0; leaves[i] != NULL; i++)
    {
      g_auto (IwPeerDoc) doc = { NULL };
      g_autoptr (GError) error = NULL;

      if (!iw_peer_get (self->store, change->docid, leaves[i], &doc, &error))
        complain (self->problems, "%s: %s: %s", self->copy->name, change->docid, error->message);
      g_string_append_printf (text, "\n    %s%s %s", leaves[i], doc.deleted ? " deleted" : "",
                              doc.body != NULL ? doc.body : "(no body)");
      if (!doc.deleted && doc.body != NULL)
        g_string_append (live, doc.body);
      add_attachments (self, text, &doc);
      add_history (self, text, change->docid, leaves[i]);
    }
  g_hash_table_insert (self->copy->documents, g_strdup (change->docid),
                       g_string_free_and_steal (g_steal_pointer (&text)));
  g_hash_table_insert (self->copy->tokens, g_strdup (change->docid),
                       g_string_free_and_steal (g_steal_pointer (&live)));
  return TRUE;
}

static gboolean
read_shown (const char *docid, const char *rev, JsonObject *body, gpointer data)
{
  Reader *self = data;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);

  g_hash_table_insert (self->copy->shown, g_strdup (docid), json_to_string (node, FALSE));
  return TRUE;
}

static void
check_store (Reader *self)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) parked = NULL;
  g_autoptr (GError) error = NULL;

  if (!iw_store_check (self->store, TRUE, found, NULL, &error))
    complain (self->problems, "%s: check: %s", self->copy->name, error->message);
  for (guint i = 0; i < found->len; i++)
    complain (self->problems, "%s: check: %s", self->copy->name, (char *)found->pdata[i]);
  parked = self->copy->app ? iw_peer_list_parked (self->store, NULL) : NULL;
  for (guint i = 0; parked != NULL && i < parked->len; i++)
    {
      const IwParked *one = parked->pdata[i];

      complain (self->problems, "%s: parked %s: %s %s %s: %s", self->copy->name,
                one->incoming ? "in" : "out", one->docid, one->rev, one->error, one->reason);
    }
}

static GHashTable *
texts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

Copy *
copy_read (const char *name, const char *dir, gboolean app, GPtrArray *problems)
{
  Copy *self = g_new0 (Copy, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store =
      iw_store_open (dir, app ? IW_STORE_OPEN_DEFAULT : IW_STORE_OPEN_PEER, NULL, &error);
  Reader reader = { self, store, problems };

  self->name = g_strdup (name);
  self->app = app;
  self->documents = texts_new ();
  self->shown = texts_new ();
  self->history = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tokens = texts_new ();
  if (store == NULL ||
      !iw_peer_foreach_change (store, 0, 0, IW_PEER_CHANGES_ALL_LEAVES, read_document, &reader,
                               NULL, &error) ||
      (app && !iw_store_foreach (store, "", read_shown, &reader, &error)))
    complain (problems, "%s cannot be read: %s", name, error->message);
  if (store != NULL)
    check_store (&reader);
  return self;
}

void
copy_free (Copy *self)
{
  g_free (self->name);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->history);
  g_hash_table_unref (self->tokens);
  g_free (self);
}

/* ---- comparing ---- */

static void
compare_tables (Copy *a, GHashTable *left, Copy *b, GHashTable *right, GPtrArray *problems)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const char *other = g_hash_table_lookup (right, key);

      if (g_strcmp0 (value, other) != 0)
        complain (problems, "%s differs:\n  %s: %s\n  %s: %s", (char *)key, a->name, (char *)value,
                  b->name, other != NULL ? other : "(not there)");
    }
  g_hash_table_iter_init (&iter, right);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (left, key))
      complain (problems, "%s differs:\n  %s: (not there)\n  %s: %s", (char *)key, a->name, b->name,
                (char *)value);
}

void
copy_compare (Copy *self, Copy *other, GPtrArray *problems)
{
  compare_tables (self, self->documents, other, other->documents, problems);
  if (self->app && other->app)
    compare_tables (self, self->shown, other, other->shown, problems);
}

/* ---- notes ---- */

Notes *
notes_read (char **paths)
{
  Notes *self = g_new0 (Notes, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      if (!g_file_get_contents (paths[i], &text, NULL, NULL))
        continue;
      lines = g_strsplit (text, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        {
          g_auto (GStrv) words = g_strsplit (lines[j], "\t", -1);

          if (g_strcmp0 (words[0], "?") == 0)
            g_hash_table_add (self->gone, g_strdup (words[1]));
          else if (words[0] != NULL && words[1] != NULL)
            g_ptr_array_add (self->lines, g_steal_pointer (&words));
        }
    }
  return self;
}

void
notes_free (Notes *self)
{
  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->gone);
  g_free (self);
}

static guint
count_documents_with (Copy *copy, const char *token)
{
  GHashTableIter iter;
  gpointer text;
  guint n = 0;

  g_hash_table_iter_init (&iter, copy->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    n += strstr (text, token) != NULL ? 1 : 0;
  return n;
}

static void
check_edit (Notes *self, Copy *copy, char **words, GPtrArray *problems)
{
  const char *docid = words[1];
  const char *rev = words[2];
  const char *token = words[3];
  g_autofree char *key = g_strdup_printf ("%s %s", docid, rev);
  const char *live = g_hash_table_lookup (copy->tokens, docid);

  if (!g_hash_table_contains (copy->history, key))
    complain (problems, "%s: a confirmed edit is lost: %s %s (%s)", copy->name, docid, rev, token);
  if (g_str_equal (words[4], "end"))
    return;
  if (g_str_equal (words[4], "text") && !g_hash_table_contains (self->gone, docid) &&
      (live == NULL || strstr (live, token) == NULL))
    complain (problems, "%s: what was written is gone: %s in %s", copy->name, token, docid);
  if (count_documents_with (copy, token) > 1)
    complain (problems, "%s: %s is there twice", copy->name, token);
}

void
notes_check (Notes *self, Copy *copy, GPtrArray *problems)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      char **words = self->lines->pdata[i];

      if (g_str_equal (words[0], "!") && !copy->app)
        complain (problems, "%s", words[1]);
      else if (g_str_equal (words[0], "+") && g_strv_length (words) == 5)
        check_edit (self, copy, words, problems);
    }
}
