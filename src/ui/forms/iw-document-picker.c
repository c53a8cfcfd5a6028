#include "config.h"

#include "iw-document-picker.h"

#include <glib/gi18n-lib.h>

#include "iw-indicator.h"

static const IwScopeItem *
find_scope (IwSituation *situation, const char *docid)
{
  GPtrArray *items = iw_situation_get_scope (situation);

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((IwScopeItem *)items->pdata[i])->docid, docid))
      return items->pdata[i];
  return NULL;
}

static char *
describe_scope (const IwScopeItem *item)
{
  if (item->kind == IW_SCOPE_CUSTOMER && iw_scope_item_lacks_contact (item))
    /* Translators: a customer, its state ("Confirmed"), and that nobody there can be reached */
    return g_strdup_printf (_ ("%1$s, %2$s, no contact"), iw_scope_kind_label (item->kind),
                            iw_scope_state_label (item->state));
  if (item->state == IW_SCOPE_UNSET)
    return g_strdup (iw_scope_kind_label (item->kind));
  /* Translators: what is affected and its state: "Customer, Confirmed" */
  return g_strdup_printf (_ ("%1$s, %2$s"), iw_scope_kind_label (item->kind),
                          iw_scope_state_label (item->state));
}

static char *
describe_evidence (IwDocument *document)
{
  gint64 length =
      json_object_get_int_member_with_default (iw_document_get_body (document), "length", -1);
  const char *origin = iw_document_get_text (document, "origin");
  g_autofree char *size = length >= 0 ? g_format_size (length) : g_strdup ("");

  if (*origin == '\0')
    return g_steal_pointer (&size);
  /* Translators: a file's size, and where it comes from: "2.1 MB, from mail-gateway-2" */
  return g_strdup_printf (_ ("%1$s, from %2$s"), size, origin);
}

char *
iw_document_picker_describe (IwSituation *situation, const char *docid)
{
  IwDocument *document = iw_situation_find (situation, docid);
  const IwScopeItem *scope = find_scope (situation, docid);
  IwIndicatorType type;

  if (scope != NULL)
    return describe_scope (scope);
  if (document == NULL)
    return g_strdup ("");
  if (g_str_equal (iw_document_get_type_name (document), "evidence"))
    return describe_evidence (document);
  if (iw_indicator_type_from_string (iw_document_get_text (document, "indicator_type"), &type))
    return g_strdup (iw_indicator_type_label (type));
  return g_strdup ("");
}

static void
add_item (GListStore *store, IwSituation *situation, const char *docid, const char *const *chosen)
{
  g_autofree char *name = iw_situation_name (situation, docid);
  g_autofree char *words = iw_document_picker_describe (situation, docid);
  g_autoptr (IwPickerItem) item = iw_picker_item_new (docid, name, words);

  iw_picker_item_set_chosen (item, g_strv_contains (chosen, docid));
  g_list_store_append (store, item);
}

static void
add_entries (GListStore *store, IwSituation *situation, IwEntryKind kind, const char *const *chosen)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  guint index = 0;
  IwEntry *entry;

  while ((entry = iw_decisions_next (decisions, &index, kind, NULL)) != NULL)
    add_item (store, situation, iw_entry_get_id (entry), chosen);
}

static const char *
empty_words (const char *type)
{
  if (g_str_equal (type, "evidence"))
    return _ ("Add files in the Evidence tab.");
  if (g_str_equal (type, "indicator"))
    return _ ("Add indicators in the Scope tab.");
  if (g_str_equal (type, "scope"))
    return _ ("Add customers in the Scope tab.");
  return _ ("The incident has none of these yet.");
}

AdwNavigationPage *
iw_document_picker_new (IwSituation *situation, const char *type, const char *const *chosen)
{
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, type);
  g_autoptr (GListStore) store = g_list_store_new (IW_TYPE_PICKER_ITEM);
  IwEntryKind kind = iw_entry_kind_from_string (type);

  for (guint i = 0; i < documents->len; i++)
    add_item (store, situation, iw_document_get_id (documents->pdata[i]), chosen);
  if (documents->len == 0 && kind != IW_ENTRY_UNKNOWN)
    add_entries (store, situation, kind, chosen);
  return iw_picker_page_new (_ ("Pick"), G_LIST_MODEL (g_steal_pointer (&store)),
                             empty_words (type));
}
