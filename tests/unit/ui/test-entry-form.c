#include "iw-entry-form.h"

#include <locale.h>

#define INCIDENT "01890a5d-ac96-774b-bcce-b302099a8057"

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

static gint64
now (void)
{
  return at ("2026-11-03T15:00:00Z");
}

static IwEntry *
make_entry (void)
{
  IwEntry *entry = iw_entry_new (INCIDENT, IW_ENTRY_OBSERVATION, "Sign-in from a new country");

  iw_entry_set_id (entry, INCIDENT ":entry-1");
  iw_entry_set_occurred (entry, (IwTime){ at ("2026-11-03T03:04:11Z"), IW_PRECISION_SECOND });
  iw_entry_set_actor (entry, "A. Sato");
  return entry;
}

static IwEntryForm *
make_form (IwEntry *entry, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);

  return iw_entry_form_new (entry, zone, now ());
}

/* Sets and lets the former value go, as the dialog does. */
static void
set (IwEntryForm **form, IwEntryField field, const char *text)
{
  IwEntryForm *next = iw_entry_form_set (*form, field, text);

  iw_entry_form_unref (*form);
  *form = next;
}

static void
test_untouched (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");
  g_autoptr (IwEntry) same = NULL;

  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_KIND), ==, "observation");
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_OCCURRED), ==, "2026-11-03 03:04:11");
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_END), ==, "");
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_ACTOR), ==, "A. Sato");
  g_assert_false (iw_entry_form_is_changed (form));
  g_assert_true (iw_entry_form_is_valid (form));
  same = iw_entry_form_apply (form, entry);
  g_assert_true (iw_entry_equal_content (entry, same));
}

static void
test_values_are_immutable (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");
  g_autoptr (IwEntryForm) other = iw_entry_form_set (form, IW_FIELD_ACTOR, "B. Kim");
  g_autoptr (IwEntryForm) same = iw_entry_form_set (form, IW_FIELD_ACTOR, "A. Sato");

  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_ACTOR), ==, "A. Sato");
  g_assert_cmpstr (iw_entry_form_get (other, IW_FIELD_ACTOR), ==, "B. Kim");
  g_assert_true (iw_entry_form_is_field_changed (other, IW_FIELD_ACTOR));
  g_assert_false (iw_entry_form_is_field_changed (other, IW_FIELD_TEAM));
  g_assert_true (same == form);
  g_assert_cmpstr (iw_entry_get_actor (entry), ==, "A. Sato");
}

static void
test_precision_is_what_is_typed (void)
{
  const struct
  {
    const char *typed;
    const char *us;
    IwPrecision precision;
  } cases[] = {
    { "2026", "2026-01-01T00:00:00Z", IW_PRECISION_YEAR },
    { "2026-11", "2026-11-01T00:00:00Z", IW_PRECISION_MONTH },
    { "2026-11-02", "2026-11-02T00:00:00Z", IW_PRECISION_DAY },
    { "  2026-11-02 14:05 ", "2026-11-02T05:05:00Z", IW_PRECISION_MINUTE },
    { "2026-11-02T14:05Z", "2026-11-02T14:05:00Z", IW_PRECISION_MINUTE },
    { "2026-11-02T14:05:06.123Z", "2026-11-02T14:05:06.123Z", IW_PRECISION_MILLISECOND },
    { "yesterday 23:10", "2026-11-03T14:10:00Z", IW_PRECISION_MINUTE },
  };
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "Asia/Tokyo");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IwTime time;

      set (&form, IW_FIELD_OCCURRED, cases[i].typed);
      g_assert_null (iw_entry_form_get_problem (form, IW_FIELD_OCCURRED));
      time = iw_entry_form_get_time (form, IW_FIELD_OCCURRED);
      g_assert_cmpint (time.us, ==, at (cases[i].us));
      g_assert_cmpint (time.precision, ==, cases[i].precision);
      g_assert_nonnull (iw_entry_form_get_hint (form, IW_FIELD_OCCURRED));
    }
}

/* What is written into the field reads back as the same time, at every precision. */
static void
test_times_round_trip (void)
{
  const char *zones[] = { "UTC", "Europe/Berlin", "Asia/Kathmandu", "-03:30" };

  for (guint z = 0; z < G_N_ELEMENTS (zones); z++)
    for (int precision = IW_PRECISION_YEAR; precision <= IW_PRECISION_MICROSECOND; precision++)
      {
        static const char *const starts[] = { "",
                                              "2026-01-01T00:00:00Z",
                                              "2026-11-01T00:00:00Z",
                                              "2026-11-02T00:00:00Z",
                                              "2026-11-02T17:15:00Z",
                                              "2026-11-02T17:15:00Z",
                                              "2026-11-02T17:15:16Z",
                                              "2026-11-02T17:15:16.123Z",
                                              "2026-11-02T17:15:16.123456Z" };
        g_autoptr (IwEntry) entry = make_entry ();
        g_autoptr (IwEntryForm) form = NULL;
        g_autofree char *text = NULL;
        IwTime time = { at (starts[precision]), precision };

        if (precision == IW_PRECISION_HOUR)
          continue; /* an hour of one zone is no hour of another that is 45 minutes off */
        iw_entry_set_occurred (entry, time);
        form = make_form (entry, zones[z]);
        text = g_strdup (iw_entry_form_get (form, IW_FIELD_OCCURRED));
        set (&form, IW_FIELD_OCCURRED, "2001");
        g_assert_true (iw_entry_form_is_field_changed (form, IW_FIELD_OCCURRED));
        set (&form, IW_FIELD_OCCURRED, text);
        g_assert_false (iw_entry_form_is_field_changed (form, IW_FIELD_OCCURRED));
        g_assert_cmpint (iw_entry_form_get_time (form, IW_FIELD_OCCURRED).us, ==, time.us);
      }
}

static void
test_doubled_hour_is_kept (void)
{
  /* 02:30 comes twice in Berlin on 25 October: this is the second one */
  IwTime time = { at ("2026-10-25T01:30:00Z"), IW_PRECISION_MINUTE };
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = NULL;
  g_autoptr (IwEntry) saved = NULL;

  iw_entry_set_occurred (entry, time);
  form = make_form (entry, "Europe/Berlin");
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_OCCURRED), ==, "2026-10-25 02:30");
  set (&form, IW_FIELD_ACTOR, "somebody");
  saved = iw_entry_form_apply (form, entry);
  g_assert_cmpint (iw_entry_get_occurred (saved).us, ==, time.us);
}

static void
test_problems_in_words (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");

  set (&form, IW_FIELD_OCCURRED, "14:05 three hosts");
  g_assert_nonnull (
      strstr (iw_entry_form_get_problem (form, IW_FIELD_OCCURRED), "14:05 three hosts"));
  g_assert_false (iw_entry_form_is_valid (form));
  set (&form, IW_FIELD_OCCURRED, "2026-02-30");
  g_assert_nonnull (iw_entry_form_get_problem (form, IW_FIELD_OCCURRED));
  set (&form, IW_FIELD_OCCURRED, "2026-11-03 10:00");
  g_assert_true (iw_entry_form_is_valid (form));

  set (&form, IW_FIELD_END, "2026-11-03 09:59");
  g_assert_nonnull (iw_entry_form_get_problem (form, IW_FIELD_END));
  set (&form, IW_FIELD_END, "2026-11-03 10:00");
  g_assert_null (iw_entry_form_get_problem (form, IW_FIELD_END));
  set (&form, IW_FIELD_OCCURRED, "");
  g_assert_nonnull (iw_entry_form_get_problem (form, IW_FIELD_END));
  set (&form, IW_FIELD_END, "");
  g_assert_true (iw_entry_form_is_valid (form));

  set (&form, IW_FIELD_TEXT, " \n ");
  g_assert_nonnull (iw_entry_form_get_problem (form, IW_FIELD_TEXT));
  set (&form, IW_FIELD_TEXT, "x");
  set (&form, IW_FIELD_ZONE, "Mars/Olympus");
  g_assert_nonnull (strstr (iw_entry_form_get_problem (form, IW_FIELD_ZONE), "Mars/Olympus"));
  set (&form, IW_FIELD_ZONE, "+05:30");
  g_assert_true (iw_entry_form_is_valid (form));
}

static void
test_odd_but_not_wrong (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");

  set (&form, IW_FIELD_DISCOVERED, "2026-11-01 10:00");
  g_assert_nonnull (strstr (iw_entry_form_get_hint (form, IW_FIELD_DISCOVERED), "before"));
  g_assert_true (iw_entry_form_is_valid (form));
  set (&form, IW_FIELD_OCCURRED, "2027-01-01 10:00");
  g_assert_nonnull (strstr (iw_entry_form_get_hint (form, IW_FIELD_OCCURRED), "future"));
  g_assert_true (iw_entry_form_is_valid (form));
}

static void
test_range_in_one_field (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");
  g_autoptr (IwEntry) saved = NULL;

  set (&form, IW_FIELD_OCCURRED, "14:05-14:20");
  g_assert_true (iw_entry_form_is_valid (form));
  saved = iw_entry_form_apply (form, entry);
  g_assert_cmpint (iw_entry_get_occurred (saved).us, ==, at ("2026-11-03T14:05:00Z"));
  g_assert_cmpint (iw_entry_get_occurred_end (saved).us, ==, at ("2026-11-03T14:20:00Z"));
}

static void
test_zone_of_its_own (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");
  g_autoptr (IwEntry) saved = NULL;

  /* what was not typed stays the same instant, shown in the new zone */
  set (&form, IW_FIELD_ZONE, "Asia/Tokyo");
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_OCCURRED), ==, "2026-11-03 12:04:11");
  g_assert_false (iw_entry_form_is_field_changed (form, IW_FIELD_OCCURRED));
  /* what is typed is read in it */
  set (&form, IW_FIELD_OCCURRED, "2026-11-03 12:00");
  set (&form, IW_FIELD_ZONE, "UTC");
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_OCCURRED), ==, "2026-11-03 12:00");
  set (&form, IW_FIELD_ZONE, "Asia/Tokyo");
  saved = iw_entry_form_apply (form, entry);
  g_assert_cmpint (iw_entry_get_occurred (saved).us, ==, at ("2026-11-03T03:00:00Z"));
  g_assert_cmpstr (iw_entry_get_zone (saved), ==, "Asia/Tokyo");
}

static void
test_apply_every_field (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");
  g_autoptr (IwEntry) saved = NULL;
  const char *const *tags;

  set (&form, IW_FIELD_KIND, "action");
  set (&form, IW_FIELD_TEXT, "Blocked **it**\n\n- twice");
  set (&form, IW_FIELD_DISCOVERED, "2026-11-03 05:00");
  set (&form, IW_FIELD_ACTOR, "  ");
  set (&form, IW_FIELD_TEAM, " Network ");
  set (&form, IW_FIELD_SOURCE, "firewall");
  set (&form, IW_FIELD_CONFIDENCE, "high");
  set (&form, IW_FIELD_KEY, "true");
  set (&form, IW_FIELD_TAGS, "T1078, , vpn,T1078");
  saved = iw_entry_form_apply (form, entry);
  g_assert_cmpint (iw_entry_get_kind (saved), ==, IW_ENTRY_ACTION);
  g_assert_cmpstr (iw_entry_get_text (saved), ==, "Blocked **it**\n\n- twice");
  g_assert_cmpint (iw_entry_get_discovered (saved).us, ==, at ("2026-11-03T05:00:00Z"));
  g_assert_cmpstr (iw_entry_get_actor (saved), ==, "");
  g_assert_cmpstr (iw_entry_get_team (saved), ==, "Network");
  g_assert_cmpstr (iw_entry_get_source (saved), ==, "firewall");
  g_assert_cmpint (iw_entry_get_confidence (saved), ==, IW_CONFIDENCE_HIGH);
  g_assert_true (iw_entry_get_key (saved));
  tags = iw_entry_get_tags (saved);
  g_assert_cmpuint (g_strv_length ((char **)tags), ==, 2);
  g_assert_cmpstr (tags[0], ==, "T1078");
  g_assert_cmpstr (tags[1], ==, "vpn");
  g_assert_cmpint (iw_entry_get_occurred (saved).us, ==, iw_entry_get_occurred (entry).us);
}

static void
test_links_are_removed_one_by_one (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = NULL;
  g_autoptr (IwEntryForm) less = NULL;
  g_autoptr (IwEntry) saved = NULL;
  g_autoptr (GArray) links = NULL;

  iw_entry_add_link (entry, INCIDENT ":evidence-a", 7);
  iw_entry_add_link (entry, INCIDENT ":evidence-b", 9);
  iw_entry_add_link (entry, INCIDENT ":entry-2", 0);
  form = make_form (entry, "UTC");
  less = iw_entry_form_remove_link (form, 1);
  links = iw_entry_form_get_links (less);
  g_assert_cmpuint (links->len, ==, 2);
  g_assert_cmpstr (g_array_index (links, IwEntryLink, 1).docid, ==, INCIDENT ":entry-2");
  saved = iw_entry_form_apply (less, entry);
  g_assert_cmpuint (iw_entry_get_links (saved)->len, ==, 2);
  g_assert_cmpint (g_array_index (iw_entry_get_links (saved), IwEntryLink, 0).row, ==, 7);
}

static void
test_bulk_changes_only_what_was_touched (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (IwEntryForm) form = NULL;
  g_autoptr (IwEntry) saved = NULL;

  g_ptr_array_add (entries, make_entry ());
  g_ptr_array_add (entries, make_entry ());
  iw_entry_set_actor (g_ptr_array_index (entries, 1), "B. Kim");
  iw_entry_set_text (g_ptr_array_index (entries, 1), "Another");
  form = iw_entry_form_new_bulk (entries, zone, now ());
  g_assert_true (iw_entry_form_is_mixed (form, IW_FIELD_ACTOR));
  g_assert_false (iw_entry_form_is_mixed (form, IW_FIELD_KIND));
  g_assert_cmpstr (iw_entry_form_get (form, IW_FIELD_ACTOR), ==, "");
  g_assert_true (iw_entry_form_is_valid (form));
  g_assert_false (iw_entry_form_is_changed (form));
  set (&form, IW_FIELD_TEAM, "Network");
  saved = iw_entry_form_apply (form, g_ptr_array_index (entries, 1));
  g_assert_cmpstr (iw_entry_get_actor (saved), ==, "B. Kim");
  g_assert_cmpstr (iw_entry_get_text (saved), ==, "Another");
  g_assert_cmpstr (iw_entry_get_team (saved), ==, "Network");
}

static void
test_draft_there_and_back (void)
{
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");
  g_autoptr (IwEntryForm) fresh = make_form (entry, "UTC");
  g_autoptr (IwEntryForm) restored = NULL;
  g_autofree char *draft = NULL;

  set (&form, IW_FIELD_TEXT, "half a sen“tence\n認証");
  set (&form, IW_FIELD_OCCURRED, "yester");
  draft = iw_entry_form_to_draft (form, "2-b");
  restored = iw_entry_form_restore_draft (fresh, draft);
  g_assert_cmpstr (iw_entry_form_get (restored, IW_FIELD_TEXT), ==, "half a sen“tence\n認証");
  g_assert_cmpstr (iw_entry_form_get (restored, IW_FIELD_OCCURRED), ==, "yester");
  g_assert_cmpstr (iw_entry_form_get (restored, IW_FIELD_ACTOR), ==, "A. Sato");
  g_assert_nonnull (iw_entry_form_get_problem (restored, IW_FIELD_OCCURRED));
}

static void
test_damaged_drafts (void)
{
  const char *drafts[] = {
    "", "{", "[]", "7", "{\"text\":7,\"tags\":[1],\"nonsense\":\"x\"}", NULL
  };
  g_autoptr (IwEntry) entry = make_entry ();
  g_autoptr (IwEntryForm) form = make_form (entry, "UTC");

  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autoptr (IwEntryForm) restored = iw_entry_form_restore_draft (form, drafts[i]);

      g_assert_false (iw_entry_form_is_changed (restored));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/entry-form/untouched", test_untouched);
  g_test_add_func ("/entry-form/immutable", test_values_are_immutable);
  g_test_add_func ("/entry-form/precision", test_precision_is_what_is_typed);
  g_test_add_func ("/entry-form/times-round-trip", test_times_round_trip);
  g_test_add_func ("/entry-form/doubled-hour", test_doubled_hour_is_kept);
  g_test_add_func ("/entry-form/problems", test_problems_in_words);
  g_test_add_func ("/entry-form/odd", test_odd_but_not_wrong);
  g_test_add_func ("/entry-form/range-in-one-field", test_range_in_one_field);
  g_test_add_func ("/entry-form/zone", test_zone_of_its_own);
  g_test_add_func ("/entry-form/every-field", test_apply_every_field);
  g_test_add_func ("/entry-form/links", test_links_are_removed_one_by_one);
  g_test_add_func ("/entry-form/bulk", test_bulk_changes_only_what_was_touched);
  g_test_add_func ("/entry-form/draft", test_draft_there_and_back);
  g_test_add_func ("/entry-form/damaged-drafts", test_damaged_drafts);
  return g_test_run ();
}
