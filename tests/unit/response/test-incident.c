/* The fold of decisions. */
#include "iw-incident.h"

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"
#define MINUTE (60 * IW_USEC_PER_SEC)

static IwTime
minute (gint64 n)
{
  return (IwTime){ n * MINUTE, IW_PRECISION_MINUTE };
}

/* Adds a decision that came into force at minute @n. */
static IwEntry *
add (GPtrArray *entries, gint64 n, IwEntryKind kind, const char *to)
{
  IwEntry *entry = iw_entry_new (INCIDENT, kind, "x");
  g_autofree char *id = g_strdup_printf ("id-%03u", entries->len);

  iw_entry_set_id (entry, id);
  iw_entry_set_field (entry, "to", to);
  iw_entry_set_occurred (entry, minute (n));
  g_ptr_array_add (entries, entry);
  return entry;
}

static GPtrArray *
new_entries (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
assert_band (IwIncidentState *state, guint index, IwStage stage, gint64 start, gint64 end)
{
  const IwStageBand *band;

  g_assert_cmpuint (index, <, state->bands->len);
  band = &g_array_index (state->bands, IwStageBand, index);
  g_assert_cmpint (band->stage, ==, stage);
  g_assert_cmpint (band->start, ==, start * MINUTE);
  g_assert_cmpint (band->end, ==, end == G_MAXINT64 ? G_MAXINT64 : end * MINUTE);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) none = iw_incident_fold (NULL);
  g_autoptr (IwIncidentState) state = NULL;

  add (entries, 5, IW_ENTRY_OBSERVATION, "closed");
  add (entries, 5, IW_ENTRY_DECISION, "critical");
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DETECT);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_UNSET);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_UNSET);
  g_assert_cmpint (state->opened_at, ==, 0);
  g_assert_cmpint (state->closed_at, ==, 0);
  g_assert_cmpuint (state->bands->len, ==, 0);
  g_assert_cmpuint (none->bands->len, ==, 0);
  iw_incident_state_free (NULL);
}

static void
test_course (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;

  add (entries, 10, IW_ENTRY_SEVERITY, "low");
  add (entries, 20, IW_ENTRY_STAGE, "assess");
  add (entries, 30, IW_ENTRY_SEVERITY, "high");
  add (entries, 40, IW_ENTRY_STAGE, "diagnose");
  add (entries, 50, IW_ENTRY_STAGE, "stabilise");
  add (entries, 60, IW_ENTRY_STAGE, "diagnose"); /* back, as P3 allows */
  add (entries, 70, IW_ENTRY_CLASSIFICATION, "crsi");
  add (entries, 80, IW_ENTRY_STAGE, "closed");
  state = iw_incident_fold (entries);

  g_assert_cmpint (state->stage, ==, IW_STAGE_CLOSED);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_CRSI);
  g_assert_cmpint (state->opened_at, ==, 10 * MINUTE);
  g_assert_cmpint (state->closed_at, ==, 80 * MINUTE);
  g_assert_cmpuint (state->bands->len, ==, 6);
  assert_band (state, 0, IW_STAGE_DETECT, 10, 20);
  assert_band (state, 1, IW_STAGE_ASSESS, 20, 40);
  assert_band (state, 2, IW_STAGE_DIAGNOSE, 40, 50);
  assert_band (state, 3, IW_STAGE_STABILISE, 50, 60);
  assert_band (state, 4, IW_STAGE_DIAGNOSE, 60, 80);
  assert_band (state, 5, IW_STAGE_CLOSED, 80, G_MAXINT64);
}

static void
test_reopened (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;

  add (entries, 10, IW_ENTRY_STAGE, "closed");
  add (entries, 20, IW_ENTRY_STAGE, "closed"); /* said twice: closed since the first time */
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->closed_at, ==, 10 * MINUTE);
  g_assert_cmpuint (state->bands->len, ==, 1);
  g_clear_pointer (&state, iw_incident_state_free);

  add (entries, 30, IW_ENTRY_STAGE, "diagnose");
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_DIAGNOSE);
  g_assert_cmpint (state->closed_at, ==, 0);
  g_clear_pointer (&state, iw_incident_state_free);

  add (entries, 40, IW_ENTRY_STAGE, "closed");
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->closed_at, ==, 40 * MINUTE);
  g_assert_cmpint (state->opened_at, ==, 10 * MINUTE);
}

/* Stages that lasted no time leave no band, and what they cut in two is one again. */
static void
test_moments (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;

  add (entries, 10, IW_ENTRY_STAGE, "assess");
  add (entries, 20, IW_ENTRY_STAGE, "diagnose");
  add (entries, 20, IW_ENTRY_STAGE, "assess");
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpuint (state->bands->len, ==, 1);
  assert_band (state, 0, IW_STAGE_ASSESS, 10, G_MAXINT64);
}

/* Written later, but about an earlier time: it does not outdo what came after. */
static void
test_order_of_occurrence (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;

  iw_entry_set_recorded (add (entries, 20, IW_ENTRY_SEVERITY, "high"), minute (20));
  iw_entry_set_recorded (add (entries, 10, IW_ENTRY_SEVERITY, "low"), minute (90));
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->opened_at, ==, 10 * MINUTE);
}

/* At the same time, the one recorded later; at that too, the greater id. */
static void
test_ties (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *first, *second;

  first = add (entries, 10, IW_ENTRY_SEVERITY, "high");
  second = add (entries, 10, IW_ENTRY_SEVERITY, "low");
  iw_entry_set_recorded (first, minute (12));
  iw_entry_set_recorded (second, minute (11));
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_clear_pointer (&state, iw_incident_state_free);

  iw_entry_set_recorded (second, minute (12));
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_LOW);
  g_clear_pointer (&state, iw_incident_state_free);

  iw_entry_set_id (first, "z");
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
}

/* Without a time of its own a decision counts from when it was recorded, else made. */
static void
test_other_times (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;
  IwEntry *entry = add (entries, 0, IW_ENTRY_SEVERITY, "high");

  iw_entry_set_occurred (entry, IW_TIME_NONE);
  iw_entry_set_field (entry, "created_at", "1970-01-01T00:07:00Z");
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->opened_at, ==, 7 * MINUTE);
  g_clear_pointer (&state, iw_incident_state_free);

  iw_entry_set_recorded (entry, minute (6));
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->opened_at, ==, 6 * MINUTE);
  g_clear_pointer (&state, iw_incident_state_free);

  iw_entry_set_recorded (entry, IW_TIME_NONE);
  iw_entry_set_field (entry, "created_at", NULL);
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->opened_at, ==, 0);
}

/* What a newer version decided is no decision here, and undoes none. */
static void
test_unknown_values (void)
{
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) state = NULL;

  add (entries, 10, IW_ENTRY_STAGE, "assess");
  add (entries, 10, IW_ENTRY_SEVERITY, "high");
  add (entries, 10, IW_ENTRY_CLASSIFICATION, "privacy");
  add (entries, 20, IW_ENTRY_STAGE, "archive");
  add (entries, 20, IW_ENTRY_SEVERITY, "apocalyptic");
  add (entries, 20, IW_ENTRY_CLASSIFICATION, NULL);
  add (entries, 20, IW_ENTRY_SEVERITY, NULL);
  add (entries, 20, IW_ENTRY_STAGE, NULL);
  state = iw_incident_fold (entries);
  g_assert_cmpint (state->stage, ==, IW_STAGE_ASSESS);
  g_assert_cmpint (state->severity, ==, IW_SEVERITY_HIGH);
  g_assert_cmpint (state->classification, ==, IW_CLASSIFICATION_PRIVACY);
}

static gboolean
equal_states (IwIncidentState *a, IwIncidentState *b)
{
  if (a->stage != b->stage || a->severity != b->severity ||
      a->classification != b->classification || a->opened_at != b->opened_at ||
      a->closed_at != b->closed_at || a->bands->len != b->bands->len)
    return FALSE;
  for (guint i = 0; i < a->bands->len; i++)
    {
      const IwStageBand *x = &g_array_index (a->bands, IwStageBand, i);
      const IwStageBand *y = &g_array_index (b->bands, IwStageBand, i);

      if (x->stage != y->stage || x->start != y->start || x->end != y->end)
        return FALSE;
    }
  return TRUE;
}

static void
shuffle (GPtrArray *entries, GRand *rand)
{
  for (guint i = entries->len; i > 1; i--)
    {
      guint j = g_rand_int_range (rand, 0, i);
      gpointer swap = entries->pdata[i - 1];

      entries->pdata[i - 1] = entries->pdata[j];
      entries->pdata[j] = swap;
    }
}

static IwEntry *
add_random (GPtrArray *entries, GRand *rand, gboolean with_ids)
{
  static const IwEntryKind kinds[] = { IW_ENTRY_STAGE, IW_ENTRY_SEVERITY, IW_ENTRY_CLASSIFICATION };
  IwEntryKind kind = kinds[g_rand_int_range (rand, 0, 3)];
  const char *to;
  IwEntry *entry;

  if (kind == IW_ENTRY_STAGE)
    to = iw_stage_to_string (g_rand_int_range (rand, 0, IW_N_STAGES));
  else if (kind == IW_ENTRY_SEVERITY)
    to = iw_severity_to_string (g_rand_int_range (rand, 1, IW_N_SEVERITIES));
  else
    to = iw_classification_to_string (g_rand_int_range (rand, 1, IW_N_CLASSIFICATIONS));
  entry = add (entries, g_rand_int_range (rand, 1, 6), kind, to);
  if (g_rand_boolean (rand))
    iw_entry_set_recorded (entry, minute (g_rand_int_range (rand, 1, 4)));
  if (!with_ids)
    iw_entry_set_id (entry, NULL);
  return entry;
}

static void
assert_bands_hold (IwIncidentState *state)
{
  for (guint i = 0; i < state->bands->len; i++)
    {
      const IwStageBand *band = &g_array_index (state->bands, IwStageBand, i);

      g_assert_cmpint (band->start, <, band->end);
      if (i == 0)
        {
          g_assert_cmpint (band->start, ==, state->opened_at);
          continue;
        }
      g_assert_cmpint (band->start, ==, (band - 1)->end);
      g_assert_cmpint (band->stage, !=, (band - 1)->stage);
    }
  if (state->bands->len > 0)
    {
      const IwStageBand *last = &g_array_index (state->bands, IwStageBand, state->bands->len - 1);

      g_assert_cmpint (last->end, ==, G_MAXINT64);
      g_assert_cmpint (last->stage, ==, state->stage);
      g_assert_cmpint (state->closed_at, ==, state->stage == IW_STAGE_CLOSED ? last->start : 0);
    }
}

/* Any order of arrival gives the same state, also with ties in each part of the order. */
static void
test_any_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);

  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) entries = new_entries ();
      g_autoptr (IwIncidentState) state = NULL;

      for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        add_random (entries, rand, round % 3 != 0);
      state = iw_incident_fold (entries);
      assert_bands_hold (state);
      for (int i = 0; i < 10; i++)
        {
          g_autoptr (IwIncidentState) again = NULL;

          shuffle (entries, rand);
          again = iw_incident_fold (entries);
          g_assert_true (equal_states (state, again));
        }
    }
}

/* The same entry given twice, as two peers may, changes nothing. */
static void
test_twice (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GPtrArray) entries = new_entries ();
  g_autoptr (IwIncidentState) once = NULL;
  g_autoptr (IwIncidentState) twice = NULL;
  guint n;

  for (int i = 0; i < 10; i++)
    add_random (entries, rand, TRUE);
  once = iw_incident_fold (entries);
  n = entries->len;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (entries, iw_entry_copy (entries->pdata[i]));
  twice = iw_incident_fold (entries);
  g_assert_true (equal_states (once, twice));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incident/fold/nothing", test_nothing);
  g_test_add_func ("/incident/fold/course", test_course);
  g_test_add_func ("/incident/fold/reopened", test_reopened);
  g_test_add_func ("/incident/fold/moments", test_moments);
  g_test_add_func ("/incident/fold/order-of-occurrence", test_order_of_occurrence);
  g_test_add_func ("/incident/fold/ties", test_ties);
  g_test_add_func ("/incident/fold/other-times", test_other_times);
  g_test_add_func ("/incident/fold/unknown-values", test_unknown_values);
  g_test_add_func ("/incident/fold/any-order", test_any_order);
  g_test_add_func ("/incident/fold/twice", test_twice);
  return g_test_run ();
}
