/* iw-export-source.c: the evidence file behind exported events */
#include "iw-export-source.h"

#include "iw-evidence-gate.h"
#include "iw-timeline-import.h"

#include <glib/gi18n-lib.h>

static void
add_columns (IwExportSource *source, JsonObject *timeline)
{
  JsonNode *node = json_object_get_member (timeline, "columns");
  JsonArray *columns;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  columns = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      JsonNode *name = json_array_get_element (columns, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING)
        iw_record_reader_add_column (source->reader, json_node_get_string (name));
    }
}

IwExportSource *
iw_export_source_open (IwStore *store, IwEvidence *evidence, GError **error)
{
  g_autoptr (IwExportSource) source = g_new0 (IwExportSource, 1);
  JsonObject *timeline = iw_evidence_get_timeline (evidence);
  JsonNode *mapping = timeline != NULL ? json_object_get_member (timeline, "mapping") : NULL;
  g_autofree char *path = NULL;

  source->evidence = g_object_ref (evidence);
  if (mapping == NULL || !JSON_NODE_HOLDS_OBJECT (mapping))
    {
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                   _ ("“%s” is not a timeline."), iw_evidence_get_name (evidence));
      return NULL;
    }
  source->mapping = iw_mapping_new_from_json (json_node_get_object (mapping), error);
  if (source->mapping == NULL)
    return NULL;
  path = iw_event_index_text_path (iw_store_get_dir (store), iw_evidence_get_id (evidence),
                                   iw_evidence_get_sha256 (evidence));
  source->reader = iw_record_reader_open (path, source->mapping, error);
  if (source->reader == NULL)
    return NULL;
  if (iw_format_is_json (iw_mapping_get_format (source->mapping)))
    add_columns (source, timeline);
  source->parser = iw_event_parser_new (source->mapping, source->reader);
  return g_steal_pointer (&source);
}

IwExportSource *
iw_export_source_open_gated (IwStore *store,
                             IwSituation *situation,
                             IwEvidence *evidence,
                             GError **error)
{
  char *withheld = iw_evidence_gate (situation, iw_evidence_get_id (evidence), NULL, NULL);
  IwExportSource *source;

  if (withheld == NULL)
    return iw_export_source_open (store, evidence, error);
  source = g_new0 (IwExportSource, 1);
  source->evidence = g_object_ref (evidence);
  source->withheld = withheld;
  return source;
}

void
iw_export_source_free (IwExportSource *source)
{
  if (source == NULL)
    return;
  g_clear_pointer (&source->parser, iw_event_parser_free);
  g_clear_pointer (&source->reader, iw_record_reader_free);
  g_clear_pointer (&source->mapping, iw_mapping_free);
  g_clear_object (&source->evidence);
  g_free (source->withheld);
  g_free (source->targets);
  g_free (source);
}

const char *const *
iw_export_source_columns (IwExportSource *source, guint *n)
{
  return iw_record_reader_get_columns (source->reader, n);
}

gboolean
iw_export_source_read (IwExportSource *source,
                       const IwEvent *event,
                       const IwRecord **record,
                       IwEventTexts *texts,
                       GError **error)
{
  if (!iw_record_reader_read_at (source->reader, event->row, event->offset, event->length, record,
                                 error))
    return FALSE;
  if ((*record)->problem != NULL)
    {
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE,
                   _ ("Row %" G_GINT64_FORMAT " of “%s” can no longer be read: %s"), event->row,
                   iw_evidence_get_name (source->evidence), (*record)->problem);
      return FALSE;
    }
  iw_event_parser_texts (source->parser, *record, texts);
  return TRUE;
}
