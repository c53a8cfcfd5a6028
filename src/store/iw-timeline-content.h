/* iw-timeline-content.h: what the store holds of an incident's timeline. Private to src/store. */
#pragma once

#include "iw-decisions.h"
#include "iw-incident.h"
#include "iw-store.h"
#include "iw-timeline-axis.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *entries;   /* (element-type IwEntry) all, in order of time, then id */
  GHashTable *known;    /* the same, for iw_query_entries_again() */
  GPtrArray *evidence;  /* (element-type IwEvidence) all timelines */
  GPtrArray *unindexed; /* (element-type IwEvidence) those without a usable index */
  IwTimelineAxis *axis; /* of the others */
  IwDecisions *decisions;
  IwIncidentState *state;
} IwTimelineContent;

/* @before: an earlier state of the same incident, whose entries and open indexes are used again where they
 * have not changed; may be NULL. (transfer full) */
IwTimelineContent *iw_timeline_content_load (IwStore *store,
                                             const char *incident,
                                             const IwTimelineContent *before,
                                             GError **error);
void iw_timeline_content_free (IwTimelineContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwTimelineContent, iw_timeline_content_free)

/* First and last time of anything. FALSE where there is nothing. */
gboolean iw_timeline_content_get_extent (const IwTimelineContent *content, gint64 *first, gint64 *last);

G_END_DECLS
