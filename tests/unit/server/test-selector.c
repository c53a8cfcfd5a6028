/* Selectors and sequences: what _changes is asked for. */
#include <string.h>

#include "iw-canonical.h"
#include "iw-request.h"
#include "iw-selector.h"
#include "iw-sequence.h"

#define UUID "01900000-0000-7000-8000-000000000001"
#define BODY "{\"a\":{\"b\":3},\"list\":[1,2],\"n\":5,\"none\":null,\"s\":\"m\",\"t\":true}"

static void
assert_matches (const char *selector, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) json = iw_canonical_read (selector, strlen (selector), &error);
  yyjson_val *root;

  g_assert_no_error (error);
  root = yyjson_doc_get_root (json);
  g_test_message ("%s", selector);
  iw_selector_check (root, &error);
  g_assert_no_error (error);
  g_assert_true (iw_selector_matches (root, "id1", BODY) == expected);
}

static void
test_selector (void)
{
  assert_matches ("{}", TRUE);
  assert_matches ("{\"n\":5}", TRUE);
  assert_matches ("{\"n\":6}", FALSE);
  assert_matches ("{\"n\":\"5\"}", FALSE);
  assert_matches ("{\"n\":5,\"s\":\"m\"}", TRUE);
  assert_matches ("{\"n\":5,\"s\":\"x\"}", FALSE);
  assert_matches ("{\"nope\":null}", FALSE);
  assert_matches ("{\"none\":null}", TRUE);
  assert_matches ("{\"a.b\":3}", TRUE);
  assert_matches ("{\"a\":{\"b\":3}}", TRUE);
  assert_matches ("{\"a.b.c\":3}", FALSE);
  assert_matches ("{\"n\":{\"$gt\":4,\"$lt\":6}}", TRUE);
  assert_matches ("{\"n\":{\"$gt\":5}}", FALSE);
  assert_matches ("{\"n\":{\"$gte\":5,\"$lte\":5}}", TRUE);
  assert_matches ("{\"n\":{\"$eq\":5}}", TRUE);
  assert_matches ("{\"n\":{\"$ne\":5}}", FALSE);
  assert_matches ("{\"nope\":{\"$ne\":5}}", FALSE);
  assert_matches ("{\"s\":{\"$gt\":4}}", TRUE);
  assert_matches ("{\"s\":{\"$gt\":\"l\",\"$lt\":\"n\"}}", TRUE);
  assert_matches ("{\"t\":{\"$lt\":0}}", TRUE);
  assert_matches ("{\"s\":{\"$in\":[\"x\",\"m\"]}}", TRUE);
  assert_matches ("{\"s\":{\"$nin\":[\"x\",\"m\"]}}", FALSE);
  assert_matches ("{\"list\":[1,2]}", TRUE);
  assert_matches ("{\"nope\":{\"$exists\":false}}", TRUE);
  assert_matches ("{\"n\":{\"$exists\":true}}", TRUE);
  assert_matches ("{\"_id\":\"id1\"}", TRUE);
  assert_matches ("{\"_id\":{\"$gt\":\"id1\"}}", FALSE);
  assert_matches ("{\"$or\":[{\"n\":1},{\"n\":5}]}", TRUE);
  assert_matches ("{\"$and\":[{\"n\":1},{\"n\":5}]}", FALSE);
  assert_matches ("{\"$not\":{\"n\":1}}", TRUE);
}

static void
test_selector_without_body (void)
{
  g_autoptr (yyjson_doc) json = iw_canonical_read ("{\"n\":5}", 7, NULL);

  g_assert_false (iw_selector_matches (yyjson_doc_get_root (json), "a", NULL));
}

static void
test_selector_refused (void)
{
  static const char *const cases[] = {
    "[]",
    "{\"n\":{\"$regex\":\"(a+)+\"}}",
    "{\"$nor\":[]}",
    "{\"$and\":{}}",
    "{\"$or\":[3]}",
    "{\"n\":{\"$in\":3}}",
    "{\"$not\":{\"$not\":{\"$not\":{\"$not\":{\"$not\":{\"$not\":{\"$not\":{\"$not\":{\"$not\":{}}}"
    "}}}}}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (yyjson_doc) json = iw_canonical_read (cases[i], strlen (cases[i]), NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (iw_selector_check (yyjson_doc_get_root (json), &error));
      g_assert_error (error, IW_REQUEST_ERROR, 400);
    }
}

static void
test_sequence (void)
{
  static const struct
  {
    const char *text;
    gint64 seq; /* -1: refused */
  } cases[] = {
    { "0", 0 },
    { "12", 12 },
    { "12-01900000", 12 },
    { "\"12-01900000\"", 12 },
    { "12-deadbeef", 0 }, /* of another database */
    { "12-", 0 },
    { "now", G_MAXINT64 },
    { "", -1 },
    { "abc", -1 },
    { "-1", -1 },
    { "1.5", -1 },
    { "12x", -1 },
    { "99999999999999999999", -1 },
    { "[12,\"x\"]", -1 },
  };
  g_autoptr (GString) out = g_string_new (NULL);
  gint64 seq;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean ok = iw_sequence_parse (cases[i].text, UUID, &seq);

      g_test_message ("%s", cases[i].text);
      g_assert_true (ok == (cases[i].seq >= 0));
      if (ok)
        g_assert_cmpint (seq, ==, cases[i].seq);
    }
  iw_sequence_append (out, 7, UUID);
  g_assert_cmpstr (out->str, ==, "\"7-01900000\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/selector/matches", test_selector);
  g_test_add_func ("/server/selector/without-body", test_selector_without_body);
  g_test_add_func ("/server/selector/refused", test_selector_refused);
  g_test_add_func ("/server/sequence", test_sequence);
  return g_test_run ();
}
