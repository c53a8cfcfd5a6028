#include "config.h"

#include "iw-entry-picker.h"

#include <glib/gi18n-lib.h>

#include "iw-document-picker.h"
#include "iw-words.h"

static IwEntry *
find_entry (IwSituation *situation, GPtrArray *entries, const char *docid)
{
  if (entries == NULL)
    entries = iw_situation_get_entries (situation);
  for (guint i = 0; i < entries->len; i++)
    if (g_strcmp0 (iw_entry_get_id (entries->pdata[i]), docid) == 0)
      return entries->pdata[i];
  return NULL;
}

static char *
describe_entry (IwEntry *entry, GTimeZone *zone)
{
  g_autofree char *time = iw_words_time (iw_decision_time (entry), zone);
  const char *kind = iw_entry_kind_label (iw_entry_get_kind (entry));

  /* Translators: when an entry happened, and its kind: "3 Nov 2026 03:04, Observation" */
  return g_strdup_printf (_ ("%1$s, %2$s"), time, kind);
}

char *
iw_entry_picker_describe (IwSituation *situation,
                          GPtrArray *entries,
                          GTimeZone *zone,
                          const char *docid)
{
  IwEntry *entry = find_entry (situation, entries, docid);

  return entry != NULL ? describe_entry (entry, zone)
                       : iw_document_picker_describe (situation, docid);
}

char *
iw_entry_picker_title (IwSituation *situation, GPtrArray *entries, const char *docid)
{
  IwEntry *entry = find_entry (situation, entries, docid);

  return entry != NULL ? iw_words_first_line (entry) : iw_situation_name (situation, docid);
}

static void
add_item (GListStore *store,
          const char *docid,
          const char *title,
          const char *words,
          const char *const *chosen)
{
  g_autoptr (IwPickerItem) item = iw_picker_item_new (docid, title, words);

  iw_picker_item_set_chosen (item, g_strv_contains (chosen, docid));
  g_list_store_append (store, item);
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  IwEntry *one = *(IwEntry *const *)a, *other = *(IwEntry *const *)b;
  gint64 time = iw_decision_time (one), other_time = iw_decision_time (other);

  if (time != other_time)
    return time < other_time ? 1 : -1;
  return g_strcmp0 (iw_entry_get_id (other), iw_entry_get_id (one));
}

static void
add_entries (GListStore *store, GPtrArray *entries, GTimeZone *zone, const char *const *chosen)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (entries, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, by_time);
  for (guint i = 0; i < sorted->len; i++)
    {
      IwEntry *entry = sorted->pdata[i];
      g_autofree char *title = iw_words_first_line (entry);
      g_autofree char *words = describe_entry (entry, zone);

      if (iw_entry_get_id (entry) != NULL && iw_entry_get_kind (entry) != IW_ENTRY_WITHDRAWAL)
        add_item (store, iw_entry_get_id (entry), title, words, chosen);
    }
}

AdwNavigationPage *
iw_entry_picker_new_with_entries (IwSituation *situation,
                                  GPtrArray *entries,
                                  GTimeZone *zone,
                                  const char *const *chosen)
{
  g_autoptr (GPtrArray) evidence = iw_situation_get_documents (situation, "evidence");
  g_autoptr (GListStore) store = g_list_store_new (IW_TYPE_PICKER_ITEM);

  for (guint i = 0; i < evidence->len; i++)
    {
      IwDocument *document = evidence->pdata[i];
      g_autofree char *about =
          iw_document_picker_describe (situation, iw_document_get_id (document));
      /* Translators: %s is what is known of an evidence file: "2.1 MB, from mail-gateway-2" */
      g_autofree char *words = g_strdup_printf (_ ("Evidence, %s"), about);

      add_item (store, iw_document_get_id (document), iw_document_get_name (document), words,
                chosen);
    }
  add_entries (store, entries != NULL ? entries : iw_situation_get_entries (situation), zone,
               chosen);
  return iw_picker_page_new (_ ("Cite"), G_LIST_MODEL (g_steal_pointer (&store)),
                             _ ("The incident has neither entries nor evidence yet."));
}
