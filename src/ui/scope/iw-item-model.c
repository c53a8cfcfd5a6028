#include "config.h"

#include "iw-item-model.h"

#include <string.h>

struct _IwItemModel
{
  GObject parent_instance;

  const IwItemSource *source;
  GPtrArray *rows; /* all */
  gpointer data;
  GDestroyNotify free_data;
  GPtrArray *shown; /* those that match, pointers into @rows */
  char *needle;     /* case-folded; NULL for all */
  guint choice;
  GHashTable *alive; /* id -> IwItem (weak): what is looked at */
};

static void list_init (GListModelInterface *iface);
static void section_init (GtkSectionModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (IwItemModel,
                               iw_item_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_init))

static const char *
id_of (IwItemModel *self, gpointer row)
{
  return self->source->get_id (row, self->data);
}

static guint
section_of (IwItemModel *self, gpointer row)
{
  return self->source->get_section != NULL ? self->source->get_section (row, self->data) : 0;
}

/* ---- items ---- */

/* Keyed by the item's own string, which is gone with it: the entry is taken away while it goes. */
static void
on_item_gone (gpointer data, GObject *gone)
{
  IwItemModel *self = data;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (item == gone)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static IwItem *
ref_item (IwItemModel *self, gpointer row)
{
  const char *id = id_of (self, row);
  IwItem *item = g_hash_table_lookup (self->alive, id);
  IwItemText text = { 0 };

  if (item != NULL)
    return g_object_ref (item);
  self->source->fill (row, &text, self->data);
  item = iw_item_new (id, &text);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, self);
  g_hash_table_insert (self->alive, g_strdup (id), item);
  return item;
}

static void
forget_items (IwItemModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, on_item_gone, self);
  g_hash_table_remove_all (self->alive);
}

void
iw_item_model_refresh (IwItemModel *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) rows = NULL;

  if (g_hash_table_size (self->alive) == 0)
    return;
  rows = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->shown->len; i++)
    if (g_hash_table_contains (self->alive, id_of (self, self->shown->pdata[i])))
      g_hash_table_insert (rows, (gpointer)id_of (self, self->shown->pdata[i]),
                           self->shown->pdata[i]);
  {
    GHashTableIter iter;
    gpointer item;

    g_hash_table_iter_init (&iter, self->alive);
    while (g_hash_table_iter_next (&iter, NULL, &item))
      g_ptr_array_add (items, g_object_ref (item));
  }
  for (guint i = 0; i < items->len; i++)
    {
      gpointer row = g_hash_table_lookup (rows, iw_item_get_id (items->pdata[i]));
      IwItemText text = { 0 };

      if (row == NULL)
        continue;
      self->source->fill (row, &text, self->data);
      iw_item_take_text (items->pdata[i], &text);
    }
}

/* ---- rows ---- */

static GPtrArray *
select_rows (IwItemModel *self, GPtrArray *rows)
{
  GPtrArray *shown = g_ptr_array_new ();
  gboolean all = (self->needle == NULL && self->choice == 0) || self->source->matches == NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (all || self->source->matches (rows->pdata[i], self->needle != NULL ? self->needle : "",
                                      self->choice, self->data))
      g_ptr_array_add (shown, rows->pdata[i]);
  return shown;
}

/* An id stays itself; in another section it is another row. */
static char *
key_of (IwItemModel *self, gpointer row)
{
  return g_strdup_printf ("%u %s", section_of (self, row), id_of (self, row));
}

static GPtrArray *
keys_of (IwItemModel *self, GPtrArray *rows)
{
  GPtrArray *keys = g_ptr_array_new_full (rows != NULL ? rows->len : 0, g_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_ptr_array_add (keys, key_of (self, rows->pdata[i]));
  return keys;
}

/* Tells the least that has changed between two orders of rows. */
static void
report (IwItemModel *self, GPtrArray *before, GPtrArray *after)
{
  guint start = 0, end = 0;

  while (start < before->len && start < after->len &&
         g_str_equal (before->pdata[start], after->pdata[start]))
    start++;
  while (end < before->len - start && end < after->len - start &&
         g_str_equal (before->pdata[before->len - end - 1], after->pdata[after->len - end - 1]))
    end++;
  if (before->len - end != start || after->len - end != start)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                after->len - start - end);
}

void
iw_item_model_set_rows (IwItemModel *self, GPtrArray *rows, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (GPtrArray) before = keys_of (self, self->shown);
  g_autoptr (GPtrArray) after = NULL;
  gpointer old_data = self->data;
  GDestroyNotify free_old = self->free_data;
  GPtrArray *old_rows = self->rows;

  self->rows = rows != NULL ? g_ptr_array_ref (rows) : NULL;
  self->data = data;
  self->free_data = free_data;
  g_ptr_array_unref (self->shown);
  self->shown = select_rows (self, self->rows);
  g_clear_pointer (&old_rows, g_ptr_array_unref);
  if (free_old != NULL)
    free_old (old_data);
  iw_item_model_refresh (self);
  after = keys_of (self, self->shown);
  report (self, before, after);
}

void
iw_item_model_set_filter (IwItemModel *self, const char *text, guint choice)
{
  g_autofree char *folded = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  if (g_strcmp0 (folded, self->needle) == 0 && choice == self->choice)
    return;
  before = keys_of (self, self->shown);
  g_set_str (&self->needle, folded);
  self->choice = choice;
  g_ptr_array_unref (self->shown);
  self->shown = select_rows (self, self->rows);
  after = keys_of (self, self->shown);
  report (self, before, after);
}

guint
iw_item_model_get_n_rows (IwItemModel *self)
{
  return self->rows != NULL ? self->rows->len : 0;
}

int
iw_item_model_find (IwItemModel *self, const char *id)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (g_str_equal (id_of (self, self->shown->pdata[i]), id))
      return (int)i;
  return -1;
}

guint
iw_item_model_get_section (IwItemModel *self, guint position)
{
  return position < self->shown->len ? section_of (self, self->shown->pdata[position]) : 0;
}

/* ---- the interfaces ---- */

static GType
get_item_type (GListModel *model)
{
  return IW_TYPE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return IW_ITEM_MODEL (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  IwItemModel *self = IW_ITEM_MODEL (model);

  return position < self->shown->len ? ref_item (self, self->shown->pdata[position]) : NULL;
}

static void
list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The first row that is not before @section: sections stand in order. */
static guint
section_start (IwItemModel *self, guint section)
{
  guint low = 0, high = self->shown->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (section_of (self, self->shown->pdata[middle]) < section)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  IwItemModel *self = IW_ITEM_MODEL (model);
  guint section;

  if (position >= self->shown->len)
    {
      *start = self->shown->len;
      *end = G_MAXUINT;
      return;
    }
  section = section_of (self, self->shown->pdata[position]);
  *start = section_start (self, section);
  *end = section_start (self, section + 1);
}

static void
section_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

/* ---- the object ---- */

static void
iw_item_model_finalize (GObject *object)
{
  IwItemModel *self = IW_ITEM_MODEL (object);

  forget_items (self);
  g_hash_table_unref (self->alive);
  g_ptr_array_unref (self->shown);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self->needle);
  G_OBJECT_CLASS (iw_item_model_parent_class)->finalize (object);
}

static void
iw_item_model_class_init (IwItemModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_item_model_finalize;
}

static void
iw_item_model_init (IwItemModel *self)
{
  self->shown = g_ptr_array_new ();
  self->alive = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

IwItemModel *
iw_item_model_new (const IwItemSource *source)
{
  IwItemModel *self = g_object_new (IW_TYPE_ITEM_MODEL, NULL);

  self->source = source;
  return self;
}
