/* iw-export-timesketch.c: rows as Timesketch reads them, and as we read them back */
#include "iw-csv-write.h"
#include "iw-entry-columns.h"
#include "iw-export-row.h"

#include <string.h>

/* Timesketch's own columns; the order is relied upon. */
enum
{
  MESSAGE,
  DATETIME,
  TIMESTAMP,
  TIMESTAMP_DESC,
  N_BASE
};
static const char *const base[] = { "message", "datetime", "timestamp", "timestamp_desc" };

static guint
add_column (IwExportPlan *plan, const char *name)
{
  gpointer number;
  char *copy;

  if (g_hash_table_lookup_extended (plan->numbers, name, NULL, &number))
    return GPOINTER_TO_UINT (number);
  copy = g_strdup (name);
  g_ptr_array_add (plan->names, copy);
  g_hash_table_insert (plan->numbers, copy, GUINT_TO_POINTER (plan->names->len - 1));
  return plan->names->len - 1;
}

/* Whether the export writes what this column says in a column of its own. */
static gboolean
is_replaced (const IwMapping *mapping, guint i, const char *column)
{
  IwRole role = iw_mapping_get_role (mapping, column);

  switch (i)
    {
    case MESSAGE:
      return role == IW_ROLE_MESSAGE && iw_mapping_get_column (mapping, IW_ROLE_TITLE) == NULL;
    case DATETIME:
    case TIMESTAMP:
      return role == IW_ROLE_TIME || role == IW_ROLE_EPOCH;
    default:
      return role == IW_ROLE_DESC;
    }
}

static int
target_of (IwExportPlan *plan, IwExportSource *source, const char *column)
{
  g_autofree char *name = NULL;

  for (guint i = 0; i < N_BASE; i++)
    if (strcmp (column, base[i]) == 0)
      {
        if (is_replaced (source->mapping, i, column))
          return -1;
        name = g_strconcat ("source_", column, NULL);
        while (iw_record_reader_find_column (source->reader, name) >= 0)
          {
            g_autofree char *longer = g_strconcat (name, "_", NULL);

            g_set_str (&name, longer);
          }
        return add_column (plan, name);
      }
  return add_column (plan, column);
}

static void
add_source (IwExportPlan *plan, IwExportSource *source)
{
  guint n;
  const char *const *columns = iw_export_source_columns (source, &n);

  source->targets = g_new (int, n);
  for (guint i = 0; i < n; i++)
    source->targets[i] = target_of (plan, source, columns[i]);
}

IwExportPlan *
iw_export_plan_new (gboolean has_entries, GPtrArray *sources)
{
  IwExportPlan *plan = g_new0 (IwExportPlan, 1);
  const char *const *entry_columns = iw_entry_columns (NULL);

  plan->names = g_ptr_array_new_with_free_func (g_free);
  plan->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  plan->owned = g_ptr_array_new_with_free_func (g_free);
  plan->has_entries = has_entries;
  for (guint i = 0; i < N_BASE; i++)
    add_column (plan, base[i]);
  plan->first_entry = plan->names->len;
  for (guint i = 0; has_entries && entry_columns[i] != NULL; i++)
    add_column (plan, entry_columns[i]);
  plan->original_time = plan->evidence_name = plan->evidence_row = G_MAXUINT;
  if (sources->len > 0)
    {
      plan->original_time = add_column (plan, "original_time");
      plan->evidence_name = add_column (plan, "evidence_name");
      plan->evidence_row = add_column (plan, "evidence_row");
    }
  for (guint i = 0; i < sources->len; i++)
    add_source (plan, g_ptr_array_index (sources, i));
  plan->cells = g_new0 (char *, plan->names->len);
  return plan;
}

void
iw_export_plan_free (IwExportPlan *plan)
{
  if (plan == NULL)
    return;
  g_hash_table_unref (plan->numbers);
  g_ptr_array_unref (plan->names);
  g_ptr_array_unref (plan->owned);
  g_free (plan->cells);
  g_free (plan);
}

char *
iw_export_datetime (IwTime time)
{
  g_autofree char *text = iw_time_to_rfc3339 (time);
  gsize length = text != NULL ? strlen (text) : 0;

  if (length > 0 && text[length - 1] == 'Z')
    return g_strdup_printf ("%.*s+00:00", (int)length - 1, text);
  return g_steal_pointer (&text);
}

/* Keeps @text until the next row. (transfer full) */
static void
set_cell (IwExportPlan *plan, guint column, char *text)
{
  plan->cells[column] = text;
  g_ptr_array_add (plan->owned, text);
}

static void
fill_entry (IwExportPlan *plan, IwEntry *entry)
{
  char **values = iw_entry_to_columns (entry);

  for (guint i = 0; values[i] != NULL; i++)
    set_cell (plan, plan->first_entry + i, values[i]);
  g_free (values);
}

static void
fill_event (IwExportPlan *plan, const IwExportRow *row)
{
  IwExportSource *source = row->source;
  guint n;

  set_cell (plan, plan->original_time, iw_time_to_rfc3339 (row->event->time));
  set_cell (plan, plan->evidence_name, g_strdup (iw_evidence_get_name (source->evidence)));
  set_cell (plan, plan->evidence_row, g_strdup_printf ("%" G_GINT64_FORMAT, row->event->row));
  iw_export_source_columns (source, &n);
  for (guint i = 0; i < MIN (n, row->record->n_fields); i++)
    {
      IwSlice slice = row->record->fields[i];

      /* A source that was exported here before keeps the names of its own origin. */
      if (source->targets[i] >= 0 && slice.data != NULL && slice.length > 0)
        set_cell (plan, source->targets[i], g_strndup (slice.data, slice.length));
    }
}

void
iw_export_plan_fill (IwExportPlan *plan, const IwExportRow *row)
{
  g_ptr_array_set_size (plan->owned, 0);
  memset (plan->cells, 0, plan->names->len * sizeof *plan->cells);
  set_cell (plan, MESSAGE, g_strdup (row->message));
  set_cell (plan, DATETIME, iw_export_datetime (row->time));
  set_cell (plan, TIMESTAMP, g_strdup_printf ("%" G_GINT64_FORMAT, row->time.us));
  set_cell (plan, TIMESTAMP_DESC, g_strdup (row->desc));
  if (row->entry != NULL)
    fill_entry (plan, row->entry);
  else
    fill_event (plan, row);
}

void
iw_export_timesketch_csv_header (IwExportPlan *plan, GString *out)
{
  for (guint i = 0; i < plan->names->len; i++)
    iw_csv_append (out, g_ptr_array_index (plan->names, i), i == 0);
  iw_csv_end (out);
}

void
iw_export_timesketch_csv (IwExportPlan *plan, const IwExportRow *row, GString *out)
{
  iw_export_plan_fill (plan, row);
  for (guint i = 0; i < plan->names->len; i++)
    iw_csv_append (out, plan->cells[i], i == 0);
  iw_csv_end (out);
}

static void
append_json_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
      case '\\':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar)*p < 32)
          g_string_append_printf (out, "\\u%04x", (guchar)*p);
        else
          g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

void
iw_export_timesketch_jsonl (IwExportPlan *plan, const IwExportRow *row, GString *out)
{
  iw_export_plan_fill (plan, row);
  for (guint i = 0; i < plan->names->len; i++)
    {
      const char *cell = plan->cells[i];

      /* Timesketch wants its own four in every record. */
      if (i >= N_BASE && (cell == NULL || *cell == '\0'))
        continue;
      g_string_append (out, i == 0 ? "{" : ", ");
      append_json_string (out, g_ptr_array_index (plan->names, i));
      g_string_append (out, ": ");
      if (i == TIMESTAMP)
        g_string_append (out, cell);
      else
        append_json_string (out, cell != NULL ? cell : "");
    }
  g_string_append (out, "}\n");
}
