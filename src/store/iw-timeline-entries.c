#include "config.h"

#include "iw-timeline-entries.h"

#include "iw-fts.h"

/* Whether @value is one of @set; an empty set restricts nothing. */
static gboolean
admits (const char *const *set, const char *value)
{
  return *set == NULL || g_strv_contains (set, value);
}

static gboolean
text_matches (const IwFtsMatcher *matcher, IwEntry *entry)
{
  g_autofree char *tags = g_strjoinv (", ", (char **)iw_entry_get_tags (entry));
  /* The fields that the search over all incidents looks at. */
  const char *const texts[] = { iw_entry_get_text (entry), iw_entry_get_actor (entry),
                                iw_entry_get_team (entry), iw_entry_get_source (entry), tags };

  return iw_fts_matcher_matches (matcher, texts, G_N_ELEMENTS (texts));
}

static gboolean
kind_passes (const IwFilter *filter, IwEntry *entry)
{
  gboolean machine;
  guint32 kinds = iw_filter_get_kinds (filter, &machine);

  if (kinds == 0)
    return !machine;
  return (kinds >> iw_entry_get_kind (entry) & 1) != 0;
}

static gboolean
passes (const IwFilter *filter, const IwFtsMatcher *matcher, IwEntry *entry)
{
  return kind_passes (filter, entry) &&
         admits (iw_filter_get_sources (filter), iw_entry_get_source (entry)) &&
         admits (iw_filter_get_actors (filter), iw_entry_get_actor (entry)) &&
         admits (iw_filter_get_teams (filter), iw_entry_get_team (entry)) &&
         iw_entry_get_confidence (entry) >= iw_filter_get_min_confidence (filter) &&
         (!iw_filter_get_key_only (filter) || iw_entry_get_key (entry)) &&
         (matcher == NULL || text_matches (matcher, entry));
}

GPtrArray *
iw_timeline_entries_filter (GPtrArray *entries, const IwFilter *filter)
{
  g_autoptr (IwFtsMatcher) matcher = iw_fts_matcher_new (iw_filter_get_text (filter));
  GPtrArray *passed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    if (passes (filter, matcher, g_ptr_array_index (entries, i)))
      g_ptr_array_add (passed, g_object_ref (g_ptr_array_index (entries, i)));
  return passed;
}

gint64
iw_timeline_entry_end (IwEntry *entry)
{
  IwTime end = iw_entry_get_occurred_end (entry);
  gint64 time = iw_entry_get_sort_time (entry);

  return iw_time_is_set (end) ? MAX (end.us, time) : time;
}

/* Where a filter's range may still meet it: a last date counts with all its hours. */
static gint64
lasts_until (IwEntry *entry)
{
  IwTime end = iw_entry_get_occurred_end (entry);

  if (iw_time_is_set (end) && end.precision <= IW_PRECISION_DAY)
    return iw_time_end (end);
  return iw_timeline_entry_end (entry);
}

GPtrArray *
iw_timeline_entries_in_range (GPtrArray *entries, gint64 start, gint64 end)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    {
      IwEntry *entry = g_ptr_array_index (entries, i);
      gint64 time = iw_entry_get_sort_time (entry);

      if (time < end && (time >= start || lasts_until (entry) > start))
        g_ptr_array_add (found, g_object_ref (entry));
    }
  return found;
}
