/* iw-sample.c: builds the sample workspace from the texts and logs in data/sample/. */
#include "config.h"

#include "iw-sample.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iw-incident.h"
#include "iw-queries.h"
#include "iw-sample-private.h"
#include "iw-sample-resources.h"
#include "iw-timeline-import.h"

#define PREFIX "/io/github/incident_workbench/sample/"

static const char *const incidents[] = { "backup-job.json", "leaked-storage.json",
                                         "phished-administrator.json" };

/* What is at hand while one sample is made. */
typedef struct
{
  IwStore *store;
  gint64 base; /* the midnight that times count from */
  const char *incident;
  GHashTable *timelines; /* name in the texts -> id of the evidence document */
  GCancellable *cancellable;
} Builder;

static GBytes *
read_resource (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);

  return g_resource_lookup_data (iw_sample_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 error);
}

static JsonObject *
read_json (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = read_resource (name, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (bytes == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                                    g_bytes_get_size (bytes), error))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

/* ---- machine timelines ---- */

static IwMapping *
make_mapping (const IwMapping *detected, JsonObject *timeline)
{
  g_autoptr (IwMapping) mapping = iw_mapping_copy (detected);

  if (text_of (timeline, "zone") != NULL)
    iw_mapping_set_zone (mapping, text_of (timeline, "zone"));
  if (json_object_has_member (timeline, "roles"))
    {
      JsonObject *roles = json_object_get_object_member (timeline, "roles");
      g_autoptr (GList) columns = json_object_get_members (roles);

      for (GList *l = columns; l != NULL; l = l->next)
        {
          IwRole role;

          if (iw_role_from_string (text_of (roles, l->data), &role))
            iw_mapping_set_role (mapping, l->data, role);
        }
    }
  return g_steal_pointer (&mapping);
}

static gboolean
set_skew (Builder *self, const char *docid, gint64 seconds, GError **error)
{
  g_autoptr (JsonObject) body = iw_store_get (self->store, docid, NULL, error);
  g_autoptr (IwEvidence) evidence =
      body == NULL ? NULL : iw_evidence_new_from_json (docid, body, error);
  g_autoptr (JsonObject) changed = NULL;

  if (evidence == NULL)
    return FALSE;
  iw_evidence_set_skew (evidence, seconds * IW_USEC_PER_SEC);
  changed = iw_evidence_to_json (evidence);
  return iw_store_apply (self->store, N_ ("Set Clock Correction"), &(IwChange){ docid, changed }, 1,
                         1, error);
}

static char *
import_file (Builder *self, GFile *file, JsonObject *timeline, GError **error)
{
  g_autoptr (IwTimelineImport) import = NULL;
  g_autoptr (IwMapping) mapping = NULL;
  g_autofree char *docid = NULL;
  IwImportCounts counts;

  import = iw_timeline_import_probe (self->store, file, NULL, NULL, self->cancellable, error);
  if (import == NULL)
    return NULL;
  mapping = make_mapping (iw_timeline_import_get_mapping (import), timeline);
  iw_timeline_import_set_mapping (import, mapping);
  iw_timeline_import_set_target (import, IW_IMPORT_AS_EVIDENCE);
  if (!iw_timeline_import_dry_run (import, self->incident, &counts, NULL, NULL, self->cancellable,
                                   error) ||
      !iw_timeline_import_commit (import, self->incident, &docid, NULL, NULL, self->cancellable,
                                  error))
    return NULL;
  return g_steal_pointer (&docid);
}

/* The dated log is a file for a moment, beside the workspace: the import takes files. */
static gboolean
add_timeline (Builder *self, JsonObject *timeline, GError **error)
{
  g_autoptr (GBytes) log = read_resource (text_of (timeline, "file"), error);
  g_autofree char *path =
      g_build_filename (iw_store_get_dir (self->store), text_of (timeline, "name"), NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) dated = NULL;
  g_autofree char *docid = NULL;
  gint64 skew = json_object_get_int_member_with_default (timeline, "skew", 0);

  if (log == NULL)
    return FALSE;
  dated = iw_sample_date_log (g_bytes_get_data (log, NULL), self->base,
                              g_strcmp0 (text_of (timeline, "times"), "naive") == 0);
  if (!g_file_set_contents (path, dated->str, (gssize)dated->len, error))
    return FALSE;
  docid = import_file (self, file, timeline, error);
  g_unlink (path);
  if (docid == NULL || (skew != 0 && !set_skew (self, docid, skew, error)))
    return FALSE;
  g_hash_table_insert (self->timelines, g_strdup (text_of (timeline, "id")),
                       g_steal_pointer (&docid));
  return TRUE;
}

/* ---- entries ---- */

static IwEntry *
new_decision (Builder *self, JsonObject *json)
{
  const char *kind = text_of (json, "decide");

  if (iw_form_kind_find (kind) == NULL)
    return NULL;
  return iw_decision_new (self->incident, kind, "from", text_of (json, "from"), "to",
                          text_of (json, "to"), "why", text_of (json, "why"), NULL);
}

static void
add_links (Builder *self, IwEntry *entry, JsonArray *links)
{
  for (guint i = 0; i < json_array_get_length (links); i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);
      const char *docid = g_hash_table_lookup (self->timelines, text_of (link, "timeline"));

      if (docid != NULL)
        iw_entry_add_link (entry, docid, json_object_get_int_member (link, "row"));
    }
}

static void
add_tags (IwEntry *entry, JsonArray *tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  for (guint i = 0; i < json_array_get_length (tags); i++)
    g_strv_builder_add (builder, json_array_get_string_element (tags, i));
  values = g_strv_builder_end (builder);
  iw_entry_set_tags (entry, (const char *const *)values);
}

static IwTime
time_of (Builder *self, JsonObject *json, const char *name)
{
  IwTime time = IW_TIME_NONE;

  if (text_of (json, name) != NULL)
    iw_sample_parse_time (text_of (json, name), self->base, &time);
  return time;
}

static IwEntry *
make_entry (Builder *self, JsonObject *json)
{
  g_autoptr (IwEntry) entry = NULL;

  if (json_object_has_member (json, "decide"))
    entry = new_decision (self, json);
  else
    entry = iw_entry_new (self->incident, iw_entry_kind_from_string (text_of (json, "kind")),
                          text_of (json, "text"));
  if (entry == NULL)
    return NULL;
  iw_entry_set_occurred (entry, time_of (self, json, "at"));
  iw_entry_set_occurred_end (entry, time_of (self, json, "end"));
  iw_entry_set_discovered (entry, time_of (self, json, "discovered"));
  iw_entry_set_recorded (entry, time_of (self, json, "recorded"));
  iw_entry_set_actor (entry, text_of (json, "actor"));
  iw_entry_set_team (entry, text_of (json, "team"));
  iw_entry_set_source (entry, text_of (json, "source"));
  iw_entry_set_key (entry, json_object_get_boolean_member_with_default (json, "key", FALSE));
  if (text_of (json, "confidence") != NULL)
    iw_entry_set_confidence (entry, iw_confidence_from_string (text_of (json, "confidence")));
  if (json_object_has_member (json, "links"))
    add_links (self, entry, json_object_get_array_member (json, "links"));
  if (json_object_has_member (json, "tags"))
    add_tags (entry, json_object_get_array_member (json, "tags"));
  return g_steal_pointer (&entry);
}

static gboolean
add_entries (Builder *self, JsonArray *array, GError **error)
{
  guint n = json_array_get_length (array);
  g_autofree IwChange *changes = g_new0 (IwChange, n);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IwEntry) entry = make_entry (self, json_array_get_object_element (array, i));

      if (entry == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "entry %u of the sample is not understood", i + 1);
          return FALSE;
        }
      g_ptr_array_add (
          ids, iw_id_new_document (iw_store_get_context (self->store), self->incident, "entry"));
      g_ptr_array_add (bodies, iw_entry_to_json (entry));
      changes[i] = (IwChange){ ids->pdata[i], bodies->pdata[i] };
    }
  return iw_store_apply (self->store, N_ ("Add Sample Incident"), changes, n, 1, error);
}

/* ---- the whole ---- */

static gboolean
add_incident (Builder *self, const char *name, GError **error)
{
  g_autoptr (JsonObject) json = read_json (name, error);
  g_autofree char *incident = iw_id_new (iw_store_get_context (self->store));
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (JsonObject) body = NULL;
  JsonArray *timelines;

  if (json == NULL)
    return FALSE;
  self->incident = incident;
  body = iw_incident_new_document (incident, text_of (json, "title"), text_of (json, "summary"),
                                   text_of (json, "zone"));
  if (!iw_store_apply (self->store, N_ ("Add Sample Incident"), &(IwChange){ docid, body }, 1, 1,
                       error))
    return FALSE;
  timelines = json_object_get_array_member (json, "timelines");
  for (guint i = 0; i < json_array_get_length (timelines); i++)
    {
      if (!add_timeline (self, json_array_get_object_element (timelines, i), error))
        return FALSE;
    }
  return add_entries (self, json_object_get_array_member (json, "entries"), error);
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
  g_autoptr (GHashTable) timelines =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Builder self = { .store = store, .timelines = timelines, .cancellable = cancellable };
  gint64 now;

  if (store == NULL)
    return FALSE;
  now = iw_context_now (iw_store_get_context (store));
  self.base = now - now % IW_USEC_PER_DAY;
  for (guint i = 0; i < G_N_ELEMENTS (incidents); i++)
    {
      if (progress != NULL)
        progress (i, G_N_ELEMENTS (incidents), data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !add_incident (&self, incidents[i], error))
        return FALSE;
    }
  if (progress != NULL)
    progress (G_N_ELEMENTS (incidents), G_N_ELEMENTS (incidents), data);
  return TRUE;
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
