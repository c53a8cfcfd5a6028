/* iw-filter.h: what a timeline shows. A plain value, kept by name in the workspace: copy it, change the
 * copy, hand it on.
 *
 * An empty set means "no restriction". Values within a set are alternatives, the sets hold together.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "iw-entry.h"

G_BEGIN_DECLS

/* How machine events stand among the entries. */
typedef enum
{
  IW_EVENTS_COLLAPSED, /* runs of events between two entries are one row that says how many */
  IW_EVENTS_SHOWN,
  IW_EVENTS_HIDDEN,
} IwEventsMode;

typedef struct _IwFilter IwFilter;

/* Restricts nothing, events collapsed. (transfer full) */
IwFilter *iw_filter_new (void);
IwFilter *iw_filter_copy (const IwFilter *self); /* (transfer full) */
void iw_filter_free (IwFilter *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwFilter, iw_filter_free)
gboolean iw_filter_equal (const IwFilter *a, const IwFilter *b); /* events mode and all */
gboolean iw_filter_is_empty (const IwFilter *self); /* nothing restricted; events mode is no restriction */
JsonObject *iw_filter_to_json (const IwFilter *self);              /* (transfer full) */
/* NULL with IW_MODEL_ERROR_INVALID where a member has the wrong type. Members and values that this
 * version does not know are passed over; unknown kinds count as IW_ENTRY_UNKNOWN. */
IwFilter *iw_filter_new_from_json (JsonObject *object, GError **error);

/* A restriction of entry kinds also hides machine events unless iw_filter_set_events_mode() is
 * SHOWN or COLLAPSED and @machine is among the kinds: "machine events" counts as a kind of its own. */
void iw_filter_set_kinds (IwFilter *self, guint32 kinds_mask, gboolean machine); /* bit 1 << IwEntryKind; 0 and FALSE: all */
guint32 iw_filter_get_kinds (const IwFilter *self, gboolean *machine);
/* String sets: NULL or empty for all; kept sorted, each value once. Getters return NULL-terminated arrays, never NULL. */
void iw_filter_set_sources (IwFilter *self, const char *const *sources); /* an entry's source, or an evidence's name */
const char *const *iw_filter_get_sources (const IwFilter *self);
void iw_filter_set_actors (IwFilter *self, const char *const *actors);   /* an entry's actor, or an event's user */
const char *const *iw_filter_get_actors (const IwFilter *self);
void iw_filter_set_teams (IwFilter *self, const char *const *teams);
const char *const *iw_filter_get_teams (const IwFilter *self);
void iw_filter_set_min_confidence (IwFilter *self, IwConfidence confidence); /* UNSET: all */
IwConfidence iw_filter_get_min_confidence (const IwFilter *self);
void iw_filter_set_key_only (IwFilter *self, gboolean key_only);
gboolean iw_filter_get_key_only (const IwFilter *self);
void iw_filter_set_text (IwFilter *self, const char *text);  /* as iw_fts_query(), without the space around it */
const char *iw_filter_get_text (const IwFilter *self);       /* "" for none */
/* [start, end) in µs UTC on the corrected time axis, cut to IW_TIME_MIN..MAX; start == end: all, and
 * iw_filter_get_range() then returns FALSE. */
void iw_filter_set_range (IwFilter *self, gint64 start, gint64 end);
gboolean iw_filter_get_range (const IwFilter *self, gint64 *start, gint64 *end);
void iw_filter_set_events_mode (IwFilter *self, IwEventsMode mode);
IwEventsMode iw_filter_get_events_mode (const IwFilter *self);
void iw_filter_set_hide_duplicates (IwFilter *self, gboolean hide);
gboolean iw_filter_get_hide_duplicates (const IwFilter *self);

/* Whether machine events can pass at all: FALSE when kinds, team, confidence or key restrict to what
 * only entries have, or the events mode is HIDDEN. */
gboolean iw_filter_admits_events (const IwFilter *self);

G_END_DECLS
