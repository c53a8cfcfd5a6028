#include "config.h"

#include "iw-event-index.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-db.h"
#include "iw-event-files.h"
#include "iw-event-read.h"
#include "iw-event-schema.h"
#include "iw-fts.h"
#include "iw-store.h"

#define N_SLOTS 64 /* blocks of times kept: half a megabyte where a timeline is that long */

/* Pages are read as they are needed and few are kept: the system's file cache has them. */
#define PREPARE "PRAGMA cache_size = -2048; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"

typedef struct
{
  gint64 id; /* -1: empty */
  gint64 *times;
} Slot;

struct _IwEventIndex
{
  GObject parent_instance;
  char *path;
  char *stamp;
  IwDb *db;
  gint64 n, first, last;
  gint64 n_blocks;
  gint64 *firsts; /* the first time of each block */
  gboolean damaged;
  Slot slots[N_SLOTS];
};

G_DEFINE_FINAL_TYPE (IwEventIndex, iw_event_index, G_TYPE_OBJECT)

static void
iw_event_index_finalize (GObject *object)
{
  IwEventIndex *self = IW_EVENT_INDEX (object);

  iw_db_close (self->db);
  g_free (self->path);
  g_free (self->stamp);
  g_free (self->firsts);
  for (int i = 0; i < N_SLOTS; i++)
    g_free (self->slots[i].times);
  G_OBJECT_CLASS (iw_event_index_parent_class)->finalize (object);
}

static void
iw_event_index_class_init (IwEventIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_event_index_finalize;
}

static void
iw_event_index_init (IwEventIndex *self)
{
  for (int i = 0; i < N_SLOTS; i++)
    self->slots[i].id = -1;
}

/* ---- opening ---- */

static gboolean
set_absent (GError **error)
{
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                       _ ("This machine timeline has no index here yet."));
  return FALSE;
}

static gboolean
set_corrupt (GError **error)
{
  g_clear_error (error);
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT,
                       _ ("The index of this machine timeline is damaged. It can be built again "
                          "from the evidence file."));
  return FALSE;
}

/* The times of blocks; in order, and within the first and the last time of all. */
static gboolean
read_times (IwEventIndex *self, IwDbStmt *stmt, int column)
{
  gsize length;
  const guint8 *data = iw_db_blob (stmt, column, &length);

  if (self->n < 0 || self->n > G_MAXINT64 / 2)
    return FALSE;
  self->n_blocks = (self->n + IW_EVENT_BLOCK - 1) / IW_EVENT_BLOCK;
  if (length / sizeof (gint64) != self->n_blocks || length % sizeof (gint64) != 0)
    return FALSE;
  self->firsts = g_new (gint64, self->n_blocks);
  for (gint64 i = 0; i < self->n_blocks; i++)
    {
      gint64 time;

      memcpy (&time, data + i * sizeof time, sizeof time);
      self->firsts[i] = iw_event_sane_time (GINT64_FROM_LE (time));
      if (self->firsts[i] < (i > 0 ? self->firsts[i - 1] : self->first) ||
          self->firsts[i] > self->last)
        return FALSE;
    }
  return TRUE;
}

/* FALSE with NOT_FOUND where it is another document's, CORRUPT where it is no index of ours. */
static gboolean
read_meta (IwEventIndex *self, const char *evidence_id, GError **error)
{
  g_autoptr (IwDbStmt) select = iw_db_prepare (
      self->db,
      "SELECT (SELECT value FROM meta WHERE key = 'version'),"
      "  (SELECT value FROM meta WHERE key = 'evidence'), (SELECT value FROM meta WHERE key = 'n'),"
      "  (SELECT value FROM meta WHERE key = 'first'), (SELECT value FROM meta WHERE key = 'last'),"
      "  (SELECT value FROM meta WHERE key = 'times')",
      error);

  if (select == NULL || iw_db_step (select, error) != IW_DB_ROW)
    return FALSE;
  if (iw_db_int (select, 0) != IW_EVENT_SCHEMA_VERSION)
    return set_corrupt (error);
  if (g_strcmp0 (iw_db_text (select, 1), evidence_id) != 0)
    return set_absent (error);
  self->n = iw_db_int (select, 2);
  self->first = iw_event_sane_time (iw_db_int (select, 3));
  self->last = iw_event_sane_time (iw_db_int (select, 4));
  return read_times (self, select, 5) || set_corrupt (error);
}

IwEventIndex *
iw_event_index_open (const char *dir, const char *evidence_id, GError **error)
{
  g_autoptr (IwEventIndex) self = g_object_new (IW_TYPE_EVENT_INDEX, NULL);
  g_autoptr (GError) inner = NULL;

  self->path = iw_event_files_path (dir, evidence_id, IW_EVENT_INDEX_SUFFIX);
  self->stamp = self->path != NULL ? iw_event_files_stamp (self->path) : NULL;
  if (self->stamp == NULL)
    {
      set_absent (error);
      return NULL;
    }
  /* Nobody changes an index: it is replaced by another file. */
  self->db = iw_db_open (self->path, IW_DB_IMMUTABLE, &inner);
  if (self->db != NULL && iw_db_exec (self->db, PREPARE, &inner) &&
      read_meta (self, evidence_id, &inner))
    return g_steal_pointer (&self);
  /* A file that cannot be opened or a table that is not there is damage as well. */
  if (g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_FAILED) ||
      g_error_matches (inner, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    set_corrupt (&inner);
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

const char *
iw_event_index_get_stamp (IwEventIndex *self)
{
  return self->stamp;
}

gboolean
iw_event_index_is_current (IwEventIndex *self)
{
  g_autofree char *stamp = iw_event_files_stamp (self->path);

  return g_strcmp0 (stamp, self->stamp) == 0;
}

gboolean
iw_event_index_get_damaged (IwEventIndex *self)
{
  return self->damaged;
}

static void
note_damage (IwEventIndex *self)
{
  if (!self->damaged)
    g_warning ("the index of a machine timeline is damaged");
  self->damaged = TRUE;
}

/* ---- times ---- */

gint64
iw_event_index_get_n (IwEventIndex *self)
{
  return self->n;
}

gint64
iw_event_index_get_first (IwEventIndex *self)
{
  return self->first;
}

gint64
iw_event_index_get_last (IwEventIndex *self)
{
  return self->last;
}

static gint64
block_length (IwEventIndex *self, gint64 id)
{
  return MIN (IW_EVENT_BLOCK, self->n - id * IW_EVENT_BLOCK);
}

/* Takes the @n times of a block from @data, or the time the block begins at where it could not be
 * read: the list still has its length. Whatever the disk made of them, they are in order, which all
 * that counts with ranks relies on. FALSE where something was wrong. */
static gboolean
take_times (IwEventIndex *self, gint64 id, const guint8 *data, gint64 n, gint64 *times)
{
  gint64 low = self->firsts[id];
  gint64 high = id + 1 < self->n_blocks ? self->firsts[id + 1] : self->last;
  gboolean good = data != NULL;

  for (gint64 i = 0; i < n; i++)
    {
      gint64 time = GINT64_TO_LE (low);

      if (data != NULL)
        memcpy (&time, data + i * sizeof time, sizeof time);
      time = iw_event_sane_time (GINT64_FROM_LE (time));
      good = good && time >= low && time <= high;
      times[i] = low = CLAMP (time, low, high);
    }
  return good;
}

static void
load_block (IwEventIndex *self, Slot *slot, gint64 id)
{
  g_autoptr (IwDbStmt) select =
      iw_db_prepare (self->db, "SELECT times FROM block WHERE id = ?", NULL);
  gint64 n = block_length (self, id);
  const guint8 *data = NULL;
  gsize length = 0;

  slot->id = id;
  if (slot->times == NULL)
    slot->times = g_new (gint64, IW_EVENT_BLOCK);
  if (select != NULL)
    {
      iw_db_bind_int (select, 1, id);
      if (iw_db_step (select, NULL) == IW_DB_ROW)
        data = iw_db_blob (select, 0, &length);
    }
  if (!take_times (self, id, length == n * sizeof (gint64) ? data : NULL, n, slot->times))
    note_damage (self);
}

static const gint64 *
get_block (IwEventIndex *self, gint64 id)
{
  Slot *slot = &self->slots[id % N_SLOTS];

  if (slot->id != id)
    load_block (self, slot, id);
  return slot->times;
}

/* How many of @n sorted times lie before @us. */
static gint64
count_before (const gint64 *times, gint64 n, gint64 us)
{
  gint64 low = 0, high = n;

  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;

      if (times[middle] < us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gint64
iw_event_index_lower_bound (IwEventIndex *self, gint64 us)
{
  gint64 blocks = count_before (self->firsts, self->n_blocks, us), id = blocks - 1;

  if (blocks == 0)
    return 1;
  return id * IW_EVENT_BLOCK + count_before (get_block (self, id), block_length (self, id), us) + 1;
}

gint64
iw_event_index_time_at (IwEventIndex *self, gint64 rank)
{
  g_return_val_if_fail (rank >= 1 && rank <= self->n, 0);

  return get_block (self, (rank - 1) / IW_EVENT_BLOCK)[(rank - 1) % IW_EVENT_BLOCK];
}

/* ---- events ---- */

GPtrArray *
iw_event_index_read (IwEventIndex *self, gint64 rank, guint n, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_event_free);
  g_autoptr (IwDbStmt) select =
      iw_db_prepare (self->db, IW_EVENT_SELECT "WHERE e.rank >= ? ORDER BY e.rank LIMIT ?", error);
  IwDbStep step;

  if (select == NULL)
    return NULL;
  iw_db_bind_int (select, 1, rank);
  iw_db_bind_int (select, 2, n);
  while ((step = iw_db_step (select, error)) == IW_DB_ROW)
    g_ptr_array_add (events, iw_event_read_row (select));
  if (step == IW_DB_DONE)
    return g_steal_pointer (&events);
  note_damage (self);
  return NULL;
}

IwEvent *
iw_event_index_find_row (IwEventIndex *self, gint64 row, GError **error)
{
  g_autoptr (IwDbStmt) select = iw_db_prepare (self->db, IW_EVENT_SELECT "WHERE e.row = ?", error);
  IwDbStep step;

  if (select == NULL)
    return NULL;
  iw_db_bind_int (select, 1, row);
  step = iw_db_step (select, error);
  if (step == IW_DB_ROW)
    return iw_event_read_row (select);
  if (step == IW_DB_DONE)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row);

      g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND,
                   /* Translators: %s is the number of a row in a file. */
                   _ ("There is no event of row %s."), number);
      return NULL;
    }
  note_damage (self);
  return NULL;
}

GPtrArray *
iw_event_index_rejects (IwEventIndex *self, guint offset, guint n, GError **error)
{
  return iw_event_rejects_read (self->db, offset, n, error);
}

char **
iw_event_index_actors (IwEventIndex *self, guint limit, GError **error)
{
  g_autoptr (GStrvBuilder) actors = g_strv_builder_new ();
  g_autoptr (IwDbStmt) select =
      iw_db_prepare (self->db,
                     "SELECT s.text FROM actor a JOIN string s ON s.id = a.string"
                     " ORDER BY a.n DESC, s.text LIMIT ?",
                     error);
  IwDbStep step;

  if (select == NULL)
    return NULL;
  iw_db_bind_int (select, 1, limit);
  while ((step = iw_db_step (select, error)) == IW_DB_ROW)
    g_strv_builder_take (actors, iw_event_read_text (select, 0));
  return step == IW_DB_DONE ? g_strv_builder_end (actors) : NULL;
}

/* ---- searching ---- */

/* Adds to, or takes from @set the ranks that @select gives. */
static gboolean
collect (IwEventSet *set, IwDbStmt *select, gboolean remove, GError **error)
{
  IwDbStep step;

  while ((step = iw_db_step (select, error)) == IW_DB_ROW)
    if (remove)
      iw_event_set_remove (set, iw_db_int (select, 0));
    else
      iw_event_set_add (set, iw_db_int (select, 0));
  return step == IW_DB_DONE;
}

static IwEventSet *
match_text (IwEventIndex *self, const char *query, GError **error)
{
  g_autoptr (IwEventSet) set = iw_event_set_new (self->n, FALSE);
  g_autoptr (IwDbStmt) select =
      iw_db_prepare (self->db, "SELECT rowid FROM text WHERE text MATCH ?", error);

  if (select == NULL)
    return NULL;
  iw_db_bind_text (select, 1, query);
  return collect (set, select, FALSE, error) ? iw_event_set_seal (g_steal_pointer (&set)) : NULL;
}

static IwEventSet *
match_actors (IwEventIndex *self, const char *const *actors, GError **error)
{
  g_autoptr (IwEventSet) set = iw_event_set_new (self->n, FALSE);
  g_autoptr (IwDbStmt) select = iw_db_prepare (
      self->db, "SELECT rank FROM event WHERE actor = (SELECT id FROM string WHERE text = ?)",
      error);

  for (; select != NULL && *actors != NULL; actors++)
    {
      iw_db_bind_text (select, 1, *actors);
      if (!collect (set, select, FALSE, error))
        return NULL;
      iw_db_reset (select);
    }
  return select != NULL ? iw_event_set_seal (g_steal_pointer (&set)) : NULL;
}

static IwEventSet *
match_originals (IwEventIndex *self, GError **error)
{
  g_autoptr (IwEventSet) set = iw_event_set_new (self->n, TRUE);
  g_autoptr (IwDbStmt) select = iw_db_prepare (self->db, "SELECT rank FROM duplicate", error);

  if (select == NULL || !collect (set, select, TRUE, error))
    return NULL;
  return iw_event_set_seal (g_steal_pointer (&set));
}

/* Narrows @set, which may be NULL for all, to @other. */
static void
narrow (IwEventSet **set, IwEventSet *other)
{
  if (*set != NULL)
    {
      g_autoptr (IwEventSet) a = g_steal_pointer (set), b = other;

      *set = iw_event_set_intersect (a, b);
    }
  else
    *set = other;
}

static gboolean
match_all (IwEventIndex *self,
           const char *query,
           const char *const *actors,
           gboolean hide_duplicates,
           IwEventSet **set,
           GError **error)
{
  IwEventSet *part;

  if (query != NULL)
    {
      part = match_text (self, query, error);
      if (part == NULL)
        return FALSE;
      narrow (set, part);
    }
  if (actors != NULL && *actors != NULL)
    {
      part = match_actors (self, actors, error);
      if (part == NULL)
        return FALSE;
      narrow (set, part);
    }
  if (hide_duplicates)
    {
      part = match_originals (self, error);
      if (part == NULL)
        return FALSE;
      narrow (set, part);
    }
  return TRUE;
}

IwEventSet *
iw_event_index_match (IwEventIndex *self,
                      const char *text,
                      const char *const *actors,
                      gboolean hide_duplicates,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *query = iw_fts_query (text);
  g_autoptr (IwEventSet) set = NULL;
  g_autoptr (GError) inner = NULL;
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  iw_db_set_cancellable (self->db, cancellable);
  done = match_all (self, query, actors, hide_duplicates, &set, &inner);
  iw_db_set_cancellable (self->db, NULL);
  if (done)
    return g_steal_pointer (&set);
  if (!g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      note_damage (self);
      set_corrupt (&inner);
    }
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

GPtrArray *
iw_event_index_search (IwEventIndex *self, const char *text, guint limit, GError **error)
{
  g_autofree char *query = iw_fts_query (text);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_event_free);
  g_autoptr (IwDbStmt) select = NULL;
  IwDbStep step = IW_DB_DONE;

  if (query == NULL)
    return g_steal_pointer (&events);
  select =
      iw_db_prepare (self->db,
                     IW_EVENT_SELECT "WHERE e.rank IN (SELECT rowid FROM text WHERE text MATCH ?"
                                     "  ORDER BY rowid DESC LIMIT ?) ORDER BY e.rank DESC",
                     error);
  if (select == NULL)
    return NULL;
  iw_db_bind_text (select, 1, query);
  iw_db_bind_int (select, 2, limit);
  while ((step = iw_db_step (select, error)) == IW_DB_ROW)
    g_ptr_array_add (events, iw_event_read_row (select));
  return step == IW_DB_DONE ? g_steal_pointer (&events) : NULL;
}
