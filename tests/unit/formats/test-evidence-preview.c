/* test-evidence-preview.c: any bytes give text that hides nothing */
#include "iw-evidence-preview.h"
#include "formats-fixture.h"

#include <string.h>

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = iw_test_make_dir ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  iw_test_remove_dir (f->dir);
  g_free (f->dir);
}

static IwPreviewFacts
look (Fixture *f, const char *bytes, gssize n)
{
  g_autofree char *path = fixture_file (f->dir, "file", bytes, n);
  IwPreviewFacts facts;

  g_assert_true (iw_preview_look (path, &facts, NULL));
  return facts;
}

/* All pages of a file as it would be shown. */
static char *
show (Fixture *f, const char *bytes, gssize n, IwPreviewKind kind)
{
  IwPreviewFacts facts = look (f, bytes, n);
  g_autofree char *path = g_build_filename (f->dir, "file", NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (IwPreviewReader) reader = iw_preview_reader_new (path, kind, facts.encoding, NULL);
  gboolean more = TRUE;

  g_assert_nonnull (reader);
  while (more)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *page = iw_preview_reader_next (reader, &more, &error);

      g_assert_no_error (error);
      g_assert_true (g_utf8_validate (page, -1, NULL));
      g_string_append (all, page);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
assert_shown (Fixture *f, const char *bytes, gssize n, IwPreviewKind kind, const char *wanted)
{
  g_autofree char *text = show (f, bytes, n, kind);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_kinds (Fixture *f, gconstpointer data)
{
  static const char png[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\020\0\0\0\010\010\006\0\0\0";
  static const char bomb[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\010\006\0\0\0";
  static const char jpeg[] = "\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\021\010\0\040\0\100\3\1\2\3\4\5\6\7";
  IwPreviewFacts facts;

  g_assert_cmpint (look (f, "", 0).kind, ==, IW_PREVIEW_EMPTY);
  g_assert_cmpint (look (f, "plain\n", -1).kind, ==, IW_PREVIEW_TEXT);
  g_assert_cmpint (look (f, "[2026-11-02] log\n", -1).kind, ==, IW_PREVIEW_TEXT);
  g_assert_cmpint (look (f, " {\n \"a\": 1}", -1).kind, ==, IW_PREVIEW_JSON);
  g_assert_cmpint (look (f, "[{}]", -1).kind, ==, IW_PREVIEW_JSON);
  g_assert_cmpint (look (f,
                         "\x7f"
                         "ELF\2\1\1\0\0\0\0\0",
                         12)
                       .kind,
                   ==, IW_PREVIEW_HEX);
  g_assert_cmpint (look (f, "\x1f\x8b\x08\0", 4).kind, ==, IW_PREVIEW_HEX);
  facts = look (f, png, sizeof png - 1);
  g_assert_cmpint (facts.kind, ==, IW_PREVIEW_IMAGE);
  g_assert_cmpuint (facts.width, ==, 16);
  g_assert_cmpuint (facts.height, ==, 8);
  g_assert_cmpint (look (f, bomb, sizeof bomb - 1).kind, ==, IW_PREVIEW_HEX);
  facts = look (f, jpeg, sizeof jpeg - 1);
  g_assert_cmpint (facts.kind, ==, IW_PREVIEW_IMAGE);
  g_assert_cmpuint (facts.width, ==, 64);
  g_assert_cmpuint (facts.height, ==, 32);
}

static void
test_text (Fixture *f, gconstpointer data)
{
  assert_shown (f, "a\r\nb\nc\rd", -1, IW_PREVIEW_TEXT, "a\nb\nc⟨CR⟩d");
  assert_shown (f, "\xef\xbb\xbfmark", -1, IW_PREVIEW_TEXT, "mark");
  assert_shown (f, "a\x1b[31mred\ttab", -1, IW_PREVIEW_TEXT, "a⟨ESC⟩[31mred\ttab");
  assert_shown (f, "x\u202egpj.exe and \u200bzero", -1, IW_PREVIEW_TEXT,
                "x⟨U+202E⟩gpj.exe and ⟨U+200B⟩zero");
  assert_shown (f, "line\u2028sep", -1, IW_PREVIEW_TEXT, "line⟨U+2028⟩sep");
  assert_shown (f, "שלום 認証\n", -1, IW_PREVIEW_TEXT, "שלום 認証\n");
  assert_shown (f, "\xff\xfeh\0\xe9\0", 6, IW_PREVIEW_TEXT, "hé");
  assert_shown (f, "caf\xe9 na\xefve d\xe9j\xe0 vu", -1, IW_PREVIEW_TEXT, "café naïve déjà vu");
}

/* A character that a page cuts is one character. */
static void
test_pages (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) bytes = g_string_new ("x");
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  while (bytes->len < IW_PREVIEW_TEXT_BYTES + 100)
    g_string_append (bytes, "認");
  text = show (f, bytes->str, bytes->len, IW_PREVIEW_TEXT);
  parts = g_strsplit (text, "\n↪ ", -1);
  g_assert_cmpuint (g_strv_length (parts), >, 100);
  g_free (text);
  text = g_strjoinv ("", parts);
  g_assert_cmpstr (text, ==, bytes->str);
}

static void
test_json (Fixture *f, gconstpointer data)
{
  assert_shown (
      f, "{\"a\":1,\"b\":[true,null],\"c\":{},\"d\":[]}", -1, IW_PREVIEW_JSON,
      "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ],\n  \"c\": {},\n  \"d\": []\n}");
  assert_shown (f, "{\"s\":\"a,{\\\"]b\"}", -1, IW_PREVIEW_JSON, "{\n  \"s\": \"a,{\\\"]b\"\n}");
  assert_shown (f, "{\"a\":1}\n{\"b\":2}\n", -1, IW_PREVIEW_JSON,
                "{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}");
  assert_shown (f, "{\"a\":12345678901234567890.10}", -1, IW_PREVIEW_JSON,
                "{\n  \"a\": 12345678901234567890.10\n}");
  assert_shown (f, "{\"a\":\"\u202e\"}", -1, IW_PREVIEW_JSON, "{\n  \"a\": \"⟨U+202E⟩\"\n}");
}

/* Nesting that would break a parser, and brackets that close nothing. */
static void
test_json_hostile (Fixture *f, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (5000, '[');
  g_autofree char *opened = show (f, deep, -1, IW_PREVIEW_JSON);
  g_autofree char *closed = show (f, "{\"a\"}]}]]]", -1, IW_PREVIEW_JSON);

  g_assert_cmpuint (strlen (opened), <, 500000);
  g_assert_nonnull (strchr (closed, ']'));
}

static void
test_hex (Fixture *f, gconstpointer data)
{
  g_autofree char *long_file = g_malloc0 (IW_PREVIEW_HEX_BYTES + 1);
  g_autofree char *text = NULL;

  assert_shown (f,
                "\x7f"
                "ELF\1 A\n<b>",
                11, IW_PREVIEW_HEX,
                "00000000  7f 45 4c 46 01 20 41 0a  3c 62 3e                 .ELF. A.<b>\n");
  text = show (f, long_file, IW_PREVIEW_HEX_BYTES + 1, IW_PREVIEW_HEX);
  g_assert_nonnull (strstr (text, "\n00010000  00   "));
}

#define ADD(path, func)                                                                            \
  g_test_add ("/evidence-preview/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("kinds", test_kinds);
  ADD ("text", test_text);
  ADD ("pages", test_pages);
  ADD ("json", test_json);
  ADD ("json-hostile", test_json_hostile);
  ADD ("hex", test_hex);
  return g_test_run ();
}
