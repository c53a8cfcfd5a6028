/* iw-entry-form-private.h: the value itself, and the reading of times. */
#pragma once

#include "iw-entry-form.h"

G_BEGIN_DECLS

#define IW_FORM_IS_TIME(field) ((field) >= IW_FIELD_OCCURRED && (field) <= IW_FIELD_DISCOVERED)

struct _IwEntryForm
{
  gatomicrefcount count;
  gboolean bulk;
  gboolean is_new; /* an entry that is not stored: everything is written */
  GTimeZone *shown_zone;
  gint64 now;
  char *original[IW_N_FIELDS]; /* NULL: the entries differ */
  char *current[IW_N_FIELDS];
  IwTime original_time[IW_N_FIELDS]; /* as stored: text that is not touched is not read again */
  /* derived */
  GTimeZone *zone; /* what times are read in */
  IwTime time[IW_N_FIELDS];
  char *problem[IW_N_FIELDS];
  char *hint[IW_N_FIELDS];
};

/* The zone that @text names: IANA name, "UTC", "Z", "+01:00". (transfer full) NULL if there is none
 */
GTimeZone *iw_entry_form_parse_zone (const char *text);
/* @time as it is written into a field, to be read back as the same: "2026-11", "2026-11-02
 * 14:05:33". (transfer full) "" for an unset time */
char *iw_entry_form_write_time (IwTime time, GTimeZone *zone);
/* Reads the zone and the times of @self again, with hints and problems. */
void iw_entry_form_read_times (IwEntryForm *self);

G_END_DECLS
