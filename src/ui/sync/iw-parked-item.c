#include "config.h"

#include "iw-parked-item.h"

#include <glib/gi18n-lib.h>

#include "iw-form-kind.h"
#include "iw-queries.h"
#include "iw-sync-words.h"
#include "iw-time.h"

/* More than anybody goes through one by one. */
#define MAX_ITEMS 1000

void
iw_parked_item_free (IwParkedItem *item)
{
  if (item == NULL)
    return;
  iw_parked_free (item->parked);
  g_clear_pointer (&item->body, json_object_unref);
  g_free (item->kind);
  g_free (item->title);
  g_free (item->reason);
  g_free (item->incident);
  g_free (item->incident_title);
  g_free (item);
}

static IwParkedEdit
edit_of (JsonObject *body, gboolean deleted)
{
  const char *type;

  if (body == NULL || deleted)
    return IW_PARKED_EDIT_NONE;
  type = json_object_get_string_member_with_default (body, "type", "");
  if (iw_sync_words_is_decision (body))
    return IW_PARKED_EDIT_DECISION;
  if (g_str_equal (type, "entry"))
    return IW_PARKED_EDIT_ENTRY;
  if (g_str_equal (type, "incident"))
    return IW_PARKED_EDIT_INCIDENT;
  return iw_form_kind_of_document (type) != NULL ? IW_PARKED_EDIT_FORM : IW_PARKED_EDIT_NONE;
}

static JsonObject *
read_body (IwStore *store, IwParked *parked, gboolean *deleted)
{
  if (parked->incoming)
    return NULL;
  return iw_store_get_rev (store, parked->docid, parked->rev, deleted, NULL);
}

static IwParkedItem *
item_new (IwStore *store, IwParked *parked)
{
  IwParkedItem *item = g_new0 (IwParkedItem, 1);
  g_autoptr (IwIncidentRow) row = NULL;

  item->parked = parked;
  item->body = read_body (store, parked, &item->deleted);
  item->kind = iw_sync_words_kind (parked->docid, item->body);
  item->title = iw_sync_words_title (item->body);
  item->reason = iw_sync_words_reason (parked);
  item->incident = iw_id_incident_of (parked->docid);
  if (item->incident != NULL)
    row = iw_query_incident (store, item->incident, NULL);
  item->incident_title = g_strdup (row != NULL ? row->title : "");
  item->edit = edit_of (item->body, item->deleted);
  return item;
}

GPtrArray *
iw_parked_items_read (IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) list = iw_peer_list_parked (store, error);
  GPtrArray *items;

  if (list == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_parked_item_free);
  while (list->len > 0 && items->len < MAX_ITEMS)
    g_ptr_array_add (items, item_new (store, g_ptr_array_steal_index (list, 0)));
  return items;
}

char *
iw_parked_item_name (IwParkedItem *item)
{
  if (*item->title == '\0')
    return g_strdup (item->kind);
  /* Its text says what was decided about. */
  if (item->edit == IW_PARKED_EDIT_DECISION)
    return g_strdup_printf (C_ ("document", "Decision: %s"), item->title);
  /* Translators: what a document is, then what it is called: "Task: Rotate the keys" */
  return g_strdup_printf (C_ ("document", "%s: %s"), item->kind, item->title);
}

static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

char *
iw_parked_item_export (IwParkedItem *item)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *at = iw_time_to_rfc3339 ((IwTime){ item->parked->at, IW_PRECISION_SECOND });

  add_text (object, "id", item->parked->docid);
  add_text (object, "rev", item->parked->rev);
  add_text (object, "compartment", item->parked->compartment);
  add_text (object, "direction", item->parked->incoming ? "incoming" : "outgoing");
  add_text (object, "error", item->parked->error);
  add_text (object, "reason", item->parked->reason);
  add_text (object, "at", at);
  if (item->deleted)
    json_object_set_boolean_member (object, "deleted", TRUE);
  if (item->body != NULL)
    json_object_set_object_member (object, "document", json_object_ref (item->body));
  return iw_sync_words_json (object);
}
