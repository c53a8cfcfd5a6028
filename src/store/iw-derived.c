/* The tables that screens read, made from the shown bodies and from nothing else. */
#include "config.h"

#include "iw-store-private.h"

#include <string.h>

#include "iw-derived.h"
#include "iw-evidence.h"
#include "iw-indicator.h"
#include "iw-json.h"

static void
touch_incident (IwStore *self, const char *incident, gint64 n_entries, gboolean refold)
{
  IwTouch *touch = g_hash_table_lookup (self->touched, incident);

  if (touch == NULL)
    {
      touch = g_new0 (IwTouch, 1);
      g_hash_table_insert (self->touched, g_strdup (incident), touch);
    }
  touch->n_entries += n_entries;
  touch->refold |= refold;
}

/* Runs a statement with one integer. */
/* ---- full text ---- */

/* @texts: (transfer full), NULL: there is nothing to find. */
static void
note_text (IwStore *self, gint64 doc, gboolean fresh, char **texts)
{
  IwText *note = g_hash_table_lookup (self->texts, &doc);

  if (note == NULL)
    {
      /* Who changes rows takes the old ones away first, which notes the document. */
      note = g_new0 (IwText, 1);
      note->fresh = fresh;
      g_hash_table_insert (self->texts, g_memdup2 (&doc, sizeof doc), note);
    }
  g_free (note->text);
  note->text = texts != NULL ? g_strjoinv ("\n", texts) : NULL;
  g_strfreev (texts);
}

static gboolean
insert_text (IwStore *self, gint64 doc, const char *text, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "INSERT INTO entry_fts (rowid, text) VALUES (?1, ?2)", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, text);
  return iw_db_run (stmt, error);
}

gboolean
iw_derived_flush_texts (IwStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      gint64 doc = *(gint64 *)key;
      const IwText *note = value;

      if ((!note->fresh &&
           !iw_db_run_int (self->db, "DELETE FROM entry_fts WHERE rowid = ?1", doc, error)) ||
          (note->text != NULL && !insert_text (self, doc, note->text, error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- entries ---- */

void
iw_derived_bind_entry (IwDbStmt *stmt, gint64 doc, IwEntry *entry)
{
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, iw_entry_get_incident (entry));
  iw_db_bind_int (stmt, 3, iw_entry_get_sort_time (entry));
  iw_db_bind_int (stmt, 4, iw_entry_kind_is_decision (iw_entry_get_kind (entry)));
  iw_db_bind_int (stmt, 5, iw_entry_get_key (entry));
  iw_db_bind_text (stmt, 6, iw_entry_get_actor (entry));
  iw_db_bind_text (stmt, 7, iw_entry_get_team (entry));
  iw_db_bind_text (stmt, 8, iw_entry_get_source (entry));
}

static gboolean
insert_tags (IwStore *self, gint64 doc, IwEntry *entry, GError **error)
{
  const char *const *tags = iw_entry_get_tags (entry);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "INSERT INTO entry_tag VALUES (?1, ?2) ON CONFLICT DO NOTHING", error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; tags[i] != NULL; i++)
    {
      iw_db_bind_int (stmt, 1, doc);
      iw_db_bind_text (stmt, 2, tags[i]);
      if (!iw_db_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* A body that is no entry (a peer may send anything) stays a document without rows. */
static gboolean
insert_entry (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (docid, body, NULL);
  g_autoptr (IwDbStmt) stmt = NULL;

  if (entry == NULL)
    return TRUE;
  stmt =
      iw_db_prepare (self->db, "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);
  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_entry (stmt, doc, entry);
  note_text (self, doc, TRUE, iw_derived_entry_texts (entry, body));
  touch_incident (self, iw_entry_get_incident (entry), 1,
                  iw_entry_kind_is_decision (iw_entry_get_kind (entry)));
  return iw_db_run (stmt, error) && insert_tags (self, doc, entry, error);
}

/* What an entry leaves behind: one that moves to another incident changes both. */
static gboolean
touch_old_entry (IwStore *self, gint64 doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT incident, decision FROM entry WHERE doc = ?1", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    touch_incident (self, iw_db_text (stmt, 0), -1, iw_db_int (stmt, 1) != 0);
  return step != IW_DB_ERROR;
}

/* ---- evidence ---- */

void
iw_derived_bind_evidence (IwDbStmt *stmt, gint64 doc, IwEvidence *evidence)
{
  JsonObject *timeline = iw_evidence_get_timeline (evidence);

  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, iw_evidence_get_incident (evidence));
  iw_db_bind_text (stmt, 3, iw_evidence_get_name (evidence));
  iw_db_bind_text (stmt, 4, iw_evidence_get_sha256 (evidence));
  iw_db_bind_int (stmt, 5, timeline != NULL ? iw_json_get_int (timeline, "rows") : 0);
}

static gboolean
insert_evidence (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_new_from_json (docid, body, NULL);
  g_autoptr (IwDbStmt) stmt = NULL;

  if (evidence == NULL)
    return TRUE;
  stmt = iw_db_prepare (self->db, "INSERT INTO evidence VALUES (?1, ?2, ?3, ?4, ?5)", error);
  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_evidence (stmt, doc, evidence);
  return iw_db_run (stmt, error);
}

/* ---- all documents but entries ---- */

gboolean
iw_derived_is_incident (const char *docid, JsonObject *body)
{
  return g_str_has_suffix (docid, ":incident") &&
         strcmp (iw_json_get_string (body, "type", ""), "incident") == 0;
}

char *
iw_derived_incident_of (const char *docid, JsonObject *body)
{
  char *incident = iw_id_incident_of (docid);
  const char *named = iw_json_get_string (body, "incident", "");

  if (incident != NULL)
    return incident;
  /* A peer may give ids of another form. */
  return g_strdup (!g_str_has_prefix (docid, "workspace:") && iw_id_is_uuid (named) ? named : "");
}

void
iw_derived_bind_document (IwDbStmt *stmt, gint64 doc, const char *docid, JsonObject *body)
{
  g_autofree char *incident = iw_derived_incident_of (docid, body);

  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, incident);
  iw_db_bind_text (stmt, 3, iw_json_get_string (body, "type", ""));
  iw_db_bind_int (stmt, 4, iw_json_get_time (body, "created_at"));
}

/* The fold of an incident rests on its own document and on what is affected. */
static gboolean
is_folded (const char *type)
{
  return strcmp (type, "incident") == 0 || strcmp (type, "scope") == 0;
}

static gboolean
insert_document (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  g_autofree char *incident = iw_derived_incident_of (docid, body);
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "INSERT INTO document VALUES (?1, ?2, ?3, ?4)", error);

  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_document (stmt, doc, docid, body);
  note_text (self, doc, TRUE, iw_derived_texts (docid, body));
  touch_incident (self, incident, 0, is_folded (iw_json_get_string (body, "type", "")));
  return iw_db_run (stmt, error);
}

static gboolean
touch_old_document (IwStore *self, gint64 doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT incident, type FROM document WHERE doc = ?1", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    touch_incident (self, iw_db_text (stmt, 0), 0, is_folded (iw_db_text (stmt, 1)));
  return step != IW_DB_ERROR;
}

/* ---- what documents are found by ---- */

void
iw_derived_bind_external (IwDbStmt *stmt, gint64 doc, JsonObject *body)
{
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, iw_json_get_string (body, "external", ""));
  iw_db_bind_int (stmt, 3, iw_json_get_time (body, "created_at"));
}

static gboolean
insert_external (IwStore *self, gint64 doc, JsonObject *body, GError **error)
{
  g_autoptr (IwDbStmt) stmt = NULL;

  if (*iw_json_get_string (body, "external", "") == '\0')
    return TRUE;
  stmt = iw_db_prepare (self->db, "INSERT INTO external VALUES (?1, ?2, ?3)", error);
  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_external (stmt, doc, body);
  return iw_db_run (stmt, error);
}

gboolean
iw_derived_bind_indicator (IwDbStmt *stmt, gint64 doc, JsonObject *body)
{
  const char *value = iw_json_get_string (body, "value", "");
  g_autofree char *normal = NULL;
  IwIndicatorType type;

  if (*value == '\0')
    return FALSE;
  /* A peer may not have brought it into its normal form. */
  if (iw_indicator_type_from_string (iw_json_get_string (body, "indicator_type", ""), &type))
    normal = iw_indicator_normalise (type, value);
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, normal != NULL ? normal : value);
  iw_db_bind_int (stmt, 3, iw_json_get_time (body, "created_at"));
  return TRUE;
}

static gboolean
insert_indicator (IwStore *self, gint64 doc, JsonObject *body, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "INSERT INTO indicator VALUES (?1, ?2, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  return !iw_derived_bind_indicator (stmt, doc, body) || iw_db_run (stmt, error);
}

/* ---- a document ---- */

static gboolean
clear (IwStore *self, gint64 doc, GError **error)
{
  note_text (self, doc, FALSE, NULL);
  return touch_old_entry (self, doc, error) && touch_old_document (self, doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM entry WHERE doc = ?1", doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM document WHERE doc = ?1", doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM evidence WHERE doc = ?1", doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM external WHERE doc = ?1", doc, error) &&
         iw_db_run_int (self->db, "DELETE FROM indicator WHERE doc = ?1", doc, error);
}

static gboolean
insert (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  const char *type = iw_json_get_string (body, "type", "");

  if (!insert_external (self, doc, body, error))
    return FALSE;
  if (strcmp (type, "entry") == 0)
    return insert_entry (self, doc, docid, body, error);
  return insert_document (self, doc, docid, body, error) &&
         (strcmp (type, "evidence") != 0 || insert_evidence (self, doc, docid, body, error)) &&
         (strcmp (type, "indicator") != 0 || insert_indicator (self, doc, body, error));
}

gboolean
iw_derived_insert (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  g_autofree char *incident = iw_id_incident_of (docid);

  if (incident != NULL)
    touch_incident (self, incident, 0, FALSE);
  return body == NULL || insert (self, doc, docid, body, error);
}

gboolean
iw_derived_update (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  g_autofree char *incident = iw_id_incident_of (docid);

  if (incident != NULL)
    touch_incident (self, incident, 0, FALSE);
  return clear (self, doc, error) && (body == NULL || insert (self, doc, docid, body, error));
}
