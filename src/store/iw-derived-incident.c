/* The row of an incident: its own document, and what its decisions add up to. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-clock.h"
#include "iw-derived.h"
#include "iw-json.h"
#include "iw-notice.h"
#include "iw-scope.h"

void
iw_derived_incident_free (IwDerivedIncident *self)
{
  if (self == NULL)
    return;
  g_free (self->row.incident);
  g_free (self->row.title);
  g_free (self->row.source);
  g_free (self->row.due_name);
  g_free (self->due_kind);
  g_free (self);
}

char *
iw_derived_fold_title (const char *title)
{
  g_autofree char *normal = g_utf8_normalize (title, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* ---- reading ---- */

IwDecisions *
iw_derived_read_decisions (IwStore *self, const char *incident, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT d.docid, r.body FROM entry e JOIN doc d ON d.id = e.doc JOIN rev r ON r.id = d.shown"
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
  return step == IW_DB_DONE ? iw_decisions_new (entries) : NULL;
}

/* Adds a document to @documents if it is a live scope item. */
static gboolean
read_scope_item (IwStore *self, const char *docid, GPtrArray *documents, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT r.body FROM doc d JOIN document t ON t.doc = d.id"
                     " JOIN rev r ON r.id = d.shown WHERE d.docid = ?1 AND t.type = 'scope'",
                     error);
  g_autoptr (JsonObject) body = NULL;
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  step = iw_db_step (stmt, error);
  if (step != IW_DB_ROW)
    return step == IW_DB_DONE;
  body = iw_json_from_text (iw_db_text (stmt, 0), error);
  if (body == NULL)
    return FALSE;
  g_ptr_array_add (documents, iw_document_new (docid, NULL, body));
  return TRUE;
}

/* Customers that are affected. Those that nobody decided upon are not, so only the others are read.
 */
static gboolean
count_customers (IwStore *self, IwDecisions *decisions, guint *n, GError **error)
{
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) items = NULL;
  guint index = 0;
  IwEntry *entry;

  while ((entry = iw_decisions_next (decisions, &index, IW_ENTRY_SCOPE, NULL)) != NULL)
    {
      const char *subject = iw_entry_get_field (entry, "subject");

      if (subject != NULL && g_hash_table_add (seen, (char *)subject) &&
          !read_scope_item (self, subject, documents, error))
        return FALSE;
    }
  *n = 0;
  items = iw_scope_fold (documents, decisions);
  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      *n += item->kind == IW_SCOPE_CUSTOMER &&
            (item->state == IW_SCOPE_SUSPECTED || item->state == IW_SCOPE_CONFIRMED);
    }
  return TRUE;
}

static gboolean
read_totals (IwStore *self,
             const char *incident,
             gint64 n_entries,
             IwIncidentRow *row,
             GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT CASE WHEN ?2 < 0 THEN (SELECT count(*) FROM entry WHERE incident = ?1) ELSE ?2 END,"
      " (SELECT coalesce (max (modified_at), 0) FROM doc"
      " WHERE substr (docid, 1, 36) = ?1 AND modified_at > 0)",
      error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, incident);
  iw_db_bind_int (stmt, 2, n_entries);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  row->n_entries = iw_db_int (stmt, 0);
  row->modified_at = iw_db_int (stmt, 1);
  return TRUE;
}

/* ---- what is due ---- */

/* The part of a clock's name that a person wrote: the rest is words of the user's language. */
static const char *
written_name (const IwClock *clock, IwDecisions *decisions)
{
  IwEntry *entry = iw_decisions_find (decisions, clock->id);
  const char *name = NULL;

  if (entry != NULL && clock->kind == IW_CLOCK_ACKNOWLEDGEMENT)
    name = iw_entry_get_field (entry, "to");
  else if (entry != NULL && clock->kind != IW_CLOCK_CUSTOMER_NOTICE)
    name = iw_entry_get_field (entry, "name");
  return name != NULL ? name : "";
}

static void
fold_due (IwDerivedIncident *self, IwDecisions *decisions)
{
  g_autoptr (GPtrArray) notices = iw_notices_fold (decisions);
  g_autoptr (GPtrArray) clocks = iw_clocks_fold (decisions, notices);
  const IwClock *next = iw_clocks_next_due (clocks);

  self->row.due_at = next != NULL ? next->due : 0;
  self->row.due_name = g_strdup (next != NULL ? written_name (next, decisions) : "");
  self->due_kind = g_strdup (next != NULL ? iw_clock_kind_to_string (next->kind) : "");
}

char *
iw_derived_due_words (const char *kind, const char *name)
{
  IwClockKind known;

  if (!iw_clock_kind_from_string (kind, &known))
    return g_strdup (name);
  if (*name == '\0')
    return g_strdup (iw_clock_kind_label (known));
  if (known == IW_CLOCK_ACKNOWLEDGEMENT)
    /* Translators: the name of a clock; a team or person: "Acknowledgement by Legal". */
    return g_strdup_printf (_ ("Acknowledgement by %s"), name);
  return g_strdup (name);
}

/* ---- the row ---- */

static void
fold_state (IwIncidentRow *row, IwDecisions *decisions, JsonObject *body)
{
  g_autoptr (IwIncidentState) state = iw_incident_fold (decisions);
  const char *source =
      state->detection != NULL ? iw_entry_get_field (state->detection, "to") : NULL;

  row->stage = state->stage;
  row->severity = state->severity;
  row->classification = state->classification;
  row->priority = state->priority;
  row->urgent = state->urgent;
  row->source = g_strdup (source != NULL ? source : "");
  row->opened_at = state->opened_at != 0 ? state->opened_at : iw_json_get_time (body, "created_at");
  row->closed_at = state->closed_at;
}

IwDerivedIncident *
iw_derived_make_incident (IwStore *self,
                          const char *incident,
                          JsonObject *body,
                          gint64 n_entries,
                          GError **error)
{
  g_autoptr (IwDerivedIncident) made = g_new0 (IwDerivedIncident, 1);
  g_autoptr (IwDecisions) decisions = iw_derived_read_decisions (self, incident, error);

  if (decisions == NULL || !read_totals (self, incident, n_entries, &made->row, error) ||
      !count_customers (self, decisions, &made->row.n_customers, error))
    return NULL;
  made->row.incident = g_strdup (incident);
  made->row.title = g_strdup (iw_json_get_string (body, "title", ""));
  fold_state (&made->row, decisions, body);
  fold_due (made, decisions);
  return g_steal_pointer (&made);
}

void
iw_derived_bind_incident (IwDbStmt *stmt, gint64 doc, const IwDerivedIncident *incident)
{
  const IwIncidentRow *row = &incident->row;
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
  iw_db_bind_int (stmt, 12, row->priority);
  iw_db_bind_int (stmt, 13, row->urgent);
  iw_db_bind_text (stmt, 14, row->source);
  iw_db_bind_int (stmt, 15, row->due_at);
  iw_db_bind_text (stmt, 16, incident->due_kind);
  iw_db_bind_text (stmt, 17, row->due_name);
  iw_db_bind_int (stmt, 18, row->n_customers);
}

/* ---- writing ---- */

static gboolean
replace (IwStore *self, gint64 doc, const IwDerivedIncident *incident, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "INSERT OR REPLACE INTO incident VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                     " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_incident (stmt, doc, incident);
  return iw_db_run (stmt, error);
}

static gboolean
remove_row (IwStore *self, gint64 doc, GError **error)
{
  return iw_db_run_with (self->db, "DELETE FROM incident WHERE doc = ?1", IW_DB_INTS (doc), error);
}

/* Where nothing came that the fold rests on, an incident of 50,000 entries is not looked through.
 */
static gboolean
update_totals (IwStore *self, const char *incident, const IwTouch *touch, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "UPDATE incident SET n_entries = n_entries + ?2, modified_at ="
                     " (SELECT coalesce (max (modified_at), 0) FROM doc"
                     " WHERE substr (docid, 1, 36) = ?1 AND modified_at > 0)"
                     " WHERE incident = ?1",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, incident);
  iw_db_bind_int (stmt, 2, touch->n_entries);
  return iw_db_run (stmt, error);
}

/* How many entries it has now; -1 where they must be counted. */
static gboolean
read_n_entries (IwStore *self,
                const char *incident,
                const IwTouch *touch,
                gint64 *n_entries,
                GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "SELECT n_entries FROM incident WHERE incident = ?1", error);
  IwDbStep step;

  *n_entries = -1;
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, incident);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    *n_entries = iw_db_int (stmt, 0) + touch->n_entries;
  return step != IW_DB_ERROR;
}

static gboolean
refold (IwStore *self,
        const char *incident,
        const char *docid,
        gint64 doc,
        const IwTouch *touch,
        GError **error)
{
  g_auto (IwRevRow) shown = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (IwDerivedIncident) made = NULL;
  gint64 n_entries;

  if (!iw_store_read_shown (self, doc, &shown, error))
    return FALSE;
  if (shown.deleted || shown.body == NULL)
    return remove_row (self, doc, error);
  body = iw_json_from_text (shown.body, error);
  if (body == NULL)
    return FALSE;
  if (!iw_derived_is_incident (docid, body))
    return remove_row (self, doc, error);
  if (!read_n_entries (self, incident, touch, &n_entries, error))
    return FALSE;
  made = iw_derived_make_incident (self, incident, body, n_entries, error);
  return made != NULL && replace (self, doc, made, error);
}

static gboolean
refresh_incident (IwStore *self, const char *incident, const IwTouch *touch, GError **error)
{
  g_autofree char *docid = NULL;
  gint64 doc;

  if (*incident == '\0')
    return TRUE; /* the workspace has no row */
  if (!touch->refold)
    return update_totals (self, incident, touch, error);
  docid = iw_id_incident_document (incident);
  /* Where its document is still to come, there is no row yet. */
  return iw_store_find_doc (self, docid, &doc, error) &&
         (doc == 0 || refold (self, incident, docid, doc, touch, error));
}

gboolean
iw_derived_refresh_touched (IwStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer incident;
  gpointer touch;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &incident, &touch))
    if (!refresh_incident (self, incident, touch, error))
      return FALSE;
  return TRUE;
}
