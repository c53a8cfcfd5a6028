/* iw-evidence-manifest.c: what goes with exported evidence, for programs and for people */
#include "iw-evidence-export-private.h"
#include "iw-evidence-gate.h"
#include "iw-evidence-names.h"

#include <glib/gi18n-lib.h>

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

static void
set_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array = json_array_new ();

  for (; *values != NULL; values++)
    json_array_add_string_element (array, *values);
  json_object_set_array_member (object, name, array);
}

static void
set_time (JsonObject *object, const char *name, IwTime time)
{
  g_autofree char *text = iw_time_to_rfc3339 (time);

  set_text (object, name, text);
}

/* Whole entries: what is on record is not retold. */
static void
set_entries (JsonObject *object, const char *name, GPtrArray *entries)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      JsonObject *body = iw_entry_to_json (entries->pdata[i]);

      json_object_set_string_member (body, "_id", iw_entry_get_id (entries->pdata[i]));
      json_array_add_object_element (array, body);
    }
  json_object_set_array_member (object, name, array);
}

static JsonObject *
describe_file (IwEvidenceExporting *self, IwEvidenceExportFile *file)
{
  IwEvidence *evidence = file->evidence;
  const char *docid = iw_evidence_get_id (evidence);
  g_autoptr (GPtrArray) custody = iw_situation_get_custody (self->situation, docid);
  g_auto (GStrv) marks = iw_evidence_marks (self->situation, docid);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", docid);
  json_object_set_string_member (object, "name", iw_evidence_get_name (evidence));
  json_object_set_string_member (object, "file", file->file);
  json_object_set_string_member (object, "sha256", iw_evidence_get_sha256 (evidence));
  json_object_set_int_member (object, "length", iw_evidence_get_length (evidence));
  set_text (object, "media_type", iw_evidence_get_media_type (evidence));
  set_time (object, "collected_at", iw_evidence_get_collected_at (evidence));
  set_text (object, "collected_by", iw_evidence_get_collected_by (evidence));
  set_text (object, "origin", iw_evidence_get_origin (evidence));
  json_object_set_boolean_member (object, "timeline", iw_evidence_is_timeline (evidence));
  set_strings (object, "marks", (const char *const *)marks);
  set_entries (object, "custody", custody);
  set_entries (object, "approvals", file->approvals);
  return object;
}

/* No hash: it would let the receiver test what the content is. */
static JsonObject *
describe_withheld (IwEvidenceExporting *self, IwEvidenceExportFile *file)
{
  const char *docid = iw_evidence_get_id (file->evidence);
  g_auto (GStrv) marks = iw_evidence_marks (self->situation, docid);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", docid);
  json_object_set_string_member (object, "name", iw_evidence_get_name (file->evidence));
  set_strings (object, "marks", (const char *const *)marks);
  json_object_set_string_member (object, "reason", file->reason);
  return object;
}

static JsonObject *
describe_incident (IwEvidenceExporting *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->incident);
  set_text (object, "title", iw_situation_get_title (self->situation));
  return object;
}

static JsonObject *
describe_release (IwEvidenceExporting *self)
{
  g_auto (GStrv) approvals = iw_evidence_exporting_approvals (self);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->release);
  json_object_set_string_member (object, "recipient", self->options->recipient);
  set_text (object, "purpose", self->options->purpose);
  set_time (object, "released_at", (IwTime){ self->now, IW_PRECISION_MICROSECOND });
  set_text (object, "released_by", self->options->author);
  set_strings (object, "approvals", (const char *const *)approvals);
  return object;
}

char *
iw_evidence_manifest (IwEvidenceExporting *self)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *files = json_array_new (), *withheld = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];

      if (file->reason == NULL)
        json_array_add_object_element (files, describe_file (self, file));
      else
        json_array_add_object_element (withheld, describe_withheld (self, file));
    }
  json_object_set_string_member (object, "format", "incident-workbench-evidence");
  json_object_set_int_member (object, "version", 1);
  json_object_set_object_member (object, "incident", describe_incident (self));
  json_object_set_object_member (object, "release", describe_release (self));
  json_object_set_array_member (object, "files", files);
  json_object_set_array_member (object, "withheld", withheld);
  json_node_take_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

char *
iw_evidence_withheld_text (IwEvidenceExporting *self)
{
  g_autofree char *title = iw_evidence_name_visible (iw_situation_get_title (self->situation));
  GString *text = g_string_new (NULL);
  guint n = 0;

  g_string_append_printf (text, _ ("Withheld from this export of evidence of “%s”:"), title);
  g_string_append (text, "\n\n");
  for (guint i = 0; i < self->files->len; i++)
    {
      IwEvidenceExportFile *file = self->files->pdata[i];
      g_autofree char *name = iw_evidence_name_visible (iw_evidence_get_name (file->evidence));

      if (file->reason == NULL)
        continue;
      /* Translators: the name of a file, then a sentence that says why it was left out. */
      g_string_append_printf (text, C_ ("withheld", "%s: %s"), name, file->reason);
      g_string_append_c (text, '\n');
      n++;
    }
  return g_string_free (text, n == 0);
}
