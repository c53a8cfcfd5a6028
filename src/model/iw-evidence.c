#include "iw-evidence.h"

#include "iw-id.h"
#include "iw-model-error.h"
#include "iw-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FIELD (64 * 1024)
/* No clock is off by more than a century; the sum with any time then stays far inside 64 bits. */
#define MAX_SKEW (36525 * IW_USEC_PER_DAY)

struct _IwEvidence
{
  GObject parent_instance;

  char *docid;
  JsonObject *body; /* the truth */
};

G_DEFINE_FINAL_TYPE (IwEvidence, iw_evidence, G_TYPE_OBJECT)

static void
iw_evidence_finalize (GObject *object)
{
  IwEvidence *self = IW_EVIDENCE (object);

  g_free (self->docid);
  g_clear_pointer (&self->body, json_object_unref);
  G_OBJECT_CLASS (iw_evidence_parent_class)->finalize (object);
}

static void
iw_evidence_class_init (IwEvidenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_evidence_finalize;
}

static void
iw_evidence_init (IwEvidence *self)
{
}

/* Takes @body. */
static IwEvidence *
wrap (const char *docid, JsonObject *body)
{
  IwEvidence *self = g_object_new (IW_TYPE_EVIDENCE, NULL);

  self->docid = g_strdup (docid);
  self->body = body;
  return self;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

IwEvidence *
iw_evidence_new (const char *incident, const char *name, const char *sha256, gint64 length)
{
  JsonObject *body;

  g_return_val_if_fail (incident != NULL, NULL);
  g_return_val_if_fail (name != NULL && *name != '\0', NULL);
  g_return_val_if_fail (sha256 != NULL && is_sha256 (sha256), NULL);
  g_return_val_if_fail (length >= 0, NULL);

  body = json_object_new ();
  json_object_set_string_member (body, "type", "evidence");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", incident);
  iw_model_json_set_string (body, "name", name);
  json_object_set_string_member (body, "sha256", sha256);
  json_object_set_int_member (body, "length", length);
  return wrap (NULL, body);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_types (JsonObject *body, GError **error)
{
  static const char *const required[] = { "incident", "name", "sha256", NULL };
  static const char *const texts[] = { "type", "media_type", "collected_by", "origin", NULL };

  for (guint i = 0; required[i] != NULL; i++)
    if (!iw_model_json_check_required (body, required[i], MAX_FIELD, error))
      return FALSE;
  for (guint i = 0; texts[i] != NULL; i++)
    if (!iw_model_json_check_string (body, texts[i], MAX_FIELD, error))
      return FALSE;
  return iw_model_json_check_int (body, "v", error) &&
         iw_model_json_check_int (body, "length", error) &&
         iw_model_json_check_int (body, "skew_us", error) &&
         iw_model_json_check_time (body, "collected_at", error) &&
         iw_model_json_check_object (body, "timeline", error);
}

static gboolean
check_body (JsonObject *body, GError **error)
{
  const char *type = iw_model_json_get_string (body, "type");
  gint64 skew = iw_model_json_get_int (body, "skew_us", 0);

  if (!check_types (body, error))
    return FALSE;
  if (type != NULL && strcmp (type, "evidence") != 0)
    return fail (error, _ ("Field “type” is not “evidence”"));
  if (!iw_id_is_uuid (iw_model_json_get_string (body, "incident")))
    return fail (error, _ ("Field “incident” is not the id of an incident"));
  if (!is_sha256 (iw_model_json_get_string (body, "sha256")))
    return fail (error, _ ("Field “sha256” is not a hash of 64 lower-case hexadecimal digits"));
  if (iw_model_json_get_int (body, "length", -1) < 0)
    return fail (error, _ ("Field “length” is missing or negative"));
  if (skew < -MAX_SKEW || skew > MAX_SKEW)
    return fail (error, _ ("Field “skew_us” is more than a century"));
  return TRUE;
}

IwEvidence *
iw_evidence_new_from_json (const char *docid, JsonObject *body, GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  if (!check_body (body, error))
    return NULL;
  return wrap (docid, iw_model_json_copy (body));
}

JsonObject *
iw_evidence_to_json (IwEvidence *self)
{
  g_return_val_if_fail (IW_IS_EVIDENCE (self), NULL);

  return iw_model_json_copy (self->body);
}

const char *
iw_evidence_get_id (IwEvidence *self)
{
  g_return_val_if_fail (IW_IS_EVIDENCE (self), NULL);

  return self->docid;
}

void
iw_evidence_set_id (IwEvidence *self, const char *docid)
{
  g_return_if_fail (IW_IS_EVIDENCE (self));

  g_set_str (&self->docid, docid);
}

/* Fields that new and new_from_json have made sure of. */
static const char *
get_required (IwEvidence *self, const char *name)
{
  g_return_val_if_fail (IW_IS_EVIDENCE (self), "");

  return iw_model_json_get_string (self->body, name);
}

const char *
iw_evidence_get_incident (IwEvidence *self)
{
  return get_required (self, "incident");
}

const char *
iw_evidence_get_name (IwEvidence *self)
{
  return get_required (self, "name");
}

void
iw_evidence_set_name (IwEvidence *self, const char *name)
{
  g_return_if_fail (IW_IS_EVIDENCE (self));
  g_return_if_fail (name != NULL && *name != '\0');

  iw_model_json_set_string (self->body, "name", name);
}

const char *
iw_evidence_get_sha256 (IwEvidence *self)
{
  return get_required (self, "sha256");
}

gint64
iw_evidence_get_length (IwEvidence *self)
{
  g_return_val_if_fail (IW_IS_EVIDENCE (self), 0);

  return iw_model_json_get_int (self->body, "length", 0);
}

gboolean
iw_evidence_is_timeline (IwEvidence *self)
{
  return iw_evidence_get_timeline (self) != NULL;
}

JsonObject *
iw_evidence_get_timeline (IwEvidence *self)
{
  JsonNode *node;

  g_return_val_if_fail (IW_IS_EVIDENCE (self), NULL);

  node = iw_model_json_get (self->body, "timeline");
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

void
iw_evidence_set_timeline (IwEvidence *self, JsonObject *timeline)
{
  g_return_if_fail (IW_IS_EVIDENCE (self));

  if (timeline == NULL)
    json_object_remove_member (self->body, "timeline");
  else
    json_object_set_object_member (self->body, "timeline", iw_model_json_copy (timeline));
}

/* ---- how it was collected ---- */

static const char *
get_text (IwEvidence *self, const char *name)
{
  const char *text;

  g_return_val_if_fail (IW_IS_EVIDENCE (self), "");

  text = iw_model_json_get_string (self->body, name);
  return text != NULL ? text : "";
}

static void
set_text (IwEvidence *self, const char *name, const char *text)
{
  g_return_if_fail (IW_IS_EVIDENCE (self));

  if (text == NULL || *text == '\0')
    json_object_remove_member (self->body, name);
  else
    iw_model_json_set_string (self->body, name, text);
}

const char *
iw_evidence_get_media_type (IwEvidence *self)
{
  return get_text (self, "media_type");
}

void
iw_evidence_set_media_type (IwEvidence *self, const char *media_type)
{
  set_text (self, "media_type", media_type);
}

const char *
iw_evidence_get_collected_by (IwEvidence *self)
{
  return get_text (self, "collected_by");
}

void
iw_evidence_set_collected_by (IwEvidence *self, const char *person)
{
  set_text (self, "collected_by", person);
}

const char *
iw_evidence_get_origin (IwEvidence *self)
{
  return get_text (self, "origin");
}

void
iw_evidence_set_origin (IwEvidence *self, const char *origin)
{
  set_text (self, "origin", origin);
}

IwTime
iw_evidence_get_collected_at (IwEvidence *self)
{
  g_return_val_if_fail (IW_IS_EVIDENCE (self), IW_TIME_NONE);

  return iw_model_json_get_time (self->body, "collected_at");
}

void
iw_evidence_set_collected_at (IwEvidence *self, IwTime time)
{
  g_return_if_fail (IW_IS_EVIDENCE (self));

  iw_model_json_set_time (self->body, "collected_at", time);
}

gint64
iw_evidence_get_skew (IwEvidence *self)
{
  g_return_val_if_fail (IW_IS_EVIDENCE (self), 0);

  return iw_model_json_get_int (self->body, "skew_us", 0);
}

void
iw_evidence_set_skew (IwEvidence *self, gint64 skew_us)
{
  g_return_if_fail (IW_IS_EVIDENCE (self));

  if (skew_us == 0)
    json_object_remove_member (self->body, "skew_us");
  else
    json_object_set_int_member (self->body, "skew_us", CLAMP (skew_us, -MAX_SKEW, MAX_SKEW));
}
