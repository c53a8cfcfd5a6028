#include "config.h"

#include "iw-reminder.h"

#include "iw-model-json.h"

#include <glib/gi18n-lib.h>

#define HOUR (3600 * IW_USEC_PER_SEC)

static const gint64 leads[IW_N_REMINDER_LEVELS] = {
  [IW_REMINDER_NONE] = G_MAXINT64,  [IW_REMINDER_24_HOURS] = 24 * HOUR,
  [IW_REMINDER_6_HOURS] = 6 * HOUR, [IW_REMINDER_1_HOUR] = HOUR,
  [IW_REMINDER_OVERDUE] = 0,
};

/* ---- clocks ---- */

void
iw_reminder_clock_free (IwReminderClock *clock)
{
  g_free (clock->clock);
  g_free (clock->incident);
  g_free (clock->title);
  g_free (clock->name);
  g_free (clock);
}

static IwReminderClock *
clock_new (IwSituation *situation,
           const char *id,
           const char *name,
           IwClockKind kind,
           gint64 start,
           gint64 due)
{
  IwReminderClock *clock = g_new0 (IwReminderClock, 1);

  clock->clock = g_strdup (id);
  clock->incident = g_strdup (iw_situation_get_incident (situation));
  clock->title = g_strdup (iw_situation_get_title (situation));
  clock->name = g_strdup (name);
  clock->kind = kind;
  clock->start = start;
  clock->due = due;
  return clock;
}

GPtrArray *
iw_reminder_clocks (IwSituation *situation)
{
  GPtrArray *clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_reminder_clock_free);
  GPtrArray *all = iw_situation_get_clocks (situation);

  for (guint i = 0; i < all->len; i++)
    {
      const IwClock *clock = g_ptr_array_index (all, i);

      if (clock->state == IW_CLOCK_RUNNING)
        g_ptr_array_add (clocks, clock_new (situation, clock->id, clock->name, clock->kind,
                                            clock->start, clock->due));
    }
  return clocks;
}

gint64
iw_reminder_level_lead (IwReminderLevel level)
{
  g_return_val_if_fail (level < IW_N_REMINDER_LEVELS, 0);

  return leads[level];
}

/* The instant of a level; IW_REMINDER_NEVER where it is none of this clock's. */
static gint64
level_instant (const IwReminderClock *clock, IwReminderLevel level)
{
  gint64 at;

  if (level == IW_REMINDER_OVERDUE)
    return clock->due;
  at = clock->due - leads[level];
  return level == IW_REMINDER_NONE || at <= clock->start ? IW_REMINDER_NEVER : at;
}

IwReminderLevel
iw_reminder_level_at (const IwReminderClock *clock, gint64 now)
{
  IwReminderLevel level = IW_REMINDER_OVERDUE;

  while (level > IW_REMINDER_NONE && now < level_instant (clock, level))
    level--;
  return level;
}

/* ---- memory ---- */

/* What was said of one clock. */
typedef struct
{
  gint64 due; /* that the clock had then: another due time makes it another clock */
  IwReminderLevel level;
  gint64 snoozed_at, snoozed_until; /* 0: not */
  gboolean shown;                   /* a reminder stands on the screen, as far as is known */
} Said;

struct _IwReminderMemory
{
  GHashTable *said; /* clock id -> Said */
};

IwReminderMemory *
iw_reminder_memory_new (void)
{
  IwReminderMemory *self = g_new0 (IwReminderMemory, 1);

  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
iw_reminder_memory_free (IwReminderMemory *self)
{
  g_hash_table_unref (self->said);
  g_free (self);
}

static void
read_said (JsonObject *json, const char *clock, JsonNode *node, gpointer data)
{
  IwReminderMemory *self = data;
  JsonObject *one = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 level = one != NULL ? iw_model_json_get_int (one, "level", 0) : 0;
  Said *said;

  if (one == NULL || level < IW_REMINDER_NONE || level >= IW_N_REMINDER_LEVELS)
    return;
  said = g_new0 (Said, 1);
  said->due = iw_model_json_get_int (one, "due", 0);
  said->level = (IwReminderLevel)level;
  said->snoozed_at = iw_model_json_get_int (one, "snoozed_at", 0);
  said->snoozed_until = iw_model_json_get_int (one, "snoozed_until", 0);
  said->shown = said->level > IW_REMINDER_NONE;
  g_hash_table_insert (self->said, g_strdup (clock), said);
}

IwReminderMemory *
iw_reminder_memory_from_json (JsonObject *json)
{
  IwReminderMemory *self = iw_reminder_memory_new ();
  JsonNode *node = json != NULL ? json_object_get_member (json, "clocks") : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), read_said, self);
  return self;
}

JsonObject *
iw_reminder_memory_to_json (IwReminderMemory *self)
{
  JsonObject *json = json_object_new ();
  JsonObject *clocks = json_object_new ();
  GHashTableIter iter;
  gpointer clock, value;

  g_hash_table_iter_init (&iter, self->said);
  while (g_hash_table_iter_next (&iter, &clock, &value))
    {
      const Said *said = value;
      JsonObject *one = json_object_new ();

      json_object_set_int_member (one, "due", said->due);
      json_object_set_int_member (one, "level", said->level);
      if (said->snoozed_until != 0)
        {
          json_object_set_int_member (one, "snoozed_at", said->snoozed_at);
          json_object_set_int_member (one, "snoozed_until", said->snoozed_until);
        }
      json_object_set_object_member (clocks, clock, one);
    }
  json_object_set_object_member (json, "clocks", clocks);
  return json;
}

void
iw_reminder_memory_snooze (IwReminderMemory *self, const char *clock, gint64 now, gint64 until)
{
  Said *said = g_hash_table_lookup (self->said, clock);

  if (said == NULL || said->level == IW_REMINDER_NONE)
    return;
  said->snoozed_at = now;
  said->snoozed_until = MAX (until, now);
  said->shown = FALSE;
}

/* ---- planning ---- */

void
iw_reminder_plan_free (IwReminderPlan *plan)
{
  g_ptr_array_unref (plan->say);
  g_ptr_array_unref (plan->withdraw);
  g_free (plan);
}

/* A clock set back to before a snooze began says that the snooze's end means nothing. */
static gboolean
is_snoozing (const Said *said, gint64 now)
{
  return said->snoozed_until != 0 && now < said->snoozed_until &&
         now >= said->snoozed_at - IW_REMINDER_SLACK;
}

/* What was said too early, by a system clock that has been set back since, is taken back. */
static void
take_back (Said *said, const IwReminderClock *clock, gint64 now, IwReminderPlan *plan)
{
  IwReminderLevel true_level = said->level;

  while (true_level > IW_REMINDER_NONE)
    {
      gint64 at = level_instant (clock, true_level);

      /* Levels before the start have no instant, and count as not said. */
      if (at != IW_REMINDER_NEVER && now >= at - IW_REMINDER_SLACK)
        break;
      true_level--;
    }
  if (true_level == said->level)
    return;
  said->level = true_level;
  said->snoozed_at = said->snoozed_until = 0;
  if (said->shown)
    g_ptr_array_add (plan->withdraw, g_strdup (clock->clock));
  said->shown = FALSE;
}

static void
say (IwReminderPlan *plan, const IwReminderClock *clock, IwReminderLevel level, Said *said)
{
  IwReminder *reminder = g_new0 (IwReminder, 1);

  reminder->clock = clock;
  reminder->level = level;
  g_ptr_array_add (plan->say, reminder);
  said->level = level;
  said->snoozed_at = said->snoozed_until = 0;
  said->shown = TRUE;
}

/* When this clock has something to say next. */
static gint64
next_of (const IwReminderClock *clock, const Said *said, gint64 now)
{
  gint64 next = said->snoozed_until != 0 ? said->snoozed_until : IW_REMINDER_NEVER;

  for (IwReminderLevel level = IW_REMINDER_24_HOURS; level < IW_N_REMINDER_LEVELS; level++)
    {
      gint64 at = level_instant (clock, level);

      if (level > said->level && at > now && at < next)
        next = at;
    }
  return next;
}

static void
plan_clock (IwReminderPlan *plan,
            IwReminderMemory *memory,
            const IwReminderClock *clock,
            gint64 now)
{
  Said *said = g_hash_table_lookup (memory->said, clock->clock);
  IwReminderLevel level = iw_reminder_level_at (clock, now);

  if (said == NULL || said->due != clock->due)
    {
      if (said != NULL && said->shown)
        g_ptr_array_add (plan->withdraw, g_strdup (clock->clock));
      said = g_new0 (Said, 1);
      said->due = clock->due;
      g_hash_table_replace (memory->said, g_strdup (clock->clock), said);
    }
  take_back (said, clock, now, plan);
  if (level > said->level)
    say (plan, clock, level, said);
  else if (said->snoozed_until != 0 && !is_snoozing (said, now))
    say (plan, clock, said->level, said);
  plan->next = MIN (plan->next, next_of (clock, said, now));
}

/* Clocks that ended: nothing is to be said of them any more. */
static void
forget_ended (IwReminderPlan *plan, IwReminderMemory *memory, GPtrArray *clocks)
{
  g_autoptr (GHashTable) running = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, value;

  for (guint i = 0; i < clocks->len; i++)
    g_hash_table_add (running, ((IwReminderClock *)g_ptr_array_index (clocks, i))->clock);
  g_hash_table_iter_init (&iter, memory->said);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (!g_hash_table_contains (running, id))
      {
        if (((Said *)value)->level > IW_REMINDER_NONE)
          g_ptr_array_add (plan->withdraw, g_strdup (id));
        g_hash_table_iter_remove (&iter);
      }
}

static int
compare_urgency (gconstpointer a, gconstpointer b)
{
  const IwReminder *x = *(IwReminder *const *)a, *y = *(IwReminder *const *)b;

  if (x->clock->due != y->clock->due)
    return x->clock->due < y->clock->due ? -1 : 1;
  return g_strcmp0 (x->clock->clock, y->clock->clock);
}

IwReminderPlan *
iw_reminder_plan (GPtrArray *clocks, IwReminderMemory *memory, gint64 now)
{
  IwReminderPlan *plan = g_new0 (IwReminderPlan, 1);

  plan->say = g_ptr_array_new_with_free_func (g_free);
  plan->withdraw = g_ptr_array_new_with_free_func (g_free);
  plan->next = IW_REMINDER_NEVER;
  forget_ended (plan, memory, clocks);
  for (guint i = 0; i < clocks->len; i++)
    plan_clock (plan, memory, g_ptr_array_index (clocks, i), now);
  g_ptr_array_sort (plan->say, compare_urgency);
  return plan;
}

char *
iw_reminder_title (const IwReminderClock *clock, gint64 now)
{
  g_autofree char *gap = iw_time_format_gap (ABS (clock->due - now));

  if (now >= clock->due)
    /* Translators: a notification: the name of a clock, and a span: “Customer notice overdue by 2
     * h”. */
    return g_strdup_printf (C_ ("reminder", "%s overdue by %s"), clock->name, gap);
  /* Translators: a notification: the name of a clock, and a span: “Customer notice due in 41 min”.
   */
  return g_strdup_printf (C_ ("reminder", "%s due in %s"), clock->name, gap);
}
