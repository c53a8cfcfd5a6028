#include "config.h"

#include "iw-timeline-view.h"

#include <string.h>

#include "iw-timeline-content.h"
#include "iw-timeline-entries.h"
#include "iw-timeline-layout.h"
#include "iw-timeline-match.h"
#include "iw-timeline-pages.h"

struct _IwTimelineView
{
  GObject parent_instance;
  IwStore *store;
  char *incident;
  IwFilter *filter;
  IwTimelineMatch *match;
  GTimeZone *zone;
  GArray *expanded; /* (element-type IwTimeStretch) */

  IwTimelineContent *content;
  GPtrArray *passed; /* entries that pass the filter, but not by time */
  GPtrArray *shown;  /* and by time */
  guint found;       /* one past the entry that was looked for last */
  IwTimelineLayout *layout;
  IwTimelinePages *pages;
};

G_DEFINE_FINAL_TYPE (IwTimelineView, iw_timeline_view, G_TYPE_OBJECT)

static void
clear_layout (IwTimelineView *self)
{
  g_clear_pointer (&self->pages, iw_timeline_pages_free);
  g_clear_pointer (&self->layout, iw_timeline_layout_free);
}

static void
clear_entries (IwTimelineView *self)
{
  clear_layout (self);
  g_clear_pointer (&self->passed, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
}

static void
iw_timeline_view_finalize (GObject *object)
{
  IwTimelineView *self = IW_TIMELINE_VIEW (object);

  clear_entries (self);
  iw_timeline_content_free (self->content);
  iw_filter_free (self->filter);
  iw_timeline_match_unref (self->match);
  g_time_zone_unref (self->zone);
  g_array_unref (self->expanded);
  g_clear_object (&self->store);
  g_free (self->incident);
  G_OBJECT_CLASS (iw_timeline_view_parent_class)->finalize (object);
}

static void
iw_timeline_view_class_init (IwTimelineViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_timeline_view_finalize;
}

static void
iw_timeline_view_init (IwTimelineView *self)
{
  self->filter = iw_filter_new ();
  self->zone = g_time_zone_new_utc ();
  self->expanded = g_array_new (FALSE, FALSE, sizeof (IwTimeStretch));
}

/* ---- from the filter to rows ---- */

static void
restrict_source (IwTimelineView *self, guint i)
{
  IwTimelineAxis *axis = self->content->axis;
  IwEvidence *evidence = iw_timeline_axis_get_evidence (axis, i);
  const char *const *sources = iw_filter_get_sources (self->filter);
  gboolean hidden =
      !iw_filter_admits_events (self->filter) ||
      (*sources != NULL && !g_strv_contains (sources, iw_evidence_get_name (evidence)));
  IwEventSet *set = NULL;

  /* A timeline that came after the match was made stays away until the next one is: what it holds
   * was not looked at. */
  if (!hidden && self->match != NULL && iw_timeline_view_needs_match (self->filter))
    hidden = !iw_timeline_match_lookup (self->match, iw_timeline_axis_get_index (axis, i), &set);
  iw_timeline_axis_restrict (axis, i, set, hidden);
}

static void
lay_out (IwTimelineView *self)
{
  clear_layout (self);
  self->layout = iw_timeline_layout_new (
      self->content->axis, self->shown,
      iw_filter_get_events_mode (self->filter) == IW_EVENTS_COLLAPSED, self->expanded);
  self->pages = iw_timeline_pages_new (self->layout, self->content->axis, self->shown,
                                       self->content->decisions);
}

static void
apply_filter (IwTimelineView *self)
{
  gint64 start, end;

  clear_entries (self);
  for (guint i = 0; i < iw_timeline_axis_get_n_sources (self->content->axis); i++)
    restrict_source (self, i);
  self->passed = iw_timeline_entries_filter (self->content->entries, self->filter);
  if (iw_filter_get_range (self->filter, &start, &end))
    {
      iw_timeline_axis_set_range (self->content->axis, start, end);
      self->shown = iw_timeline_entries_in_range (self->passed, start, end);
    }
  else
    self->shown = g_ptr_array_ref (self->passed);
  lay_out (self);
}

IwTimelineView *
iw_timeline_view_new (IwStore *store, const char *incident, GError **error)
{
  g_autoptr (IwTimelineView) self = g_object_new (IW_TYPE_TIMELINE_VIEW, NULL);

  self->store = g_object_ref (store);
  self->incident = g_strdup (incident);
  self->content = iw_timeline_content_load (store, incident, NULL, error);
  if (self->content == NULL)
    return NULL;
  iw_filter_set_events_mode (self->filter, self->content->entries->len > 0 ? IW_EVENTS_COLLAPSED
                                                                           : IW_EVENTS_SHOWN);
  apply_filter (self);
  return g_steal_pointer (&self);
}

gboolean
iw_timeline_view_reload (IwTimelineView *self, GError **error)
{
  IwTimelineContent *content =
      iw_timeline_content_load (self->store, self->incident, self->content, error);

  if (content == NULL)
    return FALSE;
  clear_entries (self);
  iw_timeline_content_free (self->content);
  self->content = content;
  apply_filter (self);
  return TRUE;
}

gboolean
iw_timeline_view_needs_match (const IwFilter *filter)
{
  return iw_filter_admits_events (filter) &&
         (*iw_filter_get_text (filter) != '\0' || *iw_filter_get_actors (filter) != NULL ||
          iw_filter_get_hide_duplicates (filter));
}

void
iw_timeline_view_set_filter (IwTimelineView *self, const IwFilter *filter, IwTimelineMatch *match)
{
  IwFilter *copy = iw_filter_copy (filter);

  if (match != NULL)
    iw_timeline_match_ref (match);
  iw_timeline_match_unref (self->match);
  self->match = match;
  iw_filter_free (self->filter);
  self->filter = copy;
  apply_filter (self);
}

const IwFilter *
iw_timeline_view_get_filter (IwTimelineView *self)
{
  return self->filter;
}

void
iw_timeline_view_set_zone (IwTimelineView *self, GTimeZone *zone)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

/* ---- rows ---- */

guint
iw_timeline_view_get_n_rows (IwTimelineView *self)
{
  return iw_timeline_layout_get_n_rows (self->layout);
}

IwTimelineRow *
iw_timeline_view_get_row (IwTimelineView *self, guint position)
{
  g_return_val_if_fail (position < iw_timeline_view_get_n_rows (self), NULL);

  return g_object_ref (iw_timeline_pages_get (self->pages, position));
}

void
iw_timeline_view_set_run_expanded (IwTimelineView *self, guint position, gboolean expanded)
{
  IwLayoutItem item;
  gint64 start, end;

  g_return_if_fail (position < iw_timeline_view_get_n_rows (self));

  item = iw_timeline_layout_get (self->layout, position);
  if (item.kind == IW_ITEM_ENTRY || item.expanded == expanded ||
      (item.kind == IW_ITEM_EVENT && expanded))
    return;
  iw_timeline_layout_get_bounds (self->layout, item.index, &start, &end);
  if (expanded)
    iw_timeline_stretches_add (self->expanded, start, end);
  else
    iw_timeline_stretches_remove (self->expanded, start, end);
  lay_out (self);
}

void
iw_timeline_view_get_day (IwTimelineView *self, guint position, guint *start, guint *end)
{
  g_autoptr (IwTimelineRow) row = iw_timeline_view_get_row (self, position);
  gint64 time = iw_timeline_row_get_time (row);

  *start = iw_timeline_layout_find_time (self->layout, iw_time_day_start (time, self->zone));
  *end = iw_timeline_layout_find_time (self->layout, iw_time_day_end (time, self->zone));
}

guint
iw_timeline_view_find_time (IwTimelineView *self, gint64 us)
{
  return iw_timeline_layout_find_time (self->layout, us);
}

/* ---- keys ---- */

/* From where the last one stood: entries are often looked for one after the other. */
static guint
find_entry (IwTimelineView *self, const char *id)
{
  guint n = self->shown->len;

  for (guint step = 0; step < n; step++)
    {
      guint i = (self->found + step) % n;

      if (g_strcmp0 (iw_entry_get_id (g_ptr_array_index (self->shown, i)), id) != 0)
        continue;
      self->found = i + 1;
      return iw_timeline_layout_row_of_entry (self->layout, i);
    }
  return G_MAXUINT;
}

/* "<evidence id>:<number>". FALSE where @text is no such thing. */
static gboolean
split_key (const char *text, char **id, gint64 *number)
{
  const char *colon = strrchr (text, ':');

  if (colon == NULL || !g_ascii_string_to_signed (colon + 1, 10, 1, G_MAXINT64, number, NULL))
    return FALSE;
  *id = g_strndup (text, colon - text);
  return TRUE;
}

static guint
find_event (IwTimelineView *self, const char *text)
{
  g_autofree char *id = NULL;
  gint64 row, event;

  if (!split_key (text, &id, &row))
    return G_MAXUINT;
  event = iw_timeline_axis_find_row (self->content->axis, id, row);
  return event >= 0 ? iw_timeline_layout_row_of_event (self->layout, event, FALSE) : G_MAXUINT;
}

static guint
find_run (IwTimelineView *self, const char *text)
{
  g_autofree char *id = NULL;
  gint64 rank, event;

  if (!split_key (text, &id, &rank))
    return G_MAXUINT;
  event = iw_timeline_axis_find_rank (self->content->axis, id, rank);
  return event >= 0 ? iw_timeline_layout_row_of_event (self->layout, event, TRUE) : G_MAXUINT;
}

guint
iw_timeline_view_find_key (IwTimelineView *self, const char *key)
{
  if (g_str_has_prefix (key, "entry:"))
    return find_entry (self, key + strlen ("entry:"));
  if (g_str_has_prefix (key, "event:"))
    return find_event (self, key + strlen ("event:"));
  if (g_str_has_prefix (key, "run:"))
    return find_run (self, key + strlen ("run:"));
  return G_MAXUINT;
}

/* ---- totals and the overview ---- */

gint64
iw_timeline_view_get_n_entries (IwTimelineView *self)
{
  return self->shown->len;
}

gint64
iw_timeline_view_get_n_events (IwTimelineView *self)
{
  return iw_timeline_axis_get_n (self->content->axis);
}

gboolean
iw_timeline_view_get_extent (IwTimelineView *self, gint64 *first, gint64 *last)
{
  return iw_timeline_content_get_extent (self->content, first, last);
}

void
iw_timeline_view_histogram (IwTimelineView *self, gint64 start, gint64 end, guint n, guint32 *bins)
{
  iw_timeline_axis_histogram (self->content->axis, start, end, n, bins);
}

GPtrArray *
iw_timeline_view_get_entries (IwTimelineView *self)
{
  return self->passed;
}

GArray *
iw_timeline_view_get_bands (IwTimelineView *self)
{
  return self->content->state->bands;
}

GArray *
iw_timeline_view_get_containment (IwTimelineView *self)
{
  return self->content->state->containment;
}

GPtrArray *
iw_timeline_view_get_evidence (IwTimelineView *self)
{
  return self->content->evidence;
}

static gboolean
is_damaged (IwTimelineView *self, IwEventIndex *index)
{
  return iw_event_index_get_damaged (index) ||
         (self->match != NULL && iw_timeline_match_found_damage (self->match, index));
}

GPtrArray *
iw_timeline_view_get_unindexed (IwTimelineView *self)
{
  IwTimelineAxis *axis = self->content->axis;
  GPtrArray *unindexed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->content->unindexed->len; i++)
    g_ptr_array_add (unindexed, g_object_ref (g_ptr_array_index (self->content->unindexed, i)));
  for (guint i = 0; i < iw_timeline_axis_get_n_sources (axis); i++)
    if (is_damaged (self, iw_timeline_axis_get_index (axis, i)))
      g_ptr_array_add (unindexed, g_object_ref (iw_timeline_axis_get_evidence (axis, i)));
  return unindexed;
}
