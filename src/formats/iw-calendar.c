#include "config.h"

#include "iw-calendar.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>

static const int alarm_hours[] = { 24, 6, 1 };

static icaltimetype
utc_time (gint64 us)
{
  return icaltime_from_timet_with_zone ((time_t)(us / IW_USEC_PER_SEC), 0,
                                        icaltimezone_get_utc_timezone ());
}

/* Only those that lie within the clock. */
static void
add_alarms (icalcomponent *event, const IwClock *clock, const char *summary)
{
  for (guint i = 0; i < G_N_ELEMENTS (alarm_hours); i++)
    {
      icalcomponent *alarm;
      struct icaltriggertype trigger = icaltriggertype_from_int (-alarm_hours[i] * 3600);

      if (clock->due - alarm_hours[i] * 3600 * IW_USEC_PER_SEC <= clock->start)
        continue;
      alarm = icalcomponent_new_valarm ();
      icalcomponent_add_property (alarm, icalproperty_new_action (ICAL_ACTION_DISPLAY));
      icalcomponent_add_property (alarm, icalproperty_new_description (summary));
      icalcomponent_add_property (alarm, icalproperty_new_trigger (trigger));
      icalcomponent_add_component (event, alarm);
    }
}

/* Control characters have no place in a calendar's text. (transfer full) */
static char *
clean (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);

  for (char *p = valid; *p != '\0'; p++)
    if ((guchar)*p < 32 && *p != '\n')
      *p = ' ';
  return valid;
}

static char *
describe (IwSituation *situation, const IwClock *clock, gint64 now)
{
  g_autofree char *words = iw_clock_sentence (clock, now, iw_situation_get_zone (situation));
  g_autofree char *reference = g_strndup (iw_situation_get_incident (situation), 13);

  /* Translators: in a calendar event: a sentence such as “Notice due in 41 h (Tue 09:00 UTC)”, and
   * the reference of the incident. */
  return g_strdup_printf (_ ("%s\nIncident %s"), words, reference);
}

static icalcomponent *
event_new (IwSituation *situation, const IwClock *clock, gint64 now)
{
  icalcomponent *event = icalcomponent_new_vevent ();
  gboolean runs = clock->state == IW_CLOCK_RUNNING;
  /* Translators: a calendar event: the name of a clock, and the title of the incident. */
  g_autofree char *raw_summary = g_strdup_printf (C_ ("calendar", "%s due: %s"), clock->name,
                                                  iw_situation_get_title (situation));
  g_autofree char *summary = clean (raw_summary);
  g_autofree char *raw_text = describe (situation, clock, now);
  g_autofree char *text = clean (raw_text);

  icalcomponent_set_uid (event, clock->id);
  icalcomponent_set_dtstamp (event, utc_time (now));
  icalcomponent_set_dtstart (event, utc_time (clock->due));
  icalcomponent_set_summary (event, summary);
  icalcomponent_set_description (event, text);
  /* A later state of the same event has a higher number. */
  icalcomponent_set_sequence (event, runs ? 0 : 1);
  icalcomponent_add_property (
      event, icalproperty_new_status (runs ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_CANCELLED));
  icalcomponent_add_property (event, icalproperty_new_transp (ICAL_TRANSP_TRANSPARENT));
  if (runs)
    add_alarms (event, clock, summary);
  return event;
}

char *
iw_calendar_write (GPtrArray *situations, gint64 now, guint *n_running)
{
  icalcomponent *calendar = icalcomponent_new_vcalendar ();
  char *text, *result;
  guint n = 0;

  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar,
                              icalproperty_new_prodid ("-//Incident Workbench//Clocks//EN"));
  for (guint i = 0; i < situations->len; i++)
    {
      IwSituation *situation = g_ptr_array_index (situations, i);
      GPtrArray *clocks = iw_situation_get_clocks (situation);

      for (guint j = 0; j < clocks->len; j++)
        {
          const IwClock *clock = g_ptr_array_index (clocks, j);

          n += clock->state == IW_CLOCK_RUNNING;
          icalcomponent_add_component (calendar, event_new (situation, clock, now));
        }
    }
  text = icalcomponent_as_ical_string_r (calendar);
  result = g_strdup (text);
  icalmemory_free_buffer (text);
  icalcomponent_free (calendar);
  if (n_running != NULL)
    *n_running = n;
  return result;
}
