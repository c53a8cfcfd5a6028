#include "config.h"

#include "iw-filter-words.h"

#include <glib/gi18n-lib.h>

#include "iw-quick-entry.h"

/* "A or B or C"; NULL where there is none. */
static char *
join_or (const char *const *words)
{
  GString *joined;

  if (words[0] == NULL)
    return NULL;
  joined = g_string_new (words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    {
      /* Translators: stands between the alternatives of a filter: "proxy.csv or sign-in log". */
      g_string_append (joined, C_ ("between alternatives", " or "));
      g_string_append (joined, words[i]);
    }
  return g_string_free_and_steal (joined);
}

static void
add_kinds (GStrvBuilder *words, const IwFilter *filter)
{
  gboolean machine;
  guint32 mask = iw_filter_get_kinds (filter, &machine);
  const char *labels[IW_N_ENTRY_KINDS + 2];
  g_autofree char *joined = NULL;
  guint n = 0;

  for (guint i = 0; i < IW_N_ENTRY_KINDS; i++)
    if ((mask & (1u << i)) != 0)
      labels[n++] = iw_entry_kind_label (i);
  if (machine)
    labels[n++] = C_ ("filter", "Machine events");
  labels[n] = NULL;
  joined = join_or (labels);
  if (joined != NULL)
    g_strv_builder_add (words, joined);
}

static void
add_set (GStrvBuilder *words, const char *const *values, const char *format)
{
  g_autofree char *joined = join_or (values);

  if (joined == NULL)
    return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_strv_builder_take (words, g_strdup_printf (format, joined));
#pragma GCC diagnostic pop
}

static void
add_range (GStrvBuilder *words, const IwFilter *filter, GTimeZone *zone)
{
  g_autofree char *first = NULL, *last = NULL;
  gint64 start, end;

  if (!iw_filter_get_range (filter, &start, &end))
    return;
  if (start > IW_TIME_MIN)
    first = iw_time_format ((IwTime){ start, IW_PRECISION_SECOND }, zone, TRUE);
  if (end < IW_TIME_MAX)
    last = iw_time_format ((IwTime){ end, IW_PRECISION_SECOND }, zone, TRUE);
  if (first != NULL && last != NULL)
    /* Translators: two times with dates. */
    g_strv_builder_take (words, g_strdup_printf (_ ("from %s to %s"), first, last));
  else if (first != NULL)
    g_strv_builder_take (words, g_strdup_printf (C_ ("time", "from %s"), first));
  else if (last != NULL)
    g_strv_builder_take (words, g_strdup_printf (C_ ("time", "before %s"), last));
}

char **
iw_filter_words (const IwFilter *filter, GTimeZone *zone)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (strchr (iw_filter_get_text (filter), '"') != NULL)
    /* Translators: %s is what was typed into the search field, with its quotation marks. */
    g_strv_builder_take (words,
                         g_strdup_printf (C_ ("search", "with %s"), iw_filter_get_text (filter)));
  else if (*iw_filter_get_text (filter) != '\0')
    /* Translators: %s is what was typed into the search field. */
    g_strv_builder_take (words, g_strdup_printf (_ ("with “%s”"), iw_filter_get_text (filter)));
  add_kinds (words, filter);
  /* Translators: %s is one or several names of sources: "proxy.csv or sign-in log". */
  add_set (words, iw_filter_get_sources (filter), C_ ("source", "from %s"));
  /* Translators: %s is one or several names of people or accounts. */
  add_set (words, iw_filter_get_actors (filter), C_ ("actor", "by %s"));
  /* Translators: %s is one or several names of teams. */
  add_set (words, iw_filter_get_teams (filter), C_ ("team", "of %s"));
  if (iw_filter_get_min_confidence (filter) != IW_CONFIDENCE_UNSET)
    /* Translators: %s is a level of confidence: "Medium". */
    g_strv_builder_take (
        words, g_strdup_printf (_ ("confidence at least %s"),
                                iw_confidence_label (iw_filter_get_min_confidence (filter))));
  if (iw_filter_get_key_only (filter))
    g_strv_builder_add (words, _ ("only key events"));
  if (iw_filter_get_hide_duplicates (filter))
    g_strv_builder_add (words, _ ("without duplicates"));
  add_range (words, filter, zone);
  return g_strv_builder_end (words);
}

char *
iw_filter_sentence (const IwFilter *filter, GTimeZone *zone)
{
  g_auto (GStrv) words = iw_filter_words (filter, zone);
  g_autofree char *joined = NULL;

  if (words[0] == NULL)
    return NULL;
  /* Translators: stands between what a filter restricts. */
  joined = g_strjoinv (C_ ("between restrictions", " · "), words);
  /* Translators: %s is what the filter lets through: "with “token” · only key events". */
  return g_strdup_printf (_ ("Shown: %s"), joined);
}

gboolean
iw_filter_parse_bound (const char *text, gboolean end, gint64 now, GTimeZone *zone, gint64 *us)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  IwQuickEntry entry;

  if (*stripped == '\0')
    return FALSE;
  entry = iw_quick_entry_parse (stripped, now, zone);
  if (!entry.explicit_time || *entry.text != '\0' || iw_time_is_set (entry.occurred_end))
    return FALSE;
  *us = end && entry.occurred.precision <= IW_PRECISION_DAY ? iw_time_end (entry.occurred)
                                                            : entry.occurred.us;
  return TRUE;
}

char *
iw_filter_format_bound (gint64 us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL)
    return g_strdup ("");
  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}
