/* iw-event-parser.h: a record and a mapping become an event. */
#pragma once

#include "iw-event-index.h"
#include "iw-record-reader.h"

G_BEGIN_DECLS

/* What lists show of an event. Never NULL; valid until the parser is used again. */
typedef struct
{
  const char *message; /* in full */
  const char *desc;
  const char *origin;
  const char *host;
  const char *actor;
  const char *text; /* all values, a line each, for the full-text search */
} IwEventTexts;

typedef struct _IwEventParser IwEventParser;

/* @reader: kept, not owned; its columns may still grow. (transfer full) */
IwEventParser *
iw_event_parser_new (const IwMapping *mapping, IwRecordReader *reader);
void
iw_event_parser_free (IwEventParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEventParser, iw_event_parser_free)

/* When the event happened. The rules are Timesketch's: TIME wins, EPOCH stands in where it is
 * empty. FALSE where the record is refused: then @reject is filled (row, line, field, reason,
 * value; free its texts), and @naive (optional) says whether a zone is all that is missing. */
gboolean
iw_event_parser_time (IwEventParser *self,
                      const IwRecord *record,
                      IwTime *time,
                      IwReject *reject,
                      gboolean *naive);
/* When it ended; unset where there is no such column or it is empty or no time. */
IwTime
iw_event_parser_end_time (IwEventParser *self, const IwRecord *record);
/* The texts of an event, "" where there is none. They belong to the parser, until its next call. */
void
iw_event_parser_texts (IwEventParser *self, const IwRecord *record, IwEventTexts *texts);
/* The value of the column with a role, "" where there is none; plaso's "-" is "". (transfer full)
 */
char *
iw_event_parser_dup (IwEventParser *self, const IwRecord *record, IwRole role);

/* Frees the texts of a reject that is not on the heap itself. */
void
iw_reject_clear_texts (IwReject *reject);

G_END_DECLS
