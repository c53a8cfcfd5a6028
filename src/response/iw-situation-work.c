/* Tasks, and evidence with what lets it out. */
#include "iw-situation-private.h"

#include "iw-response-private.h"

#include <string.h>

/* ---- tasks ---- */

const char *
iw_situation_get_task_state (IwSituation *self, const char *docid, IwEntry **entry)
{
  static const char *const states[] = { "planned", "in-progress", "done", "dropped" };
  IwEntry *last;

  g_return_val_if_fail (self != NULL && docid != NULL, "planned");

  last = iw_decisions_last (self->decisions, IW_ENTRY_TASK, docid);
  if (entry != NULL)
    *entry = last;
  for (guint i = 0; last != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (iw_response_field (last, "to"), states[i]))
      return states[i];
  return "planned";
}

static guint
phase_of (IwDocument *task)
{
  static const char *const phases[] = { "containment", "eradication", "recovery", "longer-term",
                                        "follow-up" };
  const char *phase = iw_document_get_text (task, "phase");

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    if (g_str_equal (phase, phases[i]))
      return i;
  return G_N_ELEMENTS (phases);
}

static int
compare_tasks (gconstpointer a, gconstpointer b)
{
  IwDocument *left = *(IwDocument *const *)a, *right = *(IwDocument *const *)b;
  int order = iw_response_compare (phase_of (left), phase_of (right));

  if (order == 0)
    order = iw_response_compare (iw_situation_task_is_emergency (right),
                                 iw_situation_task_is_emergency (left));
  if (order == 0)
    order = strcmp (iw_document_get_text (left, "order"), iw_document_get_text (right, "order"));
  return order != 0 ? order : strcmp (iw_document_get_id (left), iw_document_get_id (right));
}

/* Written by a form as text, by others perhaps as a boolean. */
gboolean
iw_situation_task_is_emergency (IwDocument *task)
{
  JsonNode *node = json_object_get_member (iw_document_get_body (task), "emergency");

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  return g_str_equal (iw_document_get_text (task, "emergency"), "true");
}

GPtrArray *
iw_situation_get_plan (IwSituation *self)
{
  GPtrArray *plan = iw_situation_get_documents (self, "task");

  g_ptr_array_sort (plan, compare_tasks);
  return plan;
}

/* ---- evidence ---- */

static gboolean
same_person (const char *a, const char *b)
{
  g_autofree char *left = g_utf8_casefold (a, -1);
  g_autofree char *right = g_utf8_casefold (b, -1);

  g_strstrip (left);
  g_strstrip (right);
  return strcmp (left, right) == 0;
}

static void
note_handling (IwSituation *self, const char *evidence, IwEntry *entry)
{
  GPtrArray *entries = g_hash_table_lookup (self->handling, evidence);

  if (entries == NULL)
    {
      entries = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->handling, g_strdup (evidence), entries);
    }
  if (entries->len == 0 || entries->pdata[entries->len - 1] != entry)
    g_ptr_array_add (entries, g_object_ref (entry));
}

static void
note_items (IwSituation *self, IwEntry *entry, const char *list)
{
  g_auto (GStrv) items = iw_entry_get_list (entry, list);

  for (guint i = 0; items[i] != NULL; i++)
    note_handling (self, items[i], entry);
}

/* An approval that is not the incident manager's lets nothing out (E3). */
static void
approve (IwSituation *self, IwEntry *entry, const char *manager)
{
  g_auto (GStrv) items = iw_entry_get_list (entry, "items");

  if (*manager != '\0' && !same_person (manager, iw_response_field (entry, "approved_by")))
    return;
  for (guint i = 0; items[i] != NULL; i++)
    g_hash_table_insert (self->approvals, g_strdup (items[i]), g_object_ref (entry));
}

void
iw_situation_fold_evidence (IwSituation *self)
{
  const char *manager = ""; /* who it was at that time */
  IwEntry *entry;

  self->handling =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->approvals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0;
       (entry = iw_decisions_next (self->decisions, &i, IW_ENTRY_UNKNOWN, NULL)) != NULL;)
    switch ((int)iw_entry_get_kind (entry))
      {
      case IW_ENTRY_ROLE:
        if (g_str_equal (iw_response_field (entry, "role"), "incident-manager"))
          manager = iw_response_field (entry, "to");
        break;
      case IW_ENTRY_CUSTODY:
        note_handling (self, iw_response_field (entry, "subject"), entry);
        break;
      case IW_ENTRY_MARKING:
        /* Who approved what was there did not approve what is now known to be in it. */
        g_hash_table_remove (self->approvals, iw_response_field (entry, "subject"));
        note_handling (self, iw_response_field (entry, "subject"), entry);
        break;
      case IW_ENTRY_APPROVAL:
        approve (self, entry, manager);
        note_items (self, entry, "items");
        break;
      case IW_ENTRY_RELEASE:
        note_items (self, entry, "items");
        note_items (self, entry, "withheld");
        break;
      default:
        break;
      }
}

char **
iw_situation_get_marks (IwSituation *self, const char *evidence)
{
  IwEntry *entry;

  g_return_val_if_fail (self != NULL && evidence != NULL, g_new0 (char *, 1));

  entry = iw_decisions_last (self->decisions, IW_ENTRY_MARKING, evidence);
  return entry != NULL ? iw_entry_get_list (entry, "marks") : g_new0 (char *, 1);
}

IwEntry *
iw_situation_get_approval (IwSituation *self, const char *evidence)
{
  g_return_val_if_fail (self != NULL && evidence != NULL, NULL);

  return g_hash_table_lookup (self->approvals, evidence);
}

GPtrArray *
iw_situation_get_custody (IwSituation *self, const char *evidence)
{
  GPtrArray *entries = g_ptr_array_new ();
  GPtrArray *known;

  g_return_val_if_fail (self != NULL && evidence != NULL, entries);

  known = g_hash_table_lookup (self->handling, evidence);
  for (guint i = 0; known != NULL && i < known->len; i++)
    g_ptr_array_add (entries, known->pdata[i]);
  return entries;
}
