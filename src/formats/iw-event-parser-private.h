/* iw-event-parser-private.h: what the times and the texts of events share */
#pragma once

#include "iw-event-parser.h"

G_BEGIN_DECLS

struct _IwEventParser
{
  IwMapping *mapping;
  IwRecordReader *reader;
  guint n_columns; /* of the reader when the roles were resolved */
  int columns[IW_N_ROLES];
  gboolean plaso;
  gboolean micros; /* EPOCH is always in microseconds */
  GTimeZone *zone;
  GHashTable *zones; /* (char *) -> (GTimeZone *) or NULL for unknown names */
  GString *message, *desc, *origin, *host, *actor, *text;
};

/* Resolves the roles to columns; to be called before the two below. Columns of JSON appear while
 * reading, so it looks again when there are more. */
void
iw_event_parser_resolve (IwEventParser *self);
/* The value of the column with a role, "" where there is none. */
IwSlice
iw_event_parser_get (IwEventParser *self, const IwRecord *record, IwRole role);
/* Whether it is plaso's way to write nothing. */
gboolean
iw_event_parser_is_dash (IwEventParser *self, IwSlice slice);
gboolean
iw_slice_is_blank (IwSlice slice);

G_END_DECLS
