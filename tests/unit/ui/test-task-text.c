#include "iw-task-text.h"

#include "iw-board-facts.h"
#include "iw-scope-items.h"
#include "iw-time.h"

#define INCIDENT "01890a5d-ac96-774b-bcce-b302099a8057"
#define HOUR (G_GINT64_CONSTANT (3600) * 1000000)
#define NOW G_GINT64_CONSTANT (1790000000000000)

static IwDocument *
new_document (const char *id, const char *type, const char *first, ...)
{
  g_autofree char *docid = g_strdup_printf ("%s:%s", INCIDENT, id);
  JsonObject *body = json_object_new ();
  va_list args;

  json_object_set_string_member (body, "type", type);
  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    json_object_set_string_member (body, name, va_arg (args, const char *));
  va_end (args);
  return iw_document_new_take (docid, NULL, body);
}

static IwEntry *
decided (IwEntry *entry, gint64 us)
{
  g_autofree char *id = g_strdup_printf ("%s:entry-%" G_GINT64_FORMAT, INCIDENT, us);

  iw_entry_set_id (entry, id);
  iw_entry_set_occurred (entry, (IwTime){ us, IW_PRECISION_SECOND });
  iw_entry_set_recorded (entry, (IwTime){ us, IW_PRECISION_SECOND });
  return entry;
}

static IwSituation *
make (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GPtrArray) directory = g_ptr_array_new ();
  g_autofree char *late = iw_time_to_rfc3339 ((IwTime){ NOW - 2 * HOUR, IW_PRECISION_SECOND });
  g_autofree char *early = iw_time_to_rfc3339 ((IwTime){ NOW + 2 * HOUR, IW_PRECISION_SECOND });

  g_ptr_array_add (documents,
                   new_document ("task-a", "task", "title", "Revoke", "phase", "containment",
                                 "emergency", "true", "owner", "Ito", "due", late, NULL));
  g_ptr_array_add (documents, new_document ("task-b", "task", "title", "Block", "phase",
                                            "containment", "due", late, NULL));
  g_ptr_array_add (documents, new_document ("task-c", "task", "title", "Restore", "phase",
                                            "recovery", "due", early, NULL));
  g_ptr_array_add (documents, new_document ("scope-a", "scope", "scope_kind", "customer", "name",
                                            "Contoso", "mail", "a@b.example", NULL));
  g_ptr_array_add (documents, new_document ("scope-b", "scope", "scope_kind", "customer", "name",
                                            "Fabrikam", NULL));
  g_ptr_array_add (documents,
                   new_document ("scope-c", "scope", "scope_kind", "system", "name", "idp", NULL));
  g_ptr_array_add (entries, decided (iw_decision_new (INCIDENT, "task-state", "subject",
                                                      INCIDENT ":task-b", "to", "done", NULL),
                                     NOW - HOUR));
  g_ptr_array_add (entries,
                   decided (iw_decision_new (INCIDENT, "activity", "activity", "forensics", "to",
                                             "in-progress", "assignee", "Berg", NULL),
                            NOW - HOUR + 1));
  g_ptr_array_add (entries, decided (iw_decision_new (INCIDENT, "activity", "activity", "expertise",
                                                      "to", "not-needed", NULL),
                                     NOW - HOUR + 2));
  g_ptr_array_add (
      entries, decided (iw_decision_new (INCIDENT, "scope-state", "subject", INCIDENT ":scope-a",
                                         "to", "confirmed", "why", "Seen in the log", NULL),
                        NOW - HOUR + 3));
  return iw_situation_new (INCIDENT, entries, documents, directory, NOW);
}

static void
test_task (void)
{
  g_autoptr (IwSituation) situation = make ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (IwTaskText) late =
      iw_task_text_new (situation, iw_situation_find (situation, INCIDENT ":task-a"), NOW, utc);
  g_autoptr (IwTaskText) done =
      iw_task_text_new (situation, iw_situation_find (situation, INCIDENT ":task-b"), NOW, utc);
  g_autoptr (IwTaskText) early =
      iw_task_text_new (situation, iw_situation_find (situation, INCIDENT ":task-c"), NOW, utc);

  g_assert_true (late->overdue);
  g_assert_true (late->emergency);
  g_assert_cmpstr (late->subtitle, ==,
                   "Emergency · Ito · Due 21 Sep 2026 12:13:20 UTC, overdue by 1 h 59 min");
  g_assert_false (done->overdue);
  g_assert_cmpstr (done->words, ==, "Done");
  g_assert_false (early->overdue);
  g_assert_cmpstr (early->subtitle, ==, "Due 21 Sep 2026 16:13:20 UTC");
}

static void
test_plan (void)
{
  g_autoptr (IwSituation) situation = make ();
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (situation);
  g_autofree char *summary = iw_plan_summary (situation, plan, NOW);

  g_assert_cmpstr (summary, ==, "1 of 3 done · 1 overdue");
}

static void
test_board (void)
{
  g_autoptr (IwSituation) situation = make ();
  g_autofree char *before = iw_board_progress (situation, IW_PHASE_DETECTION);
  g_autofree char *running = iw_board_progress (situation, IW_PHASE_CONTAINMENT);
  g_autoptr (GPtrArray) facts =
      iw_board_facts (situation, IW_PHASE_CONTAINMENT, IW_SIDE_CENTRAL, TRUE);
  gboolean found = FALSE;

  g_assert_nonnull (g_str_has_suffix (before, "done") ? before : NULL);
  g_assert_true (g_str_has_suffix (running, ", 1 in progress"));
  for (guint i = 0; i < facts->len; i++)
    {
      const IwFact *fact = facts->pdata[i];

      if (!g_str_equal (fact->key, "forensics"))
        continue;
      found = TRUE;
      g_assert_cmpstr (fact->subtitle, ==, "In Progress · Berg");
      g_assert_cmpuint (fact->buttons->len, ==, 1);
    }
  g_assert_true (found);
}

/* One who need not be notified need not be reached. */
static void
test_scope (void)
{
  g_autoptr (IwSituation) situation = make ();
  g_autofree char *summary = iw_scope_summary (situation);
  GPtrArray *items = iw_situation_get_scope (situation);
  IwItemText text = { 0 };

  g_assert_cmpstr (summary, ==, "Customers: 1 confirmed, 1 not decided · Systems: 1 not decided");
  g_assert_cmpuint (iw_scope_n_unreachable (situation), ==, 1);
  iw_scope_source.fill (items->pdata[0], &text, situation);
  g_assert_cmpstr (text.title, ==, "Contoso");
  g_assert_cmpstr (text.subtitle, ==, "a@b.example\nSeen in the log");
  g_assert_null (text.warning);
  iw_item_text_clear (&text);
  iw_scope_source.fill (items->pdata[1], &text, situation);
  g_assert_nonnull (text.warning);
  g_assert_true (
      iw_scope_source.matches (items->pdata[1], "fabri", IW_SCOPE_SHOW_NO_CONTACT, situation));
  g_assert_false (
      iw_scope_source.matches (items->pdata[0], "", IW_SCOPE_SHOW_NO_CONTACT, situation));
  iw_item_text_clear (&text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/task-text/task", test_task);
  g_test_add_func ("/task-text/plan", test_plan);
  g_test_add_func ("/task-text/board", test_board);
  g_test_add_func ("/task-text/scope", test_scope);
  return g_test_run ();
}
