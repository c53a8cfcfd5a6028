/* fuzz-multipart.c: damaged multipart bodies: nothing crashes, and what is found does not depend on
 * where the pieces are cut. */
#include <gio/gio.h>

#include "iw-multipart.h"
#include "mutate.h"

typedef struct
{
  GString *found;
  gboolean open;
} Log;

static gboolean
on_part (GHashTable *headers, gpointer data, GError **error)
{
  Log *log = data;
  g_autofree char *name = iw_multipart_filename (headers);
  g_autofree char *boundary = iw_multipart_boundary (g_hash_table_lookup (headers, "content-type"));

  g_assert_false (log->open);
  log->open = TRUE;
  g_string_append_printf (log->found, "<%u %s %s>", g_hash_table_size (headers),
                          name != NULL ? name : "", boundary != NULL ? boundary : "");
  return TRUE;
}

static gboolean
on_bytes (const guint8 *bytes, gsize length, gpointer data, GError **error)
{
  Log *log = data;

  g_assert_true (log->open);
  g_string_append_len (log->found, (const char *)bytes, length);
  return TRUE;
}

static gboolean
on_end (gpointer data, GError **error)
{
  Log *log = data;

  g_assert_true (log->open);
  log->open = FALSE;
  return TRUE;
}

/* (transfer full) what was found, then how it ended. */
static GString *
run (GByteArray *input, Mutator *mutator, guint step)
{
  static const IwMultipartFuncs funcs = { on_part, on_bytes, on_end };
  Log log = { g_string_new (NULL), FALSE };
  g_autoptr (IwMultipartReader) reader = iw_multipart_reader_new ("frontier", &funcs, &log);
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;

  for (guint at = 0; ok && at < input->len;)
    {
      guint n = step > 0 ? step : 1 + mutator_below (mutator, 50);
      g_autofree guint8 *piece = NULL;

      n = MIN (n, input->len - at);
      piece = g_memdup2 (input->data + at, n);
      ok = iw_multipart_reader_feed (reader, piece, n, &error);
      at += n;
    }
  ok = ok && iw_multipart_reader_finish (reader, &error);
  g_assert_true (ok == (error == NULL));
  if (!ok && error->code == G_IO_ERROR_INVALID_DATA)
    g_string_truncate (log.found, 0); /* how much came before depends on the pieces */
  g_string_append_printf (log.found, "|%d", ok ? 0 : error->code);
  return log.found;
}

static void
fuzz_multipart (void)
{
  Mutator mutator;
  guint n = 0;

  mutator_init_from (&mutator, "multipart");
  for (; mutator_goes_on (&mutator, n); n++)
    {
      g_autoptr (GByteArray) input = mutator_next (&mutator);
      g_autoptr (GString) whole = run (input, &mutator, 1000000);
      g_autoptr (GString) random = run (input, &mutator, 0);
      g_autoptr (GString) single = run (input, &mutator, 1);

      g_assert_cmpmem (whole->str, whole->len, random->str, random->len);
      g_assert_cmpmem (whole->str, whole->len, single->str, single->len);
    }
  g_test_message ("%u inputs", n);
  mutator_clear (&mutator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fuzz/multipart", fuzz_multipart);
  return g_test_run ();
}
