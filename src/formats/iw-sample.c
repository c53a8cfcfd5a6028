/* iw-sample.c: builds the sample workspace from the texts and logs in data/sample/. */
#include "config.h"

#include "iw-sample.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iw-queries.h"
#include "iw-sample-private.h"
#include "iw-sample-resources.h"

#define PREFIX "/io/github/incident_workbench/sample/"

static const char *const incidents[] = { "backup-job.json", "leaked-storage.json",
                                         "phished-administrator.json" };

GBytes *
iw_sample_read (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);

  return g_resource_lookup_data (iw_sample_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 error);
}

static JsonObject *
read_json (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = iw_sample_read (name, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (bytes == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                                    g_bytes_get_size (bytes), error))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

const char *
iw_sample_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

IwTime
iw_sample_time (IwSampleBuilder *self, JsonObject *object, const char *name)
{
  IwTime time = IW_TIME_NONE;

  if (iw_sample_text (object, name) != NULL)
    iw_sample_parse_time (iw_sample_text (object, name), self->base, &time);
  return time;
}

/* Calls @func for each object of the list; a list that is absent is empty. */
static gboolean foreach (IwSampleBuilder *self,
                         JsonObject * json,
                         const char *name,
                         gboolean (*func) (IwSampleBuilder *, JsonObject *, GError **),
                         GError * *error)
{
  JsonArray *array =
      json_object_has_member (json, name) ? json_object_get_array_member (json, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!func (self, json_array_get_object_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
store_written (IwSampleBuilder *self, GError **error)
{
  guint n = self->written->len;
  g_autofree IwChange *changes = iw_store_changes_of (self->written);
  gboolean ok =
      n == 0 || iw_store_apply (self->store, N_ ("Add Sample Incident"), changes, n, 1, error);

  g_ptr_array_set_size (self->written, 0);
  return ok;
}

/* What the files brought with them, for the decisions about them. */
static gboolean
read_stored (IwSampleBuilder *self, GError **error)
{
  g_autoptr (GPtrArray) evidence =
      iw_query_documents (self->store, self->incident, "evidence", error);
  g_autoptr (GPtrArray) entries =
      evidence != NULL ? iw_query_entries (self->store, self->incident, error) : NULL;

  if (entries == NULL)
    return FALSE;
  g_ptr_array_extend (self->documents, evidence, (GCopyFunc)iw_document_ref, NULL);
  g_ptr_array_extend (self->entries, entries, (GCopyFunc)g_object_ref, NULL);
  return TRUE;
}

static gboolean
fill_incident (IwSampleBuilder *self, JsonObject *json, GError **error)
{
  g_autofree char *docid = iw_id_incident_document (self->incident);
  g_autoptr (JsonObject) body =
      iw_incident_new_document (self->incident, iw_sample_text (json, "title"),
                                iw_sample_text (json, "summary"), iw_sample_text (json, "zone"));

  g_ptr_array_add (self->documents, iw_document_new (docid, NULL, body));
  g_ptr_array_add (self->written, iw_document_new (docid, NULL, body));
  return store_written (self, error) &&
         foreach (self, json, "timelines", iw_sample_add_timeline, error) &&
         foreach (self, json, "files", iw_sample_add_file, error) && read_stored (self, error) &&
         foreach (self, json, "entries", iw_sample_add_entry, error) && store_written (self, error);
}

static gboolean
add_incident (IwSampleBuilder *self, const char *name, GError **error)
{
  g_autoptr (JsonObject) json = read_json (name, error);
  g_autofree char *incident = iw_id_new (iw_store_get_context (self->store));

  if (json == NULL)
    return FALSE;
  self->incident = incident;
  g_hash_table_remove_all (self->names);
  g_ptr_array_set_size (self->entries, 0);
  g_ptr_array_set_size (self->documents, 0);
  if (fill_incident (self, json, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
add_directory (IwSampleBuilder *self, GError **error)
{
  g_autoptr (JsonObject) json = read_json ("directory.json", error);

  return json != NULL && foreach (self, json, "directory", iw_sample_add_to_directory, error) &&
         store_written (self, error);
}

static gboolean
build_all (IwSampleBuilder *self, IwProgressFunc progress, gpointer data, GError **error)
{
  gint64 now = iw_context_now (iw_store_get_context (self->store));

  self->base = now - now % IW_USEC_PER_DAY;
  if (!add_directory (self, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (incidents); i++)
    {
      if (progress != NULL)
        progress (i, G_N_ELEMENTS (incidents), data);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !add_incident (self, incidents[i], error))
        return FALSE;
    }
  if (progress != NULL)
    progress (G_N_ELEMENTS (incidents), G_N_ELEMENTS (incidents), data);
  return TRUE;
}

static gboolean
build (const char *dir,
       const IwContext *context,
       IwProgressFunc progress,
       gpointer data,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (IwStore) store = iw_store_open (dir, IW_STORE_OPEN_DEFAULT, context, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GPtrArray) directory =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GPtrArray) written =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  IwSampleBuilder self = { .store = store,
                           .names = names,
                           .entries = entries,
                           .documents = documents,
                           .directory = directory,
                           .written = written,
                           .cancellable = cancellable };

  return store != NULL && build_all (&self, progress, data, error);
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

gboolean
iw_sample_create (const char *dir,
                  const IwContext *context,
                  IwProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *part = g_strconcat (dir, ".part", NULL);
  g_autoptr (GFile) part_file = g_file_new_for_path (part);
  gboolean ok;

  g_return_val_if_fail (dir != NULL, FALSE);

  /* An empty folder may be there; rmdir says so of any other. */
  if (g_rmdir (dir) != 0 && g_file_test (dir, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There is something in “%s” already."),
                   dir);
      return FALSE;
    }
  remove_tree (part_file);
  if (g_mkdir_with_parents (part, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("“%s” cannot be made: %s"),
                   part, g_strerror (code));
      return FALSE;
    }
  ok = build (part, context, progress, data, cancellable, error);
  if (ok && g_rename (part, dir) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("“%s” cannot be made: %s"),
                   dir, g_strerror (code));
      ok = FALSE;
    }
  if (!ok)
    remove_tree (part_file);
  return ok;
}
