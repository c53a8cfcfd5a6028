#include "config.h"

#include "iw-reminder-work.h"

#include "iw-queries.h"

#define LOCAL_ID "_local/reminders"

IwReminderReading *
iw_reminder_reading_new (gboolean with_memory)
{
  IwReminderReading *self = g_new0 (IwReminderReading, 1);

  self->with_memory = with_memory;
  self->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_reminder_clock_free);
  return self;
}

void
iw_reminder_reading_free (gpointer data)
{
  IwReminderReading *self = data;

  g_clear_pointer (&self->clocks, g_ptr_array_unref);
  g_clear_pointer (&self->memory, iw_reminder_memory_free);
  g_free (self);
}

static gboolean
read_incident (IwStore *store, const char *incident, GPtrArray *clocks, GError **error)
{
  g_autoptr (IwSituation) situation = iw_query_situation (store, incident, 0, error);
  g_autoptr (GPtrArray) running = NULL;

  if (situation == NULL)
    return FALSE;
  running = iw_reminder_clocks (situation);
  g_ptr_array_extend_and_steal (clocks, g_steal_pointer (&running));
  return TRUE;
}

static gboolean
read_memory (IwStore *store, IwReminderReading *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) json = iw_store_get_local (store, LOCAL_ID, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->memory = iw_reminder_memory_from_json (json);
  return TRUE;
}

gboolean
iw_reminder_work_read (IwStore *store,
                       gpointer data,
                       IwProgressFunc progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  IwReminderReading *self = data;
  g_autoptr (GPtrArray) rows = iw_query_due (store, error);

  if (rows == NULL || (self->with_memory && !read_memory (store, self, error)))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const IwIncidentRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GError) local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      /* One that cannot be read must not silence the others. */
      if (!read_incident (store, row->incident, self->clocks, &local_error))
        g_warning ("The clocks of an incident could not be read: %s", local_error->message);
    }
  return TRUE;
}

gboolean
iw_reminder_work_keep (IwStore *store,
                       gpointer json,
                       IwProgressFunc progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  return iw_store_put_local (store, LOCAL_ID, json, error);
}
