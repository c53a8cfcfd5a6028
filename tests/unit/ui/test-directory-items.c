#include "iw-directory-items.h"

#include "iw-time.h"

#define UNTIL G_GINT64_CONSTANT (1790000000000000)

static IwDocument *
new_team (const char *now, const char *next, gboolean until)
{
  g_autofree char *time = iw_time_to_rfc3339 ((IwTime){ UNTIL, IW_PRECISION_SECOND });
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", "team");
  json_object_set_string_member (body, "name", "Legal");
  json_object_set_string_member (body, "mail", "legal@example.com");
  if (now != NULL)
    json_object_set_string_member (body, "on_call_now", now);
  if (next != NULL)
    json_object_set_string_member (body, "on_call_next", next);
  if (until)
    json_object_set_string_member (body, "on_call_until", time);
  return iw_document_new_take ("workspace:team-1", NULL, body);
}

static void
test_on_call (void)
{
  static const struct
  {
    const char *now, *next;
    gboolean until;
    gint64 at;
    const char *who, *then;
    gboolean ended;
  } cases[] = {
    { NULL, NULL, FALSE, UNTIL, "", "", FALSE },
    { "Ito", NULL, FALSE, UNTIL, "Ito", "", FALSE },
    { "Ito", "Diaz", TRUE, UNTIL - 1, "Ito", "Diaz", FALSE },
    { "Ito", "Diaz", TRUE, UNTIL, "Diaz", "", FALSE },
    { "Ito", NULL, TRUE, UNTIL, "Ito", "", TRUE },
    { NULL, "Diaz", TRUE, UNTIL + 1, "Diaz", "", FALSE },
    { NULL, NULL, TRUE, UNTIL + 1, "", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IwDocument) team = new_team (cases[i].now, cases[i].next, cases[i].until);
      IwOnCall on_call = iw_team_on_call (team, cases[i].at);

      g_assert_cmpstr (on_call.who, ==, cases[i].who);
      g_assert_cmpstr (on_call.next, ==, cases[i].then);
      g_assert_cmpint (on_call.ended, ==, cases[i].ended);
    }
}

static void
test_words (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwDocument) nobody = new_team (NULL, NULL, FALSE);
  g_autoptr (IwDocument) until = new_team ("Ito", NULL, TRUE);
  IwOnCall none = iw_team_on_call (nobody, UNTIL);
  IwOnCall some = iw_team_on_call (until, UNTIL - 1);
  g_autofree char *first = iw_on_call_words (&none, utc);
  g_autofree char *second = iw_on_call_words (&some, utc);

  g_assert_cmpstr (first, ==, "Nobody");
  g_assert_cmpstr (second, ==, "Ito, until 21 Sep 2026 14:13");
}

static void
test_rows (void)
{
  g_autoptr (IwDocument) team = new_team ("Ito", NULL, FALSE);
  IwItemText text = { 0 };

  iw_team_source.fill (team, &text, NULL);
  g_assert_cmpstr (text.title, ==, "Legal");
  g_assert_cmpstr (text.state, ==, "On call: Ito");
  g_assert_null (text.warning);
  g_assert_true (iw_team_source.matches (team, "legal@", 0, NULL));
  g_assert_true (iw_team_source.matches (team, "ito", 0, NULL));
  g_assert_false (iw_team_source.matches (team, "storage", 0, NULL));
  iw_item_text_clear (&text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/directory-items/on-call", test_on_call);
  g_test_add_func ("/directory-items/words", test_words);
  g_test_add_func ("/directory-items/rows", test_rows);
  return g_test_run ();
}
