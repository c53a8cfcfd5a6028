/* iw-cli-show.c: an incident's state and its timeline. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-timeline-view.h"

static IwTimelineView *
make_view (IwStore *store, const char *incident, const IwFilter *filter, GError **error)
{
  g_autoptr (IwTimelineView) view = iw_timeline_view_new (store, incident, error);
  g_autoptr (IwTimelineMatch) match = NULL;

  if (view == NULL)
    return NULL;
  if (iw_timeline_view_needs_match (filter))
    {
      match = iw_timeline_match_new (store, incident, filter, NULL, error);
      if (match == NULL)
        return NULL;
    }
  iw_timeline_view_set_filter (view, filter, match);
  return g_steal_pointer (&view);
}

/* ---- for people ---- */

/* "2026-11-02 03:04:11Z", or the clock of a zone that the head of the list names. @zone NULL: UTC.
 * (transfer full) */
static char *
time_text (IwTime time, GTimeZone *zone)
{
  return zone == NULL ? iw_cli_time (time) : iw_time_format (time, zone, TRUE);
}

/* What a time that is not exact leaves open; NULL where it is to the minute. */
static const char *
precision_words (IwPrecision precision)
{
  switch (precision)
    {
    case IW_PRECISION_YEAR:
      return _ ("some time that year");
    case IW_PRECISION_MONTH:
      return _ ("some time that month");
    case IW_PRECISION_DAY:
      return _ ("some time that day");
    case IW_PRECISION_HOUR:
      return _ ("some time that hour");
    default:
      return NULL;
    }
}

/* The time in words where it is not exact, and with the end of a range. (transfer full) */
static char *
span_text (IwTime time, IwTime end, GTimeZone *zone)
{
  g_autofree char *from = time_text (time, zone);
  g_autofree char *to = NULL;

  if (!iw_time_is_set (end) && precision_words (time.precision) != NULL)
    /* Translators: a time (%1$s), and how exact it is (%2$s): "2026-11-02 (some time that day)" */
    return g_strdup_printf (_ ("%1$s (%2$s)"), from, precision_words (time.precision));
  if (!iw_time_is_set (end))
    return g_steal_pointer (&from);
  to = time_text (end, zone);
  /* Translators: the start (%1$s) and the end (%2$s) of something */
  return g_strdup_printf (_ ("%1$s to %2$s"), from, to);
}

static void
print_state (const IwIncidentRow *row, GTimeZone *zone)
{
  g_autofree char *title = iw_cli_clean (row->title);

  printf ("%s\n%s · %s", title, row->incident, iw_stage_label (row->stage));
  if (row->severity != IW_SEVERITY_UNSET)
    printf (" · %s", iw_severity_label (row->severity));
  if (row->classification != IW_CLASSIFICATION_UNSET)
    printf (" · %s", iw_classification_label (row->classification));
  printf ("\n");
  if (zone != NULL)
    {
      g_autofree char *words = iw_time_zone_words (zone, row->opened_at);

      /* Translators: %s is a time zone: “Europe/Berlin (UTC+01:00)” */
      printf (_ ("Times are in %s."), words);
      printf ("\n");
    }
  printf ("\n");
}

/* @text: (transfer full); what a terminal has no room for is left out. */
static void
print_line (char *text)
{
  guint width = iw_cli_width ();
  g_autofree char *line = text;
  g_autofree char *cut = iw_cli_cut (line, NULL, width > 1 ? width - 1 : 1);

  printf ("%s\n", cut);
}

/* Before a decision that counts for nothing, with the reason; "" for all else. (transfer full) */
static char *
force_text (IwTimelineRow *row)
{
  const char *problem = iw_timeline_row_get_problem (row);
  g_autofree char *line = problem != NULL ? iw_cli_one_line (problem) : NULL;

  /* Translators: stands before a decision that is not in force; %s is a sentence that says why. */
  return line != NULL ? g_strdup_printf (_ ("[Not in force: %s] "), line) : g_strdup ("");
}

static void
print_entry (IwTimelineRow *row, GTimeZone *zone)
{
  IwEntry *entry = iw_timeline_row_get_entry (row);
  IwTime time = { iw_timeline_row_get_time (row), iw_timeline_row_get_precision (row) };
  g_autofree char *when = span_text (time, iw_entry_get_occurred_end (entry), zone);
  g_autofree char *text = iw_cli_one_line (iw_entry_get_text (entry));
  g_autofree char *actor = iw_cli_clean (iw_entry_get_actor (entry));
  g_autofree char *force = force_text (row);

  print_line (g_strdup_printf ("%-24s %s %-14s %s%s%s%s", when,
                               iw_entry_get_key (entry) ? "*" : " ",
                               iw_entry_kind_label (iw_entry_get_kind (entry)), force, text,
                               *actor != '\0' ? " — " : "", actor));
}

static void
print_event (IwTimelineRow *row, GTimeZone *zone)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  IwEvidence *evidence = iw_timeline_row_get_evidence (row);
  IwTime time = { iw_timeline_row_get_time (row), iw_timeline_row_get_precision (row) };
  g_autofree char *when = time_text (time, zone);
  g_autofree char *text = iw_cli_one_line (event->message);
  g_autofree char *source = iw_cli_clean (evidence == NULL ? "" : iw_evidence_get_name (evidence));

  print_line (g_strdup_printf ("%-24s   %-14s %s — %s:%" G_GINT64_FORMAT, when, _ ("Event"), text,
                               source, event->row));
}

static void
print_run (IwTimelineRow *row, GTimeZone *zone)
{
  IwTime time = { iw_timeline_row_get_time (row), IW_PRECISION_SECOND };
  g_autofree char *when = time_text (time, zone);
  gulong n = (gulong)iw_timeline_row_get_run_count (row);
  g_autofree char *words =
      g_strdup_printf (ngettext ("%lu machine event", "%lu machine events", n), n);

  printf ("%-24s   %s\n", when, words);
}

static void
print_rows (IwTimelineView *view, GTimeZone *zone)
{
  guint n = iw_timeline_view_get_n_rows (view);

  for (guint i = 0; i < n && !ferror (stdout); i++)
    {
      g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, i);

      if (iw_timeline_row_get_kind (row) == IW_ROW_ENTRY)
        print_entry (row, zone);
      else if (iw_timeline_row_get_kind (row) == IW_ROW_EVENT)
        print_event (row, zone);
      else
        print_run (row, zone);
    }
}

/* ---- for programs ---- */

static JsonObject *
json_event (IwTimelineRow *row)
{
  const IwEvent *event = iw_timeline_row_get_event (row);
  JsonObject *object = json_object_new ();

  iw_cli_json_time (object, "time", iw_timeline_row_get_time (row));
  json_object_set_string_member (object, "evidence",
                                 iw_evidence_get_id (iw_timeline_row_get_evidence (row)));
  json_object_set_int_member (object, "row", event->row);
  json_object_set_int_member (object, "line", event->line);
  json_object_set_string_member (object, "message", event->message);
  json_object_set_string_member (object, "description", event->desc);
  json_object_set_string_member (object, "origin", event->origin);
  json_object_set_string_member (object, "host", event->host);
  json_object_set_string_member (object, "actor", event->actor);
  json_object_set_boolean_member (object, "duplicate", event->duplicate);
  return object;
}

static JsonArray *
json_evidence (IwStore *store, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (store, incident, error);
  JsonArray *array;

  if (evidence == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < evidence->len; i++)
    {
      g_autoptr (JsonObject) body = iw_evidence_to_json (evidence->pdata[i]);

      json_array_add_element (array,
                              iw_cli_json_document (iw_evidence_get_id (evidence->pdata[i]), body));
    }
  return array;
}

/* Entries are documents, runs of events a count, events objects; all in the order of time. */
static JsonArray *
json_rows (IwTimelineView *view)
{
  JsonArray *array = json_array_new ();
  guint n = iw_timeline_view_get_n_rows (view);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (view, i);
      JsonObject *object = NULL;

      if (iw_timeline_row_get_kind (row) == IW_ROW_ENTRY)
        {
          IwEntry *entry = iw_timeline_row_get_entry (row);
          g_autoptr (JsonObject) body = iw_entry_to_json (entry);

          json_array_add_element (array, iw_cli_json_document (iw_entry_get_id (entry), body));
          continue;
        }
      if (iw_timeline_row_get_kind (row) == IW_ROW_EVENT)
        object = json_event (row);
      else
        {
          object = json_object_new ();
          iw_cli_json_time (object, "time", iw_timeline_row_get_time (row));
          json_object_set_int_member (object, "events", iw_timeline_row_get_run_count (row));
        }
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
print_json (IwStore *store, const IwIncidentRow *incident, IwTimelineView *view, GError **error)
{
  g_autoptr (JsonObject) object = iw_cli_json_incident (incident);
  JsonArray *evidence = json_evidence (store, incident->incident, error);

  if (evidence == NULL)
    return FALSE;
  json_object_set_array_member (object, "evidence", evidence);
  json_object_set_array_member (object, "timeline", json_rows (view));
  iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
  return TRUE;
}

IwExit
iw_cli_show (IwCli *cli, int argc, char **argv)
{
  gboolean events = FALSE;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = { { "events", 'e', 0, G_OPTION_ARG_NONE, &events,
                                     N_ ("Machine events one by one, not counted in runs"), NULL },
                                   { "zone", 'z', 0, G_OPTION_ARG_STRING, &name,
                                     N_ ("The zone of times, --from and --to; UTC if not given"),
                                     N_ ("ZONE") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwIncidentRow) incident = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (IwFilter) filter = NULL;
  g_autoptr (IwTimelineView) view = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code;

  if (!iw_cli_parse (cli, entries, iw_cli_filter_options (), _ ("INCIDENT"),
                     _ ("Shows an incident and its timeline. Times of --json are always UTC."),
                     &argc, &argv, 1, 1) ||
      (zone = iw_cli_zone (name != NULL ? name : "UTC")) == NULL)
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_READ, &code);
  incident = store == NULL ? NULL : iw_cli_find_incident (store, argv[1], &code);
  if (incident == NULL)
    return code;
  filter = iw_cli_filter (store, zone);
  if (filter == NULL)
    return IW_EXIT_USAGE;
  if (iw_filter_get_events_mode (filter) != IW_EVENTS_HIDDEN)
    iw_filter_set_events_mode (filter, events ? IW_EVENTS_SHOWN : IW_EVENTS_COLLAPSED);
  view = make_view (store, incident->incident, filter, &error);
  if (view == NULL)
    return iw_cli_fail (error);
  if (!cli->json)
    {
      print_state (incident, name != NULL ? zone : NULL);
      print_rows (view, name != NULL ? zone : NULL);
      if (iw_timeline_view_get_n_rows (view) == 0)
        iw_cli_complain ("%s", _ ("Nothing matches."));
    }
  else if (!print_json (store, incident, view, &error))
    return iw_cli_fail (error);
  return IW_EXIT_OK;
}
