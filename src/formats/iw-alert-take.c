/* From alerts to documents: a new incident, or what is new in one that is open. */
#include "config.h"

#include "iw-alert.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "iw-queries.h"

/* What one group writes. */
typedef struct
{
  IwStore *store;
  const char *author;
  char *incident;
  IwTime now;
  GPtrArray *documents; /* (element-type IwDocument) */
  GHashTable *named;   /* "indicator type value" and "asset name" -> document id, of the incident */
  GHashTable *written; /* (element-type utf8) external ids in @documents */
  IwAlertCounts *counts;
} Taking;

static void
taking_clear (Taking *self)
{
  g_free (self->incident);
  g_ptr_array_unref (self->documents);
  g_hash_table_unref (self->named);
  g_hash_table_unref (self->written);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taking, taking_clear)

/* @body: (transfer full) */
static void
add (Taking *self, const char *docid, JsonObject *body)
{
  g_ptr_array_add (self->documents, iw_document_new_take (docid, NULL, body));
}

static char *
new_id (Taking *self, const char *kind)
{
  return iw_id_new_document (iw_store_get_context (self->store), self->incident, kind);
}

/* ---- indicators and assets ---- */

static char *
observable_key (const IwObservable *observable)
{
  return g_strdup_printf ("%s %s %s", observable->asset ? "asset" : "indicator",
                          observable->asset ? "" : observable->type, observable->value);
}

static gboolean
note_names (Taking *self, const char *type, GError **error)
{
  g_autoptr (GPtrArray) known = iw_query_documents (self->store, self->incident, type, error);
  gboolean asset = strcmp (type, "asset") == 0;

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      IwDocument *document = g_ptr_array_index (known, i);
      IwObservable observable = { asset, iw_document_get_text (document, "indicator_type"),
                                  (char *)iw_document_get_text (document,
                                                                asset ? "name" : "value") };

      g_hash_table_insert (self->named, observable_key (&observable),
                           g_strdup (iw_document_get_id (document)));
    }
  return known != NULL;
}

static JsonObject *
observable_body (Taking *self, const IwObservable *observable)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", observable->asset ? "asset" : "indicator");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "incident", self->incident);
  json_object_set_string_member (body, observable->asset ? "asset_type" : "indicator_type",
                                 observable->type);
  json_object_set_string_member (body, observable->asset ? "name" : "value", observable->value);
  return body;
}

/* The document of what an alert names, made where there is none. */
static const char *
take_observable (Taking *self, const IwObservable *observable)
{
  g_autofree char *key = observable_key (observable);
  const char *known = g_hash_table_lookup (self->named, key);
  char *docid;

  if (known != NULL)
    return known;
  docid = new_id (self, observable->asset ? "asset" : "indicator");
  add (self, docid, observable_body (self, observable));
  g_hash_table_insert (self->named, g_steal_pointer (&key), docid);
  return docid;
}

/* ---- entries ---- */

/* A file may hold the same alert twice, so what is about to be written counts too. */
static gboolean
is_known (Taking *self, const char *external, gboolean *known, GError **error)
{
  g_auto (GStrv) found = iw_query_external (self->store, external, error);

  if (found == NULL)
    return FALSE;
  *known = found[0] != NULL || g_hash_table_contains (self->written, external);
  return TRUE;
}

static char *
entry_text (const IwAlert *alert)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "**%s**", alert->title);
  if (*alert->text != '\0')
    g_string_append_printf (text, "\n\n%s", alert->text);
  if (*alert->url != '\0')
    g_string_append_printf (text, "\n\n<%s>", alert->url);
  return g_string_free (text, FALSE);
}

/* @entry: (transfer full) */
static void
add_entry (Taking *self, IwEntry *entry, const char *external, IwTime when, const char *source)
{
  g_autofree char *docid = new_id (self, "entry");

  iw_entry_set_occurred (entry, iw_time_is_set (when) ? when : self->now);
  iw_entry_set_recorded (entry, self->now);
  iw_entry_set_source (entry, source);
  iw_entry_set_field (entry, "external", external);
  if (external != NULL)
    g_hash_table_add (self->written, g_strdup (external));
  add (self, docid, iw_entry_to_json (entry));
  g_object_unref (entry);
}

static gboolean
take_alert (Taking *self, const IwAlert *alert, GError **error)
{
  g_autofree char *text = entry_text (alert);
  IwEntry *entry;
  gboolean known;

  if (!is_known (self, alert->id, &known, error))
    return FALSE;
  if (known)
    {
      self->counts->known++;
      return TRUE;
    }
  entry = iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, text);
  iw_entry_set_key (entry, TRUE);
  iw_entry_set_tags (entry, (const char *const *)alert->techniques);
  for (guint i = 0; i < alert->observables->len; i++)
    iw_entry_add_link (entry, take_observable (self, alert->observables->pdata[i]), 0);
  add_entry (self, entry, alert->id, alert->started, alert->source);
  self->counts->added++;
  return TRUE;
}

/* That an alert is over is news of its own. */
static gboolean
take_end (Taking *self, const IwAlert *alert, GError **error)
{
  g_autofree char *external = g_strdup_printf ("%s:resolved", alert->id);
  g_autofree char *text = NULL;
  gboolean known;

  if (!alert->resolved)
    return TRUE;
  if (!is_known (self, external, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  /* Translators: %s is an alert's title */
  text = g_strdup_printf (_ ("The alert is over: %s"), alert->title);
  add_entry (self, iw_entry_new (self->incident, IW_ENTRY_OBSERVATION, text), external,
             alert->ended, alert->source);
  return TRUE;
}

/* ---- the incident ---- */

/* The newest open one with this id; NULL where there is none. (transfer full) */
static gboolean
find_open (IwStore *store, const char *id, char **found, GError **error)
{
  g_auto (GStrv) docids = iw_query_external (store, id, error);

  for (guint i = 0; docids != NULL && docids[i] != NULL; i++)
    {
      g_autofree char *incident = iw_id_incident_of (docids[i]);
      g_autoptr (GError) local = NULL;
      g_autoptr (IwIncidentRow) row =
          incident != NULL ? iw_query_incident (store, incident, &local) : NULL;

      if (local != NULL && !g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (row == NULL || row->stage == IW_STAGE_CLOSED)
        continue;
      g_free (*found);
      *found = g_steal_pointer (&incident);
    }
  return docids != NULL;
}

/* The incident of the newest document with this id; NULL where there is none. (transfer full) */
static gboolean
find_any (IwStore *store, const char *id, char **found, GError **error)
{
  g_auto (GStrv) docids = iw_query_external (store, id, error);
  guint n = docids != NULL ? g_strv_length (docids) : 0;

  g_free (*found);
  *found = n > 0 ? iw_id_incident_of (docids[n - 1]) : NULL;
  return docids != NULL;
}

/* A closed incident gets no second one for alerts that it has already: they come again as long as
 * they fire. The incident of the last of them, where all are known, or of the group where it names
 * none; else NULL. (transfer full) */
static gboolean
find_known (IwStore *store, const IwAlertGroup *group, char **found, GError **error)
{
  if (group->alerts->len == 0)
    return find_any (store, group->id, found, error);
  for (guint i = 0; i < group->alerts->len; i++)
    {
      const IwAlert *alert = group->alerts->pdata[i];

      if (!find_any (store, alert->id, found, error))
        return FALSE;
      if (*found == NULL)
        return TRUE;
    }
  return TRUE;
}

/* @entry: (transfer full) */
static void
decide (Taking *self, IwEntry *entry, IwTime when, const char *source)
{
  iw_entry_set_actor (entry, self->author);
  add_entry (self, entry, NULL, when, source);
}

static void
make_incident (Taking *self, const IwAlertGroup *group)
{
  const IwAlert *first = group->alerts->len > 0 ? group->alerts->pdata[0] : NULL;
  IwTime when = first != NULL ? first->started : IW_TIME_NONE;
  const char *source = first != NULL ? first->source : "";
  JsonObject *body;
  g_autofree char *docid = NULL;

  self->incident = iw_id_new (iw_store_get_context (self->store));
  docid = iw_id_incident_document (self->incident);
  body = iw_incident_new_document (self->incident, group->title, group->summary, "UTC");
  json_object_set_string_member (body, "external", group->id);
  add (self, docid, body);
  decide (self, iw_decision_new (self->incident, "stage", "to", "detect", NULL), when, source);
  decide (self,
          iw_decision_new (self->incident, "detection", "to",
                           first != NULL ? first->detection : "automated-anomaly", "detail",
                           first != NULL ? first->title : group->title, "realm", "own", NULL),
          when, source);
  if (group->severity != IW_SEVERITY_UNSET)
    decide (self,
            iw_decision_new (self->incident, "severity", "to",
                             iw_severity_to_string (group->severity), "why",
                             _ ("As the alert has it; to be assessed."), NULL),
            when, source);
}

static gboolean
write_group (Taking *self, const char *label, GError **error)
{
  g_autofree IwChange *changes = iw_store_changes_of (self->documents);

  return iw_store_apply (self->store, label, changes, self->documents->len, 1, error);
}

/* Finds the incident, or makes one. */
static gboolean
take_incident (Taking *self, const IwAlertGroup *group, gboolean *fresh, GError **error)
{
  if (!find_open (self->store, group->id, &self->incident, error) ||
      (self->incident == NULL && !find_known (self->store, group, &self->incident, error)))
    return FALSE;
  *fresh = self->incident == NULL;
  if (!*fresh)
    return note_names (self, "indicator", error) && note_names (self, "asset", error);
  make_incident (self, group);
  return TRUE;
}

static gboolean
take_group (IwStore *store,
            const IwAlertGroup *group,
            const char *author,
            IwAlertCounts *counts,
            char **incident,
            GError **error)
{
  g_auto (Taking) self = {
    .store = store,
    .author = author,
    .now = { iw_context_now (iw_store_get_context (store)), IW_PRECISION_MILLISECOND },
    .documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref),
    .named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .counts = counts,
  };
  gboolean fresh;

  self.now.us -= self.now.us % 1000;
  if (!take_incident (&self, group, &fresh, error))
    return FALSE;
  for (guint i = 0; i < group->alerts->len; i++)
    if (!take_alert (&self, group->alerts->pdata[i], error) ||
        !take_end (&self, group->alerts->pdata[i], error))
      return FALSE;
  if (self.documents->len > 0)
    {
      if (!write_group (&self, fresh ? N_ ("New Incident from Alert") : N_ ("Add Alerts"), error))
        return FALSE;
      if (fresh)
        counts->made++;
      else
        counts->updated++;
    }
  *incident = g_steal_pointer (&self.incident);
  return TRUE;
}

/* ---- one at a time ---- */

static int
lock (IwStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (iw_store_get_dir (store), "alert.lock", NULL);
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("“%s” could not be locked: %s"),
               path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
iw_alert_take (IwStore *store,
               GPtrArray *groups,
               const char *author,
               IwAlertCounts *counts,
               char ***incidents,
               GError **error)
{
  g_autoptr (GStrvBuilder) taken = g_strv_builder_new ();
  int fd = lock (store, error);
  gboolean ok = fd >= 0;

  *counts = (IwAlertCounts){ 0 };
  for (guint i = 0; ok && i < groups->len; i++)
    {
      g_autofree char *incident = NULL;

      ok = take_group (store, g_ptr_array_index (groups, i), author, counts, &incident, error);
      if (ok)
        g_strv_builder_add (taken, incident);
    }
  if (fd >= 0)
    close (fd);
  if (ok && incidents != NULL)
    *incidents = g_strv_builder_end (taken);
  return ok;
}
