/* iw-export-markdown.c: rows as a table for people */
#include "iw-export-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a person wrote is Markdown and stays it; what a machine wrote must not become it. Neither
 * may leave its cell. */
static void
append_cell (GString *out, const char *text, gboolean markdown)
{
  g_string_append_c (out, ' ');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r' && p[1] == '\n')
        continue;
      if (*p == '\n' || *p == '\r')
        g_string_append (out, "<br>");
      else if (*p == '|' || (!markdown && strchr ("\\`*_[]<>&#", *p) != NULL))
        g_string_append_printf (out, "\\%c", *p);
      else
        g_string_append_c (out, (guchar)*p < 32 ? ' ' : *p);
    }
  g_string_append (out, " |");
}

void
iw_export_markdown_header (GTimeZone *zone, gint64 us, GString *out)
{
  g_autofree char *words = iw_time_zone_words (zone, us);

  /* Translators: above an exported table; %s is a time zone such as “Europe/Berlin (UTC+01:00)” */
  g_string_append_printf (out, _ ("Times are in %s."), words);
  g_string_append (out, "\n\n|");
  append_cell (out, _ ("Time"), TRUE);
  append_cell (out, _ ("Kind"), TRUE);
  append_cell (out, _ ("Source"), TRUE);
  append_cell (out, _ ("Who"), TRUE);
  append_cell (out, _ ("What"), TRUE);
  g_string_append (out, "\n| --- | --- | --- | --- | --- |\n");
}

static char *
format_time (const IwExportRow *row, GTimeZone *zone)
{
  char *start = iw_time_format (row->time, zone, TRUE);
  IwTime end = row->entry != NULL ? iw_entry_get_occurred_end (row->entry) : IW_TIME_NONE;
  g_autofree char *until = NULL;
  g_autofree char *from = NULL;

  if (!iw_time_is_set (end))
    return start;
  from = start;
  until = iw_time_format (end, zone, TRUE);
  return g_strdup_printf ("%s – %s", from, until);
}

void
iw_export_markdown (const IwExportRow *row, GTimeZone *zone, GString *out)
{
  g_autofree char *time = format_time (row, zone);

  g_string_append_c (out, '|');
  append_cell (out, time, FALSE);
  if (row->entry != NULL)
    {
      append_cell (out, iw_entry_kind_label (iw_entry_get_kind (row->entry)), FALSE);
      append_cell (out, iw_entry_get_source (row->entry), FALSE);
      append_cell (out, iw_entry_get_actor (row->entry), FALSE);
      append_cell (out, row->message, TRUE);
    }
  else
    {
      append_cell (out, row->desc, FALSE);
      append_cell (out, iw_evidence_get_name (row->source->evidence), FALSE);
      append_cell (out, row->texts->actor, FALSE);
      append_cell (out, row->message, FALSE);
    }
  g_string_append_c (out, '\n');
}
