/* Is everything as it should be? */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-blobs.h"
#include "iw-fail.h"

typedef struct
{
  IwStore *store;
  gboolean full;
  GPtrArray *problems;
  GCancellable *cancellable;
} Check;

static G_GNUC_PRINTF (2, 3) void report (Check *check, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (check->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Calls @func with each row of @sql. */
typedef void (*RowFunc) (Check *check, IwDbStmt *row);

static gboolean
each_row (Check *check, const char *sql, RowFunc func, GError **error)
{
  g_autoptr (IwDbStmt) stmt = iw_db_prepare (check->store->db, sql, error);
  IwDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
        return FALSE;
      func (check, stmt);
    }
  return step == IW_DB_DONE;
}

/* ---- the file ---- */

static void
report_integrity (Check *check, IwDbStmt *row)
{
  if (g_strcmp0 (iw_db_text (row, 0), "ok") != 0)
    /* Translators: %s is SQLite's own message, in English. */
    report (check, _ ("The database file is damaged: %s."), iw_db_text (row, 0));
}

static void
report_foreign_key (Check *check, IwDbStmt *row)
{
  /* Translators: a row's number and the names of two tables of the database. */
  report (check, _ ("Row %s of the table “%s” refers to a row of “%s” that is not there."),
          iw_db_text (row, 1), iw_db_text (row, 0), iw_db_text (row, 2));
}

static gboolean
check_file (Check *check, GError **error)
{
  return each_row (check, check->full ? "PRAGMA integrity_check (50)" : "PRAGMA quick_check (50)",
                   report_integrity, error) &&
         each_row (check, "PRAGMA foreign_key_check", report_foreign_key, error);
}

/* ---- documents ---- */

static void
report_unreadable (Check *check, IwDbStmt *row)
{
  /* Translators: the ids of a revision and of its document. */
  report (check, _ ("The revision “%s” of the document “%s” cannot be read."), iw_db_text (row, 0),
          iw_db_text (row, 1));
}

static void
report_leaf (Check *check, IwDbStmt *row)
{
  report (check, _ ("The revision “%s” of the document “%s” does not fit into its history."),
          iw_db_text (row, 0), iw_db_text (row, 1));
}

static void
report_winner (Check *check, IwDbStmt *row)
{
  report (check, _ ("The document “%s” does not show its winning revision."), iw_db_text (row, 0));
}

static void
report_seq (Check *check, IwDbStmt *row)
{
  report (check, "%s", _ ("The count of changes is behind the documents."));
}

static void
report_fork (Check *check, IwDbStmt *row)
{
  report (check, _ ("The document “%s” does not tell how many versions it has."),
          iw_db_text (row, 0));
}

static void
report_counts (Check *check, IwDbStmt *row)
{
  report (check, "%s", _ ("The count of documents is wrong."));
}

static void
report_attached (Check *check, IwDbStmt *row)
{
  report (check, _ ("The revision “%s” of the document “%s” does not tell what is attached to it."),
          iw_db_text (row, 0), iw_db_text (row, 1));
}

/* What can be read off other rows, for speed. */
static gboolean
check_shortcuts (Check *check, GError **error)
{
  return each_row (check,
                   "SELECT d.docid FROM doc d LEFT JOIN (SELECT doc, count(*) AS n,"
                   " count(*) FILTER (WHERE NOT deleted) AS n_live FROM rev WHERE leaf"
                   " GROUP BY doc) l ON l.doc = d.id"
                   " WHERE CASE d.fork WHEN 3 THEN 1 WHEN 4 THEN 2 ELSE d.fork END <> coalesce ((l.n > 1) + (l.n_live > 1), 0)",
                   report_fork, error) &&
         each_row (check,
                   "SELECT 1 FROM (SELECT count(*) FILTER (WHERE NOT r.deleted) AS n_live,"
                   " count(*) FILTER (WHERE r.deleted) AS n_deleted,"
                   " coalesce (sum (octet_length (r.body)), 0) AS n_bytes"
                   " FROM doc d JOIN rev r ON r.id = d.winner)"
                   " WHERE n_live IS NOT (SELECT value FROM meta WHERE name = 'n_live')"
                   " OR n_deleted IS NOT (SELECT value FROM meta WHERE name = 'n_deleted')"
                   " OR n_bytes IS NOT (SELECT value FROM meta WHERE name = 'n_bytes')",
                   report_counts, error) &&
         each_row (check,
                   "SELECT r.gen || '-' || r.hash, d.docid FROM rev r JOIN doc d ON d.id = r.doc"
                   " WHERE r.attached <> EXISTS (SELECT 1 FROM attachment WHERE rev = r.id)",
                   report_attached, error);
}

static gboolean
check_documents (Check *check, GError **error)
{
  return each_row (check,
                   "SELECT r.gen || '-' || r.hash, d.docid FROM rev r JOIN doc d ON d.id = r.doc"
                   " WHERE (r.body IS NULL AND r.leaf)"
                   " OR (r.body IS NOT NULL AND NOT json_valid (r.body))",
                   report_unreadable, error) &&
         each_row (check,
                   "SELECT r.gen || '-' || r.hash, d.docid FROM rev r JOIN doc d ON d.id = r.doc"
                   " LEFT JOIN (SELECT DISTINCT parent FROM rev) c ON c.parent = r.id"
                   " LEFT JOIN rev p ON p.id = r.parent"
                   " WHERE r.leaf = (c.parent IS NOT NULL)"
                   " OR p.doc <> r.doc OR p.gen <> r.gen - 1",
                   report_leaf, error) &&
         each_row (check,
                   "SELECT d.docid FROM doc d WHERE d.winner IS NOT (SELECT r.id FROM rev r"
                   " WHERE r.doc = d.id AND r.leaf"
                   " ORDER BY r.deleted, r.gen DESC, r.hash DESC LIMIT 1)",
                   report_winner, error) &&
         each_row (check,
                   "SELECT 1 WHERE (SELECT max (seq) FROM doc)"
                   " > (SELECT value FROM meta WHERE name = 'seq')",
                   report_seq, error) &&
         check_shortcuts (check, error);
}

/* ---- evidence files ---- */

static void
check_blob (Check *check, IwDbStmt *row)
{
  const char *name = iw_db_text (row, 0);
  const char *sha256 = iw_db_text (row, 1);
  g_autoptr (GError) error = NULL;

  if (!iw_blobs_exists (check->store->dir, sha256))
    report (check,
            _ ("The evidence file “%s” is not in this workspace. Import it again to put it back."),
            name);
  else if (check->full &&
           !iw_blobs_verify (check->store->dir, sha256, check->cancellable, &error) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    report (check, "%s: %s", name, error->message);
}

static void
check_attachment (Check *check, IwDbStmt *row)
{
  const char *name = iw_db_text (row, 0);
  const char *sha256 = iw_db_text (row, 1);
  g_autoptr (GError) error = NULL;

  if (!iw_blobs_exists (check->store->dir, sha256))
    /* Translators: the names of an attachment and of its document. */
    report (check, _ ("The attachment “%s” of the document “%s” is missing."), name,
            iw_db_text (row, 2));
  else if (check->full &&
           !iw_blobs_verify (check->store->dir, sha256, check->cancellable, &error) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    report (check, "%s: %s", name, error->message);
}

static gboolean
check_blobs (Check *check, GError **error)
{
  return each_row (check, "SELECT name, sha256 FROM evidence GROUP BY sha256 ORDER BY name",
                   check_blob, error) &&
         each_row (check,
                   "SELECT a.name, b.sha256, d.docid FROM attachment a"
                   " JOIN blob b ON b.id = a.blob JOIN rev r ON r.id = a.rev AND r.leaf"
                   " JOIN doc d ON d.id = r.doc"
                   " WHERE b.sha256 NOT IN (SELECT sha256 FROM evidence)"
                   " GROUP BY b.id ORDER BY d.docid, a.name",
                   check_attachment, error);
}

/* ---- all of it ---- */

gboolean
iw_store_check (IwStore *self,
                gboolean full,
                GPtrArray *problems,
                GCancellable *cancellable,
                GError **error)
{
  Check check = { self, full, problems, cancellable };
  g_autoptr (GError) local = NULL;
  gboolean ok;

  iw_db_set_cancellable (self->db, cancellable);
  ok = !g_cancellable_set_error_if_cancelled (cancellable, &local) && check_file (&check, &local) &&
       check_documents (&check, &local) &&
       (self->peer || iw_derived_check (self, problems, cancellable, &local)) &&
       check_blobs (&check, &local);
  iw_db_set_cancellable (self->db, NULL);
  /* Damage that stops the check is what it was to find. */
  if (!ok && g_error_matches (local, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    {
      report (&check, "%s", local->message);
      return TRUE;
    }
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}
