/* iw-filter-private.h: what the sources of IwFilter share. */
#pragma once

#include "iw-filter.h"

G_BEGIN_DECLS

struct _IwFilter
{
  guint32 kinds;
  gboolean machine;
  char **sources; /* these three sorted, each value once; never NULL */
  char **actors;
  char **teams;
  IwConfidence min_confidence;
  gboolean key_only;
  char *text; /* never NULL */
  gint64 start;
  gint64 end;
  IwEventsMode events_mode;
  gboolean hide_duplicates;
};

G_END_DECLS
