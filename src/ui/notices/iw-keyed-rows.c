#include "config.h"

#include "iw-keyed-rows.h"

struct _IwKeyedRows
{
  AdwPreferencesGroup *group;
  IwKeyedRowsMake make;
  gpointer data;
  GHashTable *rows; /* key -> GtkWidget (ref) */
  char **order;
};

IwKeyedRows *
iw_keyed_rows_new (AdwPreferencesGroup *group, IwKeyedRowsMake make, gpointer data)
{
  IwKeyedRows *self = g_new0 (IwKeyedRows, 1);

  self->group = group;
  self->make = make;
  self->data = data;
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->order = g_new0 (char *, 1);
  return self;
}

void
iw_keyed_rows_free (IwKeyedRows *self)
{
  g_hash_table_unref (self->rows);
  g_strfreev (self->order);
  g_free (self);
}

static void
remove_gone (IwKeyedRows *self, const char *const *keys)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    if (!g_strv_contains (keys, key))
      {
        adw_preferences_group_remove (self->group, row);
        g_hash_table_iter_remove (&iter);
      }
}

static GtkWidget *
take_row (IwKeyedRows *self, const char *key)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  if (row == NULL)
    {
      row = g_object_ref_sink (self->make (key, self->data));
      g_hash_table_insert (self->rows, g_strdup (key), row);
    }
  return row;
}

/* Rows are put anew from the first that differs on: the group only appends. */
static void
put_in_order (IwKeyedRows *self, const char *const *keys, guint first)
{
  for (guint i = first; keys[i] != NULL; i++)
    {
      GtkWidget *row = take_row (self, keys[i]);

      if (gtk_widget_get_parent (row) != NULL)
        adw_preferences_group_remove (self->group, row);
    }
  for (guint i = first; keys[i] != NULL; i++)
    adw_preferences_group_add (self->group, take_row (self, keys[i]));
}

void
iw_keyed_rows_set (IwKeyedRows *self, const char *const *keys)
{
  guint same = 0;

  if (g_strv_equal ((const char *const *)self->order, keys))
    return;
  while (self->order[same] != NULL && keys[same] != NULL &&
         g_str_equal (self->order[same], keys[same]))
    same++;
  remove_gone (self, keys);
  put_in_order (self, keys, same);
  g_strfreev (self->order);
  self->order = g_strdupv ((char **)keys);
}

GtkWidget *
iw_keyed_rows_get (IwKeyedRows *self, const char *key)
{
  return g_hash_table_lookup (self->rows, key);
}
