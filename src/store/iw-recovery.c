/* A new database out of what a damaged one still holds. */
#include "config.h"

#include "iw-recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "iw-fail.h"
#include "iw-json.h"
#include "iw-recovery-peer.h"
#include "iw-salvage.h"
#include "iw-store-private.h"

/* SQLite's file format: in WAL mode every open connection holds a read lock on these bytes. */
#define SHARED_FIRST (0x40000000 + 2)
#define SHARED_SIZE 510

typedef struct
{
  IwDb *damaged;
  IwStore *store;         /* the new one, in a folder of its own */
  GHashTable *docids;     /* (gint64 *) → (char *), as far as they are known */
  GHashTable *revs;       /* (gint64 *): revisions that were saved */
  GHashTable *known_revs; /* (gint64 *): revisions that an index speaks of */
  GHashTable *voids;      /* (gint64 *): documents that an earlier version deleted */
  GError *error;          /* of the new database: ends it all */
} Recovery;

static gint64 *
copy_id (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

void
iw_recovery_report_clear (IwRecoveryReport *report)
{
  g_clear_pointer (&report->kept_as, g_free);
}

/* ---- saving rows ---- */

static gboolean
note_docid (IwDbStmt *row, gpointer data)
{
  Recovery *self = data;
  const char *docid = iw_db_text (row, 1);

  if (!iw_store_check_docid (docid, FALSE, NULL))
    return FALSE;
  if (!g_hash_table_contains (self->docids, &(gint64){ iw_db_int (row, 0) }))
    g_hash_table_insert (self->docids, copy_id (iw_db_int (row, 0)), g_strdup (docid));
  return TRUE;
}

static gboolean
note_void (IwDbStmt *row, gpointer data)
{
  Recovery *self = data;

  if (iw_db_int (row, 1) != 0)
    g_hash_table_add (self->voids, copy_id (iw_db_int (row, 0)));
  return TRUE;
}

static gboolean
note_rev (IwDbStmt *row, gpointer data)
{
  Recovery *self = data;

  g_hash_table_add (self->known_revs, copy_id (iw_db_int (row, 0)));
  return TRUE;
}

static gboolean
row_makes_sense (IwDbStmt *row, JsonObject **body)
{
  g_autofree char *id = NULL;
  IwRev rev;

  if (iw_db_text (row, 3) == NULL)
    return FALSE;
  id = iw_rev_format (iw_db_int (row, 2), iw_db_text (row, 3));
  if (!iw_rev_parse (id, &rev) || iw_db_int (row, 1) <= 0)
    return FALSE;
  if (iw_db_is_null (row, 6))
    return TRUE;
  *body = iw_json_from_text (iw_db_text (row, 6), NULL);
  return *body != NULL;
}

/* A document whose id is lost gets a new one: what it says is worth more. */
static void
make_up_docid (Recovery *self, gint64 doc, JsonObject *body)
{
  const char *type = iw_json_get_string (body, "type", "entry");
  const char *incident = iw_json_get_string (body, "incident", NULL);
  char *docid;

  if (incident != NULL && !iw_id_is_uuid (incident))
    incident = NULL;
  if (incident != NULL && strcmp (type, "incident") == 0)
    docid = iw_id_incident_document (incident);
  else
    docid = iw_id_new_document (self->store->context, incident, type);
  if (!iw_store_check_docid (docid, TRUE, NULL))
    {
      g_free (docid);
      docid = iw_id_new_document (self->store->context, incident, "entry");
    }
  g_hash_table_insert (self->docids, copy_id (doc), docid);
}

static gboolean
insert_rev (Recovery *self, IwDbStmt *row)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->store->db,
                     "INSERT INTO rev (id, doc, gen, hash, parent, deleted, leaf, body)"
                     " VALUES (?1, ?2, ?3, ?4, nullif (?5, 0), ?6, 0, ?7)"
                     " ON CONFLICT DO NOTHING",
                     &self->error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, iw_db_int (row, 0));
  iw_db_bind_int (stmt, 2, iw_db_int (row, 1));
  iw_db_bind_int (stmt, 3, iw_db_int (row, 2));
  iw_db_bind_text (stmt, 4, iw_db_text (row, 3));
  iw_db_bind_int (stmt, 5, iw_db_int (row, 4));
  iw_db_bind_int (stmt, 6, iw_db_int (row, 5) != 0);
  iw_db_bind_text (stmt, 7, iw_db_text (row, 6));
  return iw_db_run (stmt, &self->error);
}

static gboolean
save_rev (IwDbStmt *row, gpointer data)
{
  Recovery *self = data;
  g_autoptr (JsonObject) body = NULL;
  gint64 doc = iw_db_int (row, 1);

  if (!row_makes_sense (row, &body))
    return FALSE;
  if (!g_hash_table_contains (self->docids, &doc))
    {
      if (body == NULL)
        return FALSE;
      make_up_docid (self, doc, body);
    }
  if (self->error != NULL || !insert_rev (self, row))
    return FALSE;
  g_hash_table_add (self->revs, copy_id (iw_db_int (row, 0)));
  return TRUE;
}

static gboolean
save_draft (IwDbStmt *row, gpointer data)
{
  Recovery *self = data;
  const char *key = iw_db_text (row, 1);
  const char *text = iw_db_text (row, 2);
  g_autoptr (IwDbStmt) stmt = NULL;

  if (key == NULL || text == NULL || !g_utf8_validate (text, -1, NULL) || self->error != NULL)
    return FALSE;
  stmt =
      iw_db_prepare (self->store->db,
                     "INSERT INTO draft VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", &self->error);
  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, key);
  iw_db_bind_text (stmt, 2, text);
  iw_db_bind_int (stmt, 3, iw_db_int (row, 3));
  return iw_db_run (stmt, &self->error);
}

/* ---- making them whole ---- */

/* Documents by id, so that those made first keep their order in the changes feed. */
static gboolean
save_docs (Recovery *self)
{
  GHashTableIter iter;
  gpointer key;
  gpointer docid;

  g_hash_table_iter_init (&iter, self->docids);
  while (g_hash_table_iter_next (&iter, &key, &docid))
    {
      g_autoptr (IwDbStmt) stmt =
          iw_db_prepare (self->store->db,
                         "INSERT INTO doc (id, docid, seq, void) SELECT ?1, ?2, ?1, ?3"
                         " WHERE EXISTS (SELECT 1 FROM rev WHERE doc = ?1)"
                         " ON CONFLICT DO NOTHING",
                         &self->error);

      if (stmt == NULL)
        return FALSE;
      iw_db_bind_int (stmt, 1, *(gint64 *)key);
      iw_db_bind_text (stmt, 2, docid);
      iw_db_bind_int (stmt, 3, g_hash_table_contains (self->voids, key));
      if (!iw_db_run (stmt, &self->error))
        return FALSE;
    }
  return TRUE;
}

/* Histories with gaps: what has lost its parent is a root, what has lost its children is a leaf,
 * and a leaf of which only the id is known says nothing. */
static gboolean
mend_trees (Recovery *self)
{
  IwDb *db = self->store->db;

  if (!iw_db_exec (db,
                   "DELETE FROM rev WHERE doc NOT IN (SELECT id FROM doc);"
                   "UPDATE rev SET parent = NULL WHERE parent NOT IN (SELECT id FROM rev)",
                   &self->error))
    return FALSE;
  do
    if (!iw_db_exec (db,
                     "DELETE FROM rev WHERE body IS NULL AND id NOT IN"
                     " (SELECT parent FROM rev WHERE parent IS NOT NULL)",
                     &self->error))
      return FALSE;
  while (iw_db_n_changes (db) > 0);
  return iw_db_exec (db,
                     "UPDATE rev SET leaf = 1 WHERE id NOT IN"
                     " (SELECT parent FROM rev WHERE parent IS NOT NULL);"
                     "DELETE FROM doc WHERE id NOT IN (SELECT doc FROM rev)",
                     &self->error);
}

/* Versions that deleted decisions had no word for it: what they left deleted stays so. */
static gboolean
keep_void (Recovery *self)
{
  g_autoptr (IwDbStmt) marked = iw_db_prepare (self->damaged, "SELECT void FROM doc LIMIT 0", NULL);

  return marked != NULL || iw_db_exec (self->store->db,
                                       "UPDATE doc SET void = 1 WHERE id NOT IN"
                                       " (SELECT doc FROM rev WHERE leaf AND NOT deleted)",
                                       &self->error);
}

static gboolean
settle_docs (Recovery *self, guint *n_documents)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->store->db, "SELECT id, docid FROM doc ORDER BY id", &self->error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  self->store->seq = iw_db_query_int (self->store->db, "SELECT max (seq) FROM doc", 0);
  while ((step = iw_db_step (stmt, &self->error)) == IW_DB_ROW)
    {
      if (!iw_store_settle (self->store, iw_db_int (stmt, 0), iw_db_text (stmt, 1), NULL,
                            &self->error))
        return FALSE;
      ++*n_documents;
    }
  return step == IW_DB_DONE;
}

static void
salvage (Recovery *self, IwRecoveryReport *report)
{
  GHashTableIter iter;
  gpointer rev;
  guint lost;
  guint missing = 0;

  iw_salvage_ends (self->damaged, "SELECT id, docid FROM doc INDEXED BY doc_docid ORDER BY docid",
                   "SELECT id, docid FROM doc INDEXED BY doc_docid ORDER BY docid DESC", note_docid,
                   self);
  iw_salvage_table (self->damaged, "doc", "docid", note_docid, self);
  iw_salvage_table (self->damaged, "doc", "void", note_void, self);
  iw_salvage_ends (self->damaged, "SELECT id FROM rev INDEXED BY rev_id ORDER BY doc, gen, hash",
                   "SELECT id FROM rev INDEXED BY rev_id ORDER BY doc DESC, gen DESC, hash DESC",
                   note_rev, self);
  lost = iw_salvage_table (self->damaged, "rev", "doc, gen, hash, parent, deleted, body", save_rev,
                           self);
  iw_salvage_table (self->damaged, "draft", "key, text, saved_at", save_draft, self);
  g_hash_table_iter_init (&iter, self->known_revs);
  while (g_hash_table_iter_next (&iter, &rev, NULL))
    missing += !g_hash_table_contains (self->revs, rev);
  report->lost = MAX (lost, missing);
}

static gboolean
fill (Recovery *self, IwRecoveryReport *report)
{
  if (!iw_store_begin (self->store, &self->error))
    return FALSE;
  if (iw_db_exec (self->store->db, "PRAGMA defer_foreign_keys = ON", &self->error))
    salvage (self, report);
  if (self->error == NULL && save_docs (self) && mend_trees (self) && keep_void (self) &&
      iw_recovery_save_peer (self->damaged, self->store, &self->error) &&
      settle_docs (self, &report->documents))
    return iw_store_commit (self->store, &self->error);
  iw_store_rollback (self->store);
  return FALSE;
}

/* ---- files ---- */

static char *
with_suffix (const char *path, const char *suffix)
{
  return g_strconcat (path, suffix, NULL);
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

/* The database with what is in its write-ahead log. */
static gboolean
copy_database (const char *from, const char *to, GError **error)
{
  g_autofree char *wal_from = with_suffix (from, "-wal");
  g_autofree char *wal_to = with_suffix (to, "-wal");

  return copy_file (from, to, error) &&
         (!g_file_test (wal_from, G_FILE_TEST_EXISTS) || copy_file (wal_from, wal_to, error));
}

/* Gives a file a second name; copies it where the file system has no links. */
static gboolean
keep_file (const char *path, const char *kept, GError **error)
{
  return link (path, kept) == 0 || errno == ENOENT || copy_file (path, kept, error);
}

static gboolean
keep_damaged (const char *path, const char *kept, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = with_suffix (path, suffixes[i]);
      g_autofree char *to = with_suffix (kept, suffixes[i]);

      if (!keep_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* The new database takes the name at once; until then the damaged one has it. */
static gboolean
put_in_place (const char *made, const char *path, const char *kept, GError **error)
{
  g_autofree char *wal = with_suffix (path, "-wal");
  g_autofree char *shm = with_suffix (path, "-shm");

  if (!keep_damaged (path, kept, error))
    return FALSE;
  g_unlink (wal); /* it has its second name, and must not be taken for the new database's */
  g_unlink (shm);
  if (g_rename (made, path) == 0)
    return TRUE;
  return iw_fail_errno (error, _ ("“%s” could not be written"), path);
}

static gboolean
check_unused (const char *path, GError **error)
{
  struct flock lock = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = SHARED_FIRST, .l_len = SHARED_SIZE
  };
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  gboolean used;

  if (fd < 0)
    return iw_fail_errno (error, _ ("The database “%s” cannot be read"), path);
  used = fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (fd);
  return !used || iw_fail (error, IW_STORE_ERROR_BUSY, "%s",
                           _ ("Another program is using the workspace. Close it and try again."));
}

static void
remove_scratch (const char *scratch)
{
  static const char *const names[] = {
    "workspace.sqlite",
    "workspace.sqlite-wal",
    "workspace.sqlite-shm",
    "damaged.sqlite",
    "damaged.sqlite-wal",
    "damaged.sqlite-shm",
    "first.sqlite",
    "blobs",
    "events",
    "staging",
    "backups",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (scratch, names[i], NULL);

      g_remove (path);
    }
}

/* ---- all of it ---- */

static gboolean
make_new (const char *path,
          const char *scratch,
          const IwContext *context,
          IwRecoveryReport *report,
          GError **error)
{
  g_autofree char *copy = g_build_filename (scratch, "damaged.sqlite", NULL);
  g_autofree char *first = g_build_filename (scratch, "first.sqlite", NULL);
  g_autoptr (IwStore) store = NULL;
  g_autoptr (GHashTable) docids =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) revs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) voids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (IwDb) damaged = NULL;
  Recovery self = { NULL, NULL, docids, revs, known, voids, NULL };

  if (!copy_database (path, copy, error) ||
      (damaged = iw_salvage_open (copy, first, error)) == NULL)
    return FALSE;
  store = iw_store_open (scratch,
                         iw_recovery_is_peer (damaged) ? IW_STORE_OPEN_PEER : IW_STORE_OPEN_DEFAULT,
                         context, error);
  if (store == NULL || !iw_db_exec (store->db, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  self.damaged = damaged;
  self.store = store;
  if (fill (&self, report))
    return TRUE; /* closing the store leaves one file without a log */
  g_propagate_error (error, self.error);
  return FALSE;
}

static char *
name_for_damaged (const char *dir, const IwContext *context)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc_usec (iw_context_now (context));
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S.%fZ");

  g_autofree char *name = g_strconcat (IW_STORE_DAMAGED, stamp, NULL);

  return g_build_filename (dir, name, NULL);
}

static void
sync_folder (const char *dir)
{
  int fd = g_open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

gboolean
iw_recovery_run (const char *dir,
                 const IwContext *context,
                 IwRecoveryReport *report,
                 GError **error)
{
  const IwContext *clock = context != NULL ? context : iw_context_system ();
  g_autofree char *path = g_build_filename (dir, IW_STORE_DATABASE, NULL);
  g_autofree char *kept = name_for_damaged (dir, clock);
  g_autofree char *id = iw_id_new (clock);
  g_autofree char *scratch = g_build_filename (dir, "staging", id, NULL);
  g_autofree char *made = g_build_filename (scratch, IW_STORE_DATABASE, NULL);
  gboolean ok;

  *report = (IwRecoveryReport){ 0 };
  if (!check_unused (path, error))
    return FALSE;
  if (g_mkdir_with_parents (scratch, 0700) != 0)
    return iw_fail_errno (error, _ ("The folder “%s” could not be made"), scratch);
  ok = make_new (path, scratch, clock, report, error) && put_in_place (made, path, kept, error);
  remove_scratch (scratch);
  sync_folder (dir);
  if (ok)
    report->kept_as = g_steal_pointer (&kept);
  return ok;
}
