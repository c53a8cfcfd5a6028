/* iw-cli-filter.c: the options that pick part of a timeline, for show and export. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-quick-entry.h"

static struct
{
  char *name, *text, *from, *to, *confidence;
  char **kinds, **sources, **actors, **teams;
  gboolean key, no_events, no_duplicates;
} options;

const GOptionEntry *
iw_cli_filter_options (void)
{
  static const GOptionEntry entries[] = {
    { "filter", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Begin with the saved filter NAME"),
      N_ ("NAME") },
    { "filter-text", 't', 0, G_OPTION_ARG_STRING, &options.text,
      N_ ("All these words; “\"a phrase\"” in quotes"), N_ ("TEXT") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from,
      N_ ("At or after TIME; a date is a day of --zone"), N_ ("TIME") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to,
      N_ ("Before TIME; a date is taken in whole, as a day of --zone"), N_ ("TIME") },
    { "kind", 'k', 0, G_OPTION_ARG_STRING_ARRAY, &options.kinds,
      N_ ("This kind, or “event” for machine events; may be repeated"), N_ ("KIND") },
    { "source", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.sources,
      N_ ("This source; may be repeated"), N_ ("NAME") },
    { "actor", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.actors,
      N_ ("This person or user; may be repeated"), N_ ("NAME") },
    { "team", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.teams, N_ ("This team; may be repeated"),
      N_ ("NAME") },
    { "min-confidence", 0, 0, G_OPTION_ARG_STRING, &options.confidence,
      N_ ("low, medium, high or confirmed, and above"), N_ ("LEVEL") },
    { "key-only", 0, 0, G_OPTION_ARG_NONE, &options.key, N_ ("Only key events"), NULL },
    { "no-events", 0, 0, G_OPTION_ARG_NONE, &options.no_events, N_ ("No machine events"), NULL },
    { "no-duplicates", 0, 0, G_OPTION_ARG_NONE, &options.no_duplicates,
      N_ ("Repeated machine events once"), NULL },
    G_OPTION_ENTRY_NULL
  };

  return entries;
}

static gboolean
set_kinds (IwFilter *filter)
{
  guint32 mask = 0;
  gboolean machine = FALSE;

  for (char **kind = options.kinds; kind != NULL && *kind != NULL; kind++)
    {
      IwEntryKind k = iw_entry_kind_from_string (*kind);

      if (g_str_equal (*kind, "event"))
        machine = TRUE;
      else if (k != IW_ENTRY_UNKNOWN)
        mask |= 1u << k;
      else
        {
          iw_cli_complain (_ ("There is no kind “%s”."), *kind);
          return FALSE;
        }
    }
  if (mask != 0 || machine)
    iw_filter_set_kinds (filter, mask, machine);
  return TRUE;
}

/* A date alone is read as UTC (iw-time.h); as an end of a range it is a day of @zone. */
static gint64
day_in_zone (gint64 us, GTimeZone *zone)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) there =
      day == NULL ? NULL
                  : g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                     g_date_time_get_day_of_month (day), 0, 0, 0);

  return there != NULL ? g_date_time_to_unix_usec (there) : us;
}

/* Times as the quick-entry line takes them, and nothing after. */
static gboolean
parse_time (const char *text, GTimeZone *zone, gint64 now, IwTime *out)
{
  IwQuickEntry entry;

  if (iw_time_parse_rfc3339 (text, zone, out))
    return TRUE;
  entry = iw_quick_entry_parse (text, now, zone);
  *out = entry.occurred;
  if (entry.explicit_time && *entry.text == '\0')
    return TRUE;
  iw_cli_complain (
      _ ("“%s” is not a time. Write 2026-11-02T03:04Z, 2026-11-02, “yesterday 23:10” or 14:05."),
      text);
  return FALSE;
}

static gboolean
set_range (IwFilter *filter, IwStore *store, GTimeZone *zone)
{
  gint64 now = iw_context_now (iw_store_get_context (store));
  IwTime from = { IW_TIME_MIN, IW_PRECISION_MICROSECOND };
  IwTime to = { IW_TIME_MAX, IW_PRECISION_MICROSECOND };

  if (options.from == NULL && options.to == NULL)
    return TRUE;
  if ((options.from != NULL && !parse_time (options.from, zone, now, &from)) ||
      (options.to != NULL && !parse_time (options.to, zone, now, &to)))
    return FALSE;
  if (options.to != NULL && to.precision <= IW_PRECISION_DAY)
    to.us = day_in_zone (iw_time_end (to), zone);
  if (options.from != NULL && from.precision <= IW_PRECISION_DAY)
    from.us = day_in_zone (from.us, zone);
  if (to.us <= from.us)
    {
      iw_cli_complain ("%s", _ ("--to is not after --from."));
      return FALSE;
    }
  iw_filter_set_range (filter, from.us, to.us);
  return TRUE;
}

static gboolean
set_confidence (IwFilter *filter)
{
  IwConfidence confidence;

  if (options.confidence == NULL)
    return TRUE;
  confidence = iw_confidence_from_string (options.confidence);
  if (confidence == IW_CONFIDENCE_UNSET)
    {
      iw_cli_complain (_ ("There is no confidence “%s”: low, medium, high or confirmed."),
                       options.confidence);
      return FALSE;
    }
  iw_filter_set_min_confidence (filter, confidence);
  return TRUE;
}

static IwFilter *
base_filter (IwStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) saved = NULL;
  IwFilter *filter = NULL;

  if (options.name == NULL)
    return iw_filter_new ();
  saved = iw_query_filter (store, options.name, &error);
  if (saved != NULL)
    filter = iw_filter_new_from_json (saved, &error);
  if (filter == NULL)
    iw_cli_complain (_ ("The filter “%s” cannot be read: %s"), options.name, error->message);
  return filter;
}

IwFilter *
iw_cli_filter (IwStore *store, GTimeZone *zone)
{
  g_autoptr (IwFilter) filter = base_filter (store);

  if (filter == NULL || !set_kinds (filter) || !set_range (filter, store, zone) ||
      !set_confidence (filter))
    return NULL;
  if (options.text != NULL)
    iw_filter_set_text (filter, options.text);
  if (options.sources != NULL)
    iw_filter_set_sources (filter, (const char *const *)options.sources);
  if (options.actors != NULL)
    iw_filter_set_actors (filter, (const char *const *)options.actors);
  if (options.teams != NULL)
    iw_filter_set_teams (filter, (const char *const *)options.teams);
  if (options.key)
    iw_filter_set_key_only (filter, TRUE);
  if (options.no_events)
    iw_filter_set_events_mode (filter, IW_EVENTS_HIDDEN);
  if (options.no_duplicates)
    iw_filter_set_hide_duplicates (filter, TRUE);
  return g_steal_pointer (&filter);
}
