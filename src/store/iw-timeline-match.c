#include "config.h"

#include "iw-timeline-match.h"

#include "iw-queries.h"

typedef struct
{
  gboolean damaged; /* the index could not be looked into */
  IwEventSet *set;  /* NULL: all, or none where it is damaged */
} Part;

struct _IwTimelineMatch
{
  gatomicrefcount refs;
  GHashTable *parts; /* stamp of an index → Part */
};

static void
part_free (gpointer data)
{
  Part *part = data;

  iw_event_set_unref (part->set);
  g_free (part);
}

static gboolean
match_index (IwTimelineMatch *match,
             IwEventIndex *index,
             const IwFilter *filter,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GError) inner = NULL;
  IwEventSet *set =
      iw_event_index_match (index, iw_filter_get_text (filter), iw_filter_get_actors (filter),
                            iw_filter_get_hide_duplicates (filter), cancellable, &inner);
  Part *part;

  if (inner != NULL && !g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  part = g_new (Part, 1);
  part->damaged = inner != NULL;
  part->set = set;
  g_hash_table_insert (match->parts, g_strdup (iw_event_index_get_stamp (index)), part);
  return TRUE;
}

static gboolean
match_evidence (IwTimelineMatch *match,
                const char *dir,
                const char *evidence_id,
                const IwFilter *filter,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (IwEventIndex) index = iw_event_index_open (dir, evidence_id, &inner);

  if (index != NULL)
    return match_index (match, index, filter, cancellable, error);
  /* What is not built here yet, or is to be built again, shows nothing and hinders nothing: the
   * view names it when it fails to open it. */
  if (g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND) ||
      g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

IwTimelineMatch *
iw_timeline_match_new (IwStore *store,
                       const char *incident,
                       const IwFilter *filter,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) evidence = iw_query_evidence (store, incident, error);
  g_autoptr (IwTimelineMatch) match = NULL;

  if (evidence == NULL)
    return NULL;
  match = g_new0 (IwTimelineMatch, 1);
  g_atomic_ref_count_init (&match->refs);
  match->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, part_free);
  for (guint i = 0; i < evidence->len; i++)
    {
      IwEvidence *item = g_ptr_array_index (evidence, i);

      if (iw_evidence_is_timeline (item) &&
          !match_evidence (match, iw_store_get_dir (store), iw_evidence_get_id (item), filter,
                           cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&match);
}

IwTimelineMatch *
iw_timeline_match_ref (IwTimelineMatch *match)
{
  g_atomic_ref_count_inc (&match->refs);
  return match;
}

void
iw_timeline_match_unref (IwTimelineMatch *match)
{
  if (match == NULL || !g_atomic_ref_count_dec (&match->refs))
    return;
  g_hash_table_unref (match->parts);
  g_free (match);
}

gboolean
iw_timeline_match_lookup (IwTimelineMatch *match, IwEventIndex *index, IwEventSet **set)
{
  const Part *part = g_hash_table_lookup (match->parts, iw_event_index_get_stamp (index));

  if (part == NULL || part->damaged)
    return FALSE;
  *set = part->set;
  return TRUE;
}

gboolean
iw_timeline_match_found_damage (IwTimelineMatch *match, IwEventIndex *index)
{
  const Part *part = g_hash_table_lookup (match->parts, iw_event_index_get_stamp (index));

  return part != NULL && part->damaged;
}
