/* iw-export-iris.c: rows in the form that DFIR-IRIS imports
 *
 * Its server wants these ten columns and no others. What they cannot hold stands as JSON in
 * event_raw, which IRIS keeps as the original of an event; iw-entry-parser.c reads it back. Assets
 * and indicators must exist in the IRIS case, so only those that came from there are named.
 */
#include "iw-csv-write.h"
#include "iw-entry-columns.h"
#include "iw-export-row.h"

#include <string.h>

#define MAX_TITLE 200 /* characters */

void
iw_export_iris_header (GString *out)
{
  g_string_append (out, "event_date,event_tz,event_title,event_category,event_content,event_raw,"
                        "event_source,event_assets,event_iocs,event_tags\r\n");
}

/* "2026-11-02T03:04:05.000": the fraction is always there, at least to the millisecond. */
static char *
format_date (IwTime time)
{
  g_autofree char *text = NULL;

  if (time.precision < IW_PRECISION_MILLISECOND)
    time.precision = IW_PRECISION_MILLISECOND;
  text = iw_time_to_rfc3339 (time);
  return g_strndup (text, strlen (text) - 1);
}

static char *
format_title (const char *message)
{
  const char *end = message + strcspn (message, "\r\n");

  if (g_utf8_strlen (message, end - message) > MAX_TITLE)
    end = g_utf8_offset_to_pointer (message, MAX_TITLE);
  return g_strndup (message, end - message);
}

static char *
node_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static char *
raw_of_entry (IwEntry *entry)
{
  g_autoptr (JsonObject) raw = json_object_new ();

  json_object_set_object_member (raw, "entry", iw_entry_content_json (entry));
  return node_to_text (raw);
}

static char *
raw_of_event (const IwExportRow *row)
{
  g_autoptr (JsonObject) raw = json_object_new ();
  JsonObject *fields = json_object_new ();
  g_autofree char *time = iw_time_to_rfc3339 (row->time);
  g_autofree char *original = iw_time_to_rfc3339 (row->event->time);
  const char *const *columns = iw_export_source_columns (row->source, NULL);

  json_object_set_string_member (raw, "datetime", time);
  json_object_set_string_member (raw, "original_time", original);
  json_object_set_string_member (raw, "evidence_name",
                                 iw_evidence_get_name (row->source->evidence));
  json_object_set_int_member (raw, "evidence_row", row->event->row);
  for (guint i = 0; i < row->record->n_fields; i++)
    {
      IwSlice slice = row->record->fields[i];
      g_autofree char *value = NULL;

      if (slice.data == NULL || slice.length == 0)
        continue;
      value = g_strndup (slice.data, slice.length);
      json_object_set_string_member (fields, columns[i], value);
    }
  json_object_set_object_member (raw, "event", fields);
  return node_to_text (raw);
}

static const char *
field (IwEntry *entry, const char *name, const char *fallback)
{
  const char *value = entry != NULL ? iw_entry_get_field (entry, name) : NULL;

  return value != NULL && *value != '\0' ? value : fallback;
}

static const char *
source_of (const IwExportRow *row)
{
  if (row->entry != NULL)
    return iw_entry_get_source (row->entry);
  return *row->texts->origin != '\0' ? row->texts->origin
                                     : iw_evidence_get_name (row->source->evidence);
}

void
iw_export_iris (const IwExportRow *row, GString *out)
{
  g_autofree char *date = format_date (row->time);
  g_autofree char *title = format_title (row->message);
  g_autofree char *raw = row->entry != NULL ? raw_of_entry (row->entry) : raw_of_event (row);
  g_autofree char *tags = NULL;
  const char *category = row->desc;

  if (row->entry != NULL)
    {
      tags = g_strjoinv ("|", (char **)iw_entry_get_tags (row->entry));
      category = iw_entry_kind_to_string (iw_entry_get_kind (row->entry));
    }
  iw_csv_append (out, date, TRUE);
  iw_csv_append (out, "+00:00", FALSE);
  iw_csv_append (out, title, FALSE);
  iw_csv_append (out, field (row->entry, "event_category", category), FALSE);
  iw_csv_append (out, row->message, FALSE);
  iw_csv_append (out, raw, FALSE);
  iw_csv_append (out, source_of (row), FALSE);
  iw_csv_append (out, field (row->entry, "event_assets", ""), FALSE);
  iw_csv_append (out, field (row->entry, "event_iocs", ""), FALSE);
  iw_csv_append (out, tags, FALSE);
  iw_csv_end (out);
}
