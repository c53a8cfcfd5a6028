#include "config.h"

#include <string.h>

#include "iw-wire-private.h"

#define MAX_DOCID 2048
#define MAX_HASH 64
#define MAX_GENERATION 999999999

/* ---- errors ---- */

gboolean
iw_wire_fail (GError **error, const char *name, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, "%s: %s", name, reason);
  return FALSE;
}

const char *
iw_wire_error_name (const GError *error, const char **reason)
{
  static const char *const names[] = { "bad_request",   "doc_validation", "document_too_large",
                                       "illegal_docid", "missing_stub",   "query_parse_error" };

  *reason = error->message;
  if (!g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize n = strlen (names[i]);

      if (strncmp (error->message, names[i], n) == 0 && g_str_has_prefix (error->message + n, ": "))
        {
          *reason = error->message + n + 2;
          return names[i];
        }
    }
  return "bad_request";
}

char *
iw_wire_error_text (const char *error, const char *reason)
{
  GString *out = g_string_new ("{\"error\":");

  iw_canonical_append_string (out, error);
  g_string_append (out, ",\"reason\":");
  iw_canonical_append_string (out, reason);
  g_string_append (out, "}\n");
  return g_string_free_and_steal (out);
}

/* ---- ids ---- */

gboolean
iw_wire_check_docid (const char *docid, GError **error)
{
  if (*docid == '\0')
    return iw_wire_fail (error, "illegal_docid", "Document id must not be empty");
  if (strlen (docid) > MAX_DOCID)
    return iw_wire_fail (error, "illegal_docid", "Document id is too long");
  if (!g_utf8_validate (docid, -1, NULL))
    return iw_wire_fail (error, "illegal_docid", "Document id must be valid UTF-8");
  if (strcmp (docid, "_design/") == 0 || strcmp (docid, "_local/") == 0)
    return iw_wire_fail (error, "illegal_docid", "Illegal document id `%s`", docid);
  if (*docid == '_' && !g_str_has_prefix (docid, "_design/") &&
      !g_str_has_prefix (docid, "_local/"))
    return iw_wire_fail (error, "illegal_docid",
                         "Only reserved document ids may start with underscore.");
  return TRUE;
}

/* What an address and a JSON string hold as it is: as src/store has it. */
static gboolean
is_hash_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '~';
}

gboolean
iw_wire_is_hash (const char *text)
{
  gsize n = 0;

  while (is_hash_char (text[n]) && n <= MAX_HASH)
    n++;
  return n > 0 && n <= MAX_HASH && text[n] == '\0';
}

gint64
iw_wire_rev_generation (const char *rev)
{
  gint64 generation = 0;
  const char *c = rev;

  if (*c == '0')
    return 0;
  for (; g_ascii_isdigit (*c) && generation <= MAX_GENERATION; c++)
    generation = generation * 10 + (*c - '0');
  if (c == rev || generation > MAX_GENERATION || *c != '-' || !iw_wire_is_hash (c + 1))
    return 0;
  return generation;
}

/* ---- values ---- */

void
iw_wire_attachment_free (IwWireAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->attachment.name);
  g_free (attachment->attachment.content_type);
  g_free (attachment->attachment.sha256);
  g_free (attachment->attachment.md5);
  g_clear_pointer (&attachment->data, g_bytes_unref);
  g_free (attachment);
}

void
iw_wire_doc_free (IwWireDoc *doc)
{
  if (doc == NULL)
    return;
  g_free (doc->docid);
  g_free (doc->rev);
  g_strfreev (doc->revs);
  g_free (doc->body);
  g_clear_pointer (&doc->attachments, g_ptr_array_unref);
  g_free (doc);
}

void
iw_wire_doc_to_rev (IwWireDoc *doc, GPtrArray *attachments, IwPeerRev *rev)
{
  *rev = (IwPeerRev){ .docid = doc->docid,
                      .revs = (const char *const *)doc->revs,
                      .body = doc->body,
                      .deleted = doc->deleted };
  if (doc->attachments == NULL)
    return;
  g_ptr_array_set_size (attachments, 0);
  for (guint i = 0; i < doc->attachments->len; i++)
    g_ptr_array_add (attachments, &((IwWireAttachment *)doc->attachments->pdata[i])->attachment);
  g_ptr_array_add (attachments, NULL);
  rev->attachments = (IwAttachment *const *)attachments->pdata;
}
