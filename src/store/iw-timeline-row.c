#include "config.h"

#include "iw-timeline-row.h"

struct _IwTimelineRow
{
  GObject parent_instance;
  IwRowKind kind;
  IwTime time;
  gint64 end;
  gint64 gap;
  gint64 skew;
  IwEntry *entry;
  char *problem;
  IwEvent *event;
  IwEvidence *evidence;
  gint64 run_count;
  gboolean run_expanded;
  char *key;
};

G_DEFINE_FINAL_TYPE (IwTimelineRow, iw_timeline_row, G_TYPE_OBJECT)

static void
iw_timeline_row_finalize (GObject *object)
{
  IwTimelineRow *self = IW_TIMELINE_ROW (object);

  g_clear_object (&self->entry);
  g_clear_object (&self->evidence);
  iw_event_free (self->event);
  g_free (self->problem);
  g_free (self->key);
  G_OBJECT_CLASS (iw_timeline_row_parent_class)->finalize (object);
}

static void
iw_timeline_row_class_init (IwTimelineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_timeline_row_finalize;
}

static void
iw_timeline_row_init (IwTimelineRow *self)
{
}

static IwTimelineRow *
make_row (IwRowKind kind, IwTime time, gint64 end, gint64 gap)
{
  IwTimelineRow *self = g_object_new (IW_TYPE_TIMELINE_ROW, NULL);

  self->kind = kind;
  self->time = time;
  self->end = MAX (end, time.us);
  self->gap = gap;
  return self;
}

IwTimelineRow *
iw_timeline_row_new_entry (IwEntry *entry, const char *problem, gint64 gap)
{
  IwTime end = iw_entry_get_occurred_end (entry);
  IwTime time = { iw_entry_get_sort_time (entry), iw_entry_get_sort_precision (entry) };
  IwTimelineRow *self = make_row (IW_ROW_ENTRY, time, iw_time_is_set (end) ? end.us : time.us, gap);

  self->entry = g_object_ref (entry);
  self->problem = g_strdup (problem);
  self->key = g_strconcat ("entry:", iw_entry_get_id (entry), NULL);
  return self;
}

IwTimelineRow *
iw_timeline_row_new_event (IwEvent *event, IwEvidence *evidence, gint64 skew, gint64 gap)
{
  IwTime time = { event->time.us + skew, event->time.precision };
  IwTimelineRow *self = make_row (IW_ROW_EVENT, time, time.us, gap);

  self->event = event;
  self->evidence = g_object_ref (evidence);
  self->skew = skew;
  /* of the file's row, which other documents cite */
  self->key =
      g_strdup_printf ("event:%s:%" G_GINT64_FORMAT, iw_evidence_get_id (evidence), event->row);
  return self;
}

IwTimelineRow *
iw_timeline_row_new_run (gint64 start,
                         gint64 end,
                         gint64 count,
                         gboolean expanded,
                         IwEvidence *evidence,
                         IwEvidence *first,
                         gint64 rank,
                         gint64 gap)
{
  IwTimelineRow *self =
      make_row (IW_ROW_RUN, (IwTime){ start, IW_PRECISION_MICROSECOND }, end, gap);

  self->run_count = count;
  self->run_expanded = expanded;
  self->evidence = evidence != NULL ? g_object_ref (evidence) : NULL;
  /* of the rank, which is known without reading the event */
  self->key = g_strdup_printf ("run:%s:%" G_GINT64_FORMAT, iw_evidence_get_id (first), rank);
  return self;
}

IwRowKind
iw_timeline_row_get_kind (IwTimelineRow *self)
{
  return self->kind;
}

gint64
iw_timeline_row_get_time (IwTimelineRow *self)
{
  return self->time.us;
}

IwPrecision
iw_timeline_row_get_precision (IwTimelineRow *self)
{
  return self->time.precision;
}

gint64
iw_timeline_row_get_end (IwTimelineRow *self)
{
  return self->end;
}

gint64
iw_timeline_row_get_gap (IwTimelineRow *self)
{
  return self->gap;
}

gint64
iw_timeline_row_get_skew (IwTimelineRow *self)
{
  return self->skew;
}

IwEntry *
iw_timeline_row_get_entry (IwTimelineRow *self)
{
  return self->entry;
}

const char *
iw_timeline_row_get_problem (IwTimelineRow *self)
{
  return self->problem;
}

const IwEvent *
iw_timeline_row_get_event (IwTimelineRow *self)
{
  return self->event;
}

IwEvidence *
iw_timeline_row_get_evidence (IwTimelineRow *self)
{
  return self->evidence;
}

gint64
iw_timeline_row_get_run_count (IwTimelineRow *self)
{
  return self->run_count;
}

gboolean
iw_timeline_row_get_run_expanded (IwTimelineRow *self)
{
  return self->run_expanded;
}

const char *
iw_timeline_row_get_key (IwTimelineRow *self)
{
  return self->key;
}
