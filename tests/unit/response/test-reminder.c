#include <glib.h>

#include "iw-reminder.h"

#define MINUTE (60 * IW_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define START G_GINT64_CONSTANT (1793675040000000) /* 2026-11-03T03:04:00Z */

static IwReminderClock *
clock_new (const char *id, gint64 start, gint64 due)
{
  IwReminderClock *clock = g_new0 (IwReminderClock, 1);

  clock->clock = g_strdup (id);
  clock->incident = g_strdup ("i");
  clock->title = g_strdup ("Title");
  clock->name = g_strdup ("Customer notice");
  clock->start = start;
  clock->due = due;
  return clock;
}

static GPtrArray *
clocks_new (gint64 start, gint64 due)
{
  GPtrArray *clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_reminder_clock_free);

  g_ptr_array_add (clocks, clock_new ("a", start, due));
  return clocks;
}

/* What is said at @now of the one clock there is; NONE if nothing. */
static IwReminderLevel
say_at (GPtrArray *clocks, IwReminderMemory *memory, gint64 now)
{
  g_autoptr (IwReminderPlan) plan = iw_reminder_plan (clocks, memory, now);

  g_assert_cmpuint (plan->say->len, <=, 1);
  return plan->say->len == 0 ? IW_REMINDER_NONE : ((IwReminder *)plan->say->pdata[0])->level;
}

static gint64
next_at (GPtrArray *clocks, IwReminderMemory *memory, gint64 now)
{
  g_autoptr (IwReminderPlan) plan = iw_reminder_plan (clocks, memory, now);

  g_assert_true (plan->next > now);
  return plan->next;
}

/* Sleeping until each instant that the planner names, as the program does. */
static void
test_walk (void)
{
  gint64 due = START + 72 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  const struct
  {
    gint64 before;
    IwReminderLevel level;
  } steps[] = { { 24 * HOUR, IW_REMINDER_24_HOURS },
                { 6 * HOUR, IW_REMINDER_6_HOURS },
                { HOUR, IW_REMINDER_1_HOUR },
                { 0, IW_REMINDER_OVERDUE } };
  gint64 now = START;

  g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      now = next_at (clocks, memory, now);
      g_assert_cmpint (now, ==, due - steps[i].before);
      g_assert_cmpint (say_at (clocks, memory, now - 1), ==, IW_REMINDER_NONE);
      g_assert_cmpint (say_at (clocks, memory, now), ==, steps[i].level);
      g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_NONE);
    }
  g_assert_cmpint (next_at (clocks, memory, now), ==, IW_REMINDER_NEVER);
}

static void
test_short_clock (void)
{
  g_autoptr (GPtrArray) clocks = clocks_new (START, START + 30 * MINUTE);
  g_autoptr (GPtrArray) hour = clocks_new (START, START + HOUR);
  g_autoptr (GPtrArray) day = clocks_new (START, START + 8 * HOUR);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();

  g_assert_cmpint (iw_reminder_level_at (clocks->pdata[0], START + 29 * MINUTE), ==,
                   IW_REMINDER_NONE);
  g_assert_cmpint (say_at (clocks, memory, START), ==, IW_REMINDER_NONE);
  g_assert_cmpint (next_at (clocks, memory, START), ==, START + 30 * MINUTE);
  g_assert_cmpint (say_at (clocks, memory, START + 30 * MINUTE), ==, IW_REMINDER_OVERDUE);
  g_assert_cmpint (iw_reminder_level_at (hour->pdata[0], START), ==, IW_REMINDER_NONE);
  g_assert_cmpint (iw_reminder_level_at (day->pdata[0], START + 2 * HOUR), ==, IW_REMINDER_6_HOURS);
}

/* Three levels pass while the machine sleeps: the last of them is said, once. */
static void
test_suspend (void)
{
  gint64 due = START + 72 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();

  g_assert_cmpint (say_at (clocks, memory, START), ==, IW_REMINDER_NONE);
  g_assert_cmpint (say_at (clocks, memory, due - 30 * MINUTE), ==, IW_REMINDER_1_HOUR);
  g_assert_cmpint (say_at (clocks, memory, due - 29 * MINUTE), ==, IW_REMINDER_NONE);
  g_assert_cmpint (say_at (clocks, memory, due + 5 * 24 * HOUR), ==, IW_REMINDER_OVERDUE);
  g_assert_cmpint (say_at (clocks, memory, due + 6 * 24 * HOUR), ==, IW_REMINDER_NONE);
}

static void
test_restart (void)
{
  gint64 due = START + 72 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  g_autoptr (IwReminderMemory) later = NULL;
  JsonObject *json;

  g_assert_cmpint (say_at (clocks, memory, due - 2 * HOUR), ==, IW_REMINDER_6_HOURS);
  iw_reminder_memory_snooze (memory, "a", due - 2 * HOUR, due - 90 * MINUTE);
  json = iw_reminder_memory_to_json (memory);
  later = iw_reminder_memory_from_json (json);
  json_object_unref (json);
  g_assert_cmpint (say_at (clocks, later, due - 100 * MINUTE), ==, IW_REMINDER_NONE);
  g_assert_cmpint (next_at (clocks, later, due - 100 * MINUTE), ==, due - 90 * MINUTE);
  g_assert_cmpint (say_at (clocks, later, due - 90 * MINUTE), ==, IW_REMINDER_6_HOURS);
  g_assert_cmpint (say_at (clocks, later, due - 89 * MINUTE), ==, IW_REMINDER_NONE);
}

static void
test_odd_memory (void)
{
  const char *const odd[] = { "{}", "{\"clocks\":3}", "{\"clocks\":{\"a\":1,\"b\":{\"level\":99}}}",
                              "{\"clocks\":{\"a\":{\"level\":\"x\",\"due\":[]}}}" };
  g_autoptr (GPtrArray) clocks = clocks_new (START, START + 72 * HOUR);

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (odd[i], NULL);
      g_autoptr (IwReminderMemory) memory =
          iw_reminder_memory_from_json (json_node_get_object (node));

      g_assert_cmpint (say_at (clocks, memory, START + 71 * HOUR), ==, IW_REMINDER_1_HOUR);
    }
}

static void
test_snooze (void)
{
  gint64 due = START + 72 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  gint64 now = due - 5 * HOUR;

  g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_6_HOURS);
  iw_reminder_memory_snooze (memory, "a", now, now + HOUR);
  g_assert_cmpint (say_at (clocks, memory, now + HOUR - 1), ==, IW_REMINDER_NONE);
  g_assert_cmpint (say_at (clocks, memory, now + HOUR), ==, IW_REMINDER_6_HOURS);
  /* What comes next is worth saying all the same, and ends the snooze. */
  iw_reminder_memory_snooze (memory, "a", now + HOUR, due + HOUR);
  g_assert_cmpint (next_at (clocks, memory, now + HOUR), ==, due - HOUR);
  g_assert_cmpint (say_at (clocks, memory, due - HOUR), ==, IW_REMINDER_1_HOUR);
  g_assert_cmpint (say_at (clocks, memory, due - HOUR + MINUTE), ==, IW_REMINDER_NONE);
  /* What is overdue can be put off again and again. */
  g_assert_cmpint (say_at (clocks, memory, due), ==, IW_REMINDER_OVERDUE);
  for (guint i = 0; i < 3; i++)
    {
      gint64 at = due + i * HOUR;

      iw_reminder_memory_snooze (memory, "a", at, at + HOUR);
      g_assert_cmpint (say_at (clocks, memory, at + MINUTE), ==, IW_REMINDER_NONE);
      g_assert_cmpint (say_at (clocks, memory, at + HOUR), ==, IW_REMINDER_OVERDUE);
    }
  /* One that nobody was told of cannot be. */
  iw_reminder_memory_snooze (memory, "b", due, due + HOUR);
}

/* The clock is set back to before the snooze: its end means nothing any more. */
static void
test_snooze_and_clock_set_back (void)
{
  gint64 due = START + 200 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  gint64 now = due - 2 * HOUR;

  g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_6_HOURS);
  iw_reminder_memory_snooze (memory, "a", now, now + HOUR);
  g_assert_cmpint (say_at (clocks, memory, now - 5 * MINUTE), ==, IW_REMINDER_NONE);
  g_assert_cmpint (say_at (clocks, memory, now - 3 * HOUR), ==, IW_REMINDER_6_HOURS);
}

static void
test_clock_set_forward_and_back (void)
{
  gint64 due = START + 72 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  g_autoptr (IwReminderPlan) plan = NULL;

  g_assert_cmpint (say_at (clocks, memory, due - 23 * HOUR), ==, IW_REMINDER_24_HOURS);
  /* Somebody sets the year wrong. */
  g_assert_cmpint (say_at (clocks, memory, due + 8760 * HOUR), ==, IW_REMINDER_OVERDUE);
  /* Put right: what was said is not true, and is taken back; the levels come when they come. */
  plan = iw_reminder_plan (clocks, memory, due - 22 * HOUR);
  g_assert_cmpuint (plan->say->len, ==, 0);
  g_assert_cmpuint (plan->withdraw->len, ==, 1);
  g_assert_cmpint (plan->next, ==, due - 6 * HOUR);
  g_assert_cmpint (say_at (clocks, memory, due - 6 * HOUR), ==, IW_REMINDER_6_HOURS);
  /* A time server's correction is nothing. */
  g_assert_cmpint (say_at (clocks, memory, due - 6 * HOUR - 2 * IW_USEC_PER_SEC), ==,
                   IW_REMINDER_NONE);
  g_assert_cmpint (say_at (clocks, memory, due - 6 * HOUR), ==, IW_REMINDER_NONE);
}

static void
test_ended (void)
{
  gint64 due = START + 72 * HOUR;
  g_autoptr (GPtrArray) clocks = clocks_new (START, due);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  g_autoptr (IwReminderPlan) plan = NULL;
  g_autoptr (IwReminderPlan) again = NULL;

  g_assert_cmpint (say_at (clocks, memory, due - HOUR), ==, IW_REMINDER_1_HOUR);
  plan = iw_reminder_plan (none, memory, due - HOUR);
  g_assert_cmpuint (plan->withdraw->len, ==, 1);
  g_assert_cmpstr (plan->withdraw->pdata[0], ==, "a");
  g_assert_cmpint (plan->next, ==, IW_REMINDER_NEVER);
  again = iw_reminder_plan (none, memory, due - HOUR);
  g_assert_cmpuint (again->withdraw->len, ==, 0);
  /* An end that is undone. */
  g_assert_cmpint (say_at (clocks, memory, due - HOUR), ==, IW_REMINDER_1_HOUR);
}

static void
test_most_urgent_first (void)
{
  g_autoptr (GPtrArray) clocks = clocks_new (START, START + 50 * HOUR);
  g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
  g_autoptr (IwReminderPlan) plan = NULL;

  g_ptr_array_add (clocks, clock_new ("b", START, START + 40 * HOUR));
  g_ptr_array_add (clocks, clock_new ("c", START, START + 900 * HOUR));
  plan = iw_reminder_plan (clocks, memory, START + 41 * HOUR);
  g_assert_cmpuint (plan->say->len, ==, 2);
  g_assert_cmpstr (((IwReminder *)plan->say->pdata[0])->clock->clock, ==, "b");
  g_assert_cmpint (((IwReminder *)plan->say->pdata[0])->level, ==, IW_REMINDER_OVERDUE);
  g_assert_cmpint (((IwReminder *)plan->say->pdata[1])->level, ==, IW_REMINDER_24_HOURS);
}

/* Declared in local time just before summer time ends, or begins: 72 hours are 72 hours. */
static void
test_summer_time (void)
{
  const char *const zones[] = { "Europe/Berlin",  "America/New_York", "Australia/Lord_Howe",
                                "Asia/Kathmandu", "Pacific/Apia",     "UTC" };
  const struct
  {
    int year, month, day, hour;
  } days[] = { { 2026, 3, 28, 23 }, { 2026, 10, 24, 23 }, { 2026, 10, 31, 23 },
               { 2026, 3, 7, 12 },  { 2026, 4, 4, 1 },    { 2011, 12, 29, 12 } };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    for (guint j = 0; j < G_N_ELEMENTS (days); j++)
      {
        g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
        g_autoptr (GDateTime) declared =
            g_date_time_new (zone, days[j].year, days[j].month, days[j].day, days[j].hour, 30, 0);
        gint64 start = g_date_time_to_unix_usec (declared);
        g_autoptr (GPtrArray) clocks = clocks_new (start, start + 72 * HOUR);
        g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
        gint64 now = start;

        g_assert_cmpint ((now = next_at (clocks, memory, now)) - start, ==, 48 * HOUR);
        g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_24_HOURS);
        g_assert_cmpint ((now = next_at (clocks, memory, now)) - start, ==, 66 * HOUR);
        g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_6_HOURS);
      }
}

/* ---- whatever the machine does ---- */

/* Time goes on in steps and jumps; the program looks now and then, and is started again now and
 * then. Each level is said at most once, later ones after earlier ones, and at every look the level
 * reached has been said or overtaken. */
static void
test_random_forward (void)
{
  for (guint run = 0; run < 400; run++)
    {
      gint64 length = g_test_rand_int_range (1, 100) * HOUR;
      g_autoptr (GPtrArray) clocks = clocks_new (START, START + length);
      IwReminderMemory *memory = iw_reminder_memory_new ();
      IwReminderLevel last = IW_REMINDER_NONE;
      gint64 now = START;

      while (now < START + length + 48 * HOUR)
        {
          IwReminderLevel said = say_at (clocks, memory, now);

          if (said != IW_REMINDER_NONE)
            {
              g_assert_cmpint (said, >, last);
              last = said;
            }
          g_assert_cmpint (iw_reminder_level_at (clocks->pdata[0], now), ==, last);
          if (g_test_rand_int_range (0, 4) == 0)
            {
              JsonObject *json = iw_reminder_memory_to_json (memory);

              iw_reminder_memory_free (memory);
              memory = iw_reminder_memory_from_json (json);
              json_object_unref (json);
            }
          now += g_test_rand_int_range (0, 5) == 0
                     ? g_test_rand_int_range (1, 60) * HOUR
                     : g_test_rand_int_range (1, 5000) * IW_USEC_PER_SEC;
        }
      if (say_at (clocks, memory, now) == IW_REMINDER_OVERDUE)
        last = IW_REMINDER_OVERDUE;
      g_assert_cmpint (last, ==, IW_REMINDER_OVERDUE);
      iw_reminder_memory_free (memory);
    }
}

/* The clock is set about at will. What is on the screen is never less than what is true; a level is
 * said again only if the clock stood before it, by more than the slack, since; and at rest nothing
 * is said. */
static void
test_random_clock (void)
{
  for (guint run = 0; run < 400; run++)
    {
      gint64 due = START + 72 * HOUR;
      g_autoptr (GPtrArray) clocks = clocks_new (START, due);
      g_autoptr (IwReminderMemory) memory = iw_reminder_memory_new ();
      IwReminderLevel on_screen = IW_REMINDER_NONE;
      gint64 lowest[IW_N_REMINDER_LEVELS]; /* the earliest that the clock stood at since a level was
                                              said */
      gint64 now = START;

      for (guint i = 0; i < IW_N_REMINDER_LEVELS; i++)
        lowest[i] = G_MININT64;
      for (guint step = 0; step < 60; step++)
        {
          g_autoptr (IwReminderPlan) plan = NULL;
          IwReminderLevel truth;

          now =
              CLAMP (now + g_test_rand_int_range (-30, 31) * HOUR / g_test_rand_int_range (1, 200),
                     START, due + 40 * HOUR);
          for (guint i = 0; i < IW_N_REMINDER_LEVELS; i++)
            lowest[i] = MIN (lowest[i], now);
          truth = iw_reminder_level_at (clocks->pdata[0], now);
          plan = iw_reminder_plan (clocks, memory, now);
          if (plan->withdraw->len > 0)
            on_screen = IW_REMINDER_NONE;
          if (plan->say->len > 0)
            {
              on_screen = ((IwReminder *)plan->say->pdata[0])->level;
              g_assert_cmpint (on_screen, ==, truth);
              g_assert_true (lowest[on_screen] <
                             due - iw_reminder_level_lead (on_screen) - IW_REMINDER_SLACK);
              /* Until now it was not said; from here on the earliest counts again. */
              lowest[on_screen] = G_MAXINT64;
            }
          g_assert_cmpint (say_at (clocks, memory, now), ==, IW_REMINDER_NONE);
          g_assert_true (plan->next > now);
        }
    }
}

static void
test_title (void)
{
  g_autoptr (GPtrArray) clocks = clocks_new (START, START + 72 * HOUR);
  g_autofree char *before = iw_reminder_title (clocks->pdata[0], START + 71 * HOUR);
  g_autofree char *after = iw_reminder_title (clocks->pdata[0], START + 74 * HOUR);

  g_assert_cmpstr (before, ==, "Customer notice due in 1 h");
  g_assert_cmpstr (after, ==, "Customer notice overdue by 2 h");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reminder/walk", test_walk);
  g_test_add_func ("/reminder/short-clock", test_short_clock);
  g_test_add_func ("/reminder/suspend", test_suspend);
  g_test_add_func ("/reminder/restart", test_restart);
  g_test_add_func ("/reminder/odd-memory", test_odd_memory);
  g_test_add_func ("/reminder/snooze", test_snooze);
  g_test_add_func ("/reminder/snooze-and-clock-set-back", test_snooze_and_clock_set_back);
  g_test_add_func ("/reminder/clock-set-forward-and-back", test_clock_set_forward_and_back);
  g_test_add_func ("/reminder/ended", test_ended);
  g_test_add_func ("/reminder/most-urgent-first", test_most_urgent_first);
  g_test_add_func ("/reminder/summer-time", test_summer_time);
  g_test_add_func ("/reminder/random-forward", test_random_forward);
  g_test_add_func ("/reminder/random-clock", test_random_clock);
  g_test_add_func ("/reminder/title", test_title);
  return g_test_run ();
}
