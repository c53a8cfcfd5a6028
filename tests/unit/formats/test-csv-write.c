/* test-csv-write.c: what is written reads back as it was */
#include "formats-fixture.h"
#include "iw-csv-write.h"

static void
test_quoting (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  iw_csv_append (out, "plain", TRUE);
  iw_csv_append (out, "", FALSE);
  iw_csv_append (out, NULL, FALSE);
  iw_csv_append (out, "a,b", FALSE);
  iw_csv_append (out, "say \"hi\"", FALSE);
  iw_csv_append (out, "two\r\nlines", FALSE);
  iw_csv_append (out, " space ", FALSE);
  iw_csv_append (out, "=1+1", FALSE);
  iw_csv_end (out);
  g_assert_cmpstr (out->str, ==,
                   "plain,,,\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\" space \",=1+1\r\n");
}

/* Random cells of awkward characters survive the round trip. */
static void
test_round_trip (void)
{
  static const char alphabet[] = "ab \",;|\t\r\n'\\=";
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (IwMapping) mapping = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  g_autoptr (IwRecordReader) reader = NULL;
  g_autoptr (GString) out = g_string_new ("a,b,c\r\n");
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const IwRecord *record;
  guint n = 0;

  for (guint i = 0; i < 3 * 2000; i++)
    {
      char cell[12] = "x"; /* a row of blanks alone would be a blank line */
      guint length = g_rand_int_range (random, i % 3 == 0 ? 1 : 0, 10);

      for (guint j = i % 3 == 0 ? 1 : 0; j < length; j++)
        cell[j] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
      cell[length] = '\0';
      iw_csv_append (out, cell, i % 3 == 0);
      if (i % 3 == 2)
        iw_csv_end (out);
      g_ptr_array_add (cells, g_strdup (cell));
    }
  path = fixture_file (dir, "in", out->str, out->len);
  reader = iw_record_reader_open (path, mapping, &error);
  g_assert_no_error (error);
  while (iw_record_reader_next (reader, &record, &error))
    {
      g_assert_null (record->problem);
      for (guint i = 0; i < 3; i++)
        assert_field (record, i, g_ptr_array_index (cells, 3 * n + i));
      n++;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2000);
  iw_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/csv-write/quoting", test_quoting);
  g_test_add_func ("/csv-write/round-trip", test_round_trip);
  return g_test_run ();
}
