#include "config.h"

#include "iw-elsewhere.h"

typedef struct
{
  char *value;
  char *incident;
  GPtrArray *sightings; /* (element-type IwSighting) */
} Search;

void
iw_sighting_free (IwSighting *sighting)
{
  g_free (sighting->incident);
  g_free (sighting->title);
  g_free (sighting->note);
  g_free (sighting);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->value);
  g_free (search->incident);
  g_ptr_array_unref (search->sightings);
  g_free (search);
}

static gboolean
is_known (Search *search, const char *incident)
{
  for (guint i = 0; i < search->sightings->len; i++)
    if (g_str_equal (((IwSighting *)search->sightings->pdata[i])->incident, incident))
      return TRUE;
  return FALSE;
}

static void
add_sighting (Search *search, IwStore *store, IwDocument *document)
{
  g_autofree char *incident = iw_id_incident_of (iw_document_get_id (document));
  g_autoptr (IwIncidentRow) row = NULL;
  IwSighting *sighting;

  if (incident == NULL || g_str_equal (incident, search->incident) || is_known (search, incident))
    return;
  row = iw_query_incident (store, incident, NULL);
  if (row == NULL)
    return;
  sighting = g_new0 (IwSighting, 1);
  sighting->incident = g_steal_pointer (&incident);
  sighting->title = g_strdup (row->title);
  sighting->note = g_strdup (iw_document_get_text (document, "note"));
  g_ptr_array_add (search->sightings, sighting);
}

static gboolean
find (IwStore *store,
      gpointer data,
      IwProgressFunc progress,
      gpointer progress_data,
      GCancellable *cancellable,
      GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) found = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  found = iw_query_indicators (store, search->value, IW_ELSEWHERE_MAX, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    add_sighting (search, store, found->pdata[i]);
  return found != NULL;
}

void
iw_elsewhere_find_async (IwWorkspace *workspace,
                         const char *value,
                         const char *incident,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  Search *search = g_new0 (Search, 1);

  search->value = g_strdup (value);
  search->incident = g_strdup (incident);
  search->sightings = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_sighting_free);
  iw_workspace_run_async (workspace, find, search, search_free, NULL, NULL, cancellable, callback,
                          data);
}

GPtrArray *
iw_elsewhere_find_finish (IwWorkspace *workspace, GAsyncResult *result, GError **error)
{
  gpointer data = NULL;

  if (!iw_workspace_run_finish (workspace, result, &data, error))
    return NULL;
  return g_ptr_array_ref (((Search *)data)->sightings);
}
