/* iw-event-index.h: the derived index of one machine timeline.
 *
 * One SQLite file per evidence document in events/ of the workspace, built beside and renamed into
 * place, so that it is whole or absent, and removed by unlinking. Events are stored in order of
 * time and the row id is the rank (1..n): a position is a row id, a time is found by binary search,
 * and a set of matching events is a bitmap of one bit an event. Times here are as the source wrote
 * them; skew is applied by IwTimelineView.
 *
 * The index holds what lists show; all fields and the raw row are read back from the evidence file
 * at the offset kept here (or from events/<id>.text, the decoded copy, where the file is compressed
 * or not UTF-8).
 *
 * One connection: one thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "iw-event-set.h"
#include "iw-time.h"

G_BEGIN_DECLS

#define IW_TYPE_EVENT_INDEX (iw_event_index_get_type ())
G_DECLARE_FINAL_TYPE (IwEventIndex, iw_event_index, IW, EVENT_INDEX, GObject)

/* One event, as indexed. */
typedef struct
{
  gint64 rank;        /* 1..n in order of time */
  IwTime time;        /* as the source has it */
  gint64 row;         /* the record's number in the file, 1 for the first after the header */
  gint64 line;        /* the line the record begins on, 1-based */
  gint64 offset;      /* of the record in the (decoded) file, bytes */
  gint64 length;      /* bytes, without the line end */
  gboolean duplicate; /* the same record stands earlier in the file */
  char *message;      /* at most 500 characters */
  char *desc;         /* what the time means ("Event Logged"), "" if none */
  char *origin;       /* the log or parser within the file, "" if none */
  char *host;         /* "" if none */
  char *actor;        /* the user, "" if none */
} IwEvent;
void iw_event_clear (IwEvent *event);
void iw_event_free (IwEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEvent, iw_event_free)

/* Opens the index in events/ of the workspace folder; its name is what stands after the colon of
 * the evidence document's id. IW_STORE_ERROR_NOT_FOUND where it has not been built here yet,
 * _CORRUPT where it is damaged, cannot be read, or is of another version (rebuild it). (transfer full) */
IwEventIndex *iw_event_index_open (const char *dir, const char *evidence_id, GError **error);
/* Unlinks index and decoded copy. */
void iw_event_index_remove (const char *dir, const char *evidence_id);
/* The file its offsets count in: the decoded copy where there is one, else the blob. Neither need
 * exist. (transfer full) */
char *iw_event_index_text_path (const char *dir, const char *evidence_id, const char *sha256);

/* Whether something of it could not be read since it was opened: build it again. */
gboolean iw_event_index_get_damaged (IwEventIndex *self);
/* What tells this index from one that is built after it. (transfer none) */
const char *iw_event_index_get_stamp (IwEventIndex *self);
/* Whether the file it was opened from still stands in its place. One look at the folder. */
gboolean iw_event_index_is_current (IwEventIndex *self);
gint64 iw_event_index_get_n (IwEventIndex *self); /* events: ranks are 1 to this */
gint64 iw_event_index_get_first (IwEventIndex *self); /* µs; 0 where empty */
gint64 iw_event_index_get_last (IwEventIndex *self);
/* The rank of the first event at or after @us; n + 1 where there is none. */
gint64 iw_event_index_lower_bound (IwEventIndex *self, gint64 us);
gint64 iw_event_index_time_at (IwEventIndex *self, gint64 rank); /* µs */
/* Events of ranks [@rank, @rank + @n) that there are, in order. (element-type IwEvent) (transfer
 * full) */
GPtrArray *iw_event_index_read (IwEventIndex *self, gint64 rank, guint n, GError **error);
/* By row of the file. (transfer full); NULL with IW_STORE_ERROR_NOT_FOUND where that row was
 * rejected or there is none. */
IwEvent *iw_event_index_find_row (IwEventIndex *self, gint64 row, GError **error);

/* Events that match all restrictions; NULL for "all of them" without error where there is none.
 * @text as in iw_fts_query(), NULL or without a word for all; @actors NULL or empty for all. May
 * take tens of milliseconds: meant for the worker. G_IO_ERROR_CANCELLED, or IW_STORE_ERROR_CORRUPT
 * where it cannot be looked into. (transfer full) */
IwEventSet *iw_event_index_match (IwEventIndex *self,
                                  const char *text,
                                  const char *const *actors,
                                  gboolean hide_duplicates,
                                  GCancellable *cancellable,
                                  GError **error);
/* The last @limit matches, the latest first, for the search across incidents, without counting all
 * of them. Empty where @text has no word. (element-type IwEvent) (transfer full) */
GPtrArray *iw_event_index_search (IwEventIndex *self, const char *text, guint limit, GError **error);
/* Values of the user column, most frequent first. (transfer full) */
char **iw_event_index_actors (IwEventIndex *self, guint limit, GError **error);
/* A row refused at import, with the line it begins on, the field, why in words, and the value. */
typedef struct
{
  gint64 row;
  gint64 line;
  char *field;
  char *reason;
  char *value;
} IwReject;
void iw_reject_free (IwReject *reject);
/* @n of them from @offset in order of the file. (element-type IwReject) (transfer full) */
GPtrArray *iw_event_index_rejects (IwEventIndex *self, guint offset, guint n, GError **error);

G_END_DECLS
