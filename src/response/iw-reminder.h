/* iw-reminder.h: when to remind of what runs (process.md N1, R4): 24 h, 6 h and 1 h before it is
 * due, and once it is overdue.
 *
 * A pure planner: running clocks, what was reminded of already and the present go in; what to say
 * now and when to look again come out. All instants are UTC, so that zones and summer time do not
 * matter. Two rules hold whatever the machine does meanwhile:
 *  - nothing is missed: after a suspend, a restart or a clock set forward the latest level that was
 * passed is said at once, and only that one ("1 hour left", not also "24 hours left");
 *  - nothing is repeated: a level is said once. Only where the system clock is set back to before
 * the moment of a level, by more than IW_REMINDER_SLACK, was it said too early: it is taken back,
 * and said again when its moment comes. A level that lies before the start of its clock is never
 * said: who starts a clock of 30 minutes knows.
 *
 * Any one thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

typedef enum
{
  IW_REMINDER_NONE,
  IW_REMINDER_24_HOURS,
  IW_REMINDER_6_HOURS,
  IW_REMINDER_1_HOUR,
  IW_REMINDER_OVERDUE,
  IW_N_REMINDER_LEVELS
} IwReminderLevel;

/* How far a clock may be set back without that meaning anything: time servers do that. */
#define IW_REMINDER_SLACK (10 * 60 * IW_USEC_PER_SEC)
#define IW_REMINDER_NEVER G_MAXINT64

/* A running clock, with what to call it. */
typedef struct
{
  char *clock;    /* its id: a declaration, a clock entry or an escalation */
  char *incident; /* UUID */
  char *title;    /* of the incident */
  char *name;     /* of the clock */
  IwClockKind kind;
  gint64 start, due; /* µs */
} IwReminderClock;
void iw_reminder_clock_free (IwReminderClock *clock);
/* The running clocks of an incident, escalations that wait among them; none of a closed one.
 * (element-type IwReminderClock) (transfer full) */
GPtrArray *iw_reminder_clocks (IwSituation *situation);

/* How long before due a level is said; 0 for overdue. In µs. */
gint64 iw_reminder_level_lead (IwReminderLevel level);
/* What has been reached of a clock now. */
IwReminderLevel iw_reminder_level_at (const IwReminderClock *clock, gint64 now);

/* ---- what was said ---- */

typedef struct _IwReminderMemory IwReminderMemory;

IwReminderMemory *iw_reminder_memory_new (void); /* of nothing said (transfer full) */
/* As it was kept by iw_reminder_memory_to_json(); NULL or anything else gives an empty one, entries
 * that are not understood are left out. (transfer full) */
IwReminderMemory *iw_reminder_memory_from_json (JsonObject *json);
JsonObject *iw_reminder_memory_to_json (IwReminderMemory *self); /* (transfer full) */
void iw_reminder_memory_free (IwReminderMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwReminderMemory, iw_reminder_memory_free)
/* Says nothing more of a clock until @until, unless a further level is reached before. Unknown
 * clocks are left alone. */
void
iw_reminder_memory_snooze (IwReminderMemory *self, const char *clock, gint64 now, gint64 until);

/* ---- planning ---- */

typedef struct
{
  const IwReminderClock *clock; /* of those given */
  IwReminderLevel level;
} IwReminder;

typedef struct
{
  GPtrArray *say;      /* (element-type IwReminder): to be said now; the most urgent first */
  GPtrArray *withdraw; /* (element-type utf8): ids of clocks whose reminder is no longer true */
  gint64 next; /* µs: when there is something to do next; IW_REMINDER_NEVER if nothing runs */
} IwReminderPlan;
void iw_reminder_plan_free (IwReminderPlan *plan); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwReminderPlan, iw_reminder_plan_free)

/* @clocks: (element-type IwReminderClock) all that run; must outlive the plan. @memory: is brought
 * up to date: what the plan says is taken as said. (transfer full) */
IwReminderPlan *iw_reminder_plan (GPtrArray *clocks, IwReminderMemory *memory, gint64 now);

/* "Customer notice due in 41 min", "Customer notice overdue by 2 h". (transfer full) */
char *iw_reminder_title (const IwReminderClock *clock, gint64 now);

G_END_DECLS
