/* The undo journal: undo and redo write earlier bodies as new revisions, and withdraw decisions. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"

#define MAX_ACTIONS "100"

/* ---- writing ---- */

gboolean
iw_journal_begin (IwStore *self, const char *label, guint n_objects, gint64 *action, GError **error)
{
  g_autoptr (IwDbStmt) redo = iw_db_prepare (self->db, "DELETE FROM action WHERE undone", error);
  g_autoptr (IwDbStmt) insert = iw_db_prepare (
      self->db, "INSERT INTO action (label, n_objects, at) VALUES (?1, ?2, ?3)", error);
  g_autoptr (IwDbStmt) oldest = iw_db_prepare (self->db,
                                               "DELETE FROM action WHERE id NOT IN (SELECT id FROM "
                                               "action ORDER BY id DESC LIMIT " MAX_ACTIONS ")",
                                               error);

  if (redo == NULL || insert == NULL || oldest == NULL)
    return FALSE;
  iw_db_bind_text (insert, 1, label);
  iw_db_bind_int (insert, 2, n_objects);
  iw_db_bind_int (insert, 3, iw_context_now (self->context));
  if (!iw_db_run (redo, error) || !iw_db_run (insert, error))
    return FALSE;
  *action = iw_db_last_rowid (self->db);
  return iw_db_run (oldest, error);
}

/* A document that an action changes twice keeps what it was before the first time. */
gboolean
iw_journal_add_step (IwStore *self,
                     gint64 action,
                     gint64 doc,
                     gint64 before,
                     gint64 after,
                     gint64 winner,
                     GError **error)
{
  return iw_db_run_with (
      self->db,
      "INSERT INTO action_step (action, doc, before, after, winner)"
      " VALUES (?1, ?2, nullif (?3, 0), ?4, ?5)"
      " ON CONFLICT DO UPDATE SET after = excluded.after, winner = excluded.winner",
      IW_DB_INTS (action, doc, before, after, winner), error);
}

gboolean
iw_journal_set_other (IwStore *self, gint64 action, gint64 doc, gint64 other, GError **error)
{
  return iw_db_run_with (self->db,
                         "UPDATE action_step SET other = ?3 WHERE action = ?1 AND doc = ?2",
                         IW_DB_INTS (action, doc, other), error);
}

/* ---- reading ---- */

static const char *
next_action_sql (IwJournalDirection direction)
{
  return direction == IW_JOURNAL_UNDO
             ? "SELECT id, label, n_objects FROM action WHERE NOT undone ORDER BY id DESC LIMIT 1"
             : "SELECT id, label, n_objects FROM action WHERE undone ORDER BY id LIMIT 1";
}

static char *
get_label (IwStore *self, IwJournalDirection direction, guint *n_objects)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, next_action_sql (direction), NULL);

  if (stmt == NULL || iw_db_step (stmt, NULL) != IW_DB_ROW)
    return NULL;
  if (n_objects != NULL)
    *n_objects = iw_db_int (stmt, 2);
  return g_strdup (iw_db_text (stmt, 1));
}

char *
iw_store_get_undo_label (IwStore *self, guint *n_objects)
{
  return get_label (self, IW_JOURNAL_UNDO, n_objects);
}

char *
iw_store_get_redo_label (IwStore *self, guint *n_objects)
{
  return get_label (self, IW_JOURNAL_REDO, n_objects);
}

static gboolean
find_action (IwStore *self, IwJournalDirection direction, gint64 *action, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (self->db, next_action_sql (direction), error);
  IwDbStep step;

  if (stmt == NULL || (step = iw_db_step (stmt, error)) == IW_DB_ERROR)
    return FALSE;
  if (step == IW_DB_ROW)
    {
      *action = iw_db_int (stmt, 0);
      return TRUE;
    }
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                       direction == IW_JOURNAL_UNDO ? _ ("There is nothing to undo.")
                                                    : _ ("There is nothing to redo."));
  return FALSE;
}

static GArray *
read_steps (IwStore *self, IwJournalDirection direction, gint64 action, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (IwJournalStep));
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (
      self->db,
      "SELECT doc, before, after, winner, withdrawal, other FROM action_step WHERE action = ?1"
      " ORDER BY doc",
      error);
  IwDbStep found;

  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, action);
  while ((found = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      gint64 before = iw_db_int (stmt, 1);
      gint64 after = iw_db_int (stmt, 2);
      IwJournalStep step = { .doc = iw_db_int (stmt, 0) };

      step.target = direction == IW_JOURNAL_UNDO ? before : after;
      step.written = direction == IW_JOURNAL_UNDO ? after : before;
      step.expected = direction == IW_JOURNAL_UNDO ? iw_db_int (stmt, 3) : before;
      step.withdrawal = iw_db_int (stmt, 4);
      step.other = iw_db_int (stmt, 5);
      g_array_append_val (steps, step);
    }
  return found == IW_DB_DONE ? g_steal_pointer (&steps) : NULL;
}

/* ---- undo and redo ---- */

/* What a body says, whoever wrote it and when. (transfer full) */
static char *
content_of (const IwRevRow *row)
{
  static const char *const stamps[] = { "modified_at", "modified_by", IW_MERGED };
  g_autoptr (JsonObject) body = row->body != NULL ? iw_json_from_text (row->body, NULL) : NULL;

  for (guint i = 0; body != NULL && i < G_N_ELEMENTS (stamps); i++)
    if (json_object_has_member (body, stamps[i]))
      json_object_remove_member (body, stamps[i]);
  return body != NULL ? iw_json_to_canonical (body, NULL) : g_strdup (row->body);
}

/* Undo and redo make new revisions, so what counts is that they say the same. No document and a
 * deleted one say the same, whoever deleted it. */
static gboolean
says_the_same (const IwRevRow *a, const IwRevRow *b)
{
  gboolean gone_a = a->id == 0 || a->deleted;
  gboolean gone_b = b->id == 0 || b->deleted;
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (gone_a || gone_b || g_strcmp0 (a->body, b->body) == 0)
    return gone_a == gone_b;
  text_a = content_of (a);
  text_b = content_of (b);
  return g_strcmp0 (text_a, text_b) == 0;
}

/* How a person would call the document: its title, name or the beginning of its text. */
static char *
name_document (const IwRevRow *row, const char *docid)
{
  g_autoptr (JsonObject) body = row->body != NULL ? iw_json_from_text (row->body, NULL) : NULL;
  static const char *const fields[] = { "title", "name", "text" };

  for (guint i = 0; body != NULL && i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = g_strdup (iw_json_get_string (body, fields[i], ""));

      g_strstrip (g_strdelimit (text, "\n\r\t", ' '));
      if (*text == '\0')
        continue;
      if (g_utf8_strlen (text, -1) > 60)
        {
          g_autofree char *start = g_utf8_substring (text, 0, 59);

          return g_strconcat (start, "…", NULL);
        }
      return g_steal_pointer (&text);
    }
  return g_strdup (docid);
}

gboolean
iw_journal_conflict (const IwRevRow *row,
                     const char *docid,
                     IwJournalDirection direction,
                     GError **error)
{
  g_autofree char *name = name_document (row, docid);

  return iw_fail (error, IW_STORE_ERROR_CONFLICT,
                  direction == IW_JOURNAL_UNDO
                      /* Translators: %s is a title, a file name or the beginning of a text. */
                      ? _ ("This can no longer be undone: “%s” has been changed since.")
                      : _ ("This can no longer be redone: “%s” has been changed since."),
                  name);
}

static gboolean
descends (IwStore *self, const IwRevRow *leaf, const IwRevRow *from, gboolean *yes, GError **error)
{
  gint64 id = leaf->id, parent = leaf->parent, gen = leaf->rev.gen;

  while (id != from->id && parent != 0 && gen > from->rev.gen)
    {
      g_auto (IwRevRow) row = { 0 };

      if (!iw_store_read_rev_by_id (self, parent, &row, error))
        return FALSE;
      id = row.id;
      parent = row.parent;
      gen = row.rev.gen;
    }
  *yes = id == from->id;
  return TRUE;
}

/* The leaf that goes on: the one that says what the action wrote, that on its own branch (@own)
 * before others, else the winner. */
static gboolean
find_branch (IwStore *self, const IwJournalStep *step, IwRevRow *out, gboolean *own, GError **error)
{
  g_autoptr (GPtrArray) leaves = iw_store_read_leaves (self, step->doc, error);
  g_auto (IwRevRow) written = { 0 };
  IwRevRow *found = NULL;

  *own = FALSE;
  if (leaves == NULL || !iw_store_read_rev_by_id (self, step->written, &written, error))
    return FALSE;
  for (guint i = 0; i < leaves->len && !*own; i++)
    if (says_the_same (leaves->pdata[i], &written))
      {
        if (!descends (self, leaves->pdata[i], &written, own, error))
          return FALSE;
        if (found == NULL || *own)
          found = leaves->pdata[i];
      }
  if (found == NULL)
    found = leaves->pdata[0];
  *out = *found;
  found->body = NULL;
  return TRUE;
}

/* The body that comes back, as of now and of who takes it back: a peer's rules refuse what somebody
 * else is said to have written. (transfer full) */
static char *
body_again (IwStore *self, const IwRevRow *target, const IwRevRow *branch, GError **error)
{
  gboolean gone = target->id == 0 || target->deleted;
  const char *text = gone ? branch->body : target->body;
  g_autoptr (JsonObject) body = iw_json_from_text (text != NULL ? text : "{}", error);
  g_autofree char *now = iw_store_now_text (self);

  if (body == NULL)
    return NULL;
  if (gone)
    return iw_store_tombstone (self, iw_json_get_string (body, "type", NULL));
  iw_store_stamp (self, body, now, FALSE);
  return iw_json_to_canonical (body, error);
}

/* The leaf that @other goes on in: a tombstone to be undone, or what came back to be ended again.
 * id 0: none. */
static gboolean
find_other (IwStore *self,
            const IwRevRow *other,
            IwJournalDirection direction,
            IwRevRow *out,
            GError **error)
{
  g_autoptr (GPtrArray) leaves = iw_store_read_leaves (self, other->doc, error);

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      IwRevRow *leaf = leaves->pdata[i];
      gboolean yes = FALSE;

      if (direction == IW_JOURNAL_UNDO ? !leaf->deleted : !says_the_same (leaf, other))
        continue;
      if (!descends (self, leaf, other, &yes, error))
        return FALSE;
      if (!yes)
        continue;
      *out = *leaf;
      leaf->body = NULL;
      return TRUE;
    }
  return leaves != NULL;
}

/* The losing leaf that was ended comes back on top of its tombstone; redo ends it again. A deletion
 * that was reviewed stays one. */
static gboolean
revert_other (IwStore *self,
              const IwJournalStep *step,
              IwJournalDirection direction,
              GError **error)
{
  gboolean undo = direction == IW_JOURNAL_UNDO;
  g_auto (IwRevRow) other = { 0 };
  g_auto (IwRevRow) leaf = { 0 };
  g_auto (IwRevRow) made = { 0 };
  IwRevRow none = { 0 };
  g_autofree char *body = NULL;

  if (!iw_store_read_rev_by_id (self, step->other, &other, error))
    return FALSE;
  if (other.deleted)
    return TRUE;
  if (!find_other (self, &other, direction, &leaf, error))
    return FALSE;
  if (leaf.id == 0)
    return TRUE;
  body = body_again (self, undo ? &other : &none, &leaf, error);
  return body != NULL && iw_store_add_child (self, step->doc, &leaf, undo ? other.id : 0, body,
                                             !undo, &made, error);
}

/* Whether what an action left still stands. While a conflict is open again either of its leaves may
 * win. */
static gboolean
stands (IwStore *self,
        const IwJournalStep *step,
        const IwRevRow *winner,
        const IwRevRow *expected,
        gboolean *yes,
        GError **error)
{
  g_auto (IwRevRow) other = { 0 };

  *yes = says_the_same (winner, expected);
  if (*yes || step->other == 0)
    return TRUE;
  if (!iw_store_read_rev_by_id (self, step->other, &other, error))
    return FALSE;
  *yes = says_the_same (winner, &other);
  return TRUE;
}

static gboolean
revert_step (IwStore *self,
             const IwJournalStep *step,
             const char *docid,
             IwJournalDirection direction,
             GError **error)
{
  g_auto (IwRevRow) winner = { 0 };
  g_auto (IwRevRow) expected = { 0 };
  g_auto (IwRevRow) target = { 0 };
  g_auto (IwRevRow) branch = { 0 };
  g_auto (IwRevRow) made = { 0 };
  g_autofree char *body = NULL;
  gboolean yes, own;

  if (!iw_store_read_winner (self, step->doc, &winner, error) ||
      !iw_store_read_rev_by_id (self, step->expected, &expected, error) ||
      !iw_store_read_rev_by_id (self, step->target, &target, error) ||
      !stands (self, step, &winner, &expected, &yes, error) ||
      !find_branch (self, step, &branch, &own, error))
    return FALSE;
  /* On a branch of its own it stands whatever wins. */
  if (!yes && !(own && step->other == 0))
    return iw_journal_conflict (winner.id != 0 && !winner.deleted ? &winner : &target, docid,
                                direction, error);
  if ((body = body_again (self, &target, &branch, error)) == NULL)
    return FALSE;
  return (step->target == step->written ||
          iw_store_add_child (self, step->doc, &branch, target.id, body,
                              target.id == 0 || target.deleted, &made, error)) &&
         (step->other == 0 || revert_other (self, step, direction, error)) &&
         iw_store_settle (self, step->doc, docid, NULL, error);
}

/* What was deleted when decisions still were, comes back as it went. */
static gboolean
is_kept_decision (IwStore *self, gint64 doc, IwRevRow *decision, gboolean *kept, GError **error)
{
  gboolean is_void;

  if (!iw_store_find_decision (self, doc, decision, error) ||
      !iw_store_is_void (self, doc, &is_void, error))
    return FALSE;
  *kept = decision->id != 0 && !is_void;
  return TRUE;
}

static gboolean
revert_document (IwStore *self,
                 IwWithdrawals *withdrawals,
                 const IwJournalStep *step,
                 IwJournalDirection direction,
                 GStrvBuilder *changed,
                 GError **error)
{
  g_autofree char *docid = iw_store_docid_of (self, step->doc, error);
  g_auto (IwRevRow) decision = { 0 };
  g_auto (IwRevRow) target = { 0 };
  gboolean kept;

  if (docid == NULL || !is_kept_decision (self, step->doc, &decision, &kept, error))
    return FALSE;
  g_strv_builder_add (changed, docid);
  if (!kept)
    return revert_step (self, step, docid, direction, error);
  return iw_store_read_rev_by_id (self, step->target, &target, error) &&
         iw_withdrawals_revert (withdrawals, step, &decision, docid,
                                target.id == 0 || target.deleted, direction, changed, error);
}

static gboolean
revert_action (IwStore *self,
               IwJournalDirection direction,
               gint64 *action,
               GStrvBuilder *changed,
               GError **error)
{
  g_autoptr (GArray) steps = NULL;
  g_autoptr (IwWithdrawals) withdrawals = NULL;

  if (!find_action (self, direction, action, error) ||
      (steps = read_steps (self, direction, *action, error)) == NULL)
    return FALSE;
  withdrawals = iw_withdrawals_new (self, *action, steps);
  for (guint i = 0; i < steps->len; i++)
    if (!revert_document (self, withdrawals, &g_array_index (steps, IwJournalStep, i), direction,
                          changed, error))
      return FALSE;
  return iw_db_run_int (self->db,
                        direction == IW_JOURNAL_UNDO ? "UPDATE action SET undone = 1 WHERE id = ?1"
                                                     : "UPDATE action SET undone = 0 WHERE id = ?1",
                        *action, error);
}

/* So that undo is not stuck on what cannot be undone. */
static void
drop_action (IwStore *self, gint64 action)
{
  g_autoptr (GError) error = NULL;

  if (iw_store_begin (self, &error))
    {
      if (iw_db_run_int (self->db, "DELETE FROM action WHERE id = ?1", action, &error))
        iw_store_commit (self, &error);
      else
        iw_store_rollback (self);
    }
  if (error != NULL)
    g_warning ("an action stays in the undo journal: %s", error->message);
}

static gboolean
revert (IwStore *self, IwJournalDirection direction, char ***changed, GError **error)
{
  g_autoptr (GStrvBuilder) docids = g_strv_builder_new ();
  g_autoptr (GError) local = NULL;
  gint64 action = 0;

  if (!iw_store_begin (self, error))
    return FALSE;
  if (!revert_action (self, direction, &action, docids, &local))
    {
      iw_store_rollback (self);
      if (g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT) ||
          g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_INVALID))
        drop_action (self, action);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!iw_store_commit (self, error))
    return FALSE;
  if (changed != NULL)
    *changed = g_strv_builder_end (docids);
  return TRUE;
}

gboolean
iw_store_undo (IwStore *self, char ***changed, GError **error)
{
  return revert (self, IW_JOURNAL_UNDO, changed, error);
}

gboolean
iw_store_redo (IwStore *self, char ***changed, GError **error)
{
  return revert (self, IW_JOURNAL_REDO, changed, error);
}
