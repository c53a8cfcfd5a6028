#include "iw-revision-words.h"

#include <locale.h>

static JsonObject *
body (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

static void
test_words (void)
{
  const struct
  {
    const char *before;
    const char *after;
    gboolean deleted;
    const char *words;
  } cases[] = {
    { NULL, "{\"text\":\"a\"}", FALSE, "Written" },
    { "{\"text\":\"a\"}", "{\"text\":\"a\"}", FALSE, "Saved without changes" },
    { "{\"text\":\"a\"}", "{\"text\":\"b\"}", FALSE, "Changed the text" },
    { "{\"text\":\"a\"}", "{\"text\":\"b\",\"team\":\"x\"}", FALSE, "Changed the text, the team" },
    { "{\"tags\":[\"a\"]}", "{\"tags\":[\"a\",\"b\"]}", FALSE, "Changed the tags" },
    { "{\"key\":true}", "{}", FALSE, "Changed the key-event mark" },
    { "{\"modified_at\":\"1\"}", "{\"modified_at\":\"2\"}", FALSE, "Saved without changes" },
    { "{\"text\":\"a\"}", "{}", TRUE, "Deleted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) before = cases[i].before != NULL ? body (cases[i].before) : NULL;
      g_autoptr (JsonObject) after = body (cases[i].after);
      g_autofree char *words = iw_revision_words (before, after, cases[i].deleted);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/revision-words/words", test_words);
  return g_test_run ();
}
