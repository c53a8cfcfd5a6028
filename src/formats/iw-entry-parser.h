/* iw-entry-parser.h: a record and a mapping become an entry that people can edit. */
#pragma once

#include "iw-entry.h"
#include "iw-event-parser.h"

G_BEGIN_DECLS

typedef struct _IwEntryParser IwEntryParser;

/* @reader: kept, not owned. @incident: a UUID. @now: recorded time of entries that bring none, µs.
 * (transfer full) */
IwEntryParser *
iw_entry_parser_new (const IwMapping *mapping,
                     IwRecordReader *reader,
                     const char *incident,
                     gint64 now);
void
iw_entry_parser_free (IwEntryParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEntryParser, iw_entry_parser_free)

/* The entry of a record: one that was exported here as it was; of any other, columns that mean
 * something to an entry fill its fields and the rest is kept under the columns' names. NULL where
 * the record is refused: @reject and @naive as in iw_event_parser_time(). (transfer full) */
IwEntry *
iw_entry_parser_parse (IwEntryParser *self,
                       const IwRecord *record,
                       IwReject *reject,
                       gboolean *naive);

/* Whether the record is an entry that was exported here. */
gboolean
iw_entry_parser_is_entry (IwEntryParser *self, const IwRecord *record);

G_END_DECLS
