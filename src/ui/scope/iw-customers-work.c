#include "config.h"

#include "iw-customers-work.h"

#include <glib/gi18n-lib.h>

#include "iw-timeline-import.h"

IwCustomersWork *
iw_customers_work_new (GFile *file, const char *incident, const char *author)
{
  IwCustomersWork *self = g_new0 (IwCustomersWork, 1);

  g_atomic_ref_count_init (&self->count);
  self->file = g_object_ref (file);
  self->incident = g_strdup (incident);
  self->author = g_strdup (author);
  self->why = g_strdup ("");
  return self;
}

IwCustomersWork *
iw_customers_work_ref (IwCustomersWork *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
iw_customers_work_unref (gpointer data)
{
  IwCustomersWork *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_clear_pointer (&self->import, iw_customers_import_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_object_unref (self->file);
  g_free (self->incident);
  g_free (self->author);
  g_free (self->why);
  g_free (self);
}

static gboolean
load_known (IwCustomersWork *self, IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) documents = iw_query_documents (store, self->incident, "scope", error);

  if (documents == NULL)
    return FALSE;
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->known = iw_customers_known_new (documents);
  return TRUE;
}

gboolean
iw_customers_work_read (IwStore *store,
                        gpointer data,
                        IwProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  IwCustomersWork *self = data;
  g_autoptr (GError) local = NULL;

  if (self->import == NULL)
    self->import = iw_customers_import_open (self->file, iw_store_get_dir (store), progress,
                                             progress_data, cancellable, error);
  if (self->import == NULL || !load_known (self, store, error))
    return FALSE;
  if (iw_customers_import_read (self->import, self->known, progress, progress_data, cancellable,
                                &local) ||
      g_error_matches (local, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
iw_customers_work_commit (IwStore *store,
                          gpointer data,
                          IwProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error)
{
  IwCustomersWork *self = data;
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree IwChange *changes = NULL;
  IwCustomersCount n;

  /* Somebody may have added some meanwhile. */
  if (!load_known (self, store, error))
    return FALSE;
  iw_customers_mark_known (iw_customers_import_get_rows (self->import), self->known);
  iw_customers_count (iw_customers_import_get_rows (self->import), &n);
  documents = iw_customers_to_documents (iw_customers_import_get_rows (self->import),
                                         self->incident, self->state, self->why, self->author,
                                         iw_store_get_context (store));
  if (documents->len == 0)
    return TRUE;
  changes = iw_store_changes_of (documents);
  return iw_store_apply_full (
      store, n.n_new == 1 ? N_ ("Import Customer") : N_ ("Import %u Customers"), changes,
      documents->len, n.n_new, progress, progress_data, cancellable, error);
}
