/* Write transactions: revisions, winners, and what follows from them. */
#include "config.h"

#include "iw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-attachments.h"
#include "iw-fail.h"
#include "iw-json.h"
#include "iw-time.h"

#define MAX_DOCID 2048 /* as on the wire */
#define MAX_OWN 16384

/* ---- transactions ---- */

static gboolean
read_counts (IwStore *self, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT (SELECT value FROM meta WHERE name = 'n_live'),"
                     " (SELECT value FROM meta WHERE name = 'n_deleted'),"
                     " (SELECT value FROM meta WHERE name = 'n_bytes'),"
                     " (SELECT value FROM meta WHERE name = 'revs_limit'),"
                     " EXISTS (SELECT 1 FROM purge WHERE whole)",
                     error);

  if (stmt == NULL || iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  self->n_live = iw_db_int (stmt, 0);
  self->n_deleted = iw_db_int (stmt, 1);
  self->n_bytes = iw_db_int (stmt, 2);
  self->revs_limit = MAX (iw_db_int (stmt, 3), 1);
  self->purging = FALSE;
  self->has_purges = iw_db_int (stmt, 4) != 0;
  return TRUE;
}

gboolean
iw_store_begin (IwStore *self, GError **error)
{
  if (self->read_only_reason != NULL)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_READ_ONLY, self->read_only_reason);
      return FALSE;
    }
  if (!iw_db_begin (self->db, error))
    return FALSE;
  /* Counting from anywhere else would hide changes from the feed. */
  if (!iw_store_read_seq (self, &self->seq, error) || !read_counts (self, error))
    {
      iw_db_rollback (self->db);
      return FALSE;
    }
  g_hash_table_remove_all (self->touched);
  g_hash_table_remove_all (self->texts);
  return TRUE;
}

static gboolean
write_counts (IwStore *self, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "UPDATE meta SET value = CASE name WHEN 'seq' THEN ?1 WHEN 'n_live' THEN ?2"
                     " WHEN 'n_deleted' THEN ?3 ELSE ?4 END"
                     " WHERE name IN ('seq', 'n_live', 'n_deleted', 'n_bytes')",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, self->seq);
  iw_db_bind_int (stmt, 2, self->n_live);
  iw_db_bind_int (stmt, 3, self->n_deleted);
  iw_db_bind_int (stmt, 4, self->n_bytes);
  return iw_db_run (stmt, error);
}

gboolean
iw_store_finish (IwStore *self, GError **error)
{
  return iw_peer_purge_end (self, error) && iw_derived_refresh_touched (self, error) &&
         write_counts (self, error) && iw_derived_flush_texts (self, error);
}

gboolean
iw_store_commit (IwStore *self, GError **error)
{
  if (iw_store_finish (self, error))
    return iw_db_commit (self->db, error);
  iw_store_rollback (self);
  return FALSE;
}

void
iw_store_rollback (IwStore *self)
{
  iw_db_rollback (self->db);
  g_hash_table_remove_all (self->touched);
  g_hash_table_remove_all (self->texts);
}

/* ---- rows ---- */

gboolean
iw_store_insert_doc (IwStore *self, const char *docid, gint64 *doc, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "INSERT INTO doc (docid, seq) VALUES (?1, ?2)", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, docid);
  iw_db_bind_int (stmt, 2, ++self->seq);
  if (!iw_db_run (stmt, error))
    return FALSE;
  *doc = iw_db_last_rowid (self->db);
  return TRUE;
}

gboolean
iw_store_insert_rev (IwStore *self, IwRevRow *row, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "INSERT INTO rev (doc, gen, hash, parent, deleted, leaf, body, attached)"
                     " VALUES (?1, ?2, ?3, nullif (?4, 0), ?5, ?6, ?7, ?8)",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, row->doc);
  iw_db_bind_int (stmt, 2, row->rev.gen);
  iw_db_bind_text (stmt, 3, row->rev.hash);
  iw_db_bind_int (stmt, 4, row->parent);
  iw_db_bind_int (stmt, 5, row->deleted);
  iw_db_bind_int (stmt, 6, row->leaf);
  iw_db_bind_text (stmt, 7, row->body);
  iw_db_bind_int (stmt, 8, row->attached);
  if (!iw_db_run (stmt, error))
    return FALSE;
  row->id = iw_db_last_rowid (self->db);
  return TRUE;
}

gboolean
iw_store_set_leaf (IwStore *self, gint64 rev, gboolean leaf, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db, "UPDATE rev SET leaf = ?2 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, rev);
  iw_db_bind_int (stmt, 2, leaf);
  return iw_db_run (stmt, error);
}

/* A screen may lag behind by a few of them; a long import is no matter of that. */
static void
note_own (IwStore *self, const IwRev *rev)
{
  if (g_hash_table_size (self->own) >= MAX_OWN)
    g_hash_table_remove_all (self->own);
  g_hash_table_add (self->own, g_strdup (rev->hash));
}

gboolean
iw_store_add_child (IwStore *self,
                    gint64 doc,
                    const IwRevRow *parent,
                    gint64 source,
                    const char *body,
                    gboolean deleted,
                    IwRevRow *out,
                    GError **error)
{
  gboolean first = parent->id == 0;
  g_auto (IwRevRow) same = { 0 };
  g_autoptr (GPtrArray) attachments = NULL;

  if (!iw_rev_check_next (parent->rev.gen, error) ||
      (!deleted && !iw_attachments_of_body (self, source, body, &attachments, error)))
    return FALSE;
  iw_rev_row_clear (out);
  out->doc = doc;
  out->rev = iw_rev_make_attached (first ? NULL : &parent->rev, deleted, body, attachments);
  out->parent = parent->id;
  out->deleted = deleted;
  out->leaf = TRUE;
  out->attached = attachments != NULL;
  out->body = g_strdup (body);
  /* A peer may have made this very edit before. */
  if (!iw_store_read_rev (self, doc, &out->rev, &same, error))
    return FALSE;
  if (same.id != 0)
    {
      out->id = same.id;
      return TRUE;
    }
  note_own (self, &out->rev);
  return iw_store_insert_rev (self, out, error) &&
         (attachments == NULL || iw_attachments_store (self, out->id, attachments, error)) &&
         (first || iw_store_set_leaf (self, parent->id, FALSE, error));
}

/* ---- stamps and ids ---- */

char *
iw_store_now_text (IwStore *self)
{
  return iw_time_to_rfc3339 ((IwTime){ iw_context_now (self->context), IW_PRECISION_MICROSECOND });
}

void
iw_store_stamp (IwStore *self, JsonObject *body, const char *now, gboolean fresh)
{
  if (fresh)
    {
      json_object_set_string_member (body, "created_at", now);
      if (self->author != NULL)
        json_object_set_string_member (body, "created_by", self->author);
    }
  json_object_set_string_member (body, "modified_at", now);
  if (self->author != NULL)
    json_object_set_string_member (body, "modified_by", self->author);
  else if (json_object_has_member (body, "modified_by"))
    json_object_remove_member (body, "modified_by");
  /* Somebody's own words again. */
  if (json_object_has_member (body, IW_MERGED))
    json_object_remove_member (body, IW_MERGED);
}

char *
iw_store_tombstone (IwStore *self, const char *type)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *now = iw_store_now_text (self);

  json_object_set_string_member (body, "modified_at", now);
  if (self->author != NULL)
    json_object_set_string_member (body, "modified_by", self->author);
  if (type != NULL)
    json_object_set_string_member (body, "type", type);
  return iw_json_to_canonical (body, NULL);
}

/* "<uuid>:<kind>..." or "workspace:<kind>..." */
static gboolean
is_own_form (const char *docid)
{
  const char *colon = strchr (docid, ':');
  g_autofree char *scope = NULL;

  if (colon == NULL || colon[1] == '\0')
    return FALSE;
  scope = g_strndup (docid, colon - docid);
  if (strcmp (scope, "workspace") != 0 && !iw_id_is_uuid (scope))
    return FALSE;
  for (const char *p = colon + 1; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
      return FALSE;
  return TRUE;
}

gboolean
iw_store_check_docid (const char *docid, gboolean strict, GError **error)
{
  gboolean ok = docid != NULL && *docid != '\0' && strlen (docid) <= MAX_DOCID &&
                g_utf8_validate (docid, -1, NULL) &&
                (*docid != '_' || g_str_has_prefix (docid, "_design/")) &&
                (!strict || is_own_form (docid));
  g_autofree char *shown = NULL;

  if (ok)
    return TRUE;
  shown = g_utf8_make_valid (docid != NULL ? docid : "", MIN (strlen (docid ? docid : ""), 80));
  iw_fail (error, IW_STORE_ERROR_INVALID, _ ("“%s” cannot be the id of a document."), shown);
  return FALSE;
}
