#include "iw-customers-import.h"

#include <glib/gstdio.h>
#include <string.h>

#include "iw-timeline-import.h"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("customers-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "in.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *staging = g_build_filename (fixture->dir, "staging", NULL);
  g_autoptr (GDir) left = g_dir_open (staging, 0, NULL);

  /* Nothing of the copies stays. */
  g_assert_null (left != NULL ? g_dir_read_name (left) : NULL);
  g_unlink (fixture->path);
  g_rmdir (staging);
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static IwCustomersImport *
open_text (Fixture *fixture, const char *text, gssize length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  g_assert_true (g_file_set_contents (fixture->path, text, length, NULL));
  return iw_customers_import_open (file, fixture->dir, NULL, NULL, NULL, error);
}

static IwCustomersImport *
open_good (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  IwCustomersImport *import = open_text (fixture, text, -1, &error);

  g_assert_no_error (error);
  return import;
}

static const IwCustomerRow *
read_row (IwCustomersImport *import, guint index)
{
  GPtrArray *rows;
  g_autoptr (GError) error = NULL;

  g_assert_true (iw_customers_import_read (import, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  rows = iw_customers_import_get_rows (import);
  g_assert_cmpuint (index, <, rows->len);
  return rows->pdata[index];
}

static void
test_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwCustomersImport) import =
      open_good (fixture, "Tenant Name,Region,E-Mail Address,Admin Contact,Telephone\n"
                          "\"Contoso, Ltd\",US,ada@contoso.example,Ada Stone,+1 555 0100\n"
                          "Fabrikam,EU,,,\n");
  const IwCustomerRow *row;

  g_assert_true (iw_customers_import_get_header (import));
  g_assert_cmpint (iw_customers_import_get_column (import, IW_CUSTOMER_NAME), ==, 0);
  g_assert_cmpint (iw_customers_import_get_column (import, IW_CUSTOMER_MAIL), ==, 2);
  g_assert_cmpint (iw_customers_import_get_column (import, IW_CUSTOMER_CONTACT), ==, 3);
  g_assert_cmpint (iw_customers_import_get_column (import, IW_CUSTOMER_PHONE), ==, 4);
  g_assert_cmpint (iw_customers_import_get_column (import, IW_CUSTOMER_NOTE), ==, -1);
  g_assert_cmpuint (iw_customers_import_get_preview (import)->len, ==, 2);
  row = read_row (import, 0);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_NAME], ==, "Contoso, Ltd");
  g_assert_cmpstr (row->fields[IW_CUSTOMER_PHONE], ==, "+1 555 0100");
  g_assert_null (read_row (import, 1)->problem);
}

static void
test_no_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwCustomersImport) import = open_good (
      fixture, "ada@contoso.example;Contoso;0100 555 12\nbob@fabrikam.example;Fabrikam;\n");
  const IwCustomerRow *row;

  g_assert_false (iw_customers_import_get_header (import));
  row = read_row (import, 0);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_NAME], ==, "Contoso");
  g_assert_cmpstr (row->fields[IW_CUSTOMER_MAIL], ==, "ada@contoso.example");
  g_assert_cmpstr (row->fields[IW_CUSTOMER_PHONE], ==, "0100 555 12");
  g_assert_cmpuint (iw_customers_import_get_rows (import)->len, ==, 2);
}

static void
test_mapping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwCustomersImport) import = open_good (fixture, "a,b,c\nx,Contoso,y\n");
  g_autoptr (GError) error = NULL;

  iw_customers_import_set_column (import, IW_CUSTOMER_NAME, 1);
  iw_customers_import_set_column (import, IW_CUSTOMER_NOTE, 0);
  g_assert_cmpstr (read_row (import, 0)->fields[IW_CUSTOMER_NAME], ==, "Contoso");
  g_assert_cmpstr (read_row (import, 0)->fields[IW_CUSTOMER_NOTE], ==, "x");
  /* One column is that of one field. */
  iw_customers_import_set_column (import, IW_CUSTOMER_CONTACT, 1);
  g_assert_cmpint (iw_customers_import_get_column (import, IW_CUSTOMER_NAME), ==, -1);
  g_assert_false (iw_customers_import_read (import, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING);
  g_assert_cmpuint (iw_customers_import_get_rows (import)->len, ==, 0);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwCustomersImport) import = open_good (fixture, "name,mail,language\n"
                                                             "Contoso,ada@contoso.example,en\n"
                                                             ",b@c.example,\n"
                                                             "Fabrikam,not a mail,\n"
                                                             "Litware,,klingon language\n"
                                                             "Short\n"
                                                             "Contoso,,\n");
  GPtrArray *rows;
  IwCustomersCount count;

  read_row (import, 0);
  rows = iw_customers_import_get_rows (import);
  g_assert_cmpuint (rows->len, ==, 6);
  g_assert_cmpint (((IwCustomerRow *)rows->pdata[1])->problem_field, ==, IW_CUSTOMER_NAME);
  g_assert_cmpint (((IwCustomerRow *)rows->pdata[2])->problem_field, ==, IW_CUSTOMER_MAIL);
  g_assert_cmpint (((IwCustomerRow *)rows->pdata[3])->problem_field, ==, IW_CUSTOMER_LANGUAGE);
  g_assert_cmpint (((IwCustomerRow *)rows->pdata[4])->problem_field, ==, -1);
  g_assert_cmpint (((IwCustomerRow *)rows->pdata[4])->row, ==, 5);
  g_assert_true (((IwCustomerRow *)rows->pdata[5])->known);
  iw_customers_count (rows, &count);
  g_assert_cmpuint (count.n_new, ==, 1);
  g_assert_cmpuint (count.n_known, ==, 1);
  g_assert_cmpuint (count.n_problems, ==, 4);
}

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  static const char latin[] = "name,mail\nM\xfcller,m@example.com\n";
  static const char utf16[] = "\xff\xfen\0a\0m\0e\0\n\0Z\0\xfc\0r\0i\0c\0h\0\n\0";
  g_autoptr (IwCustomersImport) first = open_text (fixture, latin, -1, NULL);
  g_autoptr (IwCustomersImport) second = open_text (fixture, utf16, sizeof utf16 - 1, NULL);

  g_assert_nonnull (first);
  g_assert_cmpstr (read_row (first, 0)->fields[IW_CUSTOMER_NAME], ==, "Müller");
  g_assert_nonnull (second);
  g_assert_cmpstr (read_row (second, 0)->fields[IW_CUSTOMER_NAME], ==, "Zürich");
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwCustomersImport) import = open_good (
      fixture,
      "{\"name\":\"Contoso\",\"contact\":{\"mail\":\"a@b.example\"}}\n{\"name\":\"Fabrikam\"}\n");

  g_assert_true (iw_customers_import_get_header (import));
  g_assert_cmpstr (read_row (import, 0)->fields[IW_CUSTOMER_NAME], ==, "Contoso");
  g_assert_cmpstr (read_row (import, 0)->fields[IW_CUSTOMER_MAIL], ==, "a@b.example");
  g_assert_cmpstr (read_row (import, 1)->fields[IW_CUSTOMER_NAME], ==, "Fabrikam");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gssize length;
  } files[] = { { "", 0 },
                { "\x7f"
                  "ELF\0\0\0\0\1\2\3",
                  11 },
                { "\x1f\x8b\x08\x00garbage", 11 },
                { "\1\2\3\4\5\6\7\1\2\3\4\5", 12 } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IwCustomersImport) import =
          open_text (fixture, files[i].bytes, files[i].length, &error);

      g_assert_null (import);
      g_assert_nonnull (error);
      g_assert_true (error->domain == IW_IMPORT_ERROR || error->domain == G_IO_ERROR);
    }
}

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("name\n");
  g_autoptr (IwCustomersImport) import = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= IW_CUSTOMERS_MAX; i++)
    g_string_append_printf (text, "c%u\n", i);
  import = open_good (fixture, text->str);
  g_assert_false (iw_customers_import_read (import, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_TOO_MANY);
}

/* A bomb: small as it comes, larger than any list when it is inflated. */
static void
test_inflated_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char *block = g_malloc (1024 * 1024);
  g_autoptr (IwCustomersImport) import = NULL;
  g_autoptr (GError) error = NULL;

  memset (block, 'a', 1024 * 1024);
  for (guint i = 0; i <= IW_CUSTOMERS_MAX_FILE / (1024 * 1024); i++)
    g_assert_true (g_output_stream_write_all (out, block, 1024 * 1024, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  import = open_text (
      fixture, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
      (gssize)g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)), &error);
  g_assert_null (import);
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_TOO_MANY);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (IwCustomersImport) import = open_good (fixture, "name\nContoso\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (iw_customers_import_read (import, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whatever stands in a table, each row is a customer, or says why it is none. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 150; i++)
    {
      g_autoptr (GString) text = g_string_new ("name,mail,phone\n");
      g_autoptr (IwCustomersImport) import = NULL;
      GPtrArray *rows;

      for (guint n = g_rand_int_range (random, 1, 300); n > 0; n--)
        g_string_append_c (text, (char)(g_rand_boolean (random)
                                            ? "\",;\t\r\n<>@+ a"[g_rand_int_range (random, 0, 12)]
                                            : g_rand_int_range (random, 1, 256)));
      import = open_text (fixture, text->str, (gssize)text->len, NULL);
      if (import == NULL)
        continue;
      if (iw_customers_import_get_column (import, IW_CUSTOMER_NAME) < 0)
        iw_customers_import_set_column (import, IW_CUSTOMER_NAME, 0);
      if (!iw_customers_import_read (import, NULL, NULL, NULL, NULL, NULL))
        continue;
      rows = iw_customers_import_get_rows (import);
      for (guint r = 0; r < rows->len; r++)
        {
          const IwCustomerRow *row = rows->pdata[r];

          g_assert_true (row->problem != NULL || *row->fields[IW_CUSTOMER_NAME] != '\0');
          g_assert_true (g_utf8_validate (row->fields[IW_CUSTOMER_NAME], -1, NULL));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/customers-import/header", test_header);
  ADD ("/customers-import/no-header", test_no_header);
  ADD ("/customers-import/mapping", test_mapping);
  ADD ("/customers-import/problems", test_problems);
  ADD ("/customers-import/encodings", test_encodings);
  ADD ("/customers-import/json", test_json);
  ADD ("/customers-import/refused", test_refused);
  ADD ("/customers-import/too-many", test_too_many);
  ADD ("/customers-import/inflated-too-large", test_inflated_too_large);
  ADD ("/customers-import/cancelled", test_cancelled);
  ADD ("/customers-import/hostile", test_hostile);
  return g_test_run ();
}
