#include "config.h"

#include "iw-form-read.h"

typedef struct
{
  char *incident;
  char *docid;
  IwSituation *situation;
  IwDocument *document;
} FormRead;

static void
form_read_free (gpointer data)
{
  FormRead *read = data;

  g_free (read->incident);
  g_free (read->docid);
  g_clear_pointer (&read->situation, iw_situation_unref);
  g_clear_pointer (&read->document, iw_document_unref);
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
  FormRead *read = job_data;

  if (read->docid != NULL)
    {
      read->document = iw_query_document (store, read->docid, error);
      if (read->document == NULL)
        return FALSE;
    }
  read->situation = read->incident != NULL ? iw_query_situation (store, read->incident, 0, error)
                                           : iw_query_directory (store, error);
  return read->situation != NULL;
}

void
iw_form_read_async (IwWorkspace *workspace,
                    const char *incident,
                    const char *docid,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  FormRead *read = g_new0 (FormRead, 1);

  read->incident = g_strdup (incident);
  read->docid = g_strdup (docid);
  iw_workspace_run_async (workspace, read_in_thread, read, form_read_free, NULL, NULL, NULL,
                          callback, data);
}

IwSituation *
iw_form_read_finish (IwWorkspace *workspace,
                     GAsyncResult *result,
                     IwDocument **document,
                     GError **error)
{
  gpointer job_data;
  FormRead *read;

  if (!iw_workspace_run_finish (workspace, result, &job_data, error))
    return NULL;
  read = job_data;
  if (document != NULL)
    *document = g_steal_pointer (&read->document);
  return g_steal_pointer (&read->situation);
}
