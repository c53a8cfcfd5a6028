/* From one VERIS record to the documents of an incident. */
#include "config.h"

#include "iw-veris-private.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#define TITLE_MAX 120 /* characters */
#define ID_MAX 200    /* bytes */

void
iw_veris_complain (IwVeris *self, const char *field, char *reason, const char *value)
{
  iw_import_issues_add (self->issues, self->row, self->line, FALSE, field, reason, value);
}

const char *
iw_veris_add_entry (IwVeris *self, IwEntry *entry, IwTime when)
{
  g_autofree char *docid = iw_id_new_document (self->context, self->incident, "entry");

  iw_entry_set_occurred (entry, when);
  iw_entry_set_recorded (entry, self->now);
  iw_entry_set_actor (entry, self->author);
  iw_entry_set_source (entry, "VERIS");
  g_ptr_array_add (self->documents, iw_document_new_take (docid, NULL, iw_entry_to_json (entry)));
  g_object_unref (entry);
  return iw_document_get_id (g_ptr_array_index (self->documents, self->documents->len - 1));
}

const char *
iw_veris_add_document (IwVeris *self, const char *type, const char *first_member, ...)
{
  g_autofree char *docid = iw_id_new_document (self->context, self->incident, type);
  JsonObject *body = json_object_new ();
  va_list arguments;

  json_object_set_string_member (body, "type", type);
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", self->incident);
  va_start (arguments, first_member);
  for (const char *member = first_member; member != NULL; member = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);

      if (value != NULL && *value != '\0')
        json_object_set_string_member (body, member, value);
    }
  va_end (arguments);
  g_ptr_array_add (self->documents, iw_document_new_take (docid, NULL, body));
  return iw_document_get_id (g_ptr_array_index (self->documents, self->documents->len - 1));
}

/* ---- the incident ---- */

char *
iw_veris_digest (JsonObject *record)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), record);
  g_autofree char *text = json_to_string (node, FALSE);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* The first sentence or line of @summary. */
static char *
first_sentence (const char *summary)
{
  g_autofree char *text = g_strstrip (g_strdelimit (g_strdup (summary), "\r\n\t", ' '));
  char *end = strstr (text, ". ");

  if (end != NULL)
    *end = '\0';
  if (g_utf8_strlen (text, -1) > TITLE_MAX)
    {
      g_autofree char *head = g_utf8_substring (text, 0, TITLE_MAX - 1);

      return g_strconcat (head, "…", NULL);
    }
  return g_steal_pointer (&text);
}

/* "error: Blue Cross of Rhode Island", for records without a summary. */
static char *
make_title (JsonObject *record)
{
  JsonObject *action = iw_path_object (record, "action");
  const char *victim = iw_path_text (record, "victim.victim_id");
  g_autoptr (GList) names = action != NULL ? json_object_get_members (action) : NULL;
  const char *what = names != NULL ? names->data : _ ("incident");

  if (*victim == '\0')
    victim = iw_path_text (record, "incident_id");
  return g_strdup_printf ("%s: %s", what, victim);
}

static void
add_incident (IwVeris *self, const char *id)
{
  const char *summary = iw_path_text (self->record, "summary");
  g_autofree char *sentence = first_sentence (summary);
  g_autofree char *title = *sentence != '\0' ? g_strdup (sentence) : make_title (self->record);
  g_autofree char *external = g_strdup_printf ("veris:%s", id);
  g_autofree char *digest = iw_veris_digest (self->record);
  g_autofree char *docid = iw_id_incident_document (self->incident);
  JsonObject *body = iw_incident_new_document (self->incident, title, summary, "UTC");

  json_object_set_string_member (body, "external", external);
  json_object_set_string_member (body, IW_VERIS_DIGEST, digest);
  json_object_set_object_member (body, "veris", json_object_ref (self->record));
  g_ptr_array_add (self->documents, iw_document_new_take (docid, NULL, body));
}

static GPtrArray *
refuse (IwVeris *self, const char *field, char *reason, const char *value)
{
  iw_import_issues_add (self->issues, self->row, self->line, TRUE, field, reason, value);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  return NULL;
}

/* What the store would refuse stops at its record, not the whole file. */
static gboolean
check_documents (IwVeris *self, GError **error)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      IwDocument *document = g_ptr_array_index (self->documents, i);

      if (!iw_store_check_document (iw_document_get_id (document), iw_document_get_body (document),
                                    error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
iw_veris_convert (JsonObject *record,
                  IwMatrix *matrix,
                  const IwContext *context,
                  const char *author,
                  const char *verification,
                  gint64 row,
                  gint64 line,
                  GPtrArray *issues)
{
  IwVeris self = {
    .record = record,
    .context = context,
    .matrix = matrix,
    .author = author,
    .verification = verification,
    .documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref),
    .issues = issues,
    .row = row,
    .line = line,
  };
  const char *id = iw_path_text (record, "incident_id");
  g_autofree char *incident = iw_id_new (context);
  g_autoptr (GError) error = NULL;

  if (*id == '\0' || strlen (id) > ID_MAX)
    return refuse (&self, "incident_id",
                   g_strdup (_ ("A VERIS record needs an incident_id of at most 200 bytes.")), id);
  if (iw_path_object (record, "action") == NULL && iw_path_object (record, "victim") == NULL &&
      iw_path_object (record, "timeline") == NULL)
    return refuse (
        &self, "",
        g_strdup (_ ("This is no VERIS record: it has neither action, victim nor timeline.")), id);
  self.incident = incident;
  self.now = (IwTime){ iw_context_now (context), IW_PRECISION_MILLISECOND };
  self.now.us -= self.now.us % 1000;
  self.when = iw_veris_read_date (&self, "timeline.incident");
  add_incident (&self, id);
  iw_veris_add_timeline (&self);
  iw_veris_add_decisions (&self);
  iw_veris_add_assets (&self);
  iw_veris_add_scope (&self);
  return check_documents (&self, &error) ? self.documents
                                         : refuse (&self, "", g_strdup (error->message), id);
}
