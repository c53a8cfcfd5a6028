/* Clocks: which run, until when, how each ended, and their words in any zone. */
#include "decision-fixture.h"

#include "iw-zone.h"

static const IwClock *
find_clock (GPtrArray *clocks, IwEntry *entry)
{
  for (guint i = 0; i < clocks->len; i++)
    if (g_strcmp0 (((IwClock *)clocks->pdata[i])->id, id_of (entry)) == 0)
      return clocks->pdata[i];
  return NULL;
}

static void
assert_state (GPtrArray *clocks, IwEntry *entry, IwClockState state, gint64 ended)
{
  const IwClock *clock = find_clock (clocks, entry);

  g_assert_nonnull (clock);
  g_assert_cmpint (clock->state, ==, state);
  g_assert_cmpint (clock->ended, ==, state == IW_CLOCK_RUNNING ? 0 : minute (ended));
  g_assert_true ((*clock->why == '\0') == (state == IW_CLOCK_RUNNING));
}

/* ---- the customer notice ---- */

static void
test_declaration_starts (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *declared = put_declaration (entries, 10);
  const IwClock *clock;

  iw_entry_set_recorded (declared, at_minute (45)); /* written down later: it ran all the same */
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 1);
  clock = clocks->pdata[0];
  g_assert_cmpstr (clock->id, ==, id_of (declared));
  g_assert_cmpint (clock->kind, ==, IW_CLOCK_CUSTOMER_NOTICE);
  g_assert_cmpstr (clock->name, ==, "Customer notice");
  g_assert_cmpint (clock->start, ==, minute (10));
  g_assert_cmpint (clock->due, ==, minute (10) + 72 * HOUR);
  g_assert_cmpstr (clock->ends_on, ==, "notice-sent");
  assert_state (clocks, declared, IW_CLOCK_RUNNING, 0);
}

static void
test_declared_without_right (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;

  iw_entry_set_field (put_declaration (entries, 10), "declared_by", NULL);
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 0);
}

static void
test_declared_again (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *first = put_declaration (entries, 10);
  IwEntry *second = put_declaration (entries, 20);

  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 1);
  assert_state (clocks, first, IW_CLOCK_RUNNING, 0);
  g_assert_null (find_clock (clocks, second));
}

static void
test_reclassified (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *first = put_declaration (entries, 10);
  IwEntry *again;

  put_classification (entries, 20, "security-incident");
  again = put_declaration (entries, 30);
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 2);
  assert_state (clocks, first, IW_CLOCK_STOPPED, 20);
  g_assert_cmpstr (find_clock (clocks, first)->why, ==, "Classified as Security Incident");
  assert_state (clocks, again, IW_CLOCK_RUNNING, 0);
  g_assert_cmpint (find_clock (clocks, again)->due, ==, minute (30) + 72 * HOUR);
}

/* What somebody says later of the first clock does not keep the second from starting. */
static void
test_reclassified_and_ended_by_hand (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *first = put_declaration (entries, 10);
  IwEntry *again;

  put_classification (entries, 20, "security-incident");
  again = put_declaration (entries, 30);
  put_clock_end (entries, 40, first, "met");
  clocks = fold_clocks (entries);
  assert_state (clocks, first, IW_CLOCK_MET, 40);
  assert_state (clocks, again, IW_CLOCK_RUNNING, 0);
}

static void
test_notice_meets (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *declared;

  put_notice (entries, 5, "early", "sent", NULL); /* before it began */
  declared = put_declaration (entries, 10);
  put_notice (entries, 11, "authority", "sent", "regulator");
  put_notice (entries, 12, "later", "deferred", NULL); /* a deferral stops nothing */
  clocks = fold_clocks (entries);
  assert_state (clocks, declared, IW_CLOCK_RUNNING, 0);
  g_clear_pointer (&clocks, g_ptr_array_unref);

  put_notice (entries, 40, "second", "sent", NULL);
  put_notice (entries, 30, "first", "sent", NULL);
  put_classification (entries, 50, "security-incident"); /* it was met before */
  clocks = fold_clocks (entries);
  assert_state (clocks, declared, IW_CLOCK_MET, 30);
}

/* Sent after it was reclassified: the clock had stopped by then. */
static void
test_notice_after_reclassifying (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *declared = put_declaration (entries, 10);

  put_classification (entries, 20, "privacy");
  put_notice (entries, 30, "n", "sent", NULL);
  clocks = fold_clocks (entries);
  assert_state (clocks, declared, IW_CLOCK_STOPPED, 20);
}

/* Once met, another determination starts another clock. */
static void
test_declared_after_sending (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *first = put_declaration (entries, 10);
  IwEntry *second;

  put_notice (entries, 20, "n", "sent", NULL);
  second = put_declaration (entries, 30);
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 2);
  assert_state (clocks, first, IW_CLOCK_MET, 20);
  assert_state (clocks, second, IW_CLOCK_RUNNING, 0);
}

static void
test_withdrawn_declaration (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *wrong = put_declaration (entries, 10);
  IwEntry *right;

  put_withdrawal (entries, 15, id_of (wrong));
  right = put_declaration (entries, 20);
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 2);
  assert_state (clocks, wrong, IW_CLOCK_STOPPED, 15);
  assert_state (clocks, right, IW_CLOCK_RUNNING, 0);
}

/* ---- clocks that somebody set ---- */

static void
test_set_clock (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *entry = put_clock (entries, 10, "2026-11-03T10:00:00+01:00", "1440", "manual");
  IwEntry *withdrawn = put_clock (entries, 11, "2026-11-03T09:00:00Z", "60", "manual");
  IwEntry *wrong = put_clock (entries, 12, "2026-11-03T09:00:00Z", "soon", "manual");
  const IwClock *clock;

  put_withdrawal (entries, 13, id_of (withdrawn));
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 2);
  clock = find_clock (clocks, entry);
  g_assert_cmpint (clock->start, ==, minute (0));
  g_assert_cmpint (clock->due, ==, minute (24 * 60));
  g_assert_cmpint (clock->kind, ==, IW_CLOCK_REGULATOR);
  g_assert_cmpstr (clock->name, ==, "Authority");
  assert_state (clocks, entry, IW_CLOCK_RUNNING, 0);
  assert_state (clocks, withdrawn, IW_CLOCK_STOPPED, 13);
  g_assert_null (find_clock (clocks, wrong));
}

static void
test_ends_on (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  const char *start = "2026-11-03T09:05:00Z"; /* minute 5 */
  IwEntry *regulator = put_clock (entries, 6, start, "60", "regulator-notice-sent");
  IwEntry *customers = put_clock (entries, 6, start, "60", "notice-sent");
  IwEntry *contained = put_clock (entries, 6, start, "60", "contained");
  IwEntry *closed = put_clock (entries, 6, start, "60", "closed");
  IwEntry *manual = put_clock (entries, 6, start, "60", "manual");

  put_containment (entries, 1, "started");
  put_containment (entries, 2, "ended"); /* before they began */
  put_stage (entries, 3, "closed");
  put_stage (entries, 4, "diagnose");
  clocks = fold_clocks (entries);
  for (guint i = 0; i < clocks->len; i++)
    g_assert_cmpint (((IwClock *)clocks->pdata[i])->state, ==, IW_CLOCK_RUNNING);
  g_clear_pointer (&clocks, g_ptr_array_unref);

  put_containment (entries, 10, "started");
  put_containment (entries, 20, "ended");
  put_containment (entries, 21, "started");
  put_containment (entries, 22, "ended");
  put_notice (entries, 30, "a", "sent", "regulator");
  put_notice (entries, 40, "b", "sent", "customers");
  put_notice (entries, 41, "c", "sent", "internal");
  put_stage (entries, 50, "closed");
  clocks = fold_clocks (entries);
  assert_state (clocks, contained, IW_CLOCK_MET, 20);
  assert_state (clocks, regulator, IW_CLOCK_MET, 30);
  assert_state (clocks, customers, IW_CLOCK_MET, 40);
  assert_state (clocks, closed, IW_CLOCK_MET, 50);
  assert_state (clocks, manual, IW_CLOCK_RUNNING, 0);
}

/* A person's word overrules: the last one. */
static void
test_ended_by_hand (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *declared = put_declaration (entries, 10);
  IwEntry *clock = put_clock (entries, 11, "2026-11-03T09:11:00Z", "60", "manual");
  IwEntry *asked = put_escalation (entries, 12, "Legal", "30");

  put_clock_end (entries, 20, declared, "met");
  put_notice (entries, 30, "n", "sent", NULL);
  put_clock_end (entries, 21, clock, "met");
  put_clock_end (entries, 25, clock, "stopped");
  put_clock_end (entries, 26, asked, "stopped");
  clocks = fold_clocks (entries);
  assert_state (clocks, declared, IW_CLOCK_MET, 20);
  assert_state (clocks, clock, IW_CLOCK_STOPPED, 25);
  g_assert_cmpstr (find_clock (clocks, clock)->why, ==, "said so");
  assert_state (clocks, asked, IW_CLOCK_STOPPED, 26);
}

/* ---- acknowledgements ---- */

static void
test_acknowledgement (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *asked = put_escalation (entries, 10, "Legal", "30");
  IwEntry *open = put_escalation (entries, 11, "Trust", "30");
  const IwClock *clock;

  put_answer (entries, 50, asked, "declined");
  clocks = fold_clocks (entries);
  clock = find_clock (clocks, asked);
  g_assert_cmpint (clock->kind, ==, IW_CLOCK_ACKNOWLEDGEMENT);
  g_assert_cmpstr (clock->name, ==, "Acknowledgement by Legal");
  g_assert_cmpstr (clock->ends_on, ==, "acknowledged");
  g_assert_cmpint (clock->due, ==, minute (40));
  assert_state (clocks, asked, IW_CLOCK_MET, 50);
  g_assert_cmpstr (clock->why, ==, "Declined by M. Ito");
  assert_state (clocks, open, IW_CLOCK_RUNNING, 0);
}

/* ---- order ---- */

static void
test_next_due (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  IwEntry *declared = put_declaration (entries, 0);
  IwEntry *hour = put_clock (entries, 1, "2026-11-03T09:00:00Z", "60", "manual");
  IwEntry *day = put_clock (entries, 1, "2026-11-03T09:00:00Z", "1440", "manual");

  clocks = fold_clocks (entries);
  g_assert_cmpstr (((IwClock *)clocks->pdata[0])->id, ==, id_of (hour));
  g_assert_cmpstr (((IwClock *)clocks->pdata[1])->id, ==, id_of (day));
  g_assert_cmpstr (((IwClock *)clocks->pdata[2])->id, ==, id_of (declared));
  g_assert_true (iw_clocks_next_due (clocks) == clocks->pdata[0]);
  g_clear_pointer (&clocks, g_ptr_array_unref);

  put_clock_end (entries, 5, hour, "met");
  clocks = fold_clocks (entries);
  g_assert_cmpstr (iw_clocks_next_due (clocks)->id, ==, id_of (day));
  g_assert_null (iw_clocks_next_due (none));
  g_assert_null (iw_clocks_next_due (NULL));
}

/* ---- zones and changes of the clock ---- */

/* Declared at this wall clock of @zone, it is due 72 hours later: at @due_wall there, whatever
 * became of the zone's own clocks meanwhile. */
static void
assert_72_hours (const char *zone_name, const char *declared_at, const char *due_wall)
{
  g_autoptr (GTimeZone) zone = iw_zone_lookup (zone_name);
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *wall = NULL;
  IwTime start;
  const IwClock *clock;

  g_assert_nonnull (zone);
  g_assert_true (iw_time_parse_rfc3339 (declared_at, zone, &start));
  iw_entry_set_occurred (put_declaration (entries, 0), start);
  clocks = fold_clocks (entries);
  g_assert_cmpuint (clocks->len, ==, 1);
  clock = clocks->pdata[0];
  g_assert_cmpint (clock->due - clock->start, ==, 72 * HOUR);
  utc = g_date_time_new_from_unix_utc_usec (clock->due);
  local = g_date_time_to_timezone (utc, zone);
  wall = g_date_time_format (local, "%Y-%m-%dT%H:%M");
  g_assert_cmpstr (wall, ==, due_wall);
}

static void
test_summer_time (void)
{
  /* Clocks go forward in the night to 29 March: three days take the wall clock an hour further. */
  assert_72_hours ("Europe/Berlin", "2026-03-27T09:00:00", "2026-03-30T10:00");
  /* And back in the night to 25 October. */
  assert_72_hours ("Europe/Berlin", "2026-10-23T09:00:00", "2026-10-26T08:00");
  assert_72_hours ("America/New_York", "2026-03-06T23:30:00", "2026-03-10T00:30");
  assert_72_hours ("America/New_York", "2026-10-30T12:00:00", "2026-11-02T11:00");
  /* The hour that comes twice, and the one that does not come at all. */
  assert_72_hours ("Europe/Berlin", "2026-10-25T02:30:00+02:00", "2026-10-28T01:30");
  assert_72_hours ("Europe/Berlin", "2026-10-25T02:30:00+01:00", "2026-10-28T02:30");
  /* South of the equator, with a change of half an hour. */
  assert_72_hours ("Australia/Lord_Howe", "2026-04-03T12:00:00", "2026-04-06T11:30");
  assert_72_hours ("Australia/Lord_Howe", "2026-10-02T12:00:00", "2026-10-05T12:30");
  /* Zones off by a half or a quarter of an hour, without changes. */
  assert_72_hours ("Asia/Kolkata", "2026-11-03T09:00:00", "2026-11-06T09:00");
  assert_72_hours ("Asia/Kathmandu", "2026-03-27T09:15:00", "2026-03-30T09:15");
  assert_72_hours ("UTC", "2026-03-27T09:00:00", "2026-03-30T09:00");
}

/* A time that is known to the day counts from its beginning, so that a clock is never too late. */
static void
test_precision (void)
{
  static const struct
  {
    const char *declared, *due;
  } cases[] = {
    { "2026-11-03", "2026-11-06T00:00:00.000000Z" },
    { "2026-11", "2026-11-04T00:00:00.000000Z" },
    { "2026-11-03T09Z", "2026-11-06T09:00:00.000000Z" },
    { "2026-11-03T09+05:30", "2026-11-06T03:30:00.000000Z" },
    { "2026-11-03T09:07Z", "2026-11-06T09:07:00.000000Z" },
    { "2026-11-03T09:07:31.250Z", "2026-11-06T09:07:31.250000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Entries) entries = entries_new ();
      g_autoptr (GPtrArray) clocks = NULL;
      g_autofree char *due = NULL;
      IwTime start;

      g_assert_true (iw_time_parse_rfc3339 (cases[i].declared, NULL, &start));
      iw_entry_set_occurred (put_declaration (entries, 0), start);
      clocks = fold_clocks (entries);
      due = iw_time_to_rfc3339 (
          (IwTime){ ((IwClock *)clocks->pdata[0])->due, IW_PRECISION_MICROSECOND });
      g_assert_cmpstr (due, ==, cases[i].due);
    }
}

/* The machine slept, or its clock was set: a clock says what follows from the present it is told,
 * and nothing of it counts up in between. */
static void
test_changed_present (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  const IwClock *clock;
  static const struct
  {
    gint64 minutes;
    const char *words;
  } looks[] = {
    { 0, "72 h left" },
    { 71 * 60, "1 h left" },
    { 75 * 60, "overdue by 3 h" }, /* it slept for four hours */
    { 60, "71 h left" },           /* its clock was set back */
    { -60, "73 h left" },          /* to before it began */
    { 1000 * 60, "overdue by 38 d 16 h" },
  };

  put_declaration (entries, 0);
  clocks = fold_clocks (entries);
  clock = clocks->pdata[0];
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *words = iw_clock_words (clock, minute (looks[i].minutes));

      if (i + 1 < G_N_ELEMENTS (looks))
        g_assert_cmpstr (words, ==, looks[i].words);
      else
        g_assert_true (g_str_has_prefix (words, "overdue by 38 d"));
    }
}

/* ---- words ---- */

static void
assert_words (IwClockState state, gint64 due, gint64 ended, gint64 now, const char *expected)
{
  IwClock clock = { .id = (char *)"x",
                    .name = (char *)"Notice",
                    .start = minute (0),
                    .due = minute (due),
                    .state = state,
                    .ended = ended != 0 ? minute (ended) : 0 };
  g_autofree char *words = iw_clock_words (&clock, minute (now));

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  assert_words (IW_CLOCK_RUNNING, 41 * 60 + 59, 0, 0, "41 h left");
  assert_words (IW_CLOCK_RUNNING, 25, 0, 0, "25 min left");
  assert_words (IW_CLOCK_RUNNING, 25, 0, 25, "0 s left");
  assert_words (IW_CLOCK_RUNNING, 23 * 60 + 5, 0, 0, "23 h 5 min left");
  assert_words (IW_CLOCK_RUNNING, 96 * 60, 0, 0, "96 h left");
  assert_words (IW_CLOCK_RUNNING, 10 * 24 * 60, 0, 0, "10 d left");
  assert_words (IW_CLOCK_RUNNING, 0, 0, 185, "overdue by 3 h 5 min");
  assert_words (IW_CLOCK_MET, 180, 60, 500, "met 2 h before it was due");
  assert_words (IW_CLOCK_MET, 60, 300, 500, "met 4 h late");
  assert_words (IW_CLOCK_STOPPED, 60, 30, 500, "stopped");
}

static void
assert_sentence (IwClockState state,
                 gint64 ended,
                 gint64 now,
                 const char *zone_name,
                 const char *expected)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? iw_zone_lookup (zone_name) : NULL;
  IwClock clock = { .id = (char *)"x",
                    .name = (char *)"Customer notice",
                    .start = minute (0),
                    .due = minute (72 * 60),
                    .state = state,
                    .ended = ended != 0 ? minute (ended) : 0 };
  g_autofree char *sentence = iw_clock_sentence (&clock, minute (now), zone);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_sentence (void)
{
  assert_sentence (IW_CLOCK_RUNNING, 0, 31 * 60, NULL,
                   "Customer notice due in 41 h: Fri 6 Nov 2026 09:00 UTC");
  assert_sentence (IW_CLOCK_RUNNING, 0, 31 * 60, "Asia/Kolkata",
                   "Customer notice due in 41 h: Fri 6 Nov 2026 14:30 Asia/Kolkata (UTC+05:30)");
  assert_sentence (IW_CLOCK_RUNNING, 0, 75 * 60, "Pacific/Auckland",
                   "Customer notice overdue by 3 h: it was due Fri 6 Nov 2026 22:00 "
                   "Pacific/Auckland (UTC+13:00)");
  assert_sentence (IW_CLOCK_MET, 76 * 60, 80 * 60, NULL,
                   "Customer notice: met 4 h late (due Fri 6 Nov 2026 09:00 UTC)");
}

static void
test_overdue (void)
{
  IwClock clock = { .due = 100 };

  g_assert_false (iw_clock_is_overdue (&clock, 100));
  g_assert_true (iw_clock_is_overdue (&clock, 101));
  clock.state = IW_CLOCK_MET;
  g_assert_false (iw_clock_is_overdue (&clock, 101));
}

static void
test_kinds (void)
{
  for (int i = 0; i < IW_N_CLOCK_KINDS; i++)
    {
      IwClockKind kind = IW_N_CLOCK_KINDS;

      g_assert_true (iw_clock_kind_from_string (iw_clock_kind_to_string (i), &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (iw_clock_kind_label (i), !=, "");
    }
  g_assert_false (iw_clock_kind_from_string ("x", &(IwClockKind){ 0 }));
}

/* Absurd times neither wrap around nor stop the program. */
static void
test_extremes (void)
{
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (GPtrArray) clocks = NULL;
  IwEntry *last = put_clock (entries, 1, "9999-12-31T23:59:59Z", "5000000", "closed");
  IwEntry *first = put_clock (entries, 1, "0001-01-01T00:00:00Z", "1", "closed");
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;

  clocks = fold_clocks (entries);
  g_assert_cmpint (find_clock (clocks, last)->due, ==, IW_TIME_MAX);
  sentence = iw_clock_sentence (find_clock (clocks, last), minute (0), NULL);
  words = iw_clock_words (find_clock (clocks, first), minute (0));
  g_assert_true (g_str_has_prefix (words, "overdue by "));
  g_assert_nonnull (sentence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/clock/notice/declaration-starts", test_declaration_starts);
  g_test_add_func ("/clock/notice/declared-without-right", test_declared_without_right);
  g_test_add_func ("/clock/notice/declared-again", test_declared_again);
  g_test_add_func ("/clock/notice/reclassified", test_reclassified);
  g_test_add_func ("/clock/notice/reclassified-and-ended-by-hand",
                   test_reclassified_and_ended_by_hand);
  g_test_add_func ("/clock/notice/met", test_notice_meets);
  g_test_add_func ("/clock/notice/after-reclassifying", test_notice_after_reclassifying);
  g_test_add_func ("/clock/notice/declared-after-sending", test_declared_after_sending);
  g_test_add_func ("/clock/notice/withdrawn-declaration", test_withdrawn_declaration);
  g_test_add_func ("/clock/set", test_set_clock);
  g_test_add_func ("/clock/ends-on", test_ends_on);
  g_test_add_func ("/clock/ended-by-hand", test_ended_by_hand);
  g_test_add_func ("/clock/acknowledgement", test_acknowledgement);
  g_test_add_func ("/clock/next-due", test_next_due);
  g_test_add_func ("/clock/time/summer-time", test_summer_time);
  g_test_add_func ("/clock/time/precision", test_precision);
  g_test_add_func ("/clock/time/changed-present", test_changed_present);
  g_test_add_func ("/clock/time/extremes", test_extremes);
  g_test_add_func ("/clock/words", test_words);
  g_test_add_func ("/clock/sentence", test_sentence);
  g_test_add_func ("/clock/overdue", test_overdue);
  g_test_add_func ("/clock/kinds", test_kinds);
  return g_test_run ();
}
