#include "config.h"

#include "iw-attachments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-evidence.h"
#include "iw-fail.h"
#include "iw-json.h"

#define DEFAULT_TYPE "application/octet-stream"

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* ---- blobs ---- */

/* The MD5 sum of a blob that came before anybody asked for one. NULL where it is not there to be
 * read. */
static char *
make_md5 (IwStore *self, gint64 blob, const char *sha256)
{
  const char *known = g_hash_table_lookup (self->md5s, sha256);
  g_autofree char *md5 = NULL;
  g_autoptr (IwDbStmt) stmt = NULL;

  if (known != NULL)
    return g_strdup (known);
  if ((md5 = iw_blobs_md5 (self->dir, sha256, NULL, NULL)) == NULL)
    return NULL;
  g_hash_table_insert (self->md5s, g_strdup (sha256), g_strdup (md5));
  if (self->read_only_reason == NULL &&
      (stmt = iw_db_prepare (self->db, "UPDATE blob SET md5 = ?2 WHERE id = ?1", NULL)) != NULL)
    {
      iw_db_bind_int (stmt, 1, blob);
      iw_db_bind_text (stmt, 2, md5);
      iw_db_run (stmt, NULL); /* where another writes, the next who asks will */
    }
  return g_steal_pointer (&md5);
}

static gboolean
insert_blob (IwStore *self, const IwAttachment *attachment, gint64 *blob, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "INSERT INTO blob (sha256, md5, length) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT (sha256) DO UPDATE SET md5 = coalesce (md5, excluded.md5)"
                     " RETURNING id",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, attachment->sha256);
  iw_db_bind_text (stmt, 2, attachment->md5);
  iw_db_bind_int (stmt, 3, attachment->length);
  if (iw_db_step (stmt, error) != IW_DB_ROW)
    return FALSE;
  *blob = iw_db_int (stmt, 0);
  return iw_db_step (stmt, error) == IW_DB_DONE;
}

/* ---- rows ---- */

gboolean
iw_attachments_store (IwStore *self, gint64 rev, GPtrArray *attachments, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "INSERT OR REPLACE INTO attachment (rev, name, blob, content_type, revpos)"
                     " VALUES (?1, ?2, ?3, ?4, ?5)",
                     error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < attachments->len; i++)
    {
      const IwAttachment *attachment = attachments->pdata[i];
      gint64 blob;

      if (!insert_blob (self, attachment, &blob, error))
        return FALSE;
      iw_db_bind_int (stmt, 1, rev);
      iw_db_bind_text (stmt, 2, attachment->name);
      iw_db_bind_int (stmt, 3, blob);
      iw_db_bind_text (stmt, 4, attachment->content_type);
      iw_db_bind_int (stmt, 5, attachment->revpos);
      if (!iw_db_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows of "name, content_type, sha256, md5, length, revpos, blob". */
static GPtrArray *
read_rows (IwStore *self, IwDbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) attachments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_attachment_free);
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (gint64));
  IwDbStep step;

  while ((step = iw_db_step (stmt, error)) == IW_DB_ROW)
    {
      gint64 blob = iw_db_is_null (stmt, 3) ? iw_db_int (stmt, 6) : 0;

      g_array_append_val (unknown, blob);
      g_ptr_array_add (attachments, iw_attachment_new (iw_db_text (stmt, 0), iw_db_text (stmt, 1),
                                                       iw_db_text (stmt, 2), iw_db_text (stmt, 3),
                                                       iw_db_int (stmt, 4), iw_db_int (stmt, 5)));
    }
  if (step != IW_DB_DONE)
    return NULL;
  iw_db_reset (stmt);
  for (guint i = attachments->len; i > 0; i--)
    {
      IwAttachment *attachment = attachments->pdata[i - 1];
      gint64 blob = g_array_index (unknown, gint64, i - 1);

      if (blob != 0)
        attachment->md5 = make_md5 (self, blob, attachment->sha256);
    }
  return g_steal_pointer (&attachments);
}

static GPtrArray *
read_all (IwStore *self, gint64 rev, GError **error)
{
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT a.name, a.content_type, b.sha256, b.md5, b.length, a.revpos, b.id"
                     " FROM attachment a JOIN blob b ON b.id = a.blob WHERE a.rev = ?1"
                     " ORDER BY a.name",
                     error);

  if (stmt == NULL)
    return NULL;
  iw_db_bind_int (stmt, 1, rev);
  return read_rows (self, stmt, error);
}

GPtrArray *
iw_attachments_read (IwStore *self, gint64 rev, GError **error)
{
  GPtrArray *attachments = read_all (self, rev, error);

  /* A file that is not in this workspace cannot be told by its digest, nor sent. */
  for (guint i = attachments != NULL ? attachments->len : 0; i > 0; i--)
    if (((IwAttachment *)attachments->pdata[i - 1])->md5 == NULL)
      g_ptr_array_remove_index (attachments, i - 1);
  return attachments;
}

/* ---- what a new revision has ---- */

/* A digest tells them apart; without one, when it came and how long it is, as far as that is said. */
static gboolean
is_same (const IwAttachment *stub, const IwAttachment *known)
{
  if (stub->md5 != NULL)
    return g_strcmp0 (stub->md5, known->md5) == 0;
  return (stub->revpos == 0 || stub->revpos == known->revpos) &&
         (stub->length == 0 || stub->length == known->length);
}

static gboolean
find_by_name (IwStore *self,
              gint64 doc,
              const IwRevName *rev,
              const IwAttachment *stub,
              IwAttachment **out,
              GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT a.name, a.content_type, b.sha256, b.md5, b.length, a.revpos, b.id"
                     " FROM rev r JOIN attachment a ON a.rev = r.id JOIN blob b ON b.id = a.blob"
                     " WHERE r.doc = ?1 AND r.gen = ?2 AND r.hash = ?3 AND a.name = ?4",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_int (stmt, 1, doc);
  iw_db_bind_int (stmt, 2, rev->gen);
  iw_db_bind_text (stmt, 3, rev->hash);
  iw_db_bind_text (stmt, 4, stub->name);
  if ((found = read_rows (self, stmt, error)) == NULL)
    return FALSE;
  if (found->len > 0 && is_same (stub, found->pdata[0]))
    *out = g_ptr_array_steal_index (found, 0);
  return TRUE;
}

static gboolean
find_by_digest (IwStore *self, const IwAttachment *stub, IwAttachment **out, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (IwDbStmt) stmt =
      iw_db_prepare (self->db,
                     "SELECT ?2, ?3, b.sha256, b.md5, b.length, 0, b.id FROM blob b"
                     " WHERE b.md5 = ?1 ORDER BY b.id LIMIT 1",
                     error);

  if (stmt == NULL)
    return FALSE;
  iw_db_bind_text (stmt, 1, stub->md5);
  iw_db_bind_text (stmt, 2, stub->name);
  iw_db_bind_text (stmt, 3, stub->content_type);
  if ((found = read_rows (self, stmt, error)) == NULL)
    return FALSE;
  if (found->len > 0)
    *out = g_ptr_array_steal_index (found, 0);
  return TRUE;
}

static gboolean
find_stub (IwStore *self,
           gint64 doc,
           GArray *path,
           const IwAttachment *stub,
           IwAttachment **out,
           GError **error)
{
  /* Its parent is where a stub has most likely been seen; who says when it came may have edited more often since. */
  for (guint i = 0; doc != 0 && i < path->len && *out == NULL; i++)
    {
      const IwRevName *rev = &g_array_index (path, IwRevName, i);

      if (i >= 2 && (stub->revpos == 0 || rev->gen < stub->revpos))
        break;
      if (!find_by_name (self, doc, rev, stub, out, error))
        return FALSE;
    }
  if (*out == NULL && stub->md5 != NULL && !find_by_digest (self, stub, out, error))
    return FALSE;
  if (*out != NULL)
    return TRUE;
  return iw_fail (error, IW_STORE_ERROR_INVALID,
                  /* Translators: %s is an attachment's name; "missing_stub" stays as it is. */
                  _ ("missing_stub: the attachment “%s” is not here."), stub->name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const IwAttachment *left = a;
  const IwAttachment *right = b;

  return strcmp (left->name, right->name);
}

/* By name; of the same name the last one counts. */
static void
put_in_order (GPtrArray *attachments)
{
  guint n = 0;

  g_ptr_array_sort_values (attachments, compare_names);
  for (guint i = 0; i < attachments->len; i++)
    {
      gpointer this = attachments->pdata[i];
      gboolean again = n > 0 && compare_names (attachments->pdata[n - 1], this) == 0;

      /* What it takes the place of ends up behind the last one. */
      n -= again;
      attachments->pdata[i] = attachments->pdata[n];
      attachments->pdata[n++] = this;
    }
  g_ptr_array_set_size (attachments, n);
}

static IwAttachment *
resolve_one (IwStore *self, gint64 doc, GArray *path, const IwAttachment *given, GError **error)
{
  gint64 gen = g_array_index (path, IwRevName, 0).gen;
  IwAttachment *out = NULL;

  if (given->name == NULL || *given->name == '\0' || !g_utf8_validate (given->name, -1, NULL) ||
      given->length < 0 || (given->sha256 != NULL && !is_sha256 (given->sha256)) ||
      (given->content_type != NULL && !g_utf8_validate (given->content_type, -1, NULL)))
    {
      iw_fail (error, IW_STORE_ERROR_INVALID, "%s", _ ("A document came with a bad attachment."));
      return NULL;
    }
  if (given->sha256 != NULL)
    out = iw_attachment_copy (given);
  else if (!find_stub (self, doc, path, given, &out, error))
    return NULL;
  if (given->content_type != NULL && given->sha256 == NULL)
    g_set_str (&out->content_type, given->content_type);
  if (out->content_type == NULL || *out->content_type == '\0')
    g_set_str (&out->content_type, DEFAULT_TYPE);
  if (given->revpos > 0)
    out->revpos = given->revpos;
  if (out->revpos <= 0 || out->revpos > gen)
    out->revpos = gen;
  return out;
}

GPtrArray *
iw_attachments_resolve (IwStore *self,
                        gint64 doc,
                        GArray *path,
                        IwAttachment *const *given,
                        GError **error)
{
  g_autoptr (GPtrArray) out = NULL;

  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    {
      IwAttachment *attachment = resolve_one (self, doc, path, given[i], error);

      if (attachment == NULL)
        return NULL;
      if (out == NULL)
        out = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_attachment_free);
      g_ptr_array_add (out, attachment);
    }
  if (out != NULL)
    put_in_order (out);
  return g_steal_pointer (&out);
}

/* ---- what is written here ---- */

static IwAttachment *
make_file (const char *body)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (IwEvidence) evidence = NULL;
  const char *type;

  /* Canonical bodies show it without being parsed. */
  if (strstr (body, "\"type\":\"evidence\"") == NULL ||
      (object = iw_json_from_text (body, NULL)) == NULL ||
      strcmp (iw_json_get_string (object, "type", ""), "evidence") != 0 ||
      (evidence = iw_evidence_new_from_json (NULL, object, NULL)) == NULL)
    return NULL;
  type = iw_evidence_get_media_type (evidence);
  return iw_attachment_new (IW_ATTACHMENT_FILE, *type != '\0' ? type : DEFAULT_TYPE,
                            iw_evidence_get_sha256 (evidence), NULL,
                            iw_evidence_get_length (evidence), 1);
}

gboolean
iw_attachments_of_body (IwStore *self,
                        gint64 source,
                        const char *body,
                        GPtrArray **out,
                        GError **error)
{
  g_autoptr (IwAttachment) file = make_file (body);
  g_autoptr (GPtrArray) attachments = NULL;

  if (source != 0 && (attachments = read_all (self, source, error)) == NULL)
    return FALSE;
  if (file != NULL)
    {
      if (attachments == NULL)
        attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_attachment_free);
      g_ptr_array_add (attachments, g_steal_pointer (&file));
      put_in_order (attachments);
    }
  *out = attachments != NULL && attachments->len > 0 ? g_steal_pointer (&attachments) : NULL;
  return TRUE;
}
