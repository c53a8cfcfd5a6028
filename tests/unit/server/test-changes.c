/* Rows of _changes as they are read and rendered. */
#include <string.h>

#include "iw-changes.h"
#include "iw-feed.h"
#include "iw-test-support.h"

typedef struct
{
  char *dir;
  IwStore *store;
} Fixture;

static char *
edit (Fixture *f, const char *docid, const char *parent, const char *body, gboolean deleted)
{
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  iw_peer_begin (f->store, &error);
  iw_peer_edit (f->store, docid, parent, body, deleted, NULL, &rev, &error);
  g_assert_no_error (error);
  iw_peer_commit (f->store, &error);
  g_assert_no_error (error);
  return rev;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;

  f->dir = iw_test_make_dir ();
  f->store = iw_store_open (f->dir, IW_STORE_OPEN_PEER, NULL, &error);
  g_assert_no_error (error);
  g_free (edit (f, "a", NULL, "{\"n\":1}", FALSE));
  rev = edit (f, "b", NULL, "{\"n\":2}", FALSE);
  g_free (edit (f, "b", rev, "{}", TRUE));
  g_free (edit (f, "_design/x", NULL, "{}", FALSE));
  g_free (edit (f, "c", NULL, "{\"n\":3}", FALSE));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static IwChangesBatch *
read_rows (Fixture *f, const IwChangesShape *shape, gint64 since, guint limit)
{
  g_autoptr (GError) error = NULL;
  IwChangesBatch *batch = iw_changes_read (f->store, shape, since, limit, 1000000, &error);

  g_assert_no_error (error);
  return batch;
}

/* The ids of its lines, each of which must be JSON of its own. */
static char *
ids (GBytes *lines)
{
  g_autofree char *text = lines != NULL
                              ? g_strndup (g_bytes_get_data (lines, NULL), g_bytes_get_size (lines))
                              : g_strdup ("");
  g_auto (GStrv) split = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (char **line = split; *line != NULL && **line != '\0'; line++)
    {
      yyjson_doc *json = yyjson_read (*line, strlen (*line), 0);

      g_assert_nonnull (json);
      g_string_append_printf (out, "%s ",
                              yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (json), "id")));
      yyjson_doc_free (json);
    }
  return g_string_free_and_steal (out);
}

static void
test_all (Fixture *f, gconstpointer data)
{
  IwChangesShape shape = { FALSE };
  g_autoptr (IwChangesBatch) batch = read_rows (f, &shape, 0, 100);
  g_autofree char *found = ids (batch->text);

  g_assert_cmpstr (found, ==, "a b _design/x c ");
  g_assert_false (batch->more);
  g_assert_cmpint (batch->to, ==, iw_store_get_seq (f->store));
  g_assert_cmpint (batch->pending, ==, 0);
  g_assert_nonnull (strstr (g_bytes_get_data (batch->text, NULL), "],\"deleted\":true}\n"));
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  IwChangesShape shape = { FALSE };
  g_autoptr (IwChangesBatch) first = read_rows (f, &shape, 0, 3);
  g_autoptr (IwChangesBatch) rest = read_rows (f, &shape, first->to, 3);
  g_autoptr (IwChangesBatch) now = read_rows (f, &shape, G_MAXINT64, 3);
  g_autofree char *found = ids (first->text);
  g_autofree char *left = ids (rest->text);

  g_assert_true (first->more);
  g_assert_cmpint (first->pending, ==, 1);
  g_assert_cmpstr (found, ==, "a b _design/x ");
  g_assert_cmpstr (left, ==, "c ");
  g_assert_false (rest->more);
  g_assert_cmpint (now->from, ==, rest->to);
  g_assert_cmpuint (now->rows->len, ==, 0);
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) docids = g_hash_table_new (g_str_hash, g_str_equal);
  yyjson_doc *json = yyjson_read ("{\"n\":{\"$gt\":1}}", 15, 0);
  IwChangesShape by_id = { .docids = docids };
  IwChangesShape by_selector = { .selector = yyjson_doc_get_root (json) };
  IwChangesShape design = { .design = TRUE };
  const IwChangesShape *shapes[] = { &by_id, &by_selector, &design };
  static const char *const expected[] = { "a ", "c ", "_design/x " };

  g_hash_table_add (docids, (gpointer) "a");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (IwChangesBatch) batch = read_rows (f, shapes[i], 0, 100);
      g_autofree char *found = ids (batch->text);

      g_assert_cmpstr (found, ==, expected[i]);
      g_assert_cmpint (batch->to, ==, iw_store_get_seq (f->store)); /* as far as was looked */
      g_assert_false (iw_changes_shape_is_shared (shapes[i]));
    }
  yyjson_doc_free (json);
}

/* Documents that are read after the walk land in their rows. */
static void
test_gathered (Fixture *f, gconstpointer data)
{
  IwChangesShape plain = { .include_docs = TRUE, .all_leaves = TRUE };
  IwChangesShape gathered = {
    .include_docs = TRUE, .all_leaves = TRUE, .conflicts = TRUE, .attachments = TRUE
  };
  g_autoptr (IwChangesBatch) a = read_rows (f, &plain, 0, 100);
  g_autoptr (IwChangesBatch) b = read_rows (f, &gathered, 0, 100);

  g_assert_cmpuint (a->rows->len, ==, b->rows->len);
  g_assert_cmpmem (g_bytes_get_data (a->text, NULL), g_bytes_get_size (a->text),
                   g_bytes_get_data (b->text, NULL), g_bytes_get_size (b->text));
  for (guint i = 0; i < a->rows->len; i++)
    g_assert_cmpuint (g_array_index (a->rows, IwChangesRow, i).end, ==,
                      g_array_index (b->rows, IwChangesRow, i).end);
}

static void
test_slice (Fixture *f, gconstpointer data)
{
  IwChangesShape shape = { .include_docs = TRUE };
  g_autoptr (IwChangesBatch) batch = read_rows (f, &shape, 0, 100);
  gint64 second = g_array_index (batch->rows, IwChangesRow, 1).seq;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) tail = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autofree char *of_tail = NULL;
  g_autofree char *of_one = NULL;
  guint n;
  gint64 last;

  whole = iw_changes_batch_slice (batch, 0, 100, &n, &last);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (last, ==, batch->to);
  g_assert_true (g_bytes_equal (whole, batch->text));
  tail = iw_changes_batch_slice (batch, second, 100, &n, &last);
  of_tail = ids (tail);
  g_assert_cmpstr (of_tail, ==, "_design/x c ");
  one = iw_changes_batch_slice (batch, second - 1, 1, &n, &last);
  of_one = ids (one);
  g_assert_cmpstr (of_one, ==, "b ");
  g_assert_cmpint (last, ==, second);
  g_assert_null (iw_changes_batch_slice (batch, batch->to, 100, &n, &last));
}

static void
test_render (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) lines =
      g_bytes_new_static ("{\"seq\":\"1-x\",\"id\":\"a\"}\n{\"seq\":\"2-x\",\"id\":\"b\"}\n", 46);
  g_autoptr (GBytes) longpoll = iw_feed_render_longpoll (lines, 2, 0, "0123456789");
  g_autoptr (GBytes) nothing = iw_feed_render_longpoll (NULL, 2, 0, "0123456789");
  g_autoptr (GBytes) events = iw_feed_render_events (lines);
  g_autoptr (GBytes) end = iw_feed_render_end (2, 3, "0123456789");

#define EQUALS(bytes, text)                                                                        \
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text))
  EQUALS (longpoll,
          "{\"results\":[\n{\"seq\":\"1-x\",\"id\":\"a\"},\n{\"seq\":\"2-x\",\"id\":\"b\"}\n],\n"
          "\"last_seq\":\"2-01234567\",\"pending\":0}\n");
  EQUALS (nothing, "{\"results\":[\n],\n\"last_seq\":\"2-01234567\",\"pending\":0}\n");
  EQUALS (events, "data: {\"seq\":\"1-x\",\"id\":\"a\"}\nid: \"1-x\"\n\ndata: "
                  "{\"seq\":\"2-x\",\"id\":\"b\"}\nid: \"2-x\"\n\n");
  EQUALS (end, "{\"last_seq\":\"2-01234567\",\"pending\":3}\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/server/changes/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/server/changes/limit", Fixture, NULL, set_up, test_limit, tear_down);
  g_test_add ("/server/changes/filters", Fixture, NULL, set_up, test_filters, tear_down);
  g_test_add ("/server/changes/gathered", Fixture, NULL, set_up, test_gathered, tear_down);
  g_test_add ("/server/changes/slice", Fixture, NULL, set_up, test_slice, tear_down);
  g_test_add ("/server/changes/render", Fixture, NULL, set_up, test_render, tear_down);
  return g_test_run ();
}
