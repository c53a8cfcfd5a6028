#include <glib.h>
#include <libical/ical.h>
#include <string.h>

#include "iw-calendar.h"

#define INCIDENT "01933f60-1c00-7000-8000-000000000001"
#define HOUR (3600 * IW_USEC_PER_SEC)
#define DECLARED G_GINT64_CONSTANT (1793675040000000) /* 2026-11-03T03:04:00Z */

static IwEntry *
entry_new (const char *id, IwEntryKind kind, gint64 when)
{
  IwEntry *entry = iw_entry_new (INCIDENT, kind, "");
  g_autofree char *docid = g_strdup_printf (INCIDENT ":entry-%s", id);

  iw_entry_set_id (entry, docid);
  iw_entry_set_occurred (entry, (IwTime){ when, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, "A. Sato");
  return entry;
}

static IwSituation *
situation_new (gboolean declared, gboolean escalated, gboolean acknowledged, gint64 now)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GPtrArray) directory = g_ptr_array_new ();
  JsonObject *incident = json_object_new ();

  json_object_set_string_member (incident, "type", "incident");
  json_object_set_string_member (incident, "title", "Phished; administrator, \\ \"it\"\nline");
  g_ptr_array_add (documents, iw_document_new_take (INCIDENT ":incident", NULL, incident));
  if (declared)
    {
      IwEntry *entry = entry_new ("c", IW_ENTRY_CLASSIFICATION, DECLARED);

      iw_entry_set_field (entry, "to", "crsi");
      iw_entry_set_field (entry, "access", "occurred");
      iw_entry_set_field (entry, "duty", "legal");
      iw_entry_set_field (entry, "statement", "The log shows it.");
      iw_entry_set_field (entry, "declared_by", "A. Sato");
      iw_entry_add_link (entry, INCIDENT ":entry-x", 0);
      g_ptr_array_add (entries, entry);
    }
  if (escalated)
    {
      IwEntry *entry = entry_new ("e", IW_ENTRY_ESCALATION, DECLARED);

      iw_entry_set_field (entry, "from", "CDOC");
      iw_entry_set_field (entry, "to", "Legal");
      iw_entry_set_field (entry, "why", "Data");
      iw_entry_set_field (entry, "ask", "Look");
      iw_entry_set_field (entry, "due", "480");
      iw_entry_set_field (entry, "due_at", "2026-11-03T11:04:00Z");
      g_ptr_array_add (entries, entry);
    }
  if (acknowledged)
    {
      IwEntry *entry = entry_new ("k", IW_ENTRY_ACKNOWLEDGEMENT, DECLARED + HOUR);

      iw_entry_set_field (entry, "subject", INCIDENT ":entry-e");
      iw_entry_set_field (entry, "to", "accepted");
      g_ptr_array_add (entries, entry);
    }
  return iw_situation_new (INCIDENT, entries, documents, directory, now);
}

static icalcomponent *
write_one (IwSituation *situation, gint64 now, guint *n_running)
{
  g_autoptr (GPtrArray) situations = g_ptr_array_new ();
  g_autofree char *text = NULL;
  icalcomponent *calendar;

  g_ptr_array_add (situations, situation);
  text = iw_calendar_write (situations, now, n_running);
  calendar = icalparser_parse_string (text);
  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  return calendar;
}

static icalcomponent *
find_event (icalcomponent *calendar, const char *uid)
{
  for (icalcomponent *event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
       event != NULL; event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
    if (g_str_equal (icalcomponent_get_uid (event), uid))
      return event;
  return NULL;
}

static void
test_declaration (void)
{
  g_autoptr (IwSituation) situation = situation_new (TRUE, FALSE, FALSE, DECLARED + HOUR);
  guint n_running = 0;
  icalcomponent *calendar = write_one (situation, DECLARED + HOUR, &n_running);
  icalcomponent *event = find_event (calendar, INCIDENT ":entry-c");
  const int hours[] = { 24, 6, 1 };
  icalcomponent *alarm;

  g_assert_cmpuint (n_running, ==, 1);
  g_assert_nonnull (event);
  g_assert_cmpstr (icaltime_as_ical_string (icalcomponent_get_dtstart (event)), ==,
                   "20261106T030400Z");
  g_assert_nonnull (
      strstr (icalcomponent_get_summary (event), "Phished; administrator, \\ \"it\""));
  g_assert_cmpint (icalcomponent_get_status (event), ==, ICAL_STATUS_CONFIRMED);
  alarm = icalcomponent_get_first_component (event, ICAL_VALARM_COMPONENT);
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      icalproperty *trigger = icalcomponent_get_first_property (alarm, ICAL_TRIGGER_PROPERTY);

      g_assert_cmpint (icaldurationtype_as_int (icalproperty_get_trigger (trigger).duration), ==,
                       -hours[i] * 3600);
      g_assert_nonnull (icalcomponent_get_first_property (alarm, ICAL_ACTION_PROPERTY));
      g_assert_nonnull (icalcomponent_get_first_property (alarm, ICAL_DESCRIPTION_PROPERTY));
      alarm = icalcomponent_get_next_component (event, ICAL_VALARM_COMPONENT);
    }
  g_assert_null (alarm);
  icalcomponent_free (calendar);
}

static void
test_short_clock (void)
{
  g_autoptr (IwSituation) situation = situation_new (FALSE, TRUE, FALSE, DECLARED + HOUR);
  icalcomponent *calendar = write_one (situation, DECLARED + HOUR, NULL);
  icalcomponent *event = find_event (calendar, INCIDENT ":entry-e");

  /* Eight hours: no alarm lies before its start. */
  g_assert_nonnull (event);
  g_assert_cmpint (icalcomponent_count_components (event, ICAL_VALARM_COMPONENT), ==, 2);
  icalcomponent_free (calendar);
}

static void
test_ended (void)
{
  g_autoptr (IwSituation) situation = situation_new (TRUE, TRUE, TRUE, DECLARED + 2 * HOUR);
  guint n_running = 0;
  icalcomponent *calendar = write_one (situation, DECLARED + 2 * HOUR, &n_running);
  icalcomponent *ended = find_event (calendar, INCIDENT ":entry-e");

  g_assert_cmpuint (n_running, ==, 1);
  g_assert_nonnull (ended);
  g_assert_cmpint (icalcomponent_get_status (ended), ==, ICAL_STATUS_CANCELLED);
  g_assert_cmpint (icalcomponent_get_sequence (ended), ==, 1);
  g_assert_cmpint (icalcomponent_count_components (ended, ICAL_VALARM_COMPONENT), ==, 0);
  icalcomponent_free (calendar);
}

/* The same file where nothing has changed: stable ids, no random numbers. */
static void
test_stable (void)
{
  g_autoptr (IwSituation) situation = situation_new (TRUE, TRUE, FALSE, DECLARED + HOUR);
  g_autoptr (GPtrArray) situations = g_ptr_array_new ();
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_auto (GStrv) lines = NULL;

  g_ptr_array_add (situations, situation);
  one = iw_calendar_write (situations, DECLARED + HOUR, NULL);
  two = iw_calendar_write (situations, DECLARED + HOUR, NULL);
  g_assert_cmpstr (one, ==, two);
  lines = g_strsplit (one, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 20);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_null (strchr (lines[i], '\n'));
    }
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) situations = g_ptr_array_new ();
  guint n_running = 7;
  g_autofree char *text = iw_calendar_write (situations, DECLARED, &n_running);

  g_assert_cmpuint (n_running, ==, 0);
  g_assert_true (g_str_has_prefix (text, "BEGIN:VCALENDAR\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/calendar/declaration", test_declaration);
  g_test_add_func ("/calendar/short-clock", test_short_clock);
  g_test_add_func ("/calendar/ended", test_ended);
  g_test_add_func ("/calendar/stable", test_stable);
  g_test_add_func ("/calendar/nothing", test_nothing);
  return g_test_run ();
}
