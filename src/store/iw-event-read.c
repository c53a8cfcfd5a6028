#include "config.h"

#include "iw-event-read.h"

void
iw_event_clear (IwEvent *event)
{
  g_clear_pointer (&event->message, g_free);
  g_clear_pointer (&event->desc, g_free);
  g_clear_pointer (&event->origin, g_free);
  g_clear_pointer (&event->host, g_free);
  g_clear_pointer (&event->actor, g_free);
}

void
iw_event_free (IwEvent *event)
{
  if (event == NULL)
    return;
  iw_event_clear (event);
  g_free (event);
}

void
iw_reject_free (IwReject *reject)
{
  if (reject == NULL)
    return;
  g_free (reject->field);
  g_free (reject->reason);
  g_free (reject->value);
  g_free (reject);
}

gint64
iw_event_sane_time (gint64 us)
{
  return CLAMP (us, IW_TIME_MIN, IW_TIME_MAX);
}

char *
iw_event_read_text (IwDbStmt *stmt, int column)
{
  const char *text = iw_db_text (stmt, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static IwPrecision
sane_precision (gint64 precision)
{
  return precision >= IW_PRECISION_UNKNOWN && precision <= IW_PRECISION_MICROSECOND
             ? (IwPrecision)precision
             : IW_PRECISION_MICROSECOND;
}

IwEvent *
iw_event_read_row (IwDbStmt *stmt)
{
  IwEvent *event = g_new (IwEvent, 1);

  event->rank = iw_db_int (stmt, 0);
  event->time.us = iw_event_sane_time (iw_db_int (stmt, 1));
  event->time.precision = sane_precision (iw_db_int (stmt, 2));
  event->row = iw_db_int (stmt, 3);
  event->line = iw_db_int (stmt, 4);
  event->offset = iw_db_int (stmt, 5);
  event->length = iw_db_int (stmt, 6);
  event->duplicate = iw_db_int (stmt, 7) != 0;
  event->message = iw_event_read_text (stmt, 8);
  event->desc = iw_event_read_text (stmt, 9);
  event->origin = iw_event_read_text (stmt, 10);
  event->host = iw_event_read_text (stmt, 11);
  event->actor = iw_event_read_text (stmt, 12);
  return event;
}

GPtrArray *
iw_event_rejects_read (IwDb *db, guint offset, guint n, GError **error)
{
  g_autoptr (GPtrArray) rejects = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_reject_free);
  g_autoptr (IwDbStmt) select = iw_db_prepare (db,
                                               "SELECT row, line, field, reason, value FROM reject"
                                               " WHERE id > ? ORDER BY id LIMIT ?",
                                               error);
  IwDbStep step;

  if (select == NULL)
    return NULL;
  iw_db_bind_int (select, 1, offset); /* ids count from 1 without gaps */
  iw_db_bind_int (select, 2, n);
  while ((step = iw_db_step (select, error)) == IW_DB_ROW)
    {
      IwReject *reject = g_new (IwReject, 1);

      reject->row = iw_db_int (select, 0);
      reject->line = iw_db_int (select, 1);
      reject->field = iw_event_read_text (select, 2);
      reject->reason = iw_event_read_text (select, 3);
      reject->value = iw_event_read_text (select, 4);
      g_ptr_array_add (rejects, reject);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&rejects) : NULL;
}
