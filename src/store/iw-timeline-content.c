#include "config.h"

#include "iw-timeline-content.h"

#include "iw-derived.h"
#include "iw-timeline-entries.h"

void
iw_timeline_content_free (IwTimelineContent *content)
{
  if (content == NULL)
    return;
  g_clear_pointer (&content->entries, g_ptr_array_unref);
  g_clear_pointer (&content->known, g_hash_table_unref);
  g_clear_pointer (&content->evidence, g_ptr_array_unref);
  g_clear_pointer (&content->unindexed, g_ptr_array_unref);
  g_clear_pointer (&content->axis, iw_timeline_axis_free);
  g_clear_pointer (&content->state, iw_incident_state_free);
  g_clear_pointer (&content->decisions, iw_decisions_unref);
  g_free (content);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  IwEntry *x = *(IwEntry *const *)a, *y = *(IwEntry *const *)b;
  gint64 x_time = iw_entry_get_sort_time (x), y_time = iw_entry_get_sort_time (y);

  if (x_time != y_time)
    return x_time < y_time ? -1 : 1;
  return g_strcmp0 (iw_entry_get_id (x), iw_entry_get_id (y));
}

/* The index that @before has open, if nothing is wrong with it. (transfer full) */
static IwEventIndex *
find_open_index (const IwTimelineContent *before, const char *evidence_id)
{
  int source = before != NULL ? iw_timeline_axis_find_source (before->axis, evidence_id) : -1;
  IwEventIndex *index = source >= 0 ? iw_timeline_axis_get_index (before->axis, source) : NULL;

  if (index == NULL || iw_event_index_get_damaged (index) || !iw_event_index_is_current (index))
    return NULL;
  return g_object_ref (index);
}

static gboolean
load_evidence (IwTimelineContent *content,
               const char *dir,
               IwEvidence *evidence,
               const IwTimelineContent *before,
               GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (IwEventIndex) index = NULL;

  if (!iw_evidence_is_timeline (evidence))
    return TRUE;
  g_ptr_array_add (content->evidence, g_object_ref (evidence));
  index = find_open_index (before, iw_evidence_get_id (evidence));
  if (index == NULL)
    index = iw_event_index_open (dir, iw_evidence_get_id (evidence), &inner);
  if (index != NULL)
    {
      iw_timeline_axis_add (content->axis, evidence, index);
      return TRUE;
    }
  if (!g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND) &&
      !g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  g_ptr_array_add (content->unindexed, g_object_ref (evidence));
  return TRUE;
}

static gboolean
check_incident (IwStore *store, const char *incident, GError **error)
{
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (JsonObject) body = iw_store_get (store, docid, NULL, error);

  return body != NULL;
}

IwTimelineContent *
iw_timeline_content_load (IwStore *store,
                          const char *incident,
                          const IwTimelineContent *before,
                          GError **error)
{
  g_autoptr (IwTimelineContent) content = g_new0 (IwTimelineContent, 1);
  g_autoptr (GPtrArray) evidence = NULL;

  if (!check_incident (store, incident, error))
    return NULL;
  if (before != NULL)
    content->known = g_hash_table_ref (before->known);
  content->entries = iw_query_entries_again (store, incident, &content->known, error);
  if (content->entries == NULL)
    return NULL;
  g_ptr_array_sort (content->entries, compare_entries);
  content->decisions = iw_derived_read_decisions (store, incident, error);
  if (content->decisions == NULL)
    return NULL;
  content->state = iw_incident_fold (content->decisions);
  evidence = iw_query_evidence (store, incident, error);
  if (evidence == NULL)
    return NULL;
  content->evidence = g_ptr_array_new_with_free_func (g_object_unref);
  content->unindexed = g_ptr_array_new_with_free_func (g_object_unref);
  content->axis = iw_timeline_axis_new ();
  for (guint i = 0; i < evidence->len; i++)
    if (!load_evidence (content, iw_store_get_dir (store), g_ptr_array_index (evidence, i), before,
                        error))
      return NULL;
  return g_steal_pointer (&content);
}

gboolean
iw_timeline_content_get_extent (const IwTimelineContent *content, gint64 *first, gint64 *last)
{
  gboolean any = iw_timeline_axis_get_extent (content->axis, first, last);

  for (guint i = 0; i < content->entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (content->entries, i);
      gint64 from = iw_entry_get_sort_time (entry), to = iw_timeline_entry_end (entry);

      *first = any ? MIN (*first, from) : from;
      *last = any ? MAX (*last, to) : to;
      any = TRUE;
    }
  return any;
}
