/* The user's writes: one action, one transaction, one entry in the undo journal. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-document.h"
#include "iw-entry.h"
#include "iw-evidence.h"
#include "iw-fail.h"
#include "iw-form-kind.h"
#include "iw-json.h"

static const char *const stamps[] = { "created_at",  "created_by", "modified_at",
                                      "modified_by", IW_MERGED,    NULL };
static const char *const reserved[] = { "_id", "_rev", NULL };

#define STEP 256 /* changes between two words of progress */

/* The time is looked at once an action, so that all its documents say the same. */
typedef struct
{
  char *now;
  gint64 action; /* 0 until something has changed */
  const char *label;
  guint n_objects;
} Action;

static void
copy_or_remove (JsonObject *to, JsonObject *from, const char *name)
{
  JsonNode *node = from != NULL ? json_object_get_member (from, name) : NULL;

  if (node != NULL)
    json_object_set_member (to, name, json_node_copy (node));
  else if (json_object_has_member (to, name))
    json_object_remove_member (to, name);
}

/* All that is wrong with it, in one message. */
static gboolean
report (GPtrArray *problems, GError **error)
{
  g_autofree char *text = iw_problems_to_text (problems);

  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, text);
  return FALSE;
}

static gboolean
check_entry (JsonObject *body, const char *docid, GError **error)
{
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_autoptr (GError) inner = NULL;
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (docid, body, &inner);

  if (entry == NULL)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, inner->message);
      return FALSE;
    }
  return iw_decision_check (entry, problems) || report (problems, error);
}

static gboolean
check_document (JsonObject *body, const char *type, const char *docid, GError **error)
{
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_autoptr (GError) inner = NULL;
  g_autoptr (IwEvidence) evidence = NULL;

  if (strcmp (type, "evidence") == 0)
    evidence = iw_evidence_new_from_json (docid, body, &inner);
  if (inner != NULL)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, inner->message);
      return FALSE;
    }
  return iw_document_check (type, body, problems) || report (problems, error);
}

/* A body that calls itself an entry or evidence and is none would be stored and shown nowhere, a
 * decision that breaks its rules would be in force nowhere. What peers send may be that
 * (iw-derived.c); what is written here is refused while its author has it. */
static gboolean
check_body (JsonObject *body, const char *docid, GError **error)
{
  const char *type = iw_json_get_string (body, "type", NULL);

  if (type == NULL || *type == '\0')
    return iw_fail (error, IW_STORE_ERROR_INVALID,
                    /* Translators: %s is a document's id. */
                    _ ("The document “%s” does not say of what type it is."), docid);
  return strcmp (type, "entry") == 0 ? check_entry (body, docid, error)
                                     : check_document (body, type, docid, error);
}

gboolean
iw_store_check_document (const char *docid, JsonObject *body, GError **error)
{
  g_autofree char *text = NULL;

  if (!iw_store_check_docid (docid, TRUE, error) || !check_body (body, docid, error))
    return FALSE;
  text = iw_json_to_canonical (body, error);
  return text != NULL;
}

JsonObject *
iw_store_with_stamps_of (JsonObject *body, JsonObject *old)
{
  JsonObject *copy = iw_json_shallow_copy (body);

  for (guint i = 0; reserved[i] != NULL; i++)
    copy_or_remove (copy, NULL, reserved[i]);
  for (guint i = 0; stamps[i] != NULL; i++)
    copy_or_remove (copy, old, stamps[i]);
  return copy;
}

/* The text to store; NULL with no error where nothing changes. */
static char *
prepare_body (IwStore *self,
              const char *docid,
              JsonObject *wanted,
              const IwRevRow *parent,
              const char *now,
              GError **error)
{
  gboolean fresh = parent->id == 0 || parent->deleted;
  g_autoptr (JsonObject) old = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;

  if (!check_body (wanted, docid, error))
    return NULL;
  if (!fresh && (old = iw_json_from_text (parent->body, error)) == NULL)
    return NULL;
  body = iw_store_with_stamps_of (wanted, old);
  text = iw_json_to_canonical (body, error);
  if (text == NULL || (!fresh && strcmp (text, parent->body) == 0))
    return NULL;
  iw_store_stamp (self, body, now, fresh);
  return iw_json_to_canonical (body, error);
}

static char *
prepare_tombstone (IwStore *self, const char *docid, const IwRevRow *winner, GError **error)
{
  g_autoptr (JsonObject) old = NULL;

  if (winner->id == 0 || winner->deleted)
    {
      iw_fail (error, IW_STORE_ERROR_NOT_FOUND, _ ("There is no document “%s”."), docid);
      return NULL;
    }
  old = iw_json_from_text (winner->body, error);
  return old != NULL ? iw_store_tombstone (self, iw_json_get_string (old, "type", NULL)) : NULL;
}

static gboolean
journal (IwStore *self,
         Action *action,
         gint64 doc,
         const IwRevRow *before,
         const IwRevRow *after,
         const IwRevRow *winner,
         GError **error)
{
  if (action->action == 0 &&
      !iw_journal_begin (self, action->label, action->n_objects, &action->action, error))
    return FALSE;
  return iw_journal_add_step (self, action->action, doc, before->id, after->id, winner->id, error);
}

/* Written once: the only change that a decision takes is none. */
static gboolean
check_decision (const IwRevRow *decision, JsonObject *body, GError **error)
{
  g_autoptr (JsonObject) old = NULL;
  g_autoptr (JsonObject) same = NULL;
  g_autofree char *text = NULL;

  if (body != NULL)
    {
      if ((old = iw_json_from_text (decision->body, error)) == NULL)
        return FALSE;
      same = iw_store_with_stamps_of (body, old);
      if ((text = iw_json_to_canonical (same, error)) == NULL)
        return FALSE;
    }
  return g_strcmp0 (text, decision->body) == 0 ||
         iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                  _ ("A decision is never edited; decide again instead."));
}

/* Nor does what was no decision become one: it would not be shown as such. */
static gboolean
check_no_decision (const char *text, GError **error)
{
  return !iw_store_is_decision_text (text) ||
         iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                  _ ("An entry cannot become a decision; make the decision instead."));
}

/* The text to store on top of @parent; NULL with no error where nothing changes. */
static char *
prepare (IwStore *self,
         const Action *action,
         const char *docid,
         gint64 doc,
         JsonObject *body,
         const IwRevRow *parent,
         GError **error)
{
  g_autofree char *text = NULL;

  if (body == NULL)
    return prepare_tombstone (self, docid, parent, error);
  text = prepare_body (self, docid, body, parent, action->now, error);
  if (text == NULL || (doc != 0 && !check_no_decision (text, error)))
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
write_revision (IwStore *self,
                Action *action,
                const IwChange *change,
                gint64 doc,
                const IwRevRow *parent,
                const char *text,
                IwRevRow *after,
                GError **error)
{
  g_auto (IwRevRow) winner = { 0 };

  if (doc == 0)
    return iw_store_insert_doc (self, change->docid, &doc, error) &&
           iw_store_add_child (self, doc, parent, 0, text, FALSE, after, error) &&
           iw_store_settle_new (self, doc, change->docid, after, text, error) &&
           journal (self, action, doc, parent, after, after, error);
  return iw_store_add_child (self, doc, parent, parent->id, text, change->body == NULL, after,
                             error) &&
         iw_store_settle (self, doc, change->docid, &winner, error) &&
         journal (self, action, doc, parent, after, &winner, error);
}

static void
say_rev (const IwChange *change, const IwRevRow *row)
{
  if (change->rev_out == NULL)
    return;
  g_free (*change->rev_out);
  *change->rev_out = row->id != 0 ? iw_rev_format (row->rev.gen, row->rev.hash) : NULL;
}

static gboolean
apply_change (IwStore *self, Action *action, const IwChange *change, GError **error)
{
  g_auto (IwRevRow) parent = { 0 };
  g_auto (IwRevRow) after = { 0 };
  g_auto (IwRevRow) decision = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  IwRebase rebase;
  gint64 doc;

  if (!iw_store_check_docid (change->docid, TRUE, error) ||
      !iw_store_find_doc (self, change->docid, &doc, error) ||
      (doc != 0 && (!iw_store_read_winner (self, doc, &parent, error) ||
                    !iw_store_find_decision (self, doc, &decision, error))))
    return FALSE;
  if (decision.id != 0)
    return check_decision (&decision, change->body, error);
  rebase = iw_store_rebase (self, doc, change, &parent, &body, error);
  if (rebase == IW_REBASE_ERROR)
    return FALSE;
  say_rev (change, &parent);
  if (rebase == IW_REBASE_NOTHING)
    return TRUE;
  text = prepare (self, action, change->docid, doc, body, &parent, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (text == NULL)
    return TRUE;
  if (!write_revision (self, action, change, doc, &parent, text, &after, error))
    return FALSE;
  say_rev (change, &after);
  return TRUE;
}

IwChange *
iw_store_changes_of (GPtrArray *documents)
{
  IwChange *changes = g_new0 (IwChange, documents->len);

  for (guint i = 0; i < documents->len; i++)
    changes[i] = (IwChange){ iw_document_get_id (documents->pdata[i]),
                             iw_document_get_body (documents->pdata[i]),
                             iw_document_get_rev (documents->pdata[i]) };
  return changes;
}

gboolean
iw_store_apply (IwStore *self,
                const char *label,
                const IwChange *changes,
                guint n_changes,
                guint n_objects,
                GError **error)
{
  return iw_store_apply_full (self, label, changes, n_changes, n_objects, NULL, NULL, NULL, error);
}

static gboolean
apply_changes (IwStore *self,
               Action *action,
               const IwChange *changes,
               guint n_changes,
               IwProgressFunc progress,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  for (guint i = 0; i < n_changes; i++)
    {
      if (progress != NULL && i % STEP == 0)
        progress (i, n_changes, data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !apply_change (self, action, &changes[i], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
iw_store_apply_full (IwStore *self,
                     const char *label,
                     const IwChange *changes,
                     guint n_changes,
                     guint n_objects,
                     IwProgressFunc progress,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *now = iw_store_now_text (self);
  Action action = { .now = now, .label = label, .n_objects = n_objects };
  gboolean ok;

  g_return_val_if_fail (label != NULL, FALSE);
  if (self->peer)
    return iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                    _ ("A server’s database takes documents from its clients alone."));
  if (!iw_store_begin (self, error))
    return FALSE;
  /* What is written at the end, all at once, takes a while too. */
  iw_db_set_cancellable (self->db, cancellable);
  ok = apply_changes (self, &action, changes, n_changes, progress, data, cancellable, error) &&
       iw_store_finish (self, error);
  iw_db_set_cancellable (self->db, NULL);
  if (ok)
    return iw_db_commit (self->db, error);
  iw_store_rollback (self);
  return FALSE;
}
