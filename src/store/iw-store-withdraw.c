/* Undoing a decision writes a withdrawal of it, redoing that a withdrawal of the withdrawal: both
 * stay on the record, and every copy of the workspace folds them the same. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-derived.h"
#include "iw-incident.h"
#include "iw-json.h"

struct _IwWithdrawals
{
  IwStore *store;
  gint64 action;
  GArray *steps;         /* (element-type IwJournalStep) */
  GHashTable *decisions; /* incident → IwDecisions as they were before anything was written */
  GHashTable *ids;       /* document id → IwJournalStep */
};

IwWithdrawals *
iw_withdrawals_new (IwStore *store, gint64 action, GArray *steps)
{
  IwWithdrawals *self = g_new0 (IwWithdrawals, 1);

  self->store = store;
  self->action = action;
  self->steps = steps;
  self->decisions =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)iw_decisions_unref);
  return self;
}

void
iw_withdrawals_free (IwWithdrawals *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->decisions);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_free (self);
}

/* ---- what was before ---- */

/* (transfer none) */
static IwDecisions *
get_decisions (IwWithdrawals *self, const char *incident, GError **error)
{
  IwDecisions *decisions = g_hash_table_lookup (self->decisions, incident);

  if (decisions != NULL)
    return decisions;
  decisions = iw_derived_read_decisions (self->store, incident, error);
  if (decisions != NULL)
    g_hash_table_insert (self->decisions, g_strdup (incident), decisions);
  return decisions;
}

static gboolean
read_ids (IwWithdrawals *self, GError **error)
{
  if (self->ids != NULL)
    return TRUE;
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->steps->len; i++)
    {
      IwJournalStep *step = &g_array_index (self->steps, IwJournalStep, i);
      char *docid = iw_store_docid_of (self->store, step->doc, error);

      if (docid == NULL)
        return FALSE;
      g_hash_table_insert (self->ids, docid, step);
    }
  return TRUE;
}

/* Whether a withdrawal of @docid counts that is neither @except nor of the same action, which is
 * taken back as a whole. */
static gboolean
is_withdrawn_otherwise (IwWithdrawals *self,
                        IwDecisions *decisions,
                        const char *docid,
                        const char *except)
{
  guint index = 0;
  IwEntry *entry;

  while ((entry = iw_decisions_next (decisions, &index, IW_ENTRY_WITHDRAWAL, docid)) != NULL)
    if (g_strcmp0 (iw_entry_get_id (entry), except) != 0 &&
        !g_hash_table_contains (self->ids, iw_entry_get_id (entry)))
      return TRUE;
  return FALSE;
}

static gboolean
counts (IwDecisions *decisions, const char *docid)
{
  int index = iw_decisions_index_of (decisions, docid);

  return index >= 0 && iw_decisions_get_problem (decisions, index) == NULL;
}

/* What a withdrawal of @docid says it withdraws; NULL where that is no decision here.
 * (transfer full) */
static char *
find_of (IwDecisions *decisions, const char *docid)
{
  IwEntry *entry = iw_decisions_find (decisions, docid);

  return entry != NULL ? iw_withdrawal_of (entry) : NULL;
}

/* ---- writing ---- */

static char *
make_withdrawal (IwStore *store,
                 const char *incident,
                 const char *subject,
                 const char *of,
                 GError **error)
{
  /* The database holds one language; the window translates it. */
  g_autoptr (IwEntry) entry = iw_decision_new (incident, "withdrawal", "subject", subject, "of", of,
                                               "why", N_ ("Undone"), NULL);
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *now = iw_store_now_text (store);
  IwTime time;

  if (iw_time_parse_rfc3339 (now, NULL, &time))
    {
      iw_entry_set_occurred (entry, time);
      iw_entry_set_recorded (entry, time);
    }
  iw_entry_set_actor (entry, store->author);
  body = iw_entry_to_json (entry);
  iw_store_stamp (store, body, now, TRUE);
  return iw_json_to_canonical (body, error);
}

static gboolean
write_withdrawal (IwStore *store,
                  const char *incident,
                  const char *subject,
                  const char *of,
                  gint64 *doc,
                  GStrvBuilder *changed,
                  GError **error)
{
  g_autofree char *docid = iw_id_new_document (store->context, incident, "entry");
  g_autofree char *text = make_withdrawal (store, incident, subject, of, error);
  g_auto (IwRevRow) none = { 0 };
  g_auto (IwRevRow) made = { 0 };

  if (text == NULL || !iw_store_insert_doc (store, docid, doc, error) ||
      !iw_store_add_child (store, *doc, &none, 0, text, FALSE, &made, error) ||
      !iw_store_settle (store, *doc, docid, NULL, error))
    return FALSE;
  g_strv_builder_add (changed, docid);
  return TRUE;
}

static gboolean
note_withdrawal (IwWithdrawals *self, gint64 doc, gint64 withdrawal, GError **error)
{
  return iw_db_run_with (self->store->db,
                         "UPDATE action_step SET withdrawal = ?3 WHERE action = ?1 AND doc = ?2",
                         IW_DB_INTS (self->action, doc, withdrawal), error);
}

/* ---- a step ---- */

/* An incident that the action made goes as a whole, and comes back so: its first decisions need no
 * word. */
static gboolean
goes_with_incident (IwWithdrawals *self, const char *incident, gboolean *goes, GError **error)
{
  g_autofree char *docid = iw_id_incident_document (incident);
  const IwJournalStep *step = g_hash_table_lookup (self->ids, docid);
  g_auto (IwRevRow) target = { 0 };

  *goes = FALSE;
  if (step == NULL)
    return TRUE;
  if (!iw_store_read_rev_by_id (self->store, step->target, &target, error))
    return FALSE;
  *goes = target.id == 0 || target.deleted;
  return TRUE;
}

static gboolean
take_back (IwWithdrawals *self,
           const IwJournalStep *step,
           const IwRevRow *decision,
           const char *incident,
           const char *docid,
           IwJournalDirection direction,
           GStrvBuilder *changed,
           GError **error)
{
  g_autofree char *of = NULL;
  IwDecisions *decisions;
  gint64 withdrawal;
  gboolean goes;

  if (!goes_with_incident (self, incident, &goes, error))
    return FALSE;
  if (goes)
    return TRUE;
  decisions = get_decisions (self, incident, error);
  if (decisions == NULL)
    return FALSE;
  if (is_withdrawn_otherwise (self, decisions, docid, NULL))
    return iw_journal_conflict (decision, docid, direction, error);
  of = find_of (decisions, docid);
  return write_withdrawal (self->store, incident, docid, of, &withdrawal, changed, error) &&
         note_withdrawal (self, step->doc, withdrawal, error);
}

static gboolean
put_back (IwWithdrawals *self,
          const IwJournalStep *step,
          const IwRevRow *decision,
          const char *incident,
          const char *docid,
          IwJournalDirection direction,
          GStrvBuilder *changed,
          GError **error)
{
  g_autofree char *withdrawal = NULL;
  g_autofree char *of = NULL;
  IwDecisions *decisions;
  gint64 doc;

  if (step->withdrawal == 0)
    return TRUE;
  withdrawal = iw_store_docid_of (self->store, step->withdrawal, error);
  decisions = withdrawal != NULL ? get_decisions (self, incident, error) : NULL;
  if (decisions == NULL)
    return FALSE;
  /* Somebody else has put it back, or withdrawn it for a reason of their own. */
  if (!counts (decisions, withdrawal) ||
      is_withdrawn_otherwise (self, decisions, docid, withdrawal))
    return iw_journal_conflict (decision, docid, direction, error);
  of = find_of (decisions, withdrawal);
  return write_withdrawal (self->store, incident, withdrawal, of, &doc, changed, error);
}

gboolean
iw_withdrawals_revert (IwWithdrawals *self,
                       const IwJournalStep *step,
                       const IwRevRow *decision,
                       const char *docid,
                       gboolean gone,
                       IwJournalDirection direction,
                       GStrvBuilder *changed,
                       GError **error)
{
  g_autoptr (JsonObject) body = iw_json_from_text (decision->body, error);
  const char *incident;

  if (body == NULL || !read_ids (self, error))
    return FALSE;
  incident = iw_json_get_string (body, "incident", "");
  return gone ? take_back (self, step, decision, incident, docid, direction, changed, error)
              : put_back (self, step, decision, incident, docid, direction, changed, error);
}
