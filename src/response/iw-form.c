#include "iw-form-private.h"

#include <string.h>

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static const char *
table_get (GHashTable *table, const char *field)
{
  const char *value = g_hash_table_lookup (table, field);

  return value != NULL ? value : "";
}

static IwForm *
form_new (const IwFormKind *kind, IwSituation *situation, IwDocument *document, const char *author)
{
  IwForm *self = g_new0 (IwForm, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->situation = situation != NULL ? iw_situation_ref (situation) : NULL;
  self->document = document != NULL ? iw_document_ref (document) : NULL;
  self->base = document != NULL ? g_strdup (iw_document_get_rev (document)) : NULL;
  self->author = g_strdup (author != NULL ? author : "");
  self->original = table_new ();
  self->values = g_hash_table_ref (self->original);
  return self;
}

IwForm *
iw_form_new (const IwFormKind *kind,
             IwSituation *situation,
             const char *subject,
             const char *author)
{
  IwForm *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (situation != NULL || kind->workspace, NULL);

  self = form_new (kind, situation, NULL, author);
  iw_form_fill_defaults (self, subject, self->original);
  return self;
}

IwForm *
iw_form_new_edit (const IwFormKind *kind,
                  IwSituation *situation,
                  IwDocument *document,
                  const char *author)
{
  IwForm *self;
  g_auto (IwFieldSource) source = { 0 };

  g_return_val_if_fail (kind != NULL && kind->doc_type != NULL, NULL);
  g_return_val_if_fail (situation != NULL || kind->workspace, NULL);
  g_return_val_if_fail (document != NULL, NULL);

  self = form_new (kind, situation, document, author);
  iw_field_source_init (&source, kind, NULL, iw_document_get_body (document));
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const char *name = kind->fields[i].name;

      g_hash_table_insert (self->original, g_strdup (name),
                           g_strdup (iw_field_source_get (&source, name)));
    }
  return self;
}

IwForm *
iw_form_ref (IwForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
iw_form_unref (IwForm *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->situation, iw_situation_unref);
  g_clear_pointer (&self->document, iw_document_unref);
  g_hash_table_unref (self->original);
  g_hash_table_unref (self->values);
  g_free (self->author);
  g_free (self->base);
  g_free (self);
}

const IwFormKind *
iw_form_get_kind (IwForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

IwSituation *
iw_form_get_situation (IwForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->situation;
}

const char *
iw_form_get_document (IwForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->document != NULL ? iw_document_get_id (self->document) : NULL;
}

const char *
iw_form_get (IwForm *self, const char *field)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (field != NULL, "");

  return table_get (self->values, field);
}

const char *
iw_form_getter (gpointer form, const char *field)
{
  return iw_form_get (form, field);
}

const char *
iw_form_get_original (IwForm *self, const char *field)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (field != NULL, "");

  return table_get (self->original, field);
}

static gboolean
covers (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer field, value;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &field, &value))
    if (strcmp (value, table_get (b, field)) != 0)
      return FALSE;
  return TRUE;
}

gboolean
iw_form_is_changed (IwForm *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->values != self->original &&
         !(covers (self->values, self->original) && covers (self->original, self->values));
}

static GHashTable *
table_copy (GHashTable *table)
{
  GHashTable *copy = table_new ();
  GHashTableIter iter;
  gpointer field, value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &field, &value))
    g_hash_table_insert (copy, g_strdup (field), g_strdup (value));
  return copy;
}

IwForm *
iw_form_set (IwForm *self, const char *field, const char *value)
{
  IwForm *changed;
  GHashTable *values;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL, iw_form_ref (self));
  g_return_val_if_fail (iw_form_kind_field (self->kind, field) != NULL, iw_form_ref (self));

  if (value == NULL)
    value = "";
  if (strcmp (iw_form_get (self, field), value) == 0)
    return iw_form_ref (self);

  values = table_copy (self->values);
  g_hash_table_insert (values, g_strdup (field), g_utf8_make_valid (value, -1));
  changed = form_new (self->kind, self->situation, self->document, self->author);
  g_hash_table_unref (changed->original);
  g_hash_table_unref (changed->values);
  g_set_str (&changed->base, self->base);
  changed->original = g_hash_table_ref (self->original);
  changed->values = values;
  return changed;
}

static void
add_wanted (IwForm *self, GPtrArray *wanted, const IwFormField *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!(fields[i].flags & IW_HIDDEN) && fields[i].input != IW_INPUT_SUBJECT &&
        iw_form_field_is_wanted (&fields[i], iw_form_getter, self))
      g_ptr_array_add (wanted, (gpointer)&fields[i]);
}

GPtrArray *
iw_form_get_fields (IwForm *self)
{
  GPtrArray *wanted;
  const IwFormField *common;
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  wanted = g_ptr_array_new ();
  add_wanted (self, wanted, self->kind->fields, self->kind->n_fields);
  if (self->kind->doc_type == NULL)
    {
      common = iw_form_common_fields (&n);
      add_wanted (self, wanted, common, n);
    }
  return wanted;
}

GTimeZone *
iw_form_get_zone (IwForm *self)
{
  GTimeZone *zone = NULL;

  if (self->situation == NULL || self->kind->workspace)
    return g_time_zone_new_local ();
  zone = iw_situation_get_zone (self->situation);
  return zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
}

char *
iw_form_fold_name (const char *name)
{
  return g_strstrip (g_utf8_casefold (name, -1));
}

gboolean
iw_form_same_name (const char *a, const char *b)
{
  g_autofree char *left = iw_form_fold_name (a);
  g_autofree char *right = iw_form_fold_name (b);

  return strcmp (left, right) == 0;
}
