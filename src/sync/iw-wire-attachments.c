#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "iw-wire-private.h"

#define DEFAULT_TYPE "application/octet-stream"
#define MAX_NAME 1024
#define MD5_LENGTH 24 /* of base64 */

static gboolean
is_base64 (const char *text, gsize length)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  gsize n = strspn (text, alphabet);

  return length % 4 == 0 && length - n <= 2 && strspn (text + n, "=") == length - n;
}

/* "md5-<base64>"; of other digests nothing is said. */
static char *
read_md5 (yyjson_val *object)
{
  const char *digest = iw_wire_get_text (yyjson_obj_get (object, "digest"));

  if (digest == NULL || !g_str_has_prefix (digest, "md5-") || strlen (digest) != 4 + MD5_LENGTH ||
      !is_base64 (digest + 4, MD5_LENGTH))
    return NULL;
  return g_strdup (digest + 4);
}

static gboolean
read_number (yyjson_val *object, const char *name, gint64 *out, GError **error)
{
  yyjson_val *value = yyjson_obj_get (object, name);

  if (value == NULL || yyjson_is_null (value))
    return TRUE;
  if (!yyjson_is_uint (value) || yyjson_get_uint (value) > G_MAXINT64)
    return iw_wire_fail (error, "bad_request", "Attachment: %s isn't a whole number", name);
  *out = yyjson_get_uint (value);
  return TRUE;
}

static gboolean
read_data (IwWireAttachment *attachment, yyjson_val *value, gsize *left, GError **error)
{
  const char *text = iw_wire_get_text (value);
  const char *name = attachment->attachment.name;
  gsize n = yyjson_get_len (value);
  guchar *bytes;

  if (text == NULL || !is_base64 (text, n))
    return iw_wire_fail (error, "bad_request", "Invalid attachment data for %s", name);
  if (n / 4 * 3 > *left + 2)
    return iw_wire_fail (error, "document_too_large",
                         "The attachments are too large to come inline");
  bytes = g_base64_decode (text, &n);
  attachment->data = g_bytes_new_take (bytes, n);
  attachment->attachment.length = n;
  *left -= MIN (n, *left);
  return TRUE;
}

static gboolean
check_name (const char *name, GError **error)
{
  if (name == NULL || *name == '\0' || strlen (name) > MAX_NAME)
    return iw_wire_fail (error, "bad_request", "Attachment name is empty, too long or has a NUL");
  if (*name == '_')
    return iw_wire_fail (error, "bad_request",
                         "Attachment name '%s' starts with prohibited character '_'", name);
  return TRUE;
}

/* A type goes into a header as it is. */
static const char *
read_type (yyjson_val *object)
{
  const char *type = iw_wire_get_text (yyjson_obj_get (object, "content_type"));

  if (type == NULL || *type == '\0' || strlen (type) > 255)
    return DEFAULT_TYPE;
  for (const char *c = type; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return DEFAULT_TYPE;
  return type;
}

static gboolean
read_attachment (yyjson_val *key,
                 yyjson_val *object,
                 gsize *left,
                 IwWireAttachment *out,
                 GError **error)
{
  const char *name = iw_wire_get_text (key);
  yyjson_val *data = yyjson_obj_get (object, "data");
  const char *encoding = iw_wire_get_text (yyjson_obj_get (object, "encoding"));

  if (!check_name (name, error))
    return FALSE;
  if (!yyjson_is_obj (object))
    return iw_wire_fail (error, "bad_request", "Attachment %s isn't an object", name);
  out->attachment.name = g_strdup (name);
  out->attachment.content_type = g_strdup (read_type (object));
  out->attachment.md5 = read_md5 (object);
  out->stub = yyjson_is_true (yyjson_obj_get (object, "stub"));
  out->follows = !out->stub && yyjson_is_true (yyjson_obj_get (object, "follows"));
  out->encoded = encoding != NULL && strcmp (encoding, "identity") != 0;
  if (!read_number (object, "length", &out->attachment.length, error) ||
      !read_number (object, "revpos", &out->attachment.revpos, error))
    return FALSE;
  if (out->stub || out->follows)
    return TRUE;
  if (data == NULL)
    return iw_wire_fail (error, "bad_request", "Attachment %s has neither data nor a stub", name);
  return read_data (out, data, left, error);
}

/* Whether it is among the first @n. */
static gboolean
has_name (GPtrArray *attachments, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (((IwWireAttachment *)attachments->pdata[i])->attachment.name, name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
iw_wire_read_attachments (yyjson_val *value, gsize max_inline, GPtrArray **out, GError **error)
{
  g_autoptr (GPtrArray) attachments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_wire_attachment_free);
  gsize i, max;
  yyjson_val *key, *object;

  if (yyjson_is_null (value))
    return TRUE;
  if (!yyjson_is_obj (value))
    return iw_wire_fail (error, "bad_request", "_attachments isn't an object");
  if (yyjson_obj_size (value) > IW_WIRE_MAX_ATTACHMENTS)
    return iw_wire_fail (error, "bad_request", "A document has too many attachments");
  yyjson_obj_foreach (value, i, max, key, object)
  {
    IwWireAttachment *attachment = g_new0 (IwWireAttachment, 1);

    g_ptr_array_add (attachments, attachment);
    if (!read_attachment (key, object, &max_inline, attachment, error))
      return FALSE;
    if (has_name (attachments, attachments->len - 1, attachment->attachment.name))
      return iw_wire_fail (error, "bad_request", "Attachment %s is there twice",
                           attachment->attachment.name);
  }
  if (attachments->len > 0)
    *out = g_steal_pointer (&attachments);
  return TRUE;
}

/* ---- into blobs/ ---- */

char *
iw_wire_md5 (const guint8 digest[16])
{
  return g_base64_encode (digest, 16);
}

gboolean
iw_wire_is_compressible (const char *content_type)
{
  return g_ascii_strncasecmp (content_type, "text/", 5) == 0 ||
         g_ascii_strncasecmp (content_type, "application/javascript", 22) == 0 ||
         g_ascii_strncasecmp (content_type, "application/json", 16) == 0 ||
         g_ascii_strncasecmp (content_type, "application/xml", 15) == 0;
}

static char *
md5_of (GBytes *bytes)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize n = sizeof digest;

  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_checksum_get_digest (checksum, digest, &n);
  return iw_wire_md5 (digest);
}

static gboolean
store_data (IwWireAttachment *attachment, const char *dir, GError **error)
{
  IwAttachment *told = &attachment->attachment;
  g_autofree char *md5 = md5_of (attachment->data);
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (attachment->data);
  g_autofree char *staged = NULL;
  char sha256[65];

  /* CouchDB keeps some types compressed, tells the digest of that and gives the bytes themselves.
   */
  if (told->md5 != NULL && strcmp (told->md5, md5) != 0 && !attachment->encoded &&
      !iw_wire_is_compressible (told->content_type))
    return iw_wire_fail (error, "bad_request", "Attachment %s does not have its digest",
                         told->name);
  staged = iw_blobs_stage (dir, input, 0, NULL, NULL, NULL, sha256, &told->length, error);
  if (staged == NULL)
    return FALSE;
  if (!iw_blobs_commit (dir, staged, sha256, error))
    {
      g_unlink (staged);
      return FALSE;
    }
  g_free (told->md5);
  told->md5 = g_steal_pointer (&md5);
  g_free (told->sha256);
  told->sha256 = g_strdup (sha256);
  return TRUE;
}

gboolean
iw_wire_store_inline (IwWireDoc *doc, const char *dir, GError **error)
{
  for (guint i = 0; doc->attachments != NULL && i < doc->attachments->len; i++)
    {
      IwWireAttachment *attachment = doc->attachments->pdata[i];

      if (attachment->data != NULL && attachment->attachment.sha256 == NULL &&
          !store_data (attachment, dir, error))
        return FALSE;
    }
  return TRUE;
}
