/* The timeline of a VERIS record: one date, and how long after it things happened. */
#include "iw-veris-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define YEAR_MIN 1
#define YEAR_MAX 9999

/* ---- dates ---- */

/* The three numbers as far as they are there; FALSE where one is no whole number. */
static gboolean
read_numbers (JsonObject *date, int *year, int *month, int *day)
{
  double y = iw_path_number (date, "year", 0), m = iw_path_number (date, "month", 0),
         d = iw_path_number (date, "day", 0);

  if (!(y >= 0 && y <= YEAR_MAX && m >= 0 && m <= 1000 && d >= 0 && d <= 1000))
    return FALSE;
  *year = (int)y;
  *month = (int)m;
  *day = (int)d;
  return y == floor (y) && m == floor (m) && d == floor (d);
}

static char *
describe_date (JsonObject *date)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), date);

  return json_to_string (node, FALSE);
}

/* The clock, "14:30" or "14:30:05"; none is given with a zone, so the day is as exact as it gets
 * where it cannot be read. */
static IwTime
with_clock (IwTime day, const char *clock)
{
  g_autofree char *date = iw_time_to_rfc3339 (day);
  g_autofree char *text = g_strdup_printf ("%sT%s", date, clock);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  IwTime time;

  return *clock != '\0' && iw_time_parse_rfc3339 (text, utc, &time) ? time : day;
}

IwTime
iw_veris_read_date (IwVeris *self, const char *path)
{
  JsonObject *date = iw_path_object (self->record, path);
  g_autofree char *text = NULL;
  IwTime time = IW_TIME_NONE;
  int year = 0, month = 0, day = 0;

  if (date == NULL || json_object_get_size (date) == 0)
    return time;
  text = describe_date (date);
  if (!read_numbers (date, &year, &month, &day) || year < YEAR_MIN)
    {
      iw_veris_complain (self, path, g_strdup (_ ("This is no date; it is left out.")), text);
      return time;
    }
  if (month > 0 && day > 0)
    {
      g_autofree char *whole = g_strdup_printf ("%04d-%02d-%02d", year, month, day);

      if (iw_time_parse_rfc3339 (whole, NULL, &time))
        return with_clock (time, iw_path_text (date, "time"));
    }
  if (month > 0)
    {
      g_autofree char *whole = g_strdup_printf ("%04d-%02d", year, month);

      if (iw_time_parse_rfc3339 (whole, NULL, &time))
        {
          if (day > 0)
            iw_veris_complain (self, path,
                               g_strdup (_ ("There is no such day; the month is kept.")), text);
          return time;
        }
    }
  if (month > 0)
    iw_veris_complain (self, path, g_strdup (_ ("There is no such month; the year is kept.")),
                       text);
  else if (day > 0)
    iw_veris_complain (self, path, g_strdup (_ ("The month is missing; the year is kept.")), text);
  {
    g_autofree char *whole = g_strdup_printf ("%04d", year);

    if (!iw_time_parse_rfc3339 (whole, NULL, &time))
      time = IW_TIME_NONE;
  }
  return time;
}

/* ---- spans ---- */

typedef struct
{
  const char *name;       /* as VERIS has it */
  const char *one, *many; /* msgids */
  gint64 us;
  IwPrecision precision; /* what a time that lies so many of these later is exact to */
} Unit;

static const Unit units[] = {
  { "Seconds", N_ ("second"), N_ ("seconds"), IW_USEC_PER_SEC, IW_PRECISION_SECOND },
  { "Minutes", N_ ("minute"), N_ ("minutes"), 60 * IW_USEC_PER_SEC, IW_PRECISION_MINUTE },
  { "Hours", N_ ("hour"), N_ ("hours"), 3600 * IW_USEC_PER_SEC, IW_PRECISION_HOUR },
  { "Days", N_ ("day"), N_ ("days"), IW_USEC_PER_DAY, IW_PRECISION_DAY },
  { "Weeks", N_ ("week"), N_ ("weeks"), 7 * IW_USEC_PER_DAY, IW_PRECISION_DAY },
  { "Months", N_ ("month"), N_ ("months"), 30 * IW_USEC_PER_DAY, IW_PRECISION_MONTH },
  { "Years", N_ ("year"), N_ ("years"), 365 * IW_USEC_PER_DAY, IW_PRECISION_YEAR },
};

static const Unit *
find_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].name, name) == 0)
      return &units[i];
  return NULL;
}

/* @time with no more digits than @precision has. */
static IwTime
cut (IwTime time, IwPrecision precision)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (time.us);
  g_autofree char *text = NULL;
  IwTime out = time;

  if (precision >= time.precision || date == NULL)
    return time;
  text = precision == IW_PRECISION_YEAR ? g_strdup_printf ("%04d", g_date_time_get_year (date))
                                        : g_strdup_printf ("%04d-%02d", g_date_time_get_year (date),
                                                           g_date_time_get_month (date));
  iw_time_parse_rfc3339 (text, NULL, &out);
  return out;
}

/* Calendar steps for months and years, so that five months after May are October. */
static IwTime
later (IwTime start, const Unit *unit, double value)
{
  g_autoptr (GDateTime) from = g_date_time_new_from_unix_utc_usec (start.us);
  g_autoptr (GDateTime) to = NULL;
  IwTime time = start;

  if (value < 0 || value > 10000 || from == NULL)
    return start;
  if (unit->precision == IW_PRECISION_YEAR)
    to = g_date_time_add_months (from, (int)round (value * 12));
  else if (unit->precision == IW_PRECISION_MONTH)
    to = g_date_time_add_months (from, (int)round (value));
  else
    to = g_date_time_add (from, (gint64)round (value * (double)unit->us));
  if (to == NULL)
    return start;
  time.us = g_date_time_to_unix_usec (to);
  return cut (time, MIN (unit->precision, start.precision));
}

/* "5 months", or "months" where the record does not say how many. (transfer full) */
static char *
span_words (const Unit *unit, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gulong n = value >= 0 && value < 1e9 ? (gulong)ceil (value) : 2;

  if (value < 0)
    /* Translators: a span of time of which only the unit is known, such as "months" */
    return g_strdup_printf (_ ("some %s"), ngettext (unit->one, unit->many, n));
  return g_strdup_printf ("%s %s", g_ascii_formatd (number, sizeof number, "%g", value),
                          ngettext (unit->one, unit->many, n));
}

typedef enum
{
  COMPROMISE,
  EXFILTRATION,
  DISCOVERY,
  CONTAINMENT,
  N_STEPS
} Step;

static const char *const step_paths[N_STEPS] = {
  "timeline.compromise",
  "timeline.exfiltration",
  "timeline.discovery",
  "timeline.containment",
};

/* Translators: %s is a span of time: "5 months", "some days". */
static char *
step_text (Step step, const char *span)
{
  switch (step)
    {
    case COMPROMISE:
      return g_strdup_printf (_ ("First compromise, %s after the first action."), span);
    case EXFILTRATION:
      return g_strdup_printf (_ ("First data taken, %s after the first compromise."), span);
    case DISCOVERY:
      return g_strdup_printf (_ ("Discovered, %s after the first compromise."), span);
    default:
      return g_strdup_printf (_ ("Contained, %s after the discovery."), span);
    }
}

static void
add_step (IwVeris *self, Step step)
{
  JsonObject *span = iw_path_object (self->record, step_paths[step]);
  const Unit *unit = span != NULL ? find_unit (iw_path_text (span, "unit")) : NULL;
  double value = span != NULL ? iw_path_number (span, "value", -1) : -1;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  if (unit == NULL || !iw_time_is_set (self->when))
    return;
  words = span_words (unit, value);
  text = step_text (step, words);
  iw_veris_add_entry (self, iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, text),
                      value >= 0 ? later (self->when, unit, value)
                                 : cut (self->when, MIN (unit->precision, IW_PRECISION_MONTH)));
}

/* ---- what happened ---- */

static const char *const actions[] = { "malware",  "hacking", "social",        "misuse",
                                       "physical", "error",   "environmental", "unknown" };
static const char *const actors[] = { "external", "internal", "partner", "unknown" };

static void
add_line (GString *text, const char *heading, const char *what, const char *how)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "- %s", heading);
  if (*what != '\0')
    g_string_append_printf (text, ": %s", what);
  if (*how != '\0')
    g_string_append_printf (text, " (%s)", how);
}

/* Actions and actors in VERIS's own words, which are terms and not translated. */
static void
add_account (IwVeris *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *path = g_strdup_printf ("action.%s", actions[i]);
      JsonObject *action = iw_path_object (self->record, path);
      g_autofree char *variety = action != NULL ? iw_path_list (action, "variety") : NULL;
      g_autofree char *vector = action != NULL ? iw_path_list (action, "vector") : NULL;

      if (action != NULL)
        add_line (text, actions[i], variety, vector);
    }
  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    {
      g_autofree char *path = g_strdup_printf ("actor.%s", actors[i]);
      JsonObject *actor = iw_path_object (self->record, path);
      g_autofree char *heading = g_strdup_printf ("actor, %s", actors[i]);
      g_autofree char *variety = actor != NULL ? iw_path_list (actor, "variety") : NULL;
      g_autofree char *motive = actor != NULL ? iw_path_list (actor, "motive") : NULL;

      if (actor != NULL)
        add_line (text, heading, variety, motive);
    }
  if (text->len > 0)
    {
      IwEntry *entry = iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, text->str);

      iw_entry_set_key (entry, TRUE);
      iw_veris_add_entry (self, entry, self->when);
    }
}

/* "plus.event_chain": what followed upon what, in words and without times. */
static void
add_chain (IwVeris *self)
{
  JsonArray *chain = iw_path_array (self->record, "plus.event_chain");

  for (guint i = 0; chain != NULL && i < json_array_get_length (chain); i++)
    {
      JsonNode *node = json_array_get_element (chain, i);
      const char *summary = JSON_NODE_HOLDS_OBJECT (node)
                                ? iw_path_text (json_node_get_object (node), "summary")
                                : "";

      if (*summary != '\0')
        iw_veris_add_entry (self, iw_entry_new (self->incident, IW_ENTRY_NOTE, summary),
                            self->when);
    }
}

void
iw_veris_add_timeline (IwVeris *self)
{
  IwTime notified = iw_veris_read_date (self, "plus.timeline.notification");

  add_account (self);
  add_chain (self);
  for (Step step = 0; step < N_STEPS; step++)
    add_step (self, step);
  if (iw_time_is_set (notified))
    iw_veris_add_entry (
        self,
        iw_entry_new (self->incident, IW_ENTRY_COMMUNICATION, _ ("Those affected were notified.")),
        notified);
}
