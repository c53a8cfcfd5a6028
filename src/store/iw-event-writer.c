#include "config.h"

#include "iw-event-writer.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "iw-db.h"
#include "iw-event-files.h"
#include "iw-event-read.h"
#include "iw-event-scan.h"
#include "iw-event-schema.h"
#include "iw-store.h"

#define STR_(x) #x
#define STR(x) STR_ (x)

/* The file is whole or absent: it is renamed into place after one fsync, so nothing is journaled. FTS5
 * gathers 4 MB of terms before it writes a segment (more is slower where nearly all terms differ) and
 * merges nothing in between: that is most of the time an import takes. */
#define PREPARE                                                                                    \
  "PRAGMA page_size = " STR (                                                                      \
      IW_EVENT_PAGE_SIZE) "; PRAGMA journal_mode = MEMORY;"                                        \
                          "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA "     \
                          "cache_size = -16384;"                                                   \
                          "BEGIN;" IW_EVENT_TABLES                                                 \
                          "INSERT INTO text (text, rank) VALUES ('pgsz', 8100);"                   \
                          "INSERT INTO text (text, rank) VALUES ('hashsize', 4194304);"           \
                          "INSERT INTO text (text, rank) VALUES ('automerge', 0);"                 \
                          "INSERT INTO text (text, rank) VALUES ('crisismerge', 64);"

#define MAX_KNOWN_STRINGS 20000 /* in memory; what comes after is looked up in the table */

struct _IwEventWriter
{
  GObject parent_instance;
  char *dir;
  IwEventScan *scan;
  IwStagedFile *file;
  IwDb *db;
  IwDbStmt *insert_reject, *insert_event, *insert_text, *insert_duplicate, *insert_block;
  IwDbStmt *insert_string, *find_string;
  gint64 n_rejected;

  IwScanned current; /* what next() gave last */
  gboolean pending;  /* and add() has not taken yet */
  gint64 rank;       /* of the event added last */
  gint64 first, last;
  GHashTable *strings; /* text → id */
  gint64 block[IW_EVENT_BLOCK];
  GArray *block_firsts; /* the first time of each block */
};

G_DEFINE_FINAL_TYPE (IwEventWriter, iw_event_writer, G_TYPE_OBJECT)

static void
close_database (IwEventWriter *self)
{
  g_clear_pointer (&self->insert_reject, iw_db_release);
  g_clear_pointer (&self->insert_event, iw_db_release);
  g_clear_pointer (&self->insert_text, iw_db_release);
  g_clear_pointer (&self->insert_duplicate, iw_db_release);
  g_clear_pointer (&self->insert_block, iw_db_release);
  g_clear_pointer (&self->insert_string, iw_db_release);
  g_clear_pointer (&self->find_string, iw_db_release);
  g_clear_pointer (&self->db, iw_db_close);
}

static void
iw_event_writer_finalize (GObject *object)
{
  IwEventWriter *self = IW_EVENT_WRITER (object);

  g_clear_pointer (&self->scan, iw_event_scan_free);
  close_database (self);
  g_clear_pointer (&self->file, iw_staged_file_free);
  g_hash_table_unref (self->strings);
  g_array_unref (self->block_firsts);
  g_free (self->dir);
  G_OBJECT_CLASS (iw_event_writer_parent_class)->finalize (object);
}

static void
iw_event_writer_class_init (IwEventWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_event_writer_finalize;
}

static void
iw_event_writer_init (IwEventWriter *self)
{
  self->strings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->block_firsts = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static gboolean
prepare_statements (IwEventWriter *self, GError **error)
{
  const struct
  {
    IwDbStmt **stmt;
    const char *sql;
  } statements[] = {
    { &self->insert_reject,
      "INSERT INTO reject (row, line, field, reason, value) VALUES (?, ?, ?, ?, ?)" },
    { &self->insert_event, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
    { &self->insert_text, "INSERT INTO text (rowid, words) VALUES (?, ?)" },
    { &self->insert_duplicate, "INSERT INTO duplicate VALUES (?)" },
    { &self->insert_block, "INSERT INTO block VALUES (?, ?)" },
    { &self->insert_string, "INSERT INTO string (text) VALUES (?)" },
    { &self->find_string, "SELECT id FROM string WHERE text = ?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      *statements[i].stmt = iw_db_prepare (self->db, statements[i].sql, error);
      if (*statements[i].stmt == NULL)
        return FALSE;
    }
  return TRUE;
}

IwEventWriter *
iw_event_writer_new (const char *dir, GError **error)
{
  g_autoptr (IwEventWriter) self = g_object_new (IW_TYPE_EVENT_WRITER, NULL);

  self->dir = g_strdup (dir);
  self->scan = iw_event_scan_new (dir, error);
  self->file = self->scan != NULL ? iw_staged_file_new (dir, "events", error) : NULL;
  self->db = self->file != NULL ? iw_db_open (self->file->path, IW_DB_WRITE, error) : NULL;
  if (self->db == NULL || !iw_db_exec (self->db, PREPARE, error) ||
      !prepare_statements (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- first pass ---- */

gboolean
iw_event_writer_scan (IwEventWriter *self, const IwScanned *scanned, GError **error)
{
  return iw_event_scan_add (self->scan, scanned, error);
}

static void
bind_string (IwDbStmt *stmt, int index, const char *text)
{
  iw_db_bind_text (stmt, index, text != NULL ? text : "");
}

gboolean
iw_event_writer_reject (IwEventWriter *self, const IwReject *reject, GError **error)
{
  iw_db_bind_int (self->insert_reject, 1, reject->row);
  iw_db_bind_int (self->insert_reject, 2, reject->line);
  bind_string (self->insert_reject, 3, reject->field);
  bind_string (self->insert_reject, 4, reject->reason);
  bind_string (self->insert_reject, 5, reject->value);
  if (!iw_db_run (self->insert_reject, error))
    return FALSE;
  self->n_rejected++;
  return TRUE;
}

gboolean
iw_event_writer_end_scan (IwEventWriter *self,
                          gint64 *good,
                          gint64 *duplicates,
                          gint64 *rejected,
                          gint64 *first_us,
                          gint64 *last_us,
                          GError **error)
{
  if (!iw_event_scan_end (self->scan, error))
    return FALSE;
  self->first = iw_event_scan_get_first (self->scan);
  self->last = iw_event_scan_get_last (self->scan);
  *good = iw_event_scan_get_n (self->scan);
  *duplicates = iw_event_scan_get_n_duplicates (self->scan);
  *rejected = self->n_rejected;
  *first_us = self->first;
  *last_us = self->last;
  return TRUE;
}

GPtrArray *
iw_event_writer_rejects (IwEventWriter *self, guint offset, guint n, GError **error)
{
  return iw_event_rejects_read (self->db, offset, n, error);
}

/* ---- second pass ---- */

gboolean
iw_event_writer_next (IwEventWriter *self, IwScanned *out, GError **error)
{
  g_return_val_if_fail (!self->pending, FALSE);

  self->pending = iw_event_scan_next (self->scan, &self->current, error);
  if (self->pending)
    *out = self->current;
  return self->pending;
}

/* @text cut to @max characters. (transfer full) where it is cut, else NULL and @text is short
 * enough */
static char *
cut (const char *text, guint max)
{
  const char *p = text;

  for (guint i = 0; i < max && *p != '\0'; i++)
    p = g_utf8_next_char (p);
  return *p != '\0' ? g_strndup (text, p - text) : NULL;
}

/* The id of a string of the dictionary; 0 on error. */
static gint64
insert_string (IwEventWriter *self, const char *text, GError **error)
{
  IwDbStep step;
  gint64 id = 0;

  if (g_hash_table_size (self->strings) >= MAX_KNOWN_STRINGS)
    {
      iw_db_bind_text (self->find_string, 1, text);
      step = iw_db_step (self->find_string, error);
      id = step == IW_DB_ROW ? iw_db_int (self->find_string, 0) : 0;
      iw_db_reset (self->find_string);
      if (step != IW_DB_DONE)
        return id;
    }
  iw_db_bind_text (self->insert_string, 1, text);
  if (!iw_db_run (self->insert_string, error))
    return 0;
  id = iw_db_last_rowid (self->db);
  if (g_hash_table_size (self->strings) < MAX_KNOWN_STRINGS)
    g_hash_table_insert (self->strings, g_strdup (text), (gpointer)id);
  return id;
}

static gboolean
bind_dictionary (IwEventWriter *self, int index, const char *text, GError **error)
{
  g_autofree char *short_text = NULL;
  gint64 id;

  if (text == NULL || *text == '\0')
    {
      iw_db_bind_null (self->insert_event, index);
      return TRUE;
    }
  short_text = cut (text, IW_EVENT_STRING_MAX);
  if (short_text != NULL)
    text = short_text;
  id = (gint64)g_hash_table_lookup (self->strings, text);
  if (id == 0)
    id = insert_string (self, text, error);
  if (id == 0)
    return FALSE;
  iw_db_bind_int (self->insert_event, index, id);
  return TRUE;
}

static gboolean
write_block (IwEventWriter *self, gint64 id, gint64 n, GError **error)
{
  iw_db_bind_int (self->insert_block, 1, id);
  iw_db_bind_blob (self->insert_block, 2, self->block, n * sizeof self->block[0]);
  return iw_db_run (self->insert_block, error);
}

static gboolean
add_time (IwEventWriter *self, GError **error)
{
  gint64 place = (self->rank - 1) % IW_EVENT_BLOCK, time = GINT64_TO_LE (self->current.time.us);

  self->block[place] = time;
  if (place == 0)
    g_array_append_val (self->block_firsts, time);
  return place + 1 < IW_EVENT_BLOCK ||
         write_block (self, (self->rank - 1) / IW_EVENT_BLOCK, IW_EVENT_BLOCK, error);
}

static gboolean
add_duplicate (IwEventWriter *self, GError **error)
{
  iw_db_bind_int (self->insert_duplicate, 1, self->rank);
  return iw_db_run (self->insert_duplicate, error);
}

gboolean
iw_event_writer_add (IwEventWriter *self,
                     const char *message,
                     const char *desc,
                     const char *origin,
                     const char *host,
                     const char *actor,
                     const char *text,
                     GError **error)
{
  const IwScanned *current = &self->current;
  g_autofree char *short_message = message != NULL ? cut (message, IW_EVENT_MESSAGE_MAX) : NULL;

  g_return_val_if_fail (self->pending, FALSE);

  self->pending = FALSE;
  self->rank++;
  iw_db_bind_int (self->insert_event, 1, self->rank);
  iw_db_bind_int (self->insert_event, 2, current->time.us);
  iw_db_bind_int (self->insert_event, 3, current->time.precision);
  iw_db_bind_int (self->insert_event, 4, current->row);
  iw_db_bind_int (self->insert_event, 5, current->line);
  iw_db_bind_int (self->insert_event, 6, current->offset);
  iw_db_bind_int (self->insert_event, 7, current->length);
  iw_db_bind_int (self->insert_event, 8, current->duplicate);
  if (!bind_dictionary (self, 9, desc, error) || !bind_dictionary (self, 10, origin, error) ||
      !bind_dictionary (self, 11, host, error) || !bind_dictionary (self, 12, actor, error))
    return FALSE;
  bind_string (self->insert_event, 13, short_message != NULL ? short_message : message);
  iw_db_bind_int (self->insert_text, 1, self->rank);
  bind_string (self->insert_text, 2, text);
  return iw_db_run (self->insert_event, error) && iw_db_run (self->insert_text, error) &&
         (!current->duplicate || add_duplicate (self, error)) && add_time (self, error);
}

/* ---- the end ---- */

static gboolean
write_meta (IwEventWriter *self, const char *evidence_id, GError **error)
{
  g_autoptr (IwDbStmt) insert =
      iw_db_prepare (self->db,
                     "INSERT INTO meta VALUES ('version', ?), ('evidence', ?), ('n', ?),"
                     " ('first', ?), ('last', ?), ('rejected', ?), ('times', ?)",
                     error);

  if (insert == NULL)
    return FALSE;
  iw_db_bind_int (insert, 1, IW_EVENT_SCHEMA_VERSION);
  iw_db_bind_text (insert, 2, evidence_id);
  iw_db_bind_int (insert, 3, self->rank);
  iw_db_bind_int (insert, 4, self->first);
  iw_db_bind_int (insert, 5, self->last);
  iw_db_bind_int (insert, 6, self->n_rejected);
  iw_db_bind_blob (insert, 7, self->block_firsts->data, self->block_firsts->len * sizeof (gint64));
  return iw_db_run (insert, error);
}

static gboolean
complete_database (IwEventWriter *self, const char *evidence_id, GError **error)
{
  gint64 rest = self->rank % IW_EVENT_BLOCK;

  return (rest == 0 || write_block (self, self->rank / IW_EVENT_BLOCK, rest, error)) &&
         write_meta (self, evidence_id, error) && iw_db_exec (self->db, IW_EVENT_INDEXES, error) &&
         iw_db_exec (self->db, "COMMIT", error);
}

/* An index speaks of the text beside it: so the old index goes before the text changes, and the new
 * one comes last. Cut short in between, the index is absent, and is built again. */
static gboolean
move_into_place (IwEventWriter *self,
                 const char *index,
                 const char *text,
                 const char *decoded,
                 GError **error)
{
  g_autofree char *folder = g_path_get_dirname (index);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return FALSE;
    }
  if (!iw_event_files_sync (self->file->path, error) ||
      (decoded != NULL && !iw_event_files_sync (decoded, error)))
    return FALSE;
  g_unlink (index);
  if (decoded == NULL)
    g_unlink (text);
  else if (!iw_event_files_move (decoded, text, error))
    return FALSE;
  return iw_event_files_move (self->file->path, index, error) &&
         iw_event_files_sync_folder (folder, error);
}

gboolean
iw_event_writer_finish (IwEventWriter *self,
                        const char *evidence_id,
                        const char *decoded,
                        GError **error)
{
  g_autofree char *index = iw_event_files_path (self->dir, evidence_id, IW_EVENT_INDEX_SUFFIX);
  g_autofree char *text = iw_event_files_path (self->dir, evidence_id, IW_EVENT_TEXT_SUFFIX);

  g_return_val_if_fail (self->db != NULL && !self->pending, FALSE);

  if (index == NULL)
    {
      g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
                   _ ("“%s” is no id of an evidence document."), evidence_id);
      return FALSE;
    }
  if (self->rank != iw_event_scan_get_n (self->scan))
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_FAILED,
                           _ ("Not every row of the timeline was read."));
      return FALSE;
    }
  if (!complete_database (self, evidence_id, error))
    return FALSE;
  close_database (self);
  return move_into_place (self, index, text, decoded, error);
}
