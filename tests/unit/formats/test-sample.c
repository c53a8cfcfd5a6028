/* test-sample.c: the sample workspace is whole, believable and made in one step */
#include "iw-sample.h"

#include "iw-event-index.h"
#include "iw-queries.h"
#include "iw-test-support.h"

static void
test_whole (void)
{
  g_autofree char *parent = iw_test_make_dir ();
  g_autofree char *dir = g_build_filename (parent, "sample", NULL);
  g_autofree char *part = g_strconcat (dir, ".part", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint closed = 0, timelines = 0;

  iw_sample_create (dir, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  rows = iw_query_incidents (store, NULL, IW_INCIDENTS_BY_TITLE, FALSE, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++)
    {
      IwIncidentRow *row = rows->pdata[i];
      g_autoptr (GPtrArray) evidence = iw_query_evidence (store, row->incident, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (row->n_entries, >=, 12);
      g_assert_cmpint (row->classification, !=, IW_CLASSIFICATION_UNSET);
      closed += row->closed_at != 0;
      for (guint j = 0; j < evidence->len; j++)
        {
          g_autoptr (IwEventIndex) index = NULL;

          if (!iw_evidence_is_timeline (evidence->pdata[j]))
            continue;
          index = iw_event_index_open (dir, iw_evidence_get_id (evidence->pdata[j]), &error);

          g_assert_no_error (error);
          g_assert_cmpint (iw_event_index_get_n (index), >, 0);
          timelines++;
        }
    }
  g_assert_cmpuint (closed, ==, 1);
  g_assert_cmpuint (timelines, >=, 3);

  g_assert_true (iw_store_check (store, TRUE, problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_object (&store);
  iw_test_remove_dir (parent);
}

/* (transfer full) */
static IwSituation *
situation_of (IwStore *store, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      iw_query_incidents (store, NULL, IW_INCIDENTS_BY_TITLE, FALSE, 0, 10, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const IwIncidentRow *row = rows->pdata[i];
      IwSituation *situation;

      if (!g_str_equal (row->title, title))
        continue;
      situation = iw_query_situation (store, row->incident, 0, &error);
      g_assert_no_error (error);
      return situation;
    }
  g_assert_not_reached ();
}

static const IwClock *
notice_clock (IwSituation *situation)
{
  GPtrArray *clocks = iw_situation_get_clocks (situation);

  for (guint i = 0; i < clocks->len; i++)
    if (((IwClock *)clocks->pdata[i])->kind == IW_CLOCK_CUSTOMER_NOTICE)
      return clocks->pdata[i];
  return NULL;
}

/* All that was decided counts. */
static void
assert_in_force (IwSituation *situation)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);

  g_assert_cmpuint (iw_decisions_get_n (decisions), >=, 10);
  for (guint i = 0; i < iw_decisions_get_n (decisions); i++)
    g_assert_cmpstr (iw_decisions_get_problem (decisions, i), ==, NULL);
}

static void
assert_false_positive (IwSituation *situation)
{
  const IwIncidentState *state = iw_situation_get_state (situation);

  assert_in_force (situation);
  g_assert_cmpint (state->stage, ==, IW_STAGE_CLOSED);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_FALSE_POSITIVE);
  g_assert_null (notice_clock (situation));
}

/* Deferred, then sent within the time. */
static void
assert_notified (IwSituation *situation)
{
  const IwIncidentState *state = iw_situation_get_state (situation);
  GPtrArray *notices = iw_situation_get_notices (situation);

  assert_in_force (situation);
  g_assert_cmpint (state->stage, ==, IW_STAGE_STABILISE);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_cmpint (notice_clock (situation)->state, ==, IW_CLOCK_MET);
  g_assert_cmpint (notice_clock (situation)->ended, <, notice_clock (situation)->due);
  g_assert_cmpuint (notices->len, ==, 2);
  for (guint i = 0; i < notices->len; i++)
    g_assert_cmpint (((IwNoticeState *)notices->pdata[i])->status, ==, IW_NOTICE_SENT);
}

/* Open, its clock runs, and there is something on every page. */
static void
assert_running (IwSituation *situation)
{
  static const char *const types[] = { "notice", "scope",    "indicator", "asset",
                                       "task",   "evidence", "team",      "person" };
  const IwIncidentState *state = iw_situation_get_state (situation);
  GPtrArray *escalations = iw_situation_get_escalations (situation);
  guint late = 0;

  assert_in_force (situation);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DIAGNOSE);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_true (state->urgent);
  g_assert_cmpint (notice_clock (situation)->state, ==, IW_CLOCK_RUNNING);
  g_assert_cmpint (notice_clock (situation)->due, >, iw_situation_get_now (situation));
  for (guint i = 0; i < escalations->len; i++)
    late += iw_escalation_was_late (escalations->pdata[i]);
  g_assert_cmpuint (late, ==, 1);
  g_assert_cmpstr (iw_situation_get_role (situation, "incident-manager"), ==, "A. Sato");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, types[i]);

      g_assert_cmpuint (documents->len, >=, 2);
    }
}

/* What the sample tells is what the rules allow, at any time of the day it is made. */
static void
test_true (gconstpointer hour)
{
  g_autofree char *parent = iw_test_make_dir ();
  g_autofree char *dir = g_build_filename (parent, "sample", NULL);
  gint64 now =
      G_GINT64_CONSTANT (1793664000000000) + GPOINTER_TO_INT (hour) * 3600 * IW_USEC_PER_SEC;
  g_autofree IwContext *context = iw_context_new_fake (now, 1000, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) closed = NULL, notified = NULL, running = NULL;

  iw_sample_create (dir, context, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, context, &error);
  g_assert_no_error (error);
  closed = situation_of (store, "Backup job flagged as ransomware");
  notified = situation_of (store, "Leaked storage");
  running = situation_of (store, "Phished administrator");
  assert_false_positive (closed);
  assert_notified (notified);
  assert_running (running);
  g_clear_object (&store);
  iw_test_remove_dir (parent);
}

static void
test_never_over_something (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autofree char *kept = g_build_filename (dir, "mine.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (kept, "mine", -1, NULL));
  g_assert_false (iw_sample_create (dir, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  iw_test_remove_dir (dir);
}

static void
test_cancelled (void)
{
  g_autofree char *parent = iw_test_make_dir ();
  g_autofree char *dir = g_build_filename (parent, "sample", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (iw_sample_create (dir, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
  iw_test_remove_dir (parent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sample/whole", test_whole);
  g_test_add_data_func ("/sample/true/at-midnight", GINT_TO_POINTER (0), test_true);
  g_test_add_data_func ("/sample/true/late-in-the-day", GINT_TO_POINTER (23), test_true);
  g_test_add_func ("/sample/never-over-something", test_never_over_something);
  g_test_add_func ("/sample/cancelled", test_cancelled);
  return g_test_run ();
}
