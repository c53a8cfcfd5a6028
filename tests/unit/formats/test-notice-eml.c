#include <glib/gstdio.h>
#include <gmime/gmime.h>
#include <string.h>

#include "iw-evidence-error.h"
#include "iw-notice-eml.h"
#include "iw-test-support.h"

#define DATE G_GINT64_CONSTANT (1793675040000000) /* 2026-11-03T03:04:00Z */

static GMimeMessage *
parse (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (data, size);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);

  g_object_unref (parser);
  g_object_unref (stream);
  g_assert_nonnull (message);
  return message;
}

static GPtrArray *
addresses_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_notice_address_free);
}

static char *
body_of (GMimeMessage *message)
{
  char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (g_mime_message_get_mime_part (message)));

  g_strdelimit (text, "\r", ' ');
  return text;
}

static void
test_usable (void)
{
  const char *const good[] = { "a@b", "a.b+c@example.org", "info@müller.example", "用户@例え.jp" };
  const char *const bad[] = {
    "",      "a",       "@b",    "a@",     "a@b@c", "a b@c", "a@b,c@d",        "<a@b>", "a@b>",
    "a@b\n", "a@b;c@d", "a\"@b", "a(x)@b", "a:b@c", "a@b\\", "a@b\r\nBcc:x@y", "\xff@b"
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (iw_notice_address_is_usable (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (iw_notice_address_is_usable (bad[i]));
}

static void
test_parse (void)
{
  g_autoptr (IwNoticeAddress) full = iw_notice_address_parse ("A. Sato < sato@example.org >");
  g_autoptr (IwNoticeAddress) bare = iw_notice_address_parse (" sato@example.org ");

  g_assert_cmpstr (full->name, ==, "A. Sato");
  g_assert_cmpstr (full->mail, ==, "sato@example.org");
  g_assert_cmpstr (bare->name, ==, "");
  g_assert_cmpstr (bare->mail, ==, "sato@example.org");
  g_assert_null (iw_notice_address_parse ("nobody"));
  g_assert_null (iw_notice_address_parse ("<>"));
}

static void
test_one (void)
{
  g_autoptr (IwNoticeLetter) letter =
      iw_notice_letter_new ("Sicherheitsvorfall: Müller & Söhne 認証",
                            "Guten Tag,\n\n## Was geschehen ist\n\n- Größe\n", "de", NULL, NULL);
  g_autoptr (IwNoticeAddress) from = iw_notice_address_new ("M. Ito", "ito@example.org");
  g_autoptr (GPtrArray) to = addresses_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *body = NULL;
  g_autofree char *recipients = NULL;
  GMimeMessage *message;

  g_ptr_array_add (to, iw_notice_address_new ("Jürgen, Berg", "berg@contoso.example"));
  bytes = iw_notice_eml (letter, from, to, NULL, DATE, "id");
  message = parse (bytes);
  g_assert_cmpstr (g_mime_message_get_subject (message), ==, letter->subject);
  recipients = internet_address_list_to_string (g_mime_message_get_to (message), NULL, FALSE);
  g_assert_cmpstr (recipients, ==, "\"Jürgen, Berg\" <berg@contoso.example>");
  g_assert_cmpint (internet_address_list_length (g_mime_message_get_from (message)), ==, 1);
  g_assert_null (g_mime_object_get_header (GMIME_OBJECT (message), "Bcc"));
  g_assert_cmpstr (
      g_mime_object_get_header (g_mime_message_get_mime_part (message), "Content-Language"), ==,
      "de");
  g_assert_cmpstr (g_mime_object_get_header (GMIME_OBJECT (message), "X-Unsent"), ==, "1");
  g_assert_cmpint (g_date_time_to_unix_usec (g_mime_message_get_date (message)), ==, DATE);
  body = body_of (message);
  g_assert_cmpstr (body, ==, "Guten Tag, \n \nWas geschehen ist \n \n- Größe \n");
  g_object_unref (message);
}

/* Mail goes over wires that cut lines at 998 and know CRLF and ASCII alone. */
static void
test_wire (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (IwNoticeLetter) letter = NULL;
  g_autoptr (GPtrArray) to = addresses_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GMimeMessage *message;

  for (guint i = 0; i < 500; i++)
    g_string_append (body, "認証とパスワード ");
  letter =
      iw_notice_letter_new ("件名がとても長くて一行には収まらないかもしれないお知らせの件名です",
                            body->str, "ja", NULL, NULL);
  g_ptr_array_add (
      to, iw_notice_address_new ("とても長い名前を持つ株式会社の情報セキュリティ担当部門の責任者",
                                 "a@例え.jp"));
  bytes = iw_notice_eml (letter, NULL, to, NULL, DATE, "id");
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 78);
      g_assert_null (strchr (lines[i], '\n'));
      g_assert_true (g_str_is_ascii (lines[i]));
    }
  message = parse (bytes);
  g_assert_cmpstr (g_mime_message_get_subject (message), ==, letter->subject);
  g_assert_cmpstr (internet_address_get_name (
                       internet_address_list_get_address (g_mime_message_get_to (message), 0)),
                   ==, "とても長い名前を持つ株式会社の情報セキュリティ担当部門の責任者");
  g_object_unref (message);
}

static void
test_hidden (void)
{
  g_autoptr (IwNoticeLetter) letter = iw_notice_letter_new ("S", "B", "en", NULL, NULL);
  g_autoptr (GPtrArray) bcc = addresses_new ();
  g_autoptr (GBytes) bytes = NULL;
  GMimeMessage *message;

  g_ptr_array_add (bcc, iw_notice_address_new ("A", "a@example.org"));
  g_ptr_array_add (bcc, iw_notice_address_new ("no address", "x"));
  g_ptr_array_add (bcc, iw_notice_address_new ("B", "b@example.org"));
  bytes = iw_notice_eml (letter, NULL, NULL, bcc, DATE, "id");
  message = parse (bytes);
  g_assert_cmpstr (g_mime_object_get_header (GMIME_OBJECT (message), "To"), ==,
                   "undisclosed-recipients:;");
  g_assert_cmpint (internet_address_list_length (g_mime_message_get_bcc (message)), ==, 2);
  g_object_unref (message);
}

/* A customer's name or a subject cannot add a header. */
static void
test_injection (void)
{
  g_autoptr (IwNoticeLetter) letter = iw_notice_letter_new (
      "S\r\nBcc: evil@example.org\r\n\r\nbody", "B", "en\r\nX-Evil: 1", NULL, NULL);
  g_autoptr (GPtrArray) to = addresses_new ();
  g_autoptr (GBytes) bytes = NULL;
  GMimeMessage *message;
  g_autofree char *body = NULL;

  g_ptr_array_add (to, iw_notice_address_new ("A\r\nBcc: evil@example.org", "a@example.org"));
  bytes = iw_notice_eml (letter, NULL, to, NULL, DATE, "id");
  message = parse (bytes);
  g_assert_cmpint (internet_address_list_length (g_mime_message_get_bcc (message)), ==, 0);
  g_assert_cmpint (internet_address_list_length (g_mime_message_get_to (message)), ==, 1);
  g_assert_null (g_mime_object_get_header (GMIME_OBJECT (message), "X-Evil"));
  body = body_of (message);
  g_assert_cmpstr (g_strstrip (body), ==, "B");
  g_object_unref (message);
}

static void
test_message_id (void)
{
  g_autoptr (IwNoticeLetter) letter = iw_notice_letter_new ("S", "B", "en", NULL, NULL);
  g_autoptr (GBytes) one = iw_notice_eml (letter, NULL, NULL, NULL, DATE, "one");
  g_autoptr (GBytes) again = iw_notice_eml (letter, NULL, NULL, NULL, DATE, "one");
  g_autoptr (GBytes) other = iw_notice_eml (letter, NULL, NULL, NULL, DATE, "other");

  g_assert_true (g_bytes_equal (one, again));
  g_assert_false (g_bytes_equal (one, other));
}

static GPtrArray *
some_recipients (void)
{
  GPtrArray *recipients = addresses_new ();

  g_ptr_array_add (recipients, iw_notice_address_new ("Contoso / EU", "a@example.org"));
  g_ptr_array_add (recipients, iw_notice_address_new ("Fabrikam", ""));
  g_ptr_array_add (recipients, iw_notice_address_new ("contoso / eu", "b@example.org"));
  g_ptr_array_add (recipients, iw_notice_address_new ("", "c@example.org"));
  return recipients;
}

static void
test_folder (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "mails", NULL);
  g_autoptr (IwNoticeLetter) letter = iw_notice_letter_new ("S", "B", "en", NULL, NULL);
  g_autoptr (GPtrArray) recipients = some_recipients ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  guint n_written = 0, n_files = 0;
  const char *name;

  g_assert_true (
      iw_notice_eml_save (letter, NULL, recipients, DATE, "n", path, FALSE, &n_written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, 3);
  folder = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;
      gsize length;
      g_autoptr (GBytes) bytes = NULL;
      GMimeMessage *message;

      g_assert_true (g_str_has_suffix (name, ".eml"));
      g_assert_true (g_file_get_contents (file, &text, &length, NULL));
      bytes = g_bytes_new (text, length);
      message = parse (bytes);
      /* No customer learns of another. */
      g_assert_cmpint (internet_address_list_length (g_mime_message_get_to (message)), ==, 1);
      g_object_unref (message);
      n_files++;
    }
  g_assert_cmpuint (n_files, ==, 3);

  /* What is there already is not written over. */
  g_assert_false (
      iw_notice_eml_save (letter, NULL, recipients, DATE, "n", path, FALSE, NULL, &error));
  g_assert_error (error, IW_EVIDENCE_ERROR, IW_EVIDENCE_ERROR_PLACE);
  iw_test_remove_dir (dir);
}

static void
test_zip (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "mails.zip", NULL);
  g_autoptr (IwNoticeLetter) letter = iw_notice_letter_new ("S", "B", "en", NULL, NULL);
  g_autoptr (GPtrArray) recipients = some_recipients ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;
  guint n_written = 0;

  g_assert_true (
      iw_notice_eml_save (letter, NULL, recipients, DATE, "n", path, TRUE, &n_written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, 3);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpmem (data, 4, "PK\3\4", 4);
  iw_test_remove_dir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_mime_init ();
  g_test_add_func ("/notice-eml/usable", test_usable);
  g_test_add_func ("/notice-eml/parse", test_parse);
  g_test_add_func ("/notice-eml/one", test_one);
  g_test_add_func ("/notice-eml/wire", test_wire);
  g_test_add_func ("/notice-eml/hidden", test_hidden);
  g_test_add_func ("/notice-eml/injection", test_injection);
  g_test_add_func ("/notice-eml/message-id", test_message_id);
  g_test_add_func ("/notice-eml/folder", test_folder);
  g_test_add_func ("/notice-eml/zip", test_zip);
  return g_test_run ();
}
