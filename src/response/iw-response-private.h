/* iw-response-private.h: small things that the folds share. */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

static inline const char *
iw_response_id (IwEntry *entry)
{
  const char *id = iw_entry_get_id (entry);

  return id != NULL ? id : "";
}

/* A field's text; "" where it is absent. */
static inline const char *
iw_response_field (IwEntry *entry, const char *name)
{
  const char *text = iw_entry_get_field (entry, name);

  return text != NULL ? text : "";
}

static inline int
iw_response_compare (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* An instant so many minutes later: UTC, so that 72 hours are 72 hours over a change to summer time
 * too. Never past the last time the program can write down. */
static inline gint64
iw_response_add_minutes (gint64 us, gint64 minutes)
{
  gint64 span = CLAMP (minutes, 0, IW_TIME_MAX / (60 * IW_USEC_PER_SEC)) * 60 * IW_USEC_PER_SEC;

  return us > IW_TIME_MAX - span ? IW_TIME_MAX : us + span;
}

G_END_DECLS
