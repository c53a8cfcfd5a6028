/* The list of incidents. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-derived.h"
#include "iw-fail.h"
#include "iw-queries-private.h"

#define COLUMNS                                                                                    \
  "incident, title, stage, severity, classification, opened_at, closed_at, modified_at, "          \
  "n_entries,"                                                                                     \
  " priority, urgent, source, due_at, due_kind, due_name, n_customers"

/* Enough to tell a prefix from a word that was meant for something else. */
#define MIN_PREFIX 4

IwIncidentRow *
iw_incident_row_copy (const IwIncidentRow *row)
{
  IwIncidentRow *copy = g_memdup2 (row, sizeof *row);

  copy->incident = g_strdup (row->incident);
  copy->title = g_strdup (row->title);
  copy->source = g_strdup (row->source);
  copy->due_name = g_strdup (row->due_name);
  return copy;
}

void
iw_incident_row_free (IwIncidentRow *row)
{
  if (row == NULL)
    return;
  g_free (row->incident);
  g_free (row->title);
  g_free (row->source);
  g_free (row->due_name);
  g_free (row);
}

static IwIncidentRow *
take_row (IwDbStmt *stmt)
{
  IwIncidentRow *row = g_new0 (IwIncidentRow, 1);

  row->incident = g_strdup (iw_db_text (stmt, 0));
  row->title = g_strdup (iw_db_text (stmt, 1));
  row->stage = iw_db_int (stmt, 2);
  row->severity = iw_db_int (stmt, 3);
  row->classification = iw_db_int (stmt, 4);
  row->opened_at = iw_db_int (stmt, 5);
  row->closed_at = iw_db_int (stmt, 6);
  row->modified_at = iw_db_int (stmt, 7);
  row->n_entries = iw_db_int (stmt, 8);
  row->priority = iw_db_int (stmt, 9);
  row->urgent = iw_db_int (stmt, 10) != 0;
  row->source = g_strdup (iw_db_text (stmt, 11));
  row->due_at = iw_db_int (stmt, 12);
  row->due_name = iw_derived_due_words (iw_db_text (stmt, 13), iw_db_text (stmt, 14));
  row->n_customers = iw_db_int (stmt, 15);
  return row;
}

static gboolean
has_text (const IwIncidentsFilter *filter)
{
  return filter != NULL && filter->text != NULL && *filter->text != '\0';
}

/* The pluses keep SQLite from looking rows up by what is filtered, and then sorting them all. */
static void
append_where (GString *sql, const IwIncidentsFilter *filter)
{
  /* Titles are in no index: going through the table is quicker than looking up row after row. */
  if (has_text (filter))
    g_string_append (sql, " NOT INDEXED");
  g_string_append (sql, " WHERE TRUE");
  if (filter == NULL)
    return;
  if (filter->open_only)
    g_string_append (sql, " AND +closed_at = 0");
  if (filter->stage >= 0)
    g_string_append (sql, " AND +stage = ?1");
  if (filter->severity >= 0)
    g_string_append (sql, " AND +severity = ?2");
  if (filter->classification >= 0)
    g_string_append (sql, " AND +classification = ?3");
  if (has_text (filter))
    g_string_append (sql, " AND instr (title_folded, ?4) > 0");
  if (filter->source != NULL)
    g_string_append (sql, " AND +source = ?7");
}

/* Only what append_where() has written a parameter for. */
static void
bind_where (IwDbStmt *stmt, const IwIncidentsFilter *filter)
{
  if (filter == NULL)
    return;
  if (filter->stage >= 0)
    iw_db_bind_int (stmt, 1, filter->stage);
  if (filter->severity >= 0)
    iw_db_bind_int (stmt, 2, filter->severity);
  if (filter->classification >= 0)
    iw_db_bind_int (stmt, 3, filter->classification);
  if (has_text (filter))
    {
      g_autofree char *folded = iw_derived_fold_title (filter->text);

      iw_db_bind_text (stmt, 4, folded);
    }
  if (filter->source != NULL)
    iw_db_bind_text (stmt, 7, filter->source);
}

/* What an order sorts by, each key with its direction, as the index of that order has them; the row
 * id makes it complete. */
static void
append_order (GString *sql, IwIncidentsOrder order, gboolean descending)
{
  static const char *const keys[][4] = {
    [IW_INCIDENTS_BY_URGENCY] = { "closed_at <> 0", "-severity", "opened_at" },
    [IW_INCIDENTS_BY_TITLE] = { "iw_rank (title)" },
    [IW_INCIDENTS_BY_STAGE] = { "stage", "opened_at" },
    [IW_INCIDENTS_BY_SEVERITY] = { "severity", "opened_at" },
    [IW_INCIDENTS_BY_CLASSIFICATION] = { "classification", "opened_at" },
    [IW_INCIDENTS_BY_OPENED] = { "opened_at" },
    [IW_INCIDENTS_BY_MODIFIED] = { "modified_at" },
    [IW_INCIDENTS_BY_DUE] = { "due_at = 0", "due_at" },
    [IW_INCIDENTS_BY_SOURCE] = { "source", "opened_at" },
    [IW_INCIDENTS_BY_PRIORITY] = { "priority", "opened_at" },
    [IW_INCIDENTS_BY_CUSTOMERS] = { "n_customers", "opened_at" },
  };
  const char *direction = descending ? " DESC, " : ", ";

  g_string_append (sql, " ORDER BY ");
  for (guint i = 0; i < 4 && keys[order][i] != NULL; i++)
    {
      g_string_append (sql, keys[order][i]);
      g_string_append (sql, direction);
    }
  g_string_append (sql, descending ? "doc DESC" : "doc");
}

static GPtrArray *
read_incidents (IwStore *store,
                const IwIncidentsFilter *filter,
                const char *sql,
                guint offset,
                guint n,
                GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_incident_row_free);
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (store->db, sql, error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  bind_where (stmt, filter);
  iw_db_bind_int (stmt, 5, n);
  iw_db_bind_int (stmt, 6, offset);
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_ptr_array_add (rows, take_row (stmt));
  return step == IW_DB_DONE ? g_steal_pointer (&rows) : NULL;
}

/* First which rows, then what is in them: what is skipped or sorted need not be read. */
char *
iw_queries_incidents_sql (const IwIncidentsFilter *filter,
                          IwIncidentsOrder order,
                          gboolean descending)
{
  GString *sql = g_string_new ("SELECT " COLUMNS " FROM incident WHERE doc IN"
                               " (SELECT doc FROM incident");

  append_where (sql, filter);
  append_order (sql, order, descending);
  g_string_append (sql, " LIMIT ?5 OFFSET ?6)");
  append_order (sql, order, descending);
  return g_string_free_and_steal (sql);
}

GPtrArray *
iw_query_incidents (IwStore *store,
                    const IwIncidentsFilter *filter,
                    IwIncidentsOrder order,
                    gboolean descending,
                    guint offset,
                    guint n,
                    GError **error)
{
  g_autofree char *sql = iw_queries_incidents_sql (filter, order, descending);
  GPtrArray *rows = NULL;
  gboolean begun;

  if (!iw_db_begin_read (store->db, &begun, error))
    return NULL;
  if (order != IW_INCIDENTS_BY_TITLE || iw_title_order_update (store, error))
    rows = read_incidents (store, filter, sql, offset, n, error);
  iw_db_end_read (store->db, begun);
  return rows;
}

gboolean
iw_query_count_incidents (IwStore *store, const IwIncidentsFilter *filter, guint *n, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*) FROM incident");
  g_autoptr (IwDbStmt) stmt = NULL;

  append_where (sql, filter);
  stmt = iw_db_prepare (store->db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  bind_where (stmt, filter);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  *n = iw_db_int (stmt, 0);
  return TRUE;
}

IwIncidentRow *
iw_query_incident (IwStore *store, const char *incident_or_prefix, GError **error)
{
  g_autofree char *prefix = g_ascii_strdown (incident_or_prefix, -1);
  g_autoptr (IwIncidentRow) row = NULL;
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      store->db,
      "SELECT " COLUMNS " FROM incident WHERE incident >= ?1 AND incident < ?1 || '~' LIMIT 2",
      error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  if (strlen (prefix) < MIN_PREFIX)
    {
      iw_fail (error, IW_STORE_ERROR_NOT_FOUND,
               _ ("“%s” is too short: give at least four characters of the incident's id."),
               prefix);
      return NULL;
    }
  iw_db_bind_text (stmt, 1, prefix);
  step = iw_db_step (stmt, error);
  if (step == IW_DB_ROW)
    {
      row = take_row (stmt);
      step = iw_db_step (stmt, error);
      if (step == IW_DB_DONE)
        return g_steal_pointer (&row);
      if (step == IW_DB_ROW)
        iw_fail (error, IW_STORE_ERROR_NOT_FOUND,
                 _ ("More than one incident's id begins with “%s”."), prefix);
    }
  else if (step == IW_DB_DONE)
    iw_fail (error, IW_STORE_ERROR_NOT_FOUND, _ ("There is no incident “%s”."), prefix);
  return NULL;
}

IwIncidentState *
iw_query_incident_state (IwStore *store, const char *incident, GError **error)
{
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autoptr (JsonObject) body = iw_store_get (store, docid, NULL, error);
  g_autoptr (IwDecisions) decisions = NULL;
  IwIncidentState *state;

  if (body == NULL)
    return NULL;
  decisions = iw_derived_read_decisions (store, incident, error);
  state = decisions != NULL ? iw_incident_fold (decisions) : NULL;
  if (state != NULL && state->opened_at == 0)
    {
      g_autoptr (IwIncidentRow) row = iw_query_incident (store, incident, NULL);

      state->opened_at = row != NULL ? row->opened_at : 0;
    }
  return state;
}

GPtrArray *
iw_query_due (IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_incident_row_free);
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (store->db,
                     "SELECT " COLUMNS " FROM incident WHERE (due_at = 0) = 0 AND closed_at = 0"
                     " ORDER BY due_at, doc",
                     error);
  IwDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    g_ptr_array_add (rows, take_row (stmt));
  return step == IW_DB_DONE ? g_steal_pointer (&rows) : NULL;
}
