#include "config.h"

#include "iw-indicator-items.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-subject-remove.h"
#include "iw-words.h"

typedef struct
{
  guint n_links;
  IwEntry *sweep; /* the latest that searched for it */
  gboolean found;
} Mark;

struct _IwIndicators
{
  IwSituation *situation;
  GPtrArray *rows;
  GHashTable *marks;  /* docid -> Mark */
  GHashTable *values; /* "type value" */
};

IwIndicatorType
iw_indicator_type_of (IwDocument *document)
{
  IwIndicatorType type = IW_INDICATOR_HOST;

  iw_indicator_type_from_string (iw_document_get_text (document, "indicator_type"), &type);
  return type;
}

/* ---- what is known of each ---- */

static int
compare (gconstpointer a, gconstpointer b)
{
  IwDocument *left = *(IwDocument *const *)a, *right = *(IwDocument *const *)b;
  int order = (int)iw_indicator_type_of (left) - (int)iw_indicator_type_of (right);

  if (order == 0)
    order = strcmp (iw_document_get_text (left, "value"), iw_document_get_text (right, "value"));
  return order != 0 ? order : strcmp (iw_document_get_id (left), iw_document_get_id (right));
}

static Mark *
mark_of (IwIndicators *self, const char *docid)
{
  return g_hash_table_lookup (self->marks, docid);
}

static void
note_links (IwIndicators *self)
{
  GPtrArray *entries = iw_situation_get_entries (self->situation);

  for (guint i = 0; i < entries->len; i++)
    {
      GArray *links = iw_entry_get_links (entries->pdata[i]);

      for (guint j = 0; j < links->len; j++)
        {
          Mark *mark = mark_of (self, g_array_index (links, IwEntryLink, j).docid);

          if (mark != NULL)
            mark->n_links++;
        }
    }
}

static void
note_sweep (IwIndicators *self, IwEntry *entry, const char *list, gboolean found)
{
  g_auto (GStrv) ids = iw_entry_get_list (entry, list);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      Mark *mark = mark_of (self, ids[i]);

      /* One that a sweep names twice was found. */
      if (mark == NULL || (mark->sweep == entry && mark->found))
        continue;
      mark->sweep = entry;
      mark->found = found;
    }
}

IwIndicators *
iw_indicators_new (IwSituation *situation)
{
  IwIndicators *self = g_new0 (IwIndicators, 1);
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  IwEntry *entry;

  self->situation = iw_situation_ref (situation);
  self->rows = iw_situation_get_documents (situation, "indicator");
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_sort (self->rows, compare);
  for (guint i = 0; i < self->rows->len; i++)
    {
      IwDocument *row = self->rows->pdata[i];
      Mark *mark = g_new0 (Mark, 1);
      g_auto (GStrv) links = iw_subject_dup_links (row);

      mark->n_links = g_strv_length (links);
      g_hash_table_insert (self->marks, (gpointer)iw_document_get_id (row), mark);
      g_hash_table_add (self->values, g_strdup_printf ("%d %s", iw_indicator_type_of (row),
                                                       iw_document_get_text (row, "value")));
    }
  note_links (self);
  for (guint i = 0; (entry = iw_decisions_next (decisions, &i, IW_ENTRY_SWEEP, NULL)) != NULL;)
    {
      note_sweep (self, entry, "found", TRUE);
      note_sweep (self, entry, "clear", FALSE);
    }
  return self;
}

void
iw_indicators_free (IwIndicators *self)
{
  g_hash_table_unref (self->marks);
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->rows);
  iw_situation_unref (self->situation);
  g_free (self);
}

GPtrArray *
iw_indicators_get_rows (IwIndicators *self)
{
  return self->rows;
}

gboolean
iw_indicators_has (IwIndicators *self, IwIndicatorType type, const char *value)
{
  g_autofree char *key = g_strdup_printf ("%d %s", type, value);

  return g_hash_table_contains (self->values, key);
}

static gboolean
cites (IwEntry *entry, const char *docid)
{
  GArray *links = iw_entry_get_links (entry);

  for (guint i = 0; i < links->len; i++)
    if (g_str_equal (g_array_index (links, IwEntryLink, i).docid, docid))
      return TRUE;
  return FALSE;
}

GPtrArray *
iw_indicators_get_linked (IwIndicators *self, const char *docid)
{
  GPtrArray *linked = g_ptr_array_new ();
  GPtrArray *entries = iw_situation_get_entries (self->situation);
  IwDocument *document = iw_situation_find (self->situation, docid);
  g_auto (GStrv) own = document != NULL ? iw_subject_dup_links (document) : g_new0 (char *, 1);

  for (guint i = 0; i < entries->len; i++)
    {
      const char *id = iw_entry_get_id (entries->pdata[i]);

      if ((id != NULL && g_strv_contains ((const char *const *)own, id)) ||
          cites (entries->pdata[i], docid))
        g_ptr_array_add (linked, entries->pdata[i]);
    }
  return linked;
}

static gboolean
names_id (IwEntry *entry, const char *list, const char *docid)
{
  g_auto (GStrv) ids = iw_entry_get_list (entry, list);

  return g_strv_contains ((const char *const *)ids, docid);
}

GArray *
iw_indicators_get_sweeps (IwIndicators *self, const char *docid)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (IwSweepResult));
  IwDecisions *decisions = iw_situation_get_decisions (self->situation);
  IwEntry *entry;

  for (guint i = 0; (entry = iw_decisions_next (decisions, &i, IW_ENTRY_SWEEP, NULL)) != NULL;)
    {
      IwSweepResult result = { entry, names_id (entry, "found", docid) };

      if (result.found || names_id (entry, "clear", docid))
        g_array_prepend_val (results, result);
    }
  return results;
}

/* ---- words ---- */

char *
iw_indicators_summary (IwIndicators *self)
{
  guint found = 0, clear = 0, total = self->rows->len;
  g_autoptr (GString) words = g_string_new (NULL);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Mark *mark = value;

      found += mark->sweep != NULL && mark->found;
      clear += mark->sweep != NULL && !mark->found;
    }
  g_string_append_printf (words, ngettext ("%'u indicator", "%'u indicators", total), total);
  if (found > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, ngettext ("%'u found", "%'u found", found), found);
    }
  if (clear > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, ngettext ("%'u not found", "%'u not found", clear), clear);
    }
  if (total > found + clear)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words,
                              ngettext ("%'u not swept", "%'u not swept", total - found - clear),
                              total - found - clear);
    }
  return g_strdup (words->str);
}

char *
iw_indicator_heading (guint type, gpointer unused)
{
  switch ((IwIndicatorType)type)
    {
    case IW_INDICATOR_IP:
      return g_strdup (_ ("IP Addresses"));
    case IW_INDICATOR_DOMAIN:
      return g_strdup (_ ("Domains"));
    case IW_INDICATOR_URL:
      return g_strdup (_ ("Web Addresses"));
    case IW_INDICATOR_HASH:
      return g_strdup (_ ("Hashes"));
    case IW_INDICATOR_FILE:
      return g_strdup (_ ("Files"));
    case IW_INDICATOR_ACCOUNT:
      return g_strdup (_ ("Accounts"));
    case IW_INDICATOR_MAIL:
      return g_strdup (_ ("Mail Addresses"));
    case IW_INDICATOR_HOST:
    case IW_N_INDICATOR_TYPES:
    default:
      return g_strdup (_ ("Hosts"));
    }
}

char **
iw_indicators_dup_choices (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add_many (builder, _ ("Any Result"), C_ ("sweep", "Found"),
                           C_ ("sweep", "Not Found"), C_ ("sweep", "Not Swept"),
                           _ ("With Linked Entries"), NULL);
  return g_strv_builder_end (builder);
}

char *
iw_indicator_defang (IwIndicatorType type, const char *value)
{
  g_autoptr (GString) text = g_string_new (value);

  switch (type)
    {
    case IW_INDICATOR_URL:
      if (g_str_has_prefix (text->str, "http"))
        g_string_replace (text, "http", "hxxp", 1);
      break;
    case IW_INDICATOR_MAIL:
      g_string_replace (text, "@", "[@]", 1);
      break;
    case IW_INDICATOR_IP:
    case IW_INDICATOR_DOMAIN:
    case IW_INDICATOR_HOST:
      break;
    case IW_INDICATOR_HASH:
    case IW_INDICATOR_FILE:
    case IW_INDICATOR_ACCOUNT:
    case IW_N_INDICATOR_TYPES:
    default:
      return g_strdup (value);
    }
  g_string_replace (text, ".", "[.]", 0);
  return g_strdup (text->str);
}

char *
iw_indicators_to_text (IwIndicators *self, gboolean defang)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *value = iw_document_get_text (self->rows->pdata[i], "value");
      g_autofree char *harmless =
          defang ? iw_indicator_defang (iw_indicator_type_of (self->rows->pdata[i]), value) : NULL;

      g_string_append_printf (text, "%s\n", harmless != NULL ? harmless : value);
    }
  return g_strdup (text->str);
}

/* ---- rows ---- */

static const char *
get_id (gpointer row, gpointer data)
{
  return iw_document_get_id (row);
}

static guint
get_section (gpointer row, gpointer data)
{
  return iw_indicator_type_of (row);
}

static gboolean
is_shown (const Mark *mark, guint choice)
{
  switch ((IwIndicatorsShown)choice)
    {
    case IW_INDICATORS_SHOW_FOUND:
      return mark->sweep != NULL && mark->found;
    case IW_INDICATORS_SHOW_CLEAR:
      return mark->sweep != NULL && !mark->found;
    case IW_INDICATORS_SHOW_NOT_SWEPT:
      return mark->sweep == NULL;
    case IW_INDICATORS_SHOW_LINKED:
      return mark->n_links > 0;
    case IW_INDICATORS_SHOW_ALL:
    case IW_N_INDICATORS_SHOWN:
    default:
      return TRUE;
    }
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

static gboolean
matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  return is_shown (mark_of (data, iw_document_get_id (row)), choice) &&
         (*needle == '\0' || contains (iw_document_get_text (row, "value"), needle) ||
          contains (iw_document_get_text (row, "note"), needle));
}

static void
fill (gpointer row, IwItemText *text, gpointer data)
{
  const Mark *mark = mark_of (data, iw_document_get_id (row));
  const char *note = iw_document_get_text (row, "note");
  g_autoptr (GString) words = g_string_new_len (note, (gssize)strcspn (note, "\r\n"));

  if (mark->n_links > 0)
    {
      if (words->len > 0)
        g_string_append (words, " · ");
      g_string_append_printf (
          words, ngettext ("%u linked entry", "%u linked entries", mark->n_links), mark->n_links);
    }
  text->title = g_strdup (iw_document_get_text (row, "value"));
  text->subtitle = g_strdup (words->str);
  if (mark->sweep == NULL)
    {
      text->state = g_strdup (C_ ("sweep", "Not Swept"));
      text->mark = g_strdup ("content-loading-symbolic");
      return;
    }
  text->state = g_strdup (mark->found ? C_ ("sweep", "Found") : C_ ("sweep", "Not Found"));
  text->mark = g_strdup (mark->found ? "emblem-important-symbolic" : "object-select-symbolic");
  text->tone = mark->found ? IW_TONE_BAD : IW_TONE_GOOD;
}

const IwItemSource iw_indicator_source = { get_id, get_section, matches, fill };

/* ---- what is written ---- */

GPtrArray *
iw_indicators_to_documents (GPtrArray *found,
                            IwIndicators *known,
                            const char *incident,
                            const IwContext *context)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);

  for (guint i = 0; i < found->len; i++)
    {
      const IwIndicatorFound *one = found->pdata[i];
      g_autofree char *docid = NULL;
      JsonObject *body;

      if (known != NULL && iw_indicators_has (known, one->type, one->value))
        continue;
      docid = iw_id_new_document (context, incident, "indicator");
      body = json_object_new ();
      json_object_set_string_member (body, "type", "indicator");
      json_object_set_int_member (body, "v", 1);
      json_object_set_string_member (body, "incident", incident);
      json_object_set_string_member (body, "indicator_type",
                                     iw_indicator_type_to_string (one->type));
      json_object_set_string_member (body, "value", one->value);
      g_ptr_array_add (documents, iw_document_new_take (docid, NULL, body));
    }
  return documents;
}
