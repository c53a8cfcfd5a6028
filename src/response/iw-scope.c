#include "iw-scope.h"

#include "iw-document.h"
#include "iw-nicks-private.h"
#include "iw-response-private.h"

#include <string.h>

static const IwNick kinds[IW_N_SCOPE_KINDS] = {
  [IW_SCOPE_CUSTOMER] = { "customer", NC_ ("scope kind", "Customer") },
  [IW_SCOPE_SERVICE] = { "service", NC_ ("scope kind", "Service") },
  [IW_SCOPE_SYSTEM] = { "system", NC_ ("scope kind", "System") },
  [IW_SCOPE_DATA] = { "data", NC_ ("scope kind", "Data") },
};

static const IwNick states[IW_N_SCOPE_STATES] = {
  [IW_SCOPE_UNSET] = { "", NC_ ("scope", "Not Decided") },
  [IW_SCOPE_SUSPECTED] = { "suspected", NC_ ("scope", "Suspected") },
  [IW_SCOPE_CONFIRMED] = { "confirmed", NC_ ("scope", "Confirmed") },
  [IW_SCOPE_RULED_OUT] = { "ruled-out", NC_ ("scope", "Ruled Out") },
};

IW_DEFINE_NICKS (IwScopeKind, iw_scope_kind, kinds, IW_SCOPE_SYSTEM, "scope kind")
IW_DEFINE_NICKS (IwScopeState, iw_scope_state, states, IW_SCOPE_UNSET, "scope")

/* ---- the fold ---- */

void
iw_scope_item_free (IwScopeItem *item)
{
  if (item == NULL)
    return;
  g_clear_object (&item->entry);
  g_free (item->docid);
  g_free (item->name);
  g_free (item->contact);
  g_free (item->mail);
  g_free (item->phone);
  g_free (item->language);
  g_free (item->note);
  g_free (item);
}

static IwScopeItem *
read_item (IwDocument *document, IwDecisions *decisions)
{
  IwScopeItem *item = g_new0 (IwScopeItem, 1);
  IwEntry *entry = iw_decisions_last (decisions, IW_ENTRY_SCOPE, iw_document_get_id (document));

  /* A kind that a newer version knows is at least something that is affected. */
  item->kind = IW_SCOPE_SYSTEM;
  iw_scope_kind_from_string (iw_document_get_text (document, "scope_kind"), &item->kind);
  item->docid = g_strdup (iw_document_get_id (document));
  item->name = g_strdup (iw_document_get_name (document));
  item->contact = g_strdup (iw_document_get_text (document, "contact"));
  item->mail = g_strdup (iw_document_get_text (document, "mail"));
  item->phone = g_strdup (iw_document_get_text (document, "phone"));
  item->language = g_strdup (iw_document_get_text (document, "language"));
  item->note = g_strdup (iw_document_get_text (document, "note"));
  if (entry != NULL && iw_scope_state_from_string (iw_response_field (entry, "to"), &item->state))
    item->entry = g_object_ref (entry);
  return item;
}

typedef struct
{
  IwScopeItem *item;
  char *key;
} Sortable;

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Sortable *left = a, *right = b;
  int order = iw_response_compare (left->item->kind, right->item->kind);

  if (order == 0)
    order = strcmp (left->key, right->key);
  return order != 0 ? order : strcmp (left->item->docid, right->item->docid);
}

/* In the order of the user's language; keys are made once, not at each comparison. */
static void
sort_items (GPtrArray *items)
{
  g_autoptr (GArray) sortable = g_array_sized_new (FALSE, FALSE, sizeof (Sortable), items->len);

  for (guint i = 0; i < items->len; i++)
    {
      IwScopeItem *item = g_ptr_array_index (items, i);
      g_autofree char *folded = g_utf8_casefold (item->name, -1);
      Sortable one = { item, g_utf8_collate_key (folded, -1) };

      g_array_append_val (sortable, one);
    }
  g_array_sort (sortable, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      items->pdata[i] = g_array_index (sortable, Sortable, i).item;
      g_free (g_array_index (sortable, Sortable, i).key);
    }
}

GPtrArray *
iw_scope_fold (GPtrArray *documents, IwDecisions *decisions)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_scope_item_free);

  g_return_val_if_fail (decisions != NULL, items);

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      IwDocument *document = g_ptr_array_index (documents, i);

      if (g_str_equal (iw_document_get_type_name (document), "scope"))
        g_ptr_array_add (items, read_item (document, decisions));
    }
  sort_items (items);
  return items;
}

gboolean
iw_scope_item_is_notified (const IwScopeItem *item)
{
  g_return_val_if_fail (item != NULL, FALSE);

  return item->kind == IW_SCOPE_CUSTOMER &&
         (item->state == IW_SCOPE_SUSPECTED || item->state == IW_SCOPE_CONFIRMED);
}

static gboolean
is_usable_mail (const char *mail)
{
  const char *at = strchr (mail, '@');

  return at != NULL && at > mail && at[1] != '\0';
}

gboolean
iw_scope_item_lacks_contact (const IwScopeItem *item)
{
  g_return_val_if_fail (item != NULL, FALSE);

  return item->kind == IW_SCOPE_CUSTOMER && !is_usable_mail (item->mail) &&
         strpbrk (item->phone, "0123456789") == NULL;
}
