/* The tables that screens read, made from the winning bodies and from nothing else. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-derived.h"
#include "iw-evidence.h"
#include "iw-incident.h"
#include "iw-json.h"

static void
touch (IwStore *self, const char *incident)
{
  if (!g_hash_table_contains (self->touched, incident))
    g_hash_table_add (self->touched, g_strdup (incident));
}

/* Runs a statement with one integer. */
static gboolean
run_int (IwStore *self, const char *sql, gint64 value, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, value);
  return iw_db_run (stmt, error);
}

/* ---- full text ---- */

static char *
entry_text (IwEntry *entry)
{
  g_autofree char *tags = g_strjoinv ("\n", (char **)iw_entry_get_tags (entry));

  return g_strjoin ("\n", iw_entry_get_text (entry), iw_entry_get_actor (entry),
                    iw_entry_get_team (entry), iw_entry_get_source (entry), tags, NULL);
}

/* @text NULL: none. (transfer full) */
static void
note_text (IwStore *self, gint64 doc, char *text)
{
  g_hash_table_insert (self->texts, g_memdup2 (&doc, sizeof doc), text);
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
  gpointer text;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      gint64 doc = *(gint64 *)key;

      if (!run_int (self, "DELETE FROM entry_fts WHERE rowid = ?1", doc, error) ||
          (text != NULL && !insert_text (self, doc, text, error)))
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
  iw_db_bind_text (stmt, 5, iw_entry_get_actor (entry));
  iw_db_bind_text (stmt, 6, iw_entry_get_team (entry));
  iw_db_bind_text (stmt, 7, iw_entry_get_source (entry));
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
  stmt = iw_db_prepare (self->db, "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", error);
  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_entry (stmt, doc, entry);
  note_text (self, doc, entry_text (entry));
  touch (self, iw_entry_get_incident (entry));
  return iw_db_run (stmt, error) && insert_tags (self, doc, entry, error);
}

/* An entry that moves to another incident changes both. */
static gboolean
touch_old_incident (IwStore *self, gint64 doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT incident FROM entry WHERE doc = ?1", error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    touch (self, iw_db_text (stmt, 0));
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

/* ---- incidents ---- */

static void
note_incident_text (IwStore *self, gint64 doc, JsonObject *body)
{
  note_text (self, doc,
             g_strjoin ("\n", iw_json_get_string (body, "title", ""),
                        iw_json_get_string (body, "summary", ""), NULL));
}

static gboolean
is_incident_document (const char *docid)
{
  return g_str_has_suffix (docid, ":incident");
}

char *
iw_derived_fold_title (const char *title)
{
  g_autofree char *normal = g_utf8_normalize (title, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* Entries that make decisions, for the fold. */
static GPtrArray *
read_decisions (IwStore *self, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT d.docid, r.body FROM entry e JOIN doc d ON d.id = e.doc JOIN rev r ON r.id = d.winner"
      " WHERE e.incident = ?1 AND e.decision",
      error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_text (stmt, 1, incident);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      g_autoptr (JsonObject) body = iw_json_from_text (iw_db_text (stmt, 1), error);
      IwEntry *entry;

      if (body == NULL)
        return NULL;
      entry = iw_entry_new_from_json (iw_db_text (stmt, 0), body, NULL);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return step == IW_DB_DONE ? g_steal_pointer (&entries) : NULL;
}

IwIncidentState *
iw_derived_fold (IwStore *self, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) entries = read_decisions (self, incident, error);

  return entries != NULL ? iw_incident_fold (entries) : NULL;
}

static gboolean
read_totals (IwStore *self, const char *incident, IwIncidentRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT (SELECT count(*) FROM entry WHERE incident = ?1),"
      " (SELECT max(modified_at) FROM doc WHERE docid >= ?1 || ':' AND docid < ?1 || ';')",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, incident);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  row->n_entries = iw_db_int (stmt, 0);
  row->modified_at = iw_db_int (stmt, 1);
  return TRUE;
}

IwIncidentRow *
iw_derived_make_incident (IwStore *self, const char *incident, JsonObject *body, GError **error)
{
  g_autoptr (IwIncidentRow) row = g_new0 (IwIncidentRow, 1);
  g_autoptr (IwIncidentState) state = iw_derived_fold (self, incident, error);

  if (state == NULL || !read_totals (self, incident, row, error))
    return NULL;
  row->incident = g_strdup (incident);
  row->title = g_strdup (iw_json_get_string (body, "title", ""));
  row->stage = state->stage;
  row->severity = state->severity;
  row->classification = state->classification;
  row->opened_at = state->opened_at != 0 ? state->opened_at : iw_json_get_time (body, "created_at");
  row->closed_at = state->closed_at;
  return g_steal_pointer (&row);
}

void
iw_derived_bind_incident (IwDbStmt *stmt, gint64 doc, const IwIncidentRow *row)
{
  g_autofree char *folded = iw_derived_fold_title (row->title);

  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_text (stmt, 2, row->incident);
  iw_db_bind_text (stmt, 3, row->title);
  iw_db_bind_text (stmt, 4, folded);
  iw_db_bind_int (stmt, 5, row->stage);
  iw_db_bind_int (stmt, 6, row->severity);
  iw_db_bind_int (stmt, 7, row->classification);
  iw_db_bind_int (stmt, 8, row->opened_at);
  iw_db_bind_int (stmt, 9, row->closed_at);
  iw_db_bind_int (stmt, 10, row->modified_at);
  iw_db_bind_int (stmt, 11, row->n_entries);
}

static gboolean
replace_incident (IwStore *self, gint64 doc, const IwIncidentRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "INSERT OR REPLACE INTO incident VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_incident (stmt, doc, row);
  return iw_db_run (stmt, error);
}

gboolean
iw_derived_refresh_incident (IwStore *self, const char *incident, GError **error)
{
  g_autofree char *docid = iw_id_incident_document (incident);
  g_auto (IwRevRow) winner = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (IwIncidentRow) row = NULL;
  gint64 doc;

  if (!iw_store_find_doc (self, docid, &doc, error))
    return FALSE;
  if (doc == 0)
    return TRUE; /* its document is still to come */
  if (!iw_store_read_winner (self, doc, &winner, error))
    return FALSE;
  if (winner.deleted || winner.body == NULL)
    return run_int (self, "DELETE FROM incident WHERE doc = ?1", doc, error);
  body = iw_json_from_text (winner.body, error);
  if (body == NULL)
    return FALSE;
  if (strcmp (iw_json_get_string (body, "type", ""), "incident") != 0)
    return run_int (self, "DELETE FROM incident WHERE doc = ?1", doc, error);
  row = iw_derived_make_incident (self, incident, body, error);
  return row != NULL && replace_incident (self, doc, row, error);
}

/* ---- a document ---- */

static gboolean
clear (IwStore *self, gint64 doc, GError **error)
{
  note_text (self, doc, NULL);
  return touch_old_incident (self, doc, error) &&
         run_int (self, "DELETE FROM entry WHERE doc = ?1", doc, error) &&
         run_int (self, "DELETE FROM evidence WHERE doc = ?1", doc, error);
}

static gboolean
insert (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  const char *type = iw_json_get_string (body, "type", "");

  if (strcmp (type, "entry") == 0)
    return insert_entry (self, doc, docid, body, error);
  if (strcmp (type, "evidence") == 0)
    return insert_evidence (self, doc, docid, body, error);
  if (strcmp (type, "incident") == 0 && is_incident_document (docid))
    note_incident_text (self, doc, body);
  return TRUE;
}

gboolean
iw_derived_update (IwStore *self, gint64 doc, const char *docid, JsonObject *body, GError **error)
{
  g_autofree char *incident = iw_id_incident_of (docid);

  if (incident != NULL)
    touch (self, incident);
  return clear (self, doc, error) && (body == NULL || insert (self, doc, docid, body, error));
}
