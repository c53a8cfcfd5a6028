/* Times in the entry form: how they are written, read back and judged. */
#include "config.h"

#include "iw-entry-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-quick-entry.h"

GTimeZone *
iw_entry_form_parse_zone (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*stripped == '\0')
    return NULL;
  return g_time_zone_new_identifier (stripped);
}

char *
iw_entry_form_write_time (IwTime time, GTimeZone *zone)
{
  static const char *const formats[] = {
    [IW_PRECISION_HOUR] = "%Y-%m-%dT%H",
    [IW_PRECISION_MINUTE] = "%Y-%m-%d %H:%M",
    [IW_PRECISION_SECOND] = "%Y-%m-%d %H:%M:%S",
    [IW_PRECISION_MILLISECOND] = "%Y-%m-%d %H:%M:%S",
    [IW_PRECISION_MICROSECOND] = "%Y-%m-%d %H:%M:%S",
  };
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *text = NULL;

  if (!iw_time_is_set (time))
    return g_strdup ("");
  if (time.precision <= IW_PRECISION_DAY)
    return iw_time_to_rfc3339 (time);
  utc = g_date_time_new_from_unix_utc_usec (time.us);
  local = g_date_time_to_timezone (utc, zone);
  text = g_date_time_format (local, formats[time.precision]);
  if (time.precision == IW_PRECISION_MILLISECOND)
    return g_strdup_printf ("%s.%03d", text, g_date_time_get_microsecond (local) / 1000);
  if (time.precision == IW_PRECISION_MICROSECOND)
    return g_strdup_printf ("%s.%06d", text, g_date_time_get_microsecond (local));
  return g_steal_pointer (&text);
}

/* A date without a clock names a day as such: it is kept in UTC, whatever the zone. */
static gboolean
read_date (const char *text, IwTime *out)
{
  IwTime time;

  if (!iw_time_parse_rfc3339 (text, NULL, &time) || time.precision > IW_PRECISION_DAY)
    return FALSE;
  *out = time;
  return TRUE;
}

static gboolean
read_time (const char *text, gint64 now, GTimeZone *zone, IwTime *out, IwTime *end)
{
  IwQuickEntry quick;

  *end = IW_TIME_NONE;
  if (read_date (text, out) || iw_time_parse_rfc3339 (text, zone, out))
    return TRUE;
  quick = iw_quick_entry_parse (text, now, zone);
  if (!quick.explicit_time || *quick.text != '\0')
    return FALSE;
  *out = quick.occurred;
  *end = quick.occurred_end;
  return TRUE;
}

static void
set_problem (IwEntryForm *self, IwEntryField field, const char *sentence)
{
  g_free (self->problem[field]);
  self->problem[field] = g_strdup (sentence);
}

static void
set_hint (IwEntryForm *self, IwEntryField field, const char *more)
{
  g_autofree char *words = iw_time_format_with_zone (self->time[field], self->zone);

  g_free (self->hint[field]);
  /* Translators: how a time that was typed has been understood, and what is odd about it */
  self->hint[field] = more != NULL ? g_strdup_printf (_ ("Understood as %s. %s"), words, more)
                                   : g_strdup_printf (_ ("Understood as %s"), words);
}

static void
read_zone (IwEntryForm *self)
{
  const char *text = self->current[IW_FIELD_ZONE];
  GTimeZone *zone = iw_entry_form_parse_zone (text);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->problem[IW_FIELD_ZONE], g_free);
  if (zone == NULL && *text != '\0' && g_strcmp0 (text, self->original[IW_FIELD_ZONE]) != 0)
    self->problem[IW_FIELD_ZONE] =
        g_strdup_printf (_ ("“%s” is not a time zone known here. Write a name as in Europe/Berlin, "
                            "or an offset as in +01:00."),
                         text);
  self->zone = zone != NULL ? zone : g_time_zone_ref (self->shown_zone);
}

static void
read_one (IwEntryForm *self, IwEntryField field, IwTime *end)
{
  const char *text = self->current[field];
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *written = NULL;

  *end = IW_TIME_NONE;
  g_clear_pointer (&self->problem[field], g_free);
  g_clear_pointer (&self->hint[field], g_free);
  self->time[field] = IW_TIME_NONE;
  if (*stripped == '\0')
    return;
  /* The clock that is set back has an hour twice: what was not touched keeps its instant. */
  written = iw_entry_form_write_time (self->original_time[field], self->zone);
  if (iw_time_is_set (self->original_time[field]) && strcmp (stripped, written) == 0)
    self->time[field] = self->original_time[field];
  else if (!read_time (stripped, self->now, self->zone, &self->time[field], end))
    {
      self->problem[field] =
          g_strdup_printf (_ ("“%s” is not a time that can be understood. Write it as in 14:05, "
                              "yesterday 23:10, 2026-11-02 03:04 or 2026-11."),
                           stripped);
      self->time[field] = IW_TIME_NONE;
      return;
    }
  if (self->time[field].us > self->now + 60 * IW_USEC_PER_SEC)
    set_hint (self, field, _ ("This lies in the future."));
  else
    set_hint (self, field, NULL);
}

static void
judge (IwEntryForm *self)
{
  IwTime occurred = self->time[IW_FIELD_OCCURRED];
  IwTime end = self->time[IW_FIELD_END];
  IwTime discovered = self->time[IW_FIELD_DISCOVERED];

  if (iw_time_is_set (end) && *self->current[IW_FIELD_OCCURRED] == '\0' && !self->bulk)
    set_problem (self, IW_FIELD_END,
                 _ ("A range needs a beginning: fill in when it occurred, or clear the end."));
  else if (iw_time_is_set (end) && iw_time_is_set (occurred) && end.us < occurred.us)
    set_problem (self, IW_FIELD_END, _ ("The end lies before the beginning."));
  if (iw_time_is_set (discovered) && iw_time_is_set (occurred) &&
      iw_time_end (discovered) <= occurred.us)
    set_hint (self, IW_FIELD_DISCOVERED, _ ("That is before it occurred."));
}

void
iw_entry_form_read_times (IwEntryForm *self)
{
  IwTime end, ignored;

  read_zone (self);
  read_one (self, IW_FIELD_OCCURRED, &end);
  read_one (self, IW_FIELD_END, &ignored);
  read_one (self, IW_FIELD_DISCOVERED, &ignored);
  /* "14:05-14:20" in the one field fills the other where that is empty */
  if (iw_time_is_set (end) && *self->current[IW_FIELD_END] == '\0')
    {
      self->time[IW_FIELD_END] = end;
      set_hint (self, IW_FIELD_END, NULL);
    }
  judge (self);
}
