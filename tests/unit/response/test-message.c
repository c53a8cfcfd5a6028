#include "iw-message.h"

#include <string.h>

#include "form-fixture.h"
#include "iw-message-words.h"

static void
add_team (World *world, const char *name, const char *mail, const char *languages)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *id = iw_id_new_document (world->context, NULL, "team");

  json_object_set_string_member (body, "type", "team");
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "mail", mail);
  json_object_set_string_member (body, "languages", languages);
  g_ptr_array_add (world->directory, iw_document_new (id, "1-a", body));
}

/* An incident with an escalation to Legal that is due at 14:45. */
static IwSituation *
escalated (World *world)
{
  add_team (world, "Legal", "legal@example.com", "fr, en");
  world_do (world, "stage", NULL, "to", "assess", NULL);
  world_do (world, "escalation", NULL, "from", "Operations", "to", "Legal", "why",
            "Customer data was read", "ask", "Say whether we must notify", "due", "44 min", NULL);
  return world_situation (world);
}

static IwMessage *
message_in (IwSituation *situation, const char *language)
{
  GPtrArray *escalations = iw_situation_get_escalations (situation);

  g_assert_cmpuint (escalations->len, ==, 1);
  return iw_message_new_escalation (situation, escalations->pdata[0], language);
}

#define assert_contains(text, part)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, part) == NULL)                                                               \
      g_error ("no \"%s\" in: %s", part, text);                                                    \
  }                                                                                                \
  G_STMT_END

static void
test_english (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = escalated (world);
  g_autoptr (IwMessage) message = message_in (situation, "en");

  g_assert_cmpstr (message->subject, ==, "Escalation: Phished");
  assert_contains (message->body, "Operations escalates this incident to Legal.\n");
  assert_contains (message->body, "Asked of you: Say whether we must notify\n");
  assert_contains (message->body, "Please answer by: 2026-11-03 14:45 UTC\n");
  assert_contains (message->body, "Why: Customer data was read\n");
  assert_contains (message->body, "incident-workbench:" INCIDENT "\n");
  assert_contains (message->body, "Stage: Assess\n");
  assert_contains (message->body, "Severity: not set\n");
  assert_contains (message->body, "Classification: not classified\n");
  /* Its own acknowledgement is no clock of the incident. */
  g_assert_null (strstr (message->body, "Clock:"));
}

static void
test_state (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (IwMessage) message = NULL;

  world_do (world, "impact", NULL, "functional", "low", "information", "none", "recoverability",
            "regular", "risk", "confirmed", NULL);
  world_do (world, "containment", NULL, "to", "started", "what", "quarantine", NULL);
  world_do (world, "clock", NULL, "name", "Authority\nof data", "clock_kind", "regulator",
            "duration", "24 h", "ends_on", "manual", NULL);
  situation = escalated (world);
  message = message_in (situation, "en");
  assert_contains (message->body, "Severity: High, priority: P1\n");
  assert_contains (message->body, "worked on around the clock");
  assert_contains (message->body, "Containment is under way.\n");
  assert_contains (message->body, "Clock: Authority of data, due 2026-11-04 14:02 UTC\n");
}

static void
test_languages (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = escalated (world);
  const char *const *languages = iw_message_languages ();

  g_assert_cmpstr (languages[0], ==, "en");
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (IwMessage) message = message_in (situation, languages[i]);

      g_assert_true (g_utf8_validate (message->subject, -1, NULL));
      g_assert_true (g_utf8_validate (message->body, -1, NULL));
      assert_contains (message->subject, "Phished");
      assert_contains (message->body, "Say whether we must notify");
      assert_contains (message->body, "2026-11-03 14:45 UTC");
      assert_contains (message->body, "incident-workbench:" INCIDENT);
      g_assert_cmpstr (iw_message_language_name (languages[i]), !=, languages[i]);
    }
  {
    g_autoptr (IwMessage) german = message_in (situation, "de");
    g_autoptr (IwMessage) unknown = message_in (situation, "tlh");

    g_assert_cmpstr (german->subject, ==, "Eskalation: Phished");
    g_assert_cmpstr (unknown->subject, ==, "Escalation: Phished");
  }
}

static guint
count_strings (const char *format)
{
  guint n = 0;

  for (const char *at = format; (at = strchr (at, '%')) != NULL; at++)
    {
      g_assert_true (at[1] == 's' || (g_ascii_isdigit (at[1]) && at[2] == '$' && at[3] == 's'));
      n++;
    }
  return n;
}

/* Nothing of a table is forgotten, and each format takes what it is given. */
static void
test_words_whole (void)
{
  guint n;
  const IwMessageWords *words = iw_message_words (&n);

  for (guint i = 0; i < n; i++)
    {
      const IwMessageWords *w = &words[i];
      const char *one[] = { w->subject,  w->asked,          w->due, w->why, w->incident, w->stage,
                            w->severity, w->classification, w->link };
      const char *two[] = { w->opening, w->severity_priority, w->clock };
      const char *none[] = { w->answer, w->urgent, w->containing, w->customer_notice };

      for (guint j = 0; j < G_N_ELEMENTS (one); j++)
        g_assert_cmpuint (count_strings (one[j]), ==, 1);
      for (guint j = 0; j < G_N_ELEMENTS (two); j++)
        {
          g_assert_cmpuint (count_strings (two[j]), ==, 2);
          assert_contains (two[j], "%1$s");
          assert_contains (two[j], "%2$s");
        }
      for (guint j = 0; j < G_N_ELEMENTS (none); j++)
        g_assert_cmpuint (count_strings (none[j]), ==, 0);
      for (guint j = 0; j < IW_N_STAGES; j++)
        g_assert_nonnull (w->stages[j]);
      for (guint j = 0; j < IW_N_SEVERITIES; j++)
        g_assert_nonnull (w->severities[j]);
      for (guint j = 0; j < IW_N_CLASSIFICATIONS; j++)
        g_assert_nonnull (w->classifications[j]);
    }
}

static void
test_language_for (void)
{
  g_assert_cmpstr (iw_message_language_for (NULL), ==, "en");
  g_assert_cmpstr (iw_message_language_for (""), ==, "en");
  g_assert_cmpstr (iw_message_language_for ("de-AT, en"), ==, "de");
  g_assert_cmpstr (iw_message_language_for ("xx; fr_FR.UTF-8"), ==, "fr");
  g_assert_cmpstr (iw_message_language_for ("tlh\nJA"), ==, "ja");
}

static void
test_recipient (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (JsonObject) person = json_object_new ();

  json_object_set_string_member (person, "type", "person");
  json_object_set_string_member (person, "name", "L. Lee");
  g_ptr_array_add (world->directory, iw_document_new ("workspace:person-1", "1-a", person));
  world_do (world, "role", NULL, "role", "legal", "to", "L. Lee", NULL);
  situation = escalated (world);
  g_assert_cmpstr (iw_document_get_text (iw_message_recipient (situation, "LEGAL"), "mail"), ==,
                   "legal@example.com");
  g_assert_cmpstr (iw_document_get_name (iw_message_recipient (situation, "l. lee")), ==, "L. Lee");
  g_assert_cmpstr (iw_document_get_name (iw_message_recipient (situation, "Legal Adviser")), ==,
                   "L. Lee");
  g_assert_null (iw_message_recipient (situation, "Somebody Else"));
}

/* ---- mailto ---- */

static void
test_mailto (void)
{
  const IwMessage message = { (char *)"Über & mehr?", (char *)"a=b\nc d\r\ne+f" };
  gboolean was_cut = TRUE;
  g_autofree char *address =
      iw_message_to_mailto (&message, "legal@example.com", IW_MESSAGE_MAILTO_MAX, &was_cut);

  g_assert_cmpstr (address, ==,
                   "mailto:legal@example.com?subject=%C3%9Cber%20%26%20mehr%3F"
                   "&body=a%3Db%0D%0Ac%20d%0D%0Ae%2Bf");
  g_assert_false (was_cut);
}

/* An address of the directory is outside input too. */
static void
test_mailto_hostile (void)
{
  static const char *const bad[] = {
    "a@b.example?bcc=c@d.example", /* kept, but as part of the name */
    "a@b.example,c@d.example",
    "a@b.example\r\nBcc: c@d.example",
    "A <a@b.example>",
    "@b.example",
    "a@",
    "a@b@c",
    "nobody",
    "",
    NULL
  };
  const IwMessage message = { (char *)"S", (char *)"B" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *address = iw_message_to_mailto (&message, bad[i], 8000, NULL);
      const char *query = strchr (address, '?');

      g_assert_cmpstr (query, ==, "?subject=S&body=B");
      g_assert_true (g_str_has_prefix (address, "mailto:?"));
    }
  {
    g_autofree char *address = iw_message_to_mailto (&message, "a@b.example?bcc=x&cc", 8000, NULL);

    g_assert_cmpstr (address, ==, "mailto:a@b.example%3Fbcc%3Dx%26cc?subject=S&body=B");
  }
}

static void
test_mailto_cut (void)
{
  g_autofree char *body = g_strnfill (20000, 'x');
  g_autofree char *wide = NULL;
  GString *many = g_string_new (NULL);
  gboolean was_cut = FALSE;

  for (guint i = 0; i < 5000; i++)
    g_string_append (many, "語");
  wide = g_string_free_and_steal (many);
  for (guint i = 0; i < 2; i++)
    {
      const IwMessage message = { (char *)"S", i == 0 ? body : wide };
      g_autofree char *address = iw_message_to_mailto (&message, "", 2000, &was_cut);
      g_autofree char *text = g_uri_unescape_string (strstr (address, "body=") + 5, NULL);

      g_assert_true (was_cut);
      g_assert_cmpuint (strlen (address), <=, 2000);
      g_assert_cmpuint (strlen (address), >, 1980);
      g_assert_nonnull (text);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (g_str_has_suffix (text, "…"));
    }
}

static void
test_mailto_long_title (void)
{
  g_autofree char *title = g_strnfill (20000, 't');
  const IwMessage message = { title, (char *)"B" };
  g_autofree char *address = iw_message_to_mailto (&message, "", 2000, NULL);

  g_assert_cmpuint (strlen (address), <=, 2000);
  assert_contains (address, "&body=B");
}

/* ---- links ---- */

static void
test_links (void)
{
  static const char *const good[] = {
    "incident-workbench:" INCIDENT,
    "INCIDENT-WORKBENCH:0199A1B2-C3D4-7800-8000-000000000000",
    "incident-workbench://" INCIDENT,
    "incident-workbench:///" INCIDENT "/",
    "incident-workbench:" INCIDENT "?from=mail#x",
  };
  static const char *const bad[] = {
    "incident-workbench:",
    "incident-workbench:../../etc/passwd",
    "incident-workbench:0199a1b2",
    "file:///tmp/" INCIDENT,
    INCIDENT,
    "",
  };
  g_autofree char *link = iw_message_incident_link (INCIDENT);

  g_assert_cmpstr (link, ==, good[0]);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *incident = iw_message_incident_of_link (good[i]);

      g_assert_cmpstr (incident, ==, INCIDENT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (iw_message_incident_of_link (bad[i]));
  g_assert_null (iw_message_incident_of_link (NULL));
  g_assert_true (iw_message_is_link (bad[0]));
  g_assert_false (iw_message_is_link (bad[3]));
  g_assert_false (iw_message_is_link (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/response/message/english", test_english);
  g_test_add_func ("/response/message/state", test_state);
  g_test_add_func ("/response/message/languages", test_languages);
  g_test_add_func ("/response/message/words-whole", test_words_whole);
  g_test_add_func ("/response/message/language-for", test_language_for);
  g_test_add_func ("/response/message/recipient", test_recipient);
  g_test_add_func ("/response/message/mailto", test_mailto);
  g_test_add_func ("/response/message/mailto-hostile", test_mailto_hostile);
  g_test_add_func ("/response/message/mailto-cut", test_mailto_cut);
  g_test_add_func ("/response/message/mailto-long-title", test_mailto_long_title);
  g_test_add_func ("/response/message/links", test_links);
  return g_test_run ();
}
