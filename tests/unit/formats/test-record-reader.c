/* test-record-reader.c: records of tables and of JSON, good and hostile */
#include "formats-fixture.h"
#include "iw-timeline-import.h"

typedef struct
{
  char *dir;
  char *path;
  IwMapping *mapping;
  IwRecordReader *reader;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->reader, iw_record_reader_free);
  g_clear_pointer (&f->mapping, iw_mapping_free);
  g_free (f->path);
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static void
open_bytes (Fixture *f, IwFormat format, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->reader, iw_record_reader_free);
  g_clear_pointer (&f->mapping, iw_mapping_free);
  g_free (f->path);
  f->path = fixture_file (f->dir, "in", bytes, length);
  f->mapping = iw_mapping_new (format);
  f->reader = iw_record_reader_open (f->path, f->mapping, &error);
  g_assert_no_error (error);
}

static const IwRecord *
next (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  const IwRecord *record = NULL;

  if (!iw_record_reader_next (f->reader, &record, &error))
    record = NULL;
  g_assert_no_error (error);
  return record;
}

#define assert_end(f) g_assert_null (next (f))

/* ---- tables ---- */

static void
test_quotes (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV,
              "a,b,c\r\n"
              "1,\"two, and\",3\r\n"
              "\"line\r\nbreak\n\",\"say \"\"hi\"\"\",\"\"\r\n"
              "mid\"dle,\"\"\"q\"\"\",x\n"
              "last,2,\"3\"",
              -1);
  r = next (f);
  g_assert_null (r->problem);
  g_assert_cmpint (r->row, ==, 1);
  g_assert_cmpint (r->line, ==, 2);
  g_assert_cmpint (r->offset, ==, 7);
  g_assert_cmpint (r->length, ==, 14);
  assert_field (r, 1, "two, and");
  r = next (f);
  g_assert_cmpint (r->line, ==, 3);
  assert_field (r, 0, "line\r\nbreak\n");
  assert_field (r, 1, "say \"hi\"");
  assert_field (r, 2, "");
  r = next (f);
  g_assert_cmpint (r->line, ==, 6);
  assert_field (r, 0, "mid\"dle");
  assert_field (r, 1, "\"q\"");
  r = next (f);
  g_assert_cmpint (r->row, ==, 4);
  assert_field (r, 2, "3");
  assert_end (f);
}

/* DFIR-IRIS does not double the quotes within its fields. */
static void
test_quotes_not_doubled (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "a,b\n\"he said \"hello\" there\",\"x\"\n", -1);
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, 0, "he said \"hello\" there");
  assert_field (r, 1, "x");
  assert_end (f);
}

static void
test_unclosed_quote (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "a,b\n1,\"never closed\n2,good\n3,\"again\n4,fine\n", -1);
  r = next (f);
  g_assert_cmpstr (r->problem, ==, "A quote is opened that is never closed.");
  g_assert_cmpint (r->line, ==, 2);
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, 1, "good");
  g_assert_nonnull (next (f)->problem);
  r = next (f);
  g_assert_cmpint (r->line, ==, 5);
  assert_field (r, 1, "fine");
  assert_end (f);
}

static void
test_wrong_number_of_columns (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "a,b\n1,2,3\n1,2,,\n1\n", -1);
  r = next (f);
  g_assert_nonnull (strstr (r->problem, "3 columns where the header has 2"));
  r = next (f);
  g_assert_null (r->problem);
  g_assert_cmpuint (r->n_fields, ==, 2);
  r = next (f);
  g_assert_cmpstr (r->problem, ==, "The row has 1 of 2 columns.");
  assert_end (f);
}

static void
test_preamble (Fixture *f, gconstpointer data)
{
  const struct
  {
    const char *text;
    gint64 lines;
    const char *first;
  } cases[] = {
    { "# export of fw01\n# by ops, 2026\ntime,host,message\n1,2,3\n", 2, "time" },
    { "Firewall report\n\ntime,host,message\n1,2,3\n4,5,6\n", 2, "time" },
    { "# one\n\ntime,message\n1,2\n", 2, "time" },
    /* not above a table: the header itself, one column, text with commas */
    { "#time,host,message\n1,2,3\n", 0, "#time" },
    { "# by ops\n#time,host,message\n1,2,3\n", 1, "#time" },
    { "message\nfoo\nbar, and, so on\n", 0, "message" },
    { "message\nfoo, bar\n", 0, "message" },
    { "# nothing\n", 0, "# nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      open_bytes (f, IW_FORMAT_GENERIC_CSV, cases[i].text, -1);
      g_assert_cmpint (iw_record_reader_get_preamble (f->reader), ==, cases[i].lines);
      g_assert_cmpstr (iw_record_reader_get_columns (f->reader, NULL)[0], ==, cases[i].first);
    }
  open_bytes (f, IW_FORMAT_GENERIC_CSV, cases[0].text, -1);
  g_assert_cmpint (next (f)->line, ==, 4);
}

static void
test_bad_bytes (Fixture *f, gconstpointer data)
{
  static const char bytes[] = "a,b\n1,\xff\n2,z\0z\n3,\xc3\xa9\n";
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, bytes, sizeof bytes - 1);
  r = next (f);
  g_assert_nonnull (strstr (r->problem, "Byte 3 of the row is not valid UTF-8"));
  r = next (f);
  g_assert_nonnull (strstr (r->problem, "Byte 4 of the row is zero"));
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, 1, "é");
  assert_end (f);
}

static void
test_header_names (Fixture *f, gconstpointer data)
{
  const char *const *columns;
  guint n;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "\xef\xbb\xbfsep=;\r\nx,x,,\" x \",x_2\n1,2,3,4,5\n", -1);
  columns = iw_record_reader_get_columns (f->reader, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpstr (columns[0], ==, "x");
  g_assert_cmpstr (columns[1], ==, "x_2");
  g_assert_cmpstr (columns[2], ==, "column_3");
  g_assert_cmpstr (columns[3], ==, "x_3");
  g_assert_cmpstr (columns[4], ==, "x_2_2");
  g_assert_null (columns[5]);
  g_assert_cmpint (iw_record_reader_find_column (f->reader, "x_3"), ==, 3);
  g_assert_cmpint (iw_record_reader_find_column (f->reader, "y"), ==, -1);
  g_assert_cmpint (next (f)->line, ==, 3);
}

static void
test_no_header (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "1,2\n3,4\n", -1);
  iw_mapping_set_header (f->mapping, FALSE);
  iw_record_reader_free (f->reader);
  f->reader = iw_record_reader_open (f->path, f->mapping, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_record_reader_get_columns (f->reader, NULL)[1], ==, "column_2");
  r = next (f);
  g_assert_cmpint (r->row, ==, 1);
  g_assert_cmpint (r->line, ==, 1);
  assert_field (r, 0, "1");
  g_assert_cmpint (next (f)->row, ==, 2);
  assert_end (f);

  /* Blank lines before the first record may fill the buffer and be gone from it. */
  g_clear_pointer (&f->reader, iw_record_reader_free);
  {
    g_autofree char *blank = g_strnfill (1500000, '\n');
    g_autofree char *text = g_strconcat (blank, "1,2", NULL);
    g_autofree char *path = fixture_file (f->dir, "blank", text, -1);

    f->reader = iw_record_reader_open (path, f->mapping, &error);
    g_assert_no_error (error);
    r = next (f);
    g_assert_cmpint (r->line, ==, 1500001);
    assert_field (r, 1, "2");
    assert_end (f);
  }
}

/* TLN does not quote, and its last field holds what has a bar in it. */
static void
test_tln (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_PLASO_TLN,
              "Time|Source|Host|User|Description\n1|\"LOG|h|u|a \"quote | and a bar\n", -1);
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, 1, "\"LOG");
  assert_field (r, 4, "a \"quote | and a bar");
  assert_end (f);
}

static void
test_blank_lines (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "a,b\n\n \r\n1,2\n\n\n", -1);
  r = next (f);
  g_assert_cmpint (r->row, ==, 1);
  g_assert_cmpint (r->line, ==, 4);
  assert_end (f);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_file (f->dir, "empty", "\n\n", -1);

  f->mapping = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  g_assert_null (iw_record_reader_open (path, f->mapping, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY);
}

/* A line of 20 MiB is refused; what stands before and behind it is read. */
static void
test_long_line (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,x\n2,");
  const IwRecord *r;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *mib = g_strnfill (1024 * 1024, 'z');

      g_string_append (text, mib);
    }
  g_string_append (text, "\n3,y\n");
  open_bytes (f, IW_FORMAT_GENERIC_CSV, text->str, text->len);
  assert_field (next (f), 1, "x");
  r = next (f);
  g_assert_nonnull (strstr (r->problem, "longer than"));
  g_assert_cmpint (r->length, ==, 20 * 1024 * 1024 + 2);
  g_assert_cmpint (r->raw_length, <=, 4096);
  r = next (f);
  g_assert_null (r->problem);
  g_assert_cmpint (r->line, ==, 4);
  assert_field (r, 1, "y");
  assert_end (f);
}

/* An unclosed quote at the front of a big file must not make each line search all of it. */
static void
test_many_open_quotes (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a\n");
  guint n = 0;

  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "\"open and a good deal of text behind it, so that it takes long\n");
  open_bytes (f, IW_FORMAT_GENERIC_CSV, text->str, text->len);
  while (next (f) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 300000);
}

static void
test_many_columns (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autoptr (GError) error = NULL;
  const IwRecord *r;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, ",b");
  f->path = fixture_file (f->dir, "wide", text->str, -1);
  f->mapping = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  g_assert_null (iw_record_reader_open (f->path, f->mapping, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
  g_clear_error (&error);

  g_string_prepend (text, "h\n");
  open_bytes (f, IW_FORMAT_GENERIC_CSV, text->str, -1);
  r = next (f);
  g_assert_nonnull (strstr (r->problem, "more than 10000 columns"));
  assert_end (f);
}

static void
test_read_at (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "a,b\n1,\"x\"\"y\"\n2,\"l\nm\"\n", -1);
  g_assert_true (iw_record_reader_read_at (f->reader, 2, 13, 7, &r, &error));
  g_assert_no_error (error);
  g_assert_cmpint (r->row, ==, 2);
  assert_field (r, 1, "l\nm");
  g_assert_true (iw_record_reader_read_at (f->reader, 1, 4, 8, &r, &error));
  assert_field (r, 1, "x\"y");
  assert_field (next (f), 1, "x\"y");
  g_assert_false (iw_record_reader_read_at (f->reader, 9, 13, 900, &r, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_false (iw_record_reader_read_at (f->reader, 9, -5, 9, &r, &error));
  g_assert_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE);
}

/* Records that lie across the ends of the buffer come out whole. */
static void
test_across_buffers (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("n,text\r\n");
  const IwRecord *r;
  guint n = 0;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "%u,\"some text with \"\"quotes\"\" and\r\na line break %u\"\r\n",
                            i, i);
  g_assert_cmpuint (text->len, >, 3 * 1024 * 1024);
  open_bytes (f, IW_FORMAT_GENERIC_CSV, text->str, -1);
  while ((r = next (f)) != NULL)
    {
      g_autofree char *number = g_strdup_printf ("%u", n);
      g_autofree char *value =
          g_strdup_printf ("some text with \"quotes\" and\r\na line break %u", n);

      assert_field (r, 0, number);
      assert_field (r, 1, value);
      g_assert_cmpint (r->line, ==, 2 + 2 * n);
      n++;
    }
  g_assert_cmpuint (n, ==, 60000);
}

/* Names are cut, and differ nonetheless. */
static void
test_long_names (Fixture *f, gconstpointer data)
{
  g_autofree char *name = g_strnfill (100000, 'n');
  g_autofree char *text = g_strdup_printf ("%s,%s\n1,2\n", name, name);
  g_autofree char *json = g_strdup_printf ("{\"%s\": 1}\n{\"a\": {\"b\": 2}}\n", name);
  const char *const *columns;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, text, -1);
  columns = iw_record_reader_get_columns (f->reader, NULL);
  g_assert_cmpuint (strlen (columns[0]), ==, IW_RECORD_MAX_NAME);
  g_assert_cmpuint (strlen (columns[1]), ==, IW_RECORD_MAX_NAME + 2);
  open_bytes (f, IW_FORMAT_GENERIC_JSONL, json, -1);
  g_assert_nonnull (strstr (next (f)->problem, "a name is too long"));
  g_assert_null (next (f)->problem);
  assert_end (f);
}

/* A quote that is found open later does not spoil what was read before it. */
static void
test_read_at_before_open_quote (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_CSV, "a,b\n1,\"x\"\n2,y\r\r\n3,\"open\n", -1);
  while (next (f) != NULL)
    ;
  g_assert_true (iw_record_reader_read_at (f->reader, 1, 4, 5, &r, &error));
  g_assert_null (r->problem);
  assert_field (r, 1, "x");
  g_assert_true (iw_record_reader_read_at (f->reader, 2, 10, 4, &r, &error));
  assert_field (r, 1, "y\r");
}

/* ---- JSON ---- */

static void
test_json_lines (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (
      f, IW_FORMAT_GENERIC_JSONL,
      "{\"a\": \"x\\n\\u00e9\\ud83d\\ude00\\\"\", \"n\": 12345678901234567890.10, \"o\": {\"p\": "
      "{\"q\": true}, \"r\": [1, {\"s\": null}]}, \"e\": {}}\n"
      "\n"
      "{\"n\": null, \"new\": \"y\", \"a\": \"1\", \"a\": \"2\", \"\": \"0\"}\r\n",
      -1);
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, iw_record_reader_find_column (f->reader, "a"), "x\né😀\"");
  assert_field (r, iw_record_reader_find_column (f->reader, "n"), "12345678901234567890.10");
  assert_field (r, iw_record_reader_find_column (f->reader, "o.p.q"), "true");
  assert_field (r, iw_record_reader_find_column (f->reader, "o.r"), "[1, {\"s\": null}]");
  assert_field (r, iw_record_reader_find_column (f->reader, "e"), "{}");
  g_assert_cmpint (iw_record_reader_find_column (f->reader, "new"), ==, -1);
  r = next (f);
  g_assert_null (r->problem);
  g_assert_cmpint (r->line, ==, 3);
  assert_field (r, iw_record_reader_find_column (f->reader, "n"), "");
  assert_field (r, iw_record_reader_find_column (f->reader, "new"), "y");
  assert_field (r, iw_record_reader_find_column (f->reader, "a"), "1");
  assert_field (r, iw_record_reader_find_column (f->reader, "a_2"), "2");
  assert_field (r, iw_record_reader_find_column (f->reader, "o.p.q"), "(none)");
  assert_end (f);
}

static void
test_json_bad (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = {
    "{\"a\": }",          "{\"a\" 1}",      "{\"a\": \"x}",       "{\"a\": 1,}", "{a: 1}",
    "{\"a\": 1} more",    "{\"a\": tru}",   "{\"a\": \"\\x\"}",   "[1, 2]",      "plain text",
    "{\"a\": \"\\u12\"}", "{\"a\": [1 2]}", "{\"a\": {\"b\": 1}", "{",           "\"{}\"",
    "{\"a\": \"\\",
  };
  g_autoptr (GString) text = g_string_new ("{\"a\": 0}\n");
  const IwRecord *r;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_string_append_printf (text, "%s\n", bad[i]);
  g_string_append (text, "{\"a\": 9}");
  open_bytes (f, IW_FORMAT_GENERIC_JSONL, text->str, -1);
  g_assert_null (next (f)->problem);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      r = next (f);
      g_assert_nonnull (r);
      if (r->problem == NULL)
        g_error ("accepted: %s", bad[i]);
      g_assert_true (g_str_has_prefix (r->problem, "Not valid JSON"));
      g_assert_cmpuint (r->n_fields, ==, 0);
    }
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, 0, "9");
  assert_end (f);
}

static void
test_json_deep (Fixture *f, gconstpointer data)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *close = g_strnfill (100000, ']');
  g_autoptr (GString) objects = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (objects, "{\"a\":");
  text = g_strdup_printf ("{\"a\": %s%s}\n%s\n{\"a\": [[[1]]]}\n", open, close, objects->str);
  open_bytes (f, IW_FORMAT_GENERIC_JSONL, text, -1);
  g_assert_nonnull (strstr (next (f)->problem, "nested too deeply"));
  g_assert_nonnull (strstr (next (f)->problem, "nested too deeply"));
  g_assert_null (next (f)->problem);
  assert_end (f);
}

static void
test_json_many_columns (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint good = 0, refused = 0;
  const IwRecord *r;

  for (guint i = 0; i < 11000; i++)
    g_string_append_printf (text, "{\"k%u\": 1}\n", i);
  open_bytes (f, IW_FORMAT_GENERIC_JSONL, text->str, -1);
  while ((r = next (f)) != NULL)
    {
      if (r->problem == NULL)
        good++;
      else
        refused++;
    }
  g_assert_cmpuint (good, ==, IW_RECORD_MAX_COLUMNS);
  g_assert_cmpuint (refused, ==, 1000);
}

static void
test_json_event_document (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const IwRecord *r;
  gint64 offset, length;

  open_bytes (f, IW_FORMAT_PLASO_JSON,
              "{\"event_0\": {\"m\": \"a } \\\" {\", \"t\": 1}\n, \"event_1\": {\"m\": \"b\"}\n,\n"
              "\"event_2\": {\"m\": {\"x\": 1}}}\n",
              -1);
  r = next (f);
  g_assert_null (r->problem);
  assert_field (r, 0, "a } \" {");
  g_assert_cmpint (r->line, ==, 1);
  g_assert_cmpint (r->offset, ==, 12);
  r = next (f);
  g_assert_cmpint (r->line, ==, 2);
  assert_field (r, 0, "b");
  offset = r->offset;
  length = r->length;
  r = next (f);
  g_assert_cmpint (r->line, ==, 4);
  assert_field (r, iw_record_reader_find_column (f->reader, "m.x"), "1");
  assert_end (f);
  g_assert_true (iw_record_reader_read_at (f->reader, 2, offset, length, &r, &error));
  assert_field (r, 0, "b");
  assert_field (r, iw_record_reader_find_column (f->reader, "m.x"), "(none)");
}

static void
test_json_array (Fixture *f, gconstpointer data)
{
  const IwRecord *r;

  open_bytes (f, IW_FORMAT_GENERIC_JSONL,
              "[\n  {\n    \"a\": 1\n  },\n  {\"a\": 2},\n  3,\n  {\"a\": 4}\n]\n", -1);
  r = next (f);
  g_assert_cmpint (r->line, ==, 2);
  assert_field (r, 0, "1");
  assert_field (next (f), 0, "2");
  r = next (f);
  g_assert_nonnull (r->problem);
  g_assert_cmpint (r->line, ==, 6);
  assert_field (next (f), 0, "4");
  assert_end (f);
}

static void
test_json_document_cut (Fixture *f, gconstpointer data)
{
  open_bytes (f, IW_FORMAT_PLASO_JSON, "{\"event_0\": {\"m\": 1}\n, \"event_1\": {\"m\": \"b", -1);
  g_assert_null (next (f)->problem);
  g_assert_nonnull (next (f)->problem);
  assert_end (f);
}

#define add(name, func) g_test_add ("/record-reader/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("quotes", test_quotes);
  add ("quotes-not-doubled", test_quotes_not_doubled);
  add ("unclosed-quote", test_unclosed_quote);
  add ("wrong-number-of-columns", test_wrong_number_of_columns);
  add ("preamble", test_preamble);
  add ("bad-bytes", test_bad_bytes);
  add ("header-names", test_header_names);
  add ("no-header", test_no_header);
  add ("tln", test_tln);
  add ("blank-lines", test_blank_lines);
  add ("empty", test_empty);
  add ("long-line", test_long_line);
  add ("many-open-quotes", test_many_open_quotes);
  add ("many-columns", test_many_columns);
  add ("read-at", test_read_at);
  add ("long-names", test_long_names);
  add ("read-at-before-open-quote", test_read_at_before_open_quote);
  add ("across-buffers", test_across_buffers);
  add ("json/lines", test_json_lines);
  add ("json/bad", test_json_bad);
  add ("json/deep", test_json_deep);
  add ("json/many-columns", test_json_many_columns);
  add ("json/event-document", test_json_event_document);
  add ("json/array", test_json_array);
  add ("json/document-cut", test_json_document_cut);
  return g_test_run ();
}
