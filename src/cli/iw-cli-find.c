/* iw-cli-find.c: documents and entries by what a person can type. */
#include "config.h"

#include "iw-cli-find.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-form-kind.h"

#define ID_MIN 4 /* characters of an id that may stand for it */

typedef struct
{
  const char *text;
  const char *type;
  GPtrArray *found; /* (element-type utf8), each once */
} Search;

static gboolean
id_fits (const char *docid, const char *text)
{
  const char *colon = strrchr (docid, ':');
  const char *tail = colon != NULL ? colon + 1 : docid;
  const char *dash = strchr (tail, '-');

  if (strcmp (docid, text) == 0)
    return TRUE;
  if (strlen (text) < ID_MIN)
    return FALSE;
  return g_str_has_suffix (docid, text) || g_str_has_prefix (tail, text) ||
         (dash != NULL && g_str_has_prefix (dash + 1, text));
}

/* @types: alternatives with "|" between them; NULL for all. */
static gboolean
type_fits (const char *types, const char *type)
{
  g_auto (GStrv) wanted = types != NULL ? g_strsplit (types, "|", -1) : NULL;

  return wanted == NULL || type == NULL || g_strv_contains ((const char *const *)wanted, type);
}

static void
look (Search *self, const char *docid, const char *type, const char *name)
{
  if (!type_fits (self->type, type))
    return;
  if (!id_fits (docid, self->text) && g_strcmp0 (name, self->text) != 0)
    return;
  for (guint i = 0; i < self->found->len; i++)
    if (strcmp (self->found->pdata[i], docid) == 0)
      return;
  g_ptr_array_add (self->found, g_strdup (docid));
}

/* What people call it; NULL where it has no name of its own. */
static const char *
entry_name (IwEntry *entry)
{
  IwEntryKind kind = iw_entry_get_kind (entry);

  if (kind == IW_ENTRY_ESCALATION)
    return iw_entry_get_field (entry, "to");
  return kind == IW_ENTRY_CLOCK ? iw_entry_get_field (entry, "name") : NULL;
}

static void
look_at_entries (Search *self, IwStore *store, const char *incident)
{
  g_autoptr (GPtrArray) entries = iw_query_entries (store, incident, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      IwEntry *entry = entries->pdata[i];

      look (self, iw_entry_get_id (entry), iw_entry_kind_to_string (iw_entry_get_kind (entry)),
            entry_name (entry));
    }
}

static void
look_at_documents (Search *self, IwSituation *situation, const char *type)
{
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, type);

  for (guint i = 0; i < documents->len; i++)
    {
      IwDocument *document = documents->pdata[i];

      look (self, iw_document_get_id (document), iw_document_get_type_name (document),
            iw_document_get_name (document));
    }
}

char *
iw_cli_find_document (IwStore *store, IwSituation *situation, const char *type, const char *text)
{
  static const char *const types[] = { "evidence",  "task",  "notice", "scope",
                                       "indicator", "asset", "team",   "person" };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Search search = { text, type, found };
  const char *incident = iw_situation_get_incident (situation);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (type_fits (type, types[i]))
      look_at_documents (&search, situation, types[i]);
  if (incident != NULL && *incident != '\0' && !iw_form_items_are_documents (type))
    look_at_entries (&search, store, incident);
  if (found->len == 1)
    return g_strdup (found->pdata[0]);
  if (found->len == 0)
    iw_cli_complain (
        _ ("There is no “%s” here: give its id, the beginning or end of it, or its exact name."),
        text);
  else
    iw_cli_complain (_ ("“%s” stands for more than one; give more of its id."), text);
  return NULL;
}
