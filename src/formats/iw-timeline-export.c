/* iw-timeline-export.c: a filtered view of a timeline as a file */
#include "iw-timeline-export.h"

#include "iw-entry-columns.h"
#include "iw-export-row.h"
#include "iw-queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLUSH (256 * 1024)

static const struct
{
  const char *nick;
  const char *label;
  const char *extension;
} formats[] = {
  [IW_EXPORT_TIMESKETCH_CSV] = { "timesketch-csv", N_ ("Timesketch CSV"), "csv" },
  [IW_EXPORT_TIMESKETCH_JSONL] = { "timesketch-jsonl", N_ ("Timesketch JSON Lines"), "jsonl" },
  [IW_EXPORT_IRIS_CSV] = { "iris-csv", N_ ("DFIR-IRIS CSV"), "csv" },
  [IW_EXPORT_MARKDOWN] = { "markdown", N_ ("Markdown Table"), "md" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (formats) == IW_N_EXPORTS);

const char *
iw_export_format_to_string (IwExportFormat format)
{
  g_return_val_if_fail (format < IW_N_EXPORTS, NULL);
  return formats[format].nick;
}

gboolean
iw_export_format_from_string (const char *text, IwExportFormat *out)
{
  for (guint i = 0; i < IW_N_EXPORTS; i++)
    if (g_strcmp0 (text, formats[i].nick) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
iw_export_format_label (IwExportFormat format)
{
  g_return_val_if_fail (format < IW_N_EXPORTS, NULL);
  return _ (formats[format].label);
}

const char *
iw_export_format_extension (IwExportFormat format)
{
  g_return_val_if_fail (format < IW_N_EXPORTS, NULL);
  return formats[format].extension;
}

/* ---- the run ---- */

typedef struct
{
  IwStore *store;
  IwTimelineView *view;
  IwExportFormat format;
  GTimeZone *zone;
  GHashTable *by_evidence; /* (char *) -> IwExportSource, owned by @sources */
  GPtrArray *sources;      /* those that rows are written of */
  GPtrArray *withheld;     /* (element-type IwExportSource) */
  IwExportPlan *plan;
  GString *out;
} Export;

static void
export_clear (Export *export)
{
  g_clear_pointer (&export->plan, iw_export_plan_free);
  g_clear_pointer (&export->by_evidence, g_hash_table_unref);
  g_clear_pointer (&export->sources, g_ptr_array_unref);
  g_clear_pointer (&export->withheld, g_ptr_array_unref);
  g_clear_object (&export->view);
  if (export->out != NULL)
    g_string_free (export->out, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* The view with all that the filter lets through, and no runs. */
static gboolean
open_view (Export *export,
           const char *incident,
           const IwFilter *filter,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (IwFilter) shown = filter != NULL ? iw_filter_copy (filter) : iw_filter_new ();
  g_autoptr (IwTimelineMatch) match = NULL;

  if (iw_filter_get_events_mode (shown) != IW_EVENTS_HIDDEN)
    iw_filter_set_events_mode (shown, IW_EVENTS_SHOWN);
  export->view = iw_timeline_view_new (export->store, incident, error);
  if (export->view == NULL)
    return FALSE;
  if (iw_timeline_view_needs_match (shown))
    {
      match = iw_timeline_match_new (export->store, incident, shown, cancellable, error);
      if (match == NULL)
        return FALSE;
    }
  iw_timeline_view_set_filter (export->view, shown, match);
  return TRUE;
}

/* A timeline whose index is not here would be left out without a word. */
static gboolean
check_indexed (Export *export, GError **error)
{
  g_autoptr (GPtrArray) missing = iw_timeline_view_get_unindexed (export->view);
  IwEvidence *first;

  if (missing == NULL || missing->len == 0 ||
      iw_filter_get_events_mode (iw_timeline_view_get_filter (export->view)) == IW_EVENTS_HIDDEN)
    return TRUE;
  first = g_ptr_array_index (missing, 0);
  g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
               _ ("The events of “%s” are not indexed here yet, so they cannot be exported."),
               iw_evidence_get_name (first));
  return FALSE;
}

static GPtrArray *
new_sources (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_export_source_free);
}

static gboolean
open_sources (Export *export, const char *incident, GError **error)
{
  GPtrArray *evidence = iw_timeline_view_get_evidence (export->view);
  g_autoptr (IwSituation) situation = NULL;

  export->sources = new_sources ();
  export->withheld = new_sources ();
  export->by_evidence = g_hash_table_new (g_str_hash, g_str_equal);
  if (iw_timeline_view_get_n_events (export->view) == 0)
    return TRUE;
  situation = iw_query_situation (export->store, incident, 0, error);
  if (situation == NULL)
    return FALSE;
  for (guint i = 0; i < evidence->len; i++)
    {
      IwEvidence *item = g_ptr_array_index (evidence, i);
      IwExportSource *source = iw_export_source_open_gated (export->store, situation, item, error);

      if (source == NULL)
        return FALSE;
      g_ptr_array_add (source->withheld == NULL ? export->sources : export->withheld, source);
      g_hash_table_insert (export->by_evidence, (char *)iw_evidence_get_id (source->evidence),
                           source);
    }
  return TRUE;
}

static void
write_header (Export *export)
{
  gint64 first = 0, last = 0;

  switch (export->format)
    {
    case IW_EXPORT_TIMESKETCH_CSV:
      iw_export_timesketch_csv_header (export->plan, export->out);
      break;
    case IW_EXPORT_IRIS_CSV:
      iw_export_iris_header (export->out);
      break;
    case IW_EXPORT_MARKDOWN:
      iw_timeline_view_get_extent (export->view, &first, &last);
      iw_export_markdown_header (export->zone, last, export->out);
      break;
    default:
      break;
    }
}

static void
write_row (Export *export, const IwExportRow *row)
{
  switch (export->format)
    {
    case IW_EXPORT_TIMESKETCH_CSV:
      iw_export_timesketch_csv (export->plan, row, export->out);
      break;
    case IW_EXPORT_TIMESKETCH_JSONL:
      iw_export_timesketch_jsonl (export->plan, row, export->out);
      break;
    case IW_EXPORT_IRIS_CSV:
      iw_export_iris (row, export->out);
      break;
    default:
      iw_export_markdown (row, export->zone, export->out);
      break;
    }
}

static void
write_entry (Export *export, IwEntry *entry)
{
  IwExportRow row = { .entry = entry, .message = iw_entry_get_text (entry) };

  row.time = iw_entry_time_and_desc (entry, &row.desc);
  if (!iw_time_is_set (row.time))
    row.time = (IwTime){ iw_entry_get_sort_time (entry), IW_PRECISION_SECOND };
  write_row (export, &row);
}

static gboolean
write_event (Export *export, IwTimelineRow *item, GError **error)
{
  const IwEvent *event = iw_timeline_row_get_event (item);
  IwEventTexts texts;
  IwExportRow row = { .event = event, .texts = &texts };

  row.time.us = iw_timeline_row_get_time (item);
  row.time.precision = iw_timeline_row_get_precision (item);
  row.source = g_hash_table_lookup (export->by_evidence,
                                    iw_evidence_get_id (iw_timeline_row_get_evidence (item)));
  if (row.source->withheld != NULL)
    {
      row.source->n_withheld++;
      return TRUE;
    }
  if (!iw_export_source_read (row.source, event, &row.record, &texts, error))
    return FALSE;
  row.message = texts.message;
  row.desc = texts.desc;
  write_row (export, &row);
  return TRUE;
}

static gboolean
write_item (Export *export, IwTimelineRow *item, GError **error)
{
  switch (iw_timeline_row_get_kind (item))
    {
    case IW_ROW_ENTRY:
      write_entry (export, iw_timeline_row_get_entry (item));
      return TRUE;
    case IW_ROW_EVENT:
      return write_event (export, item, error);
    default:
      return TRUE;
    }
}

static gboolean
flush (Export *export,
       GOutputStream *output,
       gsize at_least,
       GCancellable *cancellable,
       GError **error)
{
  if (export->out->len < at_least)
    return TRUE;
  if (!g_output_stream_write_all (output, export->out->str, export->out->len, NULL, cancellable,
                                  error))
    return FALSE;
  g_string_truncate (export->out, 0);
  return TRUE;
}

/* ---- what was left out ---- */

void
iw_timeline_export_counts_clear (IwTimelineExportCounts *counts)
{
  g_clear_pointer (&counts->withheld, g_free);
}

/* The file's name and why, once for each that lost rows to it. */
static char *
describe_withheld (Export *export, gint64 *n_withheld)
{
  GString *text = g_string_new (NULL);

  *n_withheld = 0;
  for (guint i = 0; i < export->withheld->len; i++)
    {
      IwExportSource *source = export->withheld->pdata[i];
      gulong n = (gulong)source->n_withheld;

      if (n == 0)
        continue;
      *n_withheld += source->n_withheld;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      /* Translators: %2$s is the name of a file, %3$s a sentence that says why. */
      g_string_append_printf (text,
                              ngettext ("%1$lu row of “%2$s” was withheld. %3$s",
                                        "%1$lu rows of “%2$s” were withheld. %3$s", n),
                              n, iw_evidence_get_name (source->evidence), source->withheld);
    }
  return g_string_free (text, text->len == 0);
}

/* The one form for people says it in itself; the others hold rows alone. */
static void
write_foot (Export *export, const IwTimelineExportCounts *counts)
{
  if (export->format == IW_EXPORT_MARKDOWN && counts->withheld != NULL)
    g_string_append_printf (export->out, "\n%s\n", counts->withheld);
}

static gboolean
write_rows (Export *export,
            GOutputStream *output,
            IwProgressFunc progress,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  guint n = iw_timeline_view_get_n_rows (export->view);

  write_header (export);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwTimelineRow) item = iw_timeline_view_get_row (export->view, i);

      if (i % 256 == 0 && progress != NULL)
        progress (i, n, data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !write_item (export, item, error) || !flush (export, output, FLUSH, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
iw_timeline_export_counted (IwStore *store,
                            const char *incident,
                            const IwFilter *filter,
                            IwExportFormat format,
                            GTimeZone *zone,
                            GOutputStream *output,
                            IwTimelineExportCounts *counts,
                            IwProgressFunc progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Export) export = { .store = store, .format = format, .zone = zone };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  *counts = (IwTimelineExportCounts){ 0 };
  export.out = g_string_new (NULL);
  if (export.zone == NULL)
    export.zone = utc;
  if (!open_view (&export, incident, filter, cancellable, error) ||
      !check_indexed (&export, error) || !open_sources (&export, incident, error))
    return FALSE;
  export.plan =
      iw_export_plan_new (iw_timeline_view_get_n_entries (export.view) > 0, export.sources);
  if (!write_rows (&export, output, progress, data, cancellable, error))
    return FALSE;
  counts->withheld = describe_withheld (&export, &counts->n_withheld);
  counts->n_rows = iw_timeline_view_get_n_rows (export.view) - counts->n_withheld;
  write_foot (&export, counts);
  return flush (&export, output, 1, cancellable, error);
}

gboolean
iw_timeline_export (IwStore *store,
                    const char *incident,
                    const IwFilter *filter,
                    IwExportFormat format,
                    GTimeZone *zone,
                    GOutputStream *output,
                    gint64 *n_rows,
                    IwProgressFunc progress,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (IwTimelineExportCounts) counts = { 0 };

  if (!iw_timeline_export_counted (store, incident, filter, format, zone, output, &counts, progress,
                                   data, cancellable, error))
    return FALSE;
  if (n_rows != NULL)
    *n_rows = counts.n_rows;
  return TRUE;
}
