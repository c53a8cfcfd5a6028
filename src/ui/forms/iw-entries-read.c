#include "config.h"

#include "iw-entries-read.h"

typedef struct
{
  char *incident;
  GPtrArray *entries;
} EntriesRead;

static void
entries_read_free (gpointer data)
{
  EntriesRead *read = data;

  g_free (read->incident);
  g_clear_pointer (&read->entries, g_ptr_array_unref);
  g_free (read);
}

static gboolean
read_in_thread (IwStore *store,
                gpointer job_data,
                IwProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  EntriesRead *read = job_data;

  read->entries = iw_query_entries (store, read->incident, error);
  return read->entries != NULL;
}

void
iw_entries_read_async (IwWorkspace *workspace,
                       const char *incident,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  EntriesRead *read = g_new0 (EntriesRead, 1);

  read->incident = g_strdup (incident);
  iw_workspace_run_async (workspace, read_in_thread, read, entries_read_free, NULL, NULL,
                          cancellable, callback, data);
}

GPtrArray *
iw_entries_read_finish (IwWorkspace *workspace, GAsyncResult *result, GError **error)
{
  gpointer job_data;

  if (!iw_workspace_run_finish (workspace, result, &job_data, error))
    return NULL;
  return g_steal_pointer (&((EntriesRead *)job_data)->entries);
}
