/* Do the screens' tables say what the documents say? */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-derived.h"
#include "iw-json.h"

/* More would bury the rest; one wrong table is one cause. */
#define MAX_NAMED 20

/* *same: whether @sql, with the document as ?1, finds no row. */
static gboolean
lacks (IwStore *self, const char *sql, gint64 doc, gboolean *same, GError **error)
{
  gboolean found;

  if (!iw_db_find_int (self->db, sql, doc, &found, error))
    return FALSE;
  *same = !found;
  return TRUE;
}

static gboolean
step_matches (IwDbStmt *stmt, gboolean *same, GError **error)
{
  IwDbStep step = iw_db_step (stmt, error);

  *same = step == IW_DB_ROW;
  return step != IW_DB_ERROR;
}

static gboolean
check_entry (IwStore *self,
             gint64 doc,
             const char *docid,
             JsonObject *body,
             gboolean *same,
             GError **error)
{
  g_autoptr (IwEntry) entry =
      body != NULL && g_str_equal (iw_json_get_string (body, "type", ""), "entry")
          ? iw_entry_new_from_json (docid, body, NULL)
          : NULL;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (entry == NULL)
    return lacks (self, "SELECT 1 FROM entry WHERE doc = ?1", doc, same, error);
  stmt = iw_db_prepare (self->db,
                        "SELECT 1 FROM entry WHERE doc = ?1 AND incident = ?2 AND sort_time = ?3"
                        " AND decision = ?4 AND key = ?5 AND actor = ?6 AND team = ?7"
                        " AND source = ?8",
                        error);
  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_entry (stmt, doc, entry);
  return step_matches (stmt, same, error);
}

static gboolean
check_evidence (IwStore *self,
                gint64 doc,
                const char *docid,
                JsonObject *body,
                gboolean *same,
                GError **error)
{
  g_autoptr (IwEvidence) evidence =
      body != NULL && g_str_equal (iw_json_get_string (body, "type", ""), "evidence")
          ? iw_evidence_new_from_json (docid, body, NULL)
          : NULL;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (evidence == NULL)
    return lacks (self, "SELECT 1 FROM evidence WHERE doc = ?1", doc, same, error);
  stmt = iw_db_prepare (self->db,
                        "SELECT 1 FROM evidence WHERE doc = ?1 AND incident = ?2 AND name = ?3"
                        " AND sha256 = ?4 AND n_rows = ?5",
                        error);
  if (stmt == NULL)
    return FALSE;
  iw_derived_bind_evidence (stmt, doc, evidence);
  return step_matches (stmt, same, error);
}

static gboolean
check_incident (IwStore *self,
                gint64 doc,
                const char *docid,
                JsonObject *body,
                gboolean *same,
                GError **error)
{
  g_autofree char *incident = iw_id_incident_of (docid);
  g_autoptr (IwDerivedIncident) row = NULL;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (incident == NULL || body == NULL || !iw_derived_is_incident (docid, body))
    return lacks (self, "SELECT 1 FROM incident WHERE doc = ?1", doc, same, error);
  row = iw_derived_make_incident (self, incident, body, -1, error);
  stmt = iw_db_prepare (self->db,
                        "SELECT 1 FROM incident WHERE doc = ?1 AND incident = ?2 AND title = ?3"
                        " AND title_folded = ?4 AND stage = ?5 AND severity = ?6"
                        " AND classification = ?7 AND opened_at = ?8 AND closed_at = ?9"
                        " AND modified_at = ?10 AND n_entries = ?11 AND priority = ?12"
                        " AND urgent = ?13 AND source = ?14 AND due_at = ?15 AND due_kind = ?16"
                        " AND due_name = ?17 AND n_customers = ?18",
                        error);
  if (row == NULL || stmt == NULL)
    return FALSE;
  iw_derived_bind_incident (stmt, doc, row);
  return step_matches (stmt, same, error);
}

/* Whether exactly one row of a table matches @sql if @expected, and else none is there (@absent).
 */
static gboolean
check_row (IwDbStmt *stmt,
           IwStore *self,
           const char *absent,
           gint64 doc,
           gboolean expected,
           gboolean *same,
           GError **error)
{

  if (expected)
    return step_matches (stmt, same, error);
  return lacks (self, absent, doc, same, error);
}

static gboolean
check_document (IwStore *self,
                gint64 doc,
                const char *docid,
                JsonObject *body,
                gboolean *same,
                GError **error)
{
  gboolean expected = body != NULL && !g_str_equal (iw_json_get_string (body, "type", ""), "entry");
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT 1 FROM document WHERE doc = ?1 AND incident = ?2 AND type = ?3"
                     " AND created_at = ?4",
                     error);

  if (stmt == NULL)
    return FALSE;
  if (expected)
    iw_derived_bind_document (stmt, doc, docid, body);
  return check_row (stmt, self, "SELECT 1 FROM document WHERE doc = ?1", doc, expected, same,
                    error);
}

static gboolean
check_external (IwStore *self,
                gint64 doc,
                const char *docid,
                JsonObject *body,
                gboolean *same,
                GError **error)
{
  gboolean expected = body != NULL && *iw_json_get_string (body, "external", "") != '\0';
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT 1 FROM external WHERE doc = ?1 AND external = ?2 AND created_at = ?3",
      error);

  if (stmt == NULL)
    return FALSE;
  if (expected)
    iw_derived_bind_external (stmt, doc, body);
  return check_row (stmt, self, "SELECT 1 FROM external WHERE doc = ?1", doc, expected, same,
                    error);
}

static gboolean
check_indicator (IwStore *self,
                 gint64 doc,
                 const char *docid,
                 JsonObject *body,
                 gboolean *same,
                 GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db, "SELECT 1 FROM indicator WHERE doc = ?1 AND value = ?2 AND created_at = ?3", error);
  gboolean expected;

  if (stmt == NULL)
    return FALSE;
  expected = body != NULL && g_str_equal (iw_json_get_string (body, "type", ""), "indicator") &&
             iw_derived_bind_indicator (stmt, doc, body);
  return check_row (stmt, self, "SELECT 1 FROM indicator WHERE doc = ?1", doc, expected, same,
                    error);
}

/* What the search finds has its words in the index, and nothing else has. */
static gboolean
check_text (IwStore *self,
            gint64 doc,
            const char *docid,
            JsonObject *body,
            gboolean *same,
            GError **error)
{
  g_auto (GStrv) texts = body != NULL ? iw_derived_texts (docid, body) : NULL;
  gboolean indexed;

  if (!iw_db_find_int (self->db, "SELECT 1 FROM entry_fts WHERE rowid = ?1", doc, &indexed, error))
    return FALSE;
  *same = indexed == (texts != NULL);
  return TRUE;
}

static gboolean
check_shown (IwStore *self,
             gint64 doc,
             const char *docid,
             JsonObject *body,
             gboolean *same,
             GError **error)
{
  g_auto (IwRevRow) winner = { 0 };
  g_auto (IwRevRow) is = { 0 };
  g_auto (IwRevRow) should = { 0 };

  *same = FALSE;
  if (!iw_store_read_winner (self, doc, &winner, error) ||
      !iw_store_read_shown (self, doc, &is, error))
    return FALSE;
  if (winner.id == 0)
    return TRUE;
  if (!iw_store_find_shown (self, doc, &winner, &should, error))
    return FALSE;
  *same = is.id == should.id;
  return TRUE;
}

typedef gboolean (*CheckFunc) (IwStore *self,
                               gint64 doc,
                               const char *docid,
                               JsonObject *body,
                               gboolean *same,
                               GError **error);

static gboolean
check_one (IwStore *self,
           gint64 doc,
           const char *docid,
           JsonObject *body,
           gboolean *same,
           GError **error)
{
  static const CheckFunc checks[] = { check_shown,     check_entry,    check_evidence,
                                      check_incident,  check_document, check_external,
                                      check_indicator, check_text };

  *same = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (checks) && *same; i++)
    if (!checks[i](self, doc, docid, body, same, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_all (IwStore *self,
           GPtrArray *problems,
           guint *n_wrong,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT d.id, d.docid, CASE WHEN r.deleted THEN NULL ELSE r.body END"
                     " FROM doc d LEFT JOIN rev r ON r.id = d.shown ORDER BY d.id",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      const char *docid = iw_db_text (stmt, 1);
      g_autoptr (JsonObject) body =
          iw_db_is_null (stmt, 2) ? NULL : iw_json_from_text (iw_db_text (stmt, 2), NULL);
      gboolean same;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !check_one (self, iw_db_int (stmt, 0), docid, body, &same, error))
        return FALSE;
      if (!same && ++*n_wrong <= MAX_NAMED)
        g_ptr_array_add (
            problems, g_strdup_printf (
                          _ ("The lists do not show the document “%s” as it is stored."), docid));
    }
  return step == IW_DB_DONE;
}

gboolean
iw_derived_check (IwStore *self, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  guint n_wrong = 0;

  if (!check_all (self, problems, &n_wrong, cancellable, error))
    return FALSE;
  if (n_wrong > MAX_NAMED)
    g_ptr_array_add (problems, g_strdup_printf (ngettext ("The same holds for %u more document.",
                                                          "The same holds for %u more documents.",
                                                          n_wrong - MAX_NAMED),
                                                n_wrong - MAX_NAMED));
  return TRUE;
}
