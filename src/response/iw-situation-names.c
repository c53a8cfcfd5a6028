/* What things and people are called. */
#include "iw-situation-private.h"

#include "iw-form-private.h"
#include "iw-response-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An entry's first line, cut to what a sentence bears. */
#define MAX_NAME 80

static char *
first_line (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  g_autofree char *cut = NULL;

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) <= MAX_NAME)
    return g_steal_pointer (&line);
  cut = g_utf8_substring (line, 0, MAX_NAME - 1);
  return g_strconcat (g_strchomp (cut), "…", NULL);
}

/* The end of an id tells more than its beginning, which is a time. */
static char *
short_id (const char *docid)
{
  const char *local = strrchr (docid, ':');
  const char *text = local != NULL ? local + 1 : docid;
  gsize length = strlen (text);

  if (length <= 8 || !g_utf8_validate (text, -1, NULL) || !g_str_is_ascii (text))
    return g_utf8_make_valid (text, -1);
  return g_strconcat ("…", text + length - 8, NULL);
}

/* What others refer to may have been erased: that is on the record (iw-erasure.h). */
static gboolean
is_erased (IwSituation *self, const char *docid)
{
  GHashTableIter iter;
  gpointer document;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &document))
    {
      g_auto (GStrv) ids = NULL;

      if (!g_str_equal (iw_document_get_type_name (document), "erasure"))
        continue;
      ids = iw_document_get_list (document, "ids");
      if (g_strv_contains ((const char *const *)ids, docid))
        return TRUE;
    }
  return FALSE;
}

char *
iw_situation_name (IwSituation *self, const char *docid)
{
  IwDocument *document;
  IwEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);

  if (docid == NULL)
    return g_strdup ("");
  document = g_hash_table_lookup (self->by_id, docid);
  if (document != NULL && !g_str_equal (iw_document_get_name (document), docid))
    return first_line (iw_document_get_name (document));
  entry = g_hash_table_lookup (self->entry_ids, docid);
  if (entry != NULL && *iw_entry_get_text (entry) != '\0')
    return first_line (iw_entry_get_text (entry));
  if (entry != NULL)
    return g_strdup (iw_entry_kind_label (iw_entry_get_kind (entry)));
  if (is_erased (self, docid))
    /* Translators: stands where the name of an entry or file stood that was erased for good. */
    return g_strdup (_ ("Erased for good"));
  return short_id (docid);
}

gboolean
iw_situation_is_expert (IwSituation *self, const char *person)
{
  g_return_val_if_fail (self != NULL && person != NULL, FALSE);

  for (guint i = 0; i < self->state->experts->len; i++)
    if (iw_form_same_name (iw_response_field (self->state->experts->pdata[i], "to"), person))
      return TRUE;
  return FALSE;
}

char *
iw_situation_name_holders (IwSituation *self, const char *role)
{
  g_autoptr (GPtrArray) holders = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && role != NULL, NULL);

  holders = iw_situation_get_holders (self, role);
  for (guint i = 0; i < holders->len; i++)
    {
      if (i > 0)
        /* Translators: what stands between the names of people who hold the same role. */
        g_string_append (names, C_ ("people", ", "));
      g_string_append (names, iw_response_field (holders->pdata[i], "to"));
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

/* ---- completion ---- */

static void
add_name (GHashTable *seen, GPtrArray *names, const char *name)
{
  g_autofree char *tidy = g_strstrip (g_strdup (name));
  g_autofree char *folded = g_utf8_casefold (tidy, -1);

  if (*tidy == '\0' || g_hash_table_contains (seen, folded))
    return;
  g_hash_table_add (seen, g_steal_pointer (&folded));
  g_ptr_array_add (names, g_steal_pointer (&tidy));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *left = g_utf8_casefold (*(const char *const *)a, -1);
  g_autofree char *right = g_utf8_casefold (*(const char *const *)b, -1);
  int order = g_utf8_collate (left, right);

  return order != 0 ? order : strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_documents (IwSituation *self, GHashTable *seen, GPtrArray *names, const char *type)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      IwDocument *document = self->documents->pdata[i];

      if (g_str_equal (iw_document_get_type_name (document), type))
        add_name (seen, names, iw_document_get_text (document, "name"));
    }
}

static void
add_on_call (IwSituation *self, GHashTable *seen, GPtrArray *names)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      IwDocument *document = self->documents->pdata[i];

      if (!g_str_equal (iw_document_get_type_name (document), "team"))
        continue;
      add_name (seen, names, iw_document_get_text (document, "on_call_now"));
      add_name (seen, names, iw_document_get_text (document, "on_call_next"));
    }
}

/* Those who hold a role, and those who took part. */
static void
add_participants (IwSituation *self, GHashTable *seen, GPtrArray *names)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->state->roles);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    add_name (seen, names, iw_response_field (entry, "to"));
  for (guint i = 0; i < self->state->experts->len; i++)
    add_name (seen, names, iw_response_field (self->state->experts->pdata[i], "to"));
  for (guint i = 0; i < self->entries->len; i++)
    add_name (seen, names, iw_entry_get_actor (self->entries->pdata[i]));
}

static char **
finish (GPtrArray *names)
{
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

char **
iw_situation_get_people (IwSituation *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *names = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, finish (names));

  add_documents (self, seen, names, "person");
  add_on_call (self, seen, names);
  add_participants (self, seen, names);
  return finish (names);
}

static void
add_roles (GHashTable *seen, GPtrArray *names)
{
  const IwFormKind *kind = iw_form_kind_find ("role");
  const IwFormField *field = kind != NULL ? iw_form_kind_field (kind, "role") : NULL;

  for (guint i = 0; field != NULL && field->choices[i].value != NULL; i++)
    add_name (seen, names, iw_form_field_choice_label (field, field->choices[i].value));
}

char **
iw_situation_get_teams (IwSituation *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *names = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, finish (names));

  add_documents (self, seen, names, "team");
  for (guint i = 0; i < self->entries->len; i++)
    add_name (seen, names, iw_entry_get_team (self->entries->pdata[i]));
  add_roles (seen, names);
  return finish (names);
}
