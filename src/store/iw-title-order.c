#include "config.h"

#include "iw-title-order.h"

#include <string.h>

#include "iw-store-private.h"

/* Titles that no incident has any more are forgotten when there are many. */
#define MAX_FORGOTTEN 10000

struct _IwTitleOrder
{
  GHashTable *titles; /* text → Title */
  gint64 seq;         /* of the database when they were read; -1: never */
};

typedef struct
{
  char *text;
  char *key; /* as g_utf8_collate_key() has it: what takes the time */
  gint64 rank;
} Title;

static void
title_free (Title *title)
{
  g_free (title->text);
  g_free (title->key);
  g_free (title);
}

static IwTitleOrder *
title_order_new (void)
{
  IwTitleOrder *self = g_new0 (IwTitleOrder, 1);

  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)title_free);
  self->seq = -1;
  return self;
}

void
iw_title_order_free (IwTitleOrder *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->titles);
  g_free (self);
}

static gint64
get_rank (const char *text, gpointer data)
{
  IwTitleOrder *self = data;
  const Title *title = g_hash_table_lookup (self->titles, text);

  return title != NULL ? title->rank : 0;
}

static void
add_title (IwTitleOrder *self, const char *text)
{
  Title *title = g_new0 (Title, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);

  title->text = g_strdup (text);
  title->key = g_utf8_collate_key (folded, -1);
  g_hash_table_insert (self->titles, title->text, title);
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  const Title *left = *(const Title *const *)a;
  const Title *right = *(const Title *const *)b;

  return strcmp (left->key, right->key);
}

/* Titles that are equal but for their case share a rank. */
static void
give_ranks (IwTitleOrder *self)
{
  g_autoptr (GPtrArray) sorted = g_hash_table_get_values_as_ptr_array (self->titles);

  g_ptr_array_sort (sorted, compare_titles);
  for (guint i = 0; i < sorted->len; i++)
    {
      Title *title = sorted->pdata[i];
      const Title *before = i > 0 ? sorted->pdata[i - 1] : NULL;

      title->rank = before != NULL && strcmp (before->key, title->key) == 0 ? before->rank : i;
    }
}

static gboolean
read_titles (IwStore *store, IwTitleOrder *self, guint *n, gboolean *added, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (store->db, "SELECT title FROM incident", error);
  IwDbStep step;

  *n = 0;
  *added = FALSE;
  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      const char *text = iw_db_text (stmt, 0);

      ++*n;
      if (text == NULL || g_hash_table_contains (self->titles, text))
        continue;
      add_title (self, text);
      *added = TRUE;
    }
  return step == IW_DB_DONE;
}

gboolean
iw_title_order_update (IwStore *store, GError **error)
{
  IwTitleOrder *self;
  gboolean added;
  gint64 seq;
  guint n;

  if (store->titles == NULL)
    {
      store->titles = title_order_new ();
      iw_db_set_rank (store->db, get_rank, store->titles);
    }
  self = store->titles;
  if (!iw_store_read_seq (store, &seq, error))
    return FALSE;
  if (seq == self->seq)
    return TRUE;
  self->seq = -1;
  if (!read_titles (store, self, &n, &added, error))
    return FALSE;
  if (g_hash_table_size (self->titles) > n + MAX_FORGOTTEN)
    {
      g_hash_table_remove_all (self->titles);
      added = TRUE;
      if (!read_titles (store, self, &n, &added, error))
        return FALSE;
    }
  if (added)
    give_ranks (self);
  self->seq = seq;
  return TRUE;
}
