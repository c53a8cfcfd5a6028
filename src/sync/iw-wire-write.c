#include "config.h"

#include <string.h>

#include "iw-wire-private.h"

/* Where a document is written: to @out, or in front of files that @pieces goes on with. */
typedef struct
{
  GString *out;
  IwPiecesStream *pieces; /* NULL: files are read into @out */
} Sink;

/* ---- files ---- */

static void
flush (Sink *sink)
{
  g_autoptr (GBytes) bytes = g_bytes_new (sink->out->str, sink->out->len);

  if (sink->out->len > 0)
    iw_pieces_stream_add_bytes (sink->pieces, bytes);
  g_string_truncate (sink->out, 0);
}

/* A little at a time: no second copy of it as a whole. */
static gboolean
append_base64 (GString *out, const char *path, gint64 length, GError **error)
{
  g_autoptr (IwPiecesStream) pieces = iw_pieces_stream_new ();
  gsize at = out->len;
  gsize n;

  iw_pieces_stream_add_file_base64 (pieces, path, length);
  g_string_set_size (out, at + iw_pieces_stream_get_length (pieces));
  return g_input_stream_read_all (G_INPUT_STREAM (pieces), out->str + at, out->len - at, &n, NULL,
                                  error);
}

static gboolean
append_data (Sink *sink, const IwAttachment *attachment, const char *dir, GError **error)
{
  g_autofree char *path = NULL;
  gboolean ok = TRUE;

  if (attachment->sha256 == NULL || !iw_blobs_exists (dir, attachment->sha256))
    {
      g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB,
                   "The bytes of the attachment %s are not here.", attachment->name);
      return FALSE;
    }
  path = iw_blobs_path (dir, attachment->sha256);
  g_string_append (sink->out, ",\"data\":\"");
  if (sink->pieces != NULL)
    {
      flush (sink);
      iw_pieces_stream_add_file_base64 (sink->pieces, path, attachment->length);
    }
  else
    ok = append_base64 (sink->out, path, attachment->length, error);
  g_string_append_c (sink->out, '"');
  return ok;
}

/* ---- attachments ---- */

static gboolean
is_wanted (const IwAttachment *attachment, const IwWireOptions *options)
{
  gint64 since = 0;

  if (options == NULL || (options->dir == NULL && !options->follows))
    return FALSE;
  for (char **rev = options->atts_since; rev != NULL && *rev != NULL; rev++)
    since = MAX (since, iw_wire_rev_generation (*rev));
  return attachment->revpos > since || since == 0;
}

gboolean
iw_wire_has_part (const IwAttachment *attachment, const IwWireOptions *options)
{
  return attachment->length > 0 && is_wanted (attachment, options);
}

static gboolean
append_attachment (Sink *sink,
                   const IwAttachment *attachment,
                   const IwWireOptions *options,
                   GError **error)
{
  GString *out = sink->out;
  gboolean wanted = is_wanted (attachment, options);
  gboolean follows = options != NULL && options->follows && iw_wire_has_part (attachment, options);

  iw_canonical_append_string (out, attachment->name);
  g_string_append (out, ":{\"content_type\":");
  iw_canonical_append_string (out, attachment->content_type);
  g_string_append_printf (out, ",\"revpos\":%" G_GINT64_FORMAT, attachment->revpos);
  if (attachment->md5 != NULL)
    g_string_append_printf (out, ",\"digest\":\"md5-%s\"", attachment->md5);
  if (options != NULL && options->sha256 && attachment->sha256 != NULL)
    g_string_append_printf (out, ",\"sha256\":\"%s\"", attachment->sha256);
  if (follows || !wanted)
    g_string_append_printf (out, ",\"length\":%" G_GINT64_FORMAT ",\"%s\":true", attachment->length,
                            follows ? "follows" : "stub");
  else if (attachment->length == 0)
    g_string_append (out, ",\"data\":\"\"");
  else if (!append_data (sink, attachment, options->dir, error))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_attachments (Sink *sink,
                    GPtrArray *attachments,
                    const IwWireOptions *options,
                    GError **error)
{
  if (attachments == NULL || attachments->len == 0)
    return TRUE;
  g_string_append (sink->out, ",\"_attachments\":{");
  for (guint i = 0; i < attachments->len; i++)
    {
      if (i > 0)
        g_string_append_c (sink->out, ',');
      if (!append_attachment (sink, attachments->pdata[i], options, error))
        return FALSE;
    }
  g_string_append_c (sink->out, '}');
  return TRUE;
}

/* ---- the document ---- */

void
iw_wire_append_revisions (GString *out, const char *const *history)
{
  gint64 start = history[0] != NULL ? iw_wire_rev_generation (history[0]) : 0;

  g_string_append_printf (out, "{\"start\":%" G_GINT64_FORMAT ",\"ids\":[", start);
  for (guint i = 0; history[i] != NULL; i++)
    {
      const char *hash = strchr (history[i], '-');

      g_string_append (out, i > 0 ? ",\"" : "\"");
      g_string_append (out, hash != NULL ? hash + 1 : "");
      g_string_append_c (out, '"');
    }
  g_string_append (out, "]}");
}

static void
append_revs (GString *out, const char *name, char **revs)
{
  if (revs == NULL || revs[0] == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":[", name);
  for (guint i = 0; revs[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", revs[i]);
  g_string_append_c (out, ']');
}

static void
append_options (GString *out, const IwWireOptions *options)
{
  if (options->history != NULL)
    {
      g_string_append (out, ",\"_revisions\":");
      iw_wire_append_revisions (out, (const char *const *)options->history);
    }
  if (options->more != NULL)
    g_string_append (out, options->more);
  if (options->local_seq != 0)
    g_string_append_printf (out, ",\"_local_seq\":%" G_GINT64_FORMAT, options->local_seq);
  append_revs (out, "_conflicts", options->conflicts);
  append_revs (out, "_deleted_conflicts", options->deleted_conflicts);
}

static gboolean
append_doc (Sink *sink, const IwPeerDoc *doc, const IwWireOptions *options, GError **error)
{
  GString *out = sink->out;
  gsize n = doc->body != NULL ? strlen (doc->body) : 0;

  g_string_append (out, "{\"_id\":");
  iw_canonical_append_string (out, doc->docid);
  if (doc->rev != NULL)
    {
      g_string_append (out, ",\"_rev\":\"");
      g_string_append (out, doc->rev);
      g_string_append_c (out, '"');
    }
  if (n > 2) /* more than {} */
    {
      g_string_append_c (out, ',');
      g_string_append_len (out, doc->body + 1, n - 2);
    }
  if (doc->deleted)
    g_string_append (out, ",\"_deleted\":true");
  if (options != NULL)
    append_options (out, options);
  if (!append_attachments (sink, doc->attachments, options, error))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}

gboolean
iw_wire_append_doc (GString *out,
                    const IwPeerDoc *doc,
                    const IwWireOptions *options,
                    GError **error)
{
  Sink sink = { out, NULL };

  return append_doc (&sink, doc, options, error);
}

gboolean
iw_wire_add_doc (IwPiecesStream *pieces,
                 const IwPeerDoc *doc,
                 const IwWireOptions *options,
                 GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Sink sink = { out, pieces };

  if (!append_doc (&sink, doc, options, error))
    return FALSE;
  flush (&sink);
  return TRUE;
}

/* ---- multipart/related ---- */

/* Nothing of it ends a header. */
static char *
printable (const char *text)
{
  char *out = g_strdup (text);

  for (char *at = out; *at != '\0'; at++)
    if ((guchar)*at < ' ' || *at == 0x7f)
      *at = '_';
  return out;
}

/* A value within quotes in a header. */
static char *
quote (const char *text)
{
  g_autofree char *clean = printable (text);
  GString *out = g_string_new (clean);

  g_string_replace (out, "\\", "\\\\", 0);
  g_string_replace (out, "\"", "\\\"", 0);
  return g_string_free (out, FALSE);
}

static gboolean
add_part (Sink *sink,
          const IwAttachment *attachment,
          const char *dir,
          const char *boundary,
          GError **error)
{
  g_autofree char *name = quote (attachment->name);
  g_autofree char *type = printable (attachment->content_type);
  g_autofree char *path = NULL;

  if (attachment->sha256 == NULL || !iw_blobs_exists (dir, attachment->sha256))
    {
      g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_DAMAGED_BLOB,
                   "The bytes of the attachment %s are not here.", attachment->name);
      return FALSE;
    }
  path = iw_blobs_path (dir, attachment->sha256);
  g_string_append_printf (sink->out,
                          "\r\n--%s\r\nContent-Disposition: attachment; filename=\"%s\"\r\n"
                          "Content-Type: %s\r\nContent-Length: %" G_GINT64_FORMAT "\r\n\r\n",
                          boundary, name, type, attachment->length);
  flush (sink);
  iw_pieces_stream_add_file (sink->pieces, path, 0, attachment->length);
  return TRUE;
}

gboolean
iw_wire_add_related (IwPiecesStream *pieces,
                     const IwPeerDoc *doc,
                     const IwWireOptions *options,
                     const char *boundary,
                     GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Sink sink = { out, pieces };
  IwWireOptions related = *options;

  related.follows = TRUE;
  g_string_append_printf (out, "--%s\r\nContent-Type: application/json\r\n\r\n", boundary);
  if (!append_doc (&sink, doc, &related, error))
    return FALSE;
  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      const IwAttachment *attachment = doc->attachments->pdata[i];

      if (iw_wire_has_part (attachment, &related) &&
          !add_part (&sink, attachment, options->dir, boundary, error))
        return FALSE;
    }
  g_string_append_printf (out, "\r\n--%s--", boundary);
  flush (&sink);
  return TRUE;
}

char *
iw_wire_make_boundary (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strdelimit (g_steal_pointer (&uuid), "-", 'x');
}
