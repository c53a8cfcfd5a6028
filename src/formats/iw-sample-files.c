/* iw-sample-files.c: the sample's machine timelines and evidence files. */
#include "config.h"

#include "iw-sample-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "iw-evidence-add.h"
#include "iw-evidence.h"
#include "iw-timeline-import.h"

static IwMapping *
make_mapping (const IwMapping *detected, JsonObject *timeline)
{
  g_autoptr (IwMapping) mapping = iw_mapping_copy (detected);

  if (iw_sample_text (timeline, "zone") != NULL)
    iw_mapping_set_zone (mapping, iw_sample_text (timeline, "zone"));
  if (json_object_has_member (timeline, "roles"))
    {
      JsonObject *roles = json_object_get_object_member (timeline, "roles");
      g_autoptr (GList) columns = json_object_get_members (roles);

      for (GList *l = columns; l != NULL; l = l->next)
        {
          IwRole role;

          if (iw_role_from_string (iw_sample_text (roles, l->data), &role))
            iw_mapping_set_role (mapping, l->data, role);
        }
    }
  return g_steal_pointer (&mapping);
}

/* What the import does not know: who collected it, where, and how wrong its clock was. */
static gboolean
finish (IwSampleBuilder *self, const char *docid, JsonObject *timeline, GError **error)
{
  gint64 seconds = json_object_get_int_member_with_default (timeline, "skew", 0);

  g_autoptr (JsonObject) body = iw_store_get (self->store, docid, NULL, error);
  g_autoptr (IwEvidence) evidence =
      body == NULL ? NULL : iw_evidence_new_from_json (docid, body, error);
  g_autoptr (JsonObject) changed = NULL;

  if (evidence == NULL)
    return FALSE;
  iw_evidence_set_skew (evidence, seconds * IW_USEC_PER_SEC);
  iw_evidence_set_collected_at (evidence, iw_sample_time (self, timeline, "collected"));
  iw_evidence_set_collected_by (evidence, iw_sample_text (timeline, "collector"));
  iw_evidence_set_origin (evidence, iw_sample_text (timeline, "origin"));
  changed = iw_evidence_to_json (evidence);
  return iw_store_apply (self->store, N_ ("Add Sample Incident"), &(IwChange){ docid, changed }, 1,
                         1, error);
}

static char *
import_file (IwSampleBuilder *self, GFile *file, JsonObject *timeline, GError **error)
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
gboolean
iw_sample_add_timeline (IwSampleBuilder *self, JsonObject *timeline, GError **error)
{
  g_autoptr (GBytes) log = iw_sample_read (iw_sample_text (timeline, "file"), error);
  g_autofree char *path =
      g_build_filename (iw_store_get_dir (self->store), iw_sample_text (timeline, "name"), NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) dated = NULL;
  g_autofree char *docid = NULL;

  if (log == NULL)
    return FALSE;
  dated = iw_sample_date_log (g_bytes_get_data (log, NULL), self->base,
                              g_strcmp0 (iw_sample_text (timeline, "times"), "naive") == 0);
  if (!g_file_set_contents (path, dated->str, (gssize)dated->len, error))
    return FALSE;
  docid = import_file (self, file, timeline, error);
  g_unlink (path);
  if (docid == NULL || !finish (self, docid, timeline, error))
    return FALSE;
  g_hash_table_insert (self->names, g_strdup (iw_sample_text (timeline, "id")),
                       g_steal_pointer (&docid));
  return TRUE;
}

/* ---- files ---- */

static gboolean
add_path (IwSampleBuilder *self, const char *path, JsonObject *json, GError **error)
{
  IwEvidenceDetails details = { .collected_at = iw_sample_time (self, json, "collected"),
                                .collected_by = iw_sample_text (json, "collector"),
                                .origin = iw_sample_text (json, "origin") };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) added = NULL;

  g_ptr_array_add (files, g_file_new_for_path (path));
  added = iw_evidence_add (self->store, self->incident, files, &details, NULL, NULL,
                           self->cancellable, error);
  if (added == NULL)
    return FALSE;
  g_hash_table_insert (self->names, g_strdup (iw_sample_text (json, "id")),
                       g_strdup (((IwEvidenceAdded *)added->pdata[0])->docid));
  return TRUE;
}

gboolean
iw_sample_add_file (IwSampleBuilder *self, JsonObject *file, GError **error)
{
  g_autofree char *path =
      g_build_filename (iw_store_get_dir (self->store), iw_sample_text (file, "name"), NULL);
  gboolean ok = g_file_set_contents (path, iw_sample_text (file, "text"), -1, error) &&
                add_path (self, path, file, error);

  g_unlink (path);
  return ok;
}
