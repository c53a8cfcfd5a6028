#include "config.h"

#include "iw-import-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-zone.h"

#define NAME_MAX_CHARS 60

/* ngettext() takes an unsigned long; files do not have more rows. */
#define PLURAL(n) ((gulong)MAX (n, 0))

static char *
good_words (gint64 n)
{
  /* Translators: the beginning of a sentence that goes on with duplicates and rejected rows */
  return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " row is good",
                                    "%'" G_GINT64_FORMAT " rows are good", PLURAL (n)),
                          n);
}

static char *
duplicate_words (gint64 n)
{
  return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " is a duplicate",
                                    "%'" G_GINT64_FORMAT " are duplicates", PLURAL (n)),
                          n);
}

static char *
rejected_words (gint64 n)
{
  return g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " was rejected",
                                    "%'" G_GINT64_FORMAT " were rejected", PLURAL (n)),
                          n);
}

char *
iw_import_words_result (const IwImportCounts *counts)
{
  g_autofree char *good = good_words (counts->good);
  g_autofree char *duplicates = duplicate_words (counts->duplicates);
  g_autofree char *rejected = rejected_words (counts->rejected);

  if (counts->rows == 0)
    return g_strdup (_ ("The file has no rows."));
  if (counts->duplicates > 0 && counts->rejected > 0)
    /* Translators: "9,998 rows are good", "12 are duplicates", "2 were rejected" */
    return g_strdup_printf (_ ("%s, %s, %s."), good, duplicates, rejected);
  if (counts->duplicates > 0)
    /* Translators: "9,998 rows are good", "12 are duplicates" */
    return g_strdup_printf (_ ("%s, %s, none was rejected."), good, duplicates);
  if (counts->rejected > 0)
    /* Translators: "9,998 rows are good", "2 were rejected" */
    return g_strdup_printf (_ ("%s, %s."), good, rejected);
  /* Translators: "9,998 rows are good" */
  return g_strdup_printf (_ ("%s, none was rejected."), good);
}

char *
iw_import_words_decisions (const IwImportCounts *counts)
{
  gint64 n = counts->decisions;

  if (n == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("Includes %'" G_GINT64_FORMAT " decision that comes into force in the incident.",
                "Includes %'" G_GINT64_FORMAT " decisions that come into force in the incident.",
                PLURAL (n)),
      n);
}

char *
iw_import_words_duplicates (const IwImportCounts *counts, IwImportTarget target, gboolean keep)
{
  gint64 n = counts->duplicates;

  if (n == 0)
    return NULL;
  if (target == IW_IMPORT_AS_EVIDENCE)
    return g_strdup (ngettext (
        "The duplicate stands earlier in the file word for word. It is kept and marked.",
        "The duplicates stand earlier in the file word for word. They are kept and marked.",
        PLURAL (n)));
  if (keep)
    return g_strdup (ngettext ("The duplicate is added once more.",
                               "The duplicates are added once more.", PLURAL (n)));
  return g_strdup (ngettext ("The duplicate is on the timeline already, and is left out.",
                             "The duplicates are on the timeline already, and are left out.",
                             PLURAL (n)));
}

char *
iw_import_words_range (const IwImportCounts *counts, GTimeZone *zone)
{
  g_autofree char *first = NULL, *last = NULL, *words = NULL;

  if (counts->good == 0)
    return NULL;
  first = iw_time_format ((IwTime){ counts->first, IW_PRECISION_SECOND }, zone, TRUE);
  last = iw_time_format ((IwTime){ counts->last, IW_PRECISION_SECOND }, zone, TRUE);
  words = iw_time_zone_words (zone, counts->first);
  /* Translators: first and last time, and the zone */
  return g_strdup_printf (_ ("From %s to %s, %s."), first, last, words);
}

gint64
iw_import_n_rows (const IwImportCounts *counts, IwImportTarget target, gboolean keep)
{
  return counts->good + (target == IW_IMPORT_AS_ENTRIES && keep ? counts->duplicates : 0);
}

char *
iw_import_words_button (gint64 n, IwImportTarget target)
{
  if (target == IW_IMPORT_AS_ENTRIES)
    return g_strdup_printf (ngettext ("_Add %'" G_GINT64_FORMAT " Entry",
                                      "_Add %'" G_GINT64_FORMAT " Entries", PLURAL (n)),
                            n);
  return g_strdup_printf (ngettext ("_Import %'" G_GINT64_FORMAT " Row",
                                    "_Import %'" G_GINT64_FORMAT " Rows", PLURAL (n)),
                          n);
}

char *
iw_import_words_place (const IwReject *reject)
{
  if (reject->field == NULL || *reject->field == '\0')
    return g_strdup_printf (_ ("Line %'" G_GINT64_FORMAT ", row %'" G_GINT64_FORMAT), reject->line,
                            reject->row);
  /* Translators: where a row that was refused stands in its file, and the field that is to blame */
  return g_strdup_printf (_ ("Line %'" G_GINT64_FORMAT ", row %'" G_GINT64_FORMAT ", field “%s”"),
                          reject->line, reject->row, reject->field);
}

char *
iw_import_words_length (gint64 length)
{
  return g_format_size_full ((guint64)MAX (length, 0), G_FORMAT_SIZE_LONG_FORMAT);
}

char *
iw_import_words_progress (gint64 done, gint64 total)
{
  if (total <= 0)
    return g_strdup ("");
  /* Translators: how much of a file has been read, as a percentage */
  return g_strdup_printf (_ ("%d %%"), (int)(CLAMP (done, 0, total) * 100 / total));
}

char *
iw_import_zone_problem (const char *zone, gboolean needed)
{
  g_autofree char *stripped = g_strstrip (g_strdup (zone));
  g_autoptr (GTimeZone) found = NULL;

  if (*stripped == '\0')
    return needed ? g_strdup (_ ("Times in this file have no zone. Say which one they are in."))
                  : NULL;
  found = iw_zone_lookup (stripped);
  if (found != NULL)
    return NULL;
  return g_strdup_printf (_ ("“%s” is not a time zone known here, or means several. Write a name "
                             "as in Europe/Berlin, or an offset as in +01:00."),
                          stripped);
}

static const char *
what_to_do (const GError *error)
{
  if (g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE))
    return _ ("Choose a CSV, TSV or JSON lines file, plain or gzip-compressed.");
  if (g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY))
    return _ ("Choose another file.");
  if (g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING))
    return _ ("Say below which column holds the time.");
  if (g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE))
    return _ ("Say which time zone they are in.");
  if (g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_DUPLICATE))
    return _ ("There is nothing to do: its events are on the timeline.");
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_FULL) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("Make room on the disk and try again. Nothing was changed.");
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY))
    return _ ("Another program is writing to the workspace. Try again.");
  return NULL;
}

char *
iw_import_words_error (const GError *error)
{
  const char *advice = what_to_do (error);
  gsize length = strlen (error->message);
  gboolean stopped = length > 0 && strchr (".!?。", error->message[length - 1]) != NULL;

  if (advice == NULL)
    return g_strdup (error->message);
  return g_strdup_printf ("%s%s %s", error->message, stopped ? "" : ".", advice);
}

const char *
iw_export_words_format (IwExportFormat format)
{
  switch (format)
    {
    case IW_EXPORT_TIMESKETCH_CSV:
      return _ ("A table that Timesketch and this program import again, with every column");
    case IW_EXPORT_TIMESKETCH_JSONL:
      return _ ("One JSON object a line, for Timesketch, scripts and this program");
    case IW_EXPORT_IRIS_CSV:
      return _ ("The table that DFIR-IRIS imports into a case’s timeline");
    case IW_EXPORT_MARKDOWN:
      return _ ("A table for people to read; it cannot be imported again");
    case IW_N_EXPORTS:
    default:
      return "";
    }
}

char *
iw_export_words_count (gint64 n_entries, gint64 n_events)
{
  g_autofree char *entries = g_strdup_printf (
      ngettext ("%'" G_GINT64_FORMAT " entry", "%'" G_GINT64_FORMAT " entries", PLURAL (n_entries)),
      n_entries);
  g_autofree char *events = g_strdup_printf (
      ngettext ("%'" G_GINT64_FORMAT " event", "%'" G_GINT64_FORMAT " events", PLURAL (n_events)),
      n_events);

  if (n_entries == 0 && n_events == 0)
    return g_strdup (_ ("Nothing passes the filter: there is nothing to write."));
  if (n_events == 0)
    /* Translators: "42 entries" */
    return g_strdup_printf (_ ("%s will be written: what the filter shows."), entries);
  if (n_entries == 0)
    /* Translators: "9,998 events" */
    return g_strdup_printf (_ ("%s will be written: what the filter shows."), events);
  /* Translators: "42 entries", "9,998 events" */
  return g_strdup_printf (_ ("%s and %s will be written: what the filter shows."), entries, events);
}

char *
iw_export_file_name (const char *title, IwExportFormat format)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n = 0;

  for (const char *p = title; *p != '\0' && n < NAME_MAX_CHARS; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (name, c);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_assign (name, "timeline");
  return g_strdup_printf ("%s.%s", name->str, iw_export_format_extension (format));
}
