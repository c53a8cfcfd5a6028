/* routes-request.h: requests for the server's routes: read from tests/data/routes, combined and
 * damaged by chance.
 *
 * A file of that folder has "WHO METHOD TARGET", header lines, an empty line and the body.
 * "@REV:ID@" in it stands for the revision that was seen last of the document ID, "@SEQ@" and
 * "@COOKIE@" for the last ones seen.
 */
#pragma once

#include "iw-route.h"
#include "mutate.h"

#define DB "incidents"

typedef struct
{
  char *who;
  char *method;
  GByteArray *target;
  GPtrArray *headers; /* (char *) without line ends */
  GByteArray *body;
  gboolean odd; /* its frame may be no HTTP: an answer need not come */
} Request;

typedef struct
{
  GHashTable *revs; /* id → rev */
  char *seq;
  char *cookie;
} Seen;

static inline void
request_free (Request *request)
{
  g_free (request->who);
  g_free (request->method);
  g_byte_array_unref (request->target);
  g_ptr_array_unref (request->headers);
  g_byte_array_unref (request->body);
  g_free (request);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static inline GByteArray *
bytes_of (const char *text, gssize length)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)text, length < 0 ? strlen (text) : (gsize)length);
  return bytes;
}

static inline Request *
request_parse (GBytes *file)
{
  gsize length;
  const char *text = g_bytes_get_data (file, &length);
  const char *body = g_strstr_len (text, length, "\n\n");
  g_autofree char *head = g_strndup (text, body != NULL ? (gsize)(body - text) : length);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (head), "\n", -1);
  g_auto (GStrv) first = g_strsplit (lines[0], " ", 3);
  Request *request = g_new0 (Request, 1);

  g_assert_cmpuint (g_strv_length (first), ==, 3);
  request->who = g_strdup (first[0]);
  request->method = g_strdup (first[1]);
  request->target = bytes_of (first[2], -1);
  request->headers = g_ptr_array_new_with_free_func (g_free);
  for (char **line = lines + 1; *line != NULL; line++)
    g_ptr_array_add (request->headers, g_strdup (*line));
  request->body =
      bytes_of (body != NULL ? body + 2 : "", body != NULL ? length - (body + 2 - text) : 0);
  return request;
}

/* ---- by chance ---- */

#define PICK(mutator, array) ((array)[mutator_below ((mutator), G_N_ELEMENTS (array))])

static const char *const fuzz_accounts[] = { "nobody", "outsider", "outsider", "reader", "auditor",
                                             "writer", "writer",   "boss",     "admin" };

static inline const char *
some_value (Mutator *mutator)
{
  static const char *const values[] = { "true",
                                        "false",
                                        "null",
                                        "0",
                                        "1",
                                        "-1",
                                        "2",
                                        "10",
                                        "9223372036854775807",
                                        "99999999999999999999",
                                        "now",
                                        "@SEQ@",
                                        "@REV:a@",
                                        "@REV:b@",
                                        "1-x",
                                        "\"a\"",
                                        "[]",
                                        "{}",
                                        "%5B%22a%22%5D",
                                        "%5B%22@REV:a@%22%5D",
                                        "all",
                                        "all_docs",
                                        "main_only",
                                        "%22%C3%BC%22",
                                        "%00",
                                        "%FF",
                                        "%22%5Cu0000%22",
                                        "",
                                        "longpoll&timeout=10",
                                        "continuous&timeout=10",
                                        "eventsource&timeout=10",
                                        "_doc_ids",
                                        "_selector",
                                        "_design",
                                        "a/b",
                                        "%F0%9F%A6%84",
                                        "+",
                                        "%",
                                        "1e3",
                                        "00",
                                        "%5B%5B%5B%5B%5B",
                                        "bytes=0-",
                                        "\xc3",
                                        "%22_design%2F%22",
                                        "%22%EF%BF%BF%22" };

  return PICK (mutator, values);
}

static inline const char *
some_parameter (Mutator *mutator)
{
  static const char *const names[] = { "rev",
                                       "revs",
                                       "revs_info",
                                       "open_revs",
                                       "conflicts",
                                       "deleted_conflicts",
                                       "meta",
                                       "latest",
                                       "local_seq",
                                       "attachments",
                                       "atts_since",
                                       "att_encoding_info",
                                       "new_edits",
                                       "batch",
                                       "feed",
                                       "since",
                                       "style",
                                       "limit",
                                       "skip",
                                       "descending",
                                       "include_docs",
                                       "filter",
                                       "doc_ids",
                                       "timeout",
                                       "heartbeat",
                                       "last-event-id",
                                       "startkey",
                                       "endkey",
                                       "key",
                                       "keys",
                                       "inclusive_end",
                                       "count",
                                       "update_seq",
                                       "startkey_docid",
                                       "group",
                                       "q",
                                       "n" };

  return PICK (mutator, names);
}

static inline char *
some_header (Mutator *mutator)
{
  static const char *const headers[] = { "Range: bytes=0-3",
                                         "Range: bytes=-5",
                                         "Range: bytes=3-",
                                         "Range: bytes=5-2",
                                         "Range: bytes=0-0,2-3",
                                         "Range: bytes=9223372036854775807-",
                                         "Range: bytes=-9223372036854775808",
                                         "Range: lines=1",
                                         "If-Range: \"x\"",
                                         "If-None-Match: \"@REV:a@\"",
                                         "If-None-Match: *",
                                         "If-Match: @REV:a@",
                                         "If-Match: \"@REV:b@\"",
                                         "If-Match: *",
                                         "Accept: multipart/mixed",
                                         "Accept: multipart/related, application/json",
                                         "Accept: */*",
                                         "Accept: application/json",
                                         "Content-Type: application/json",
                                         "Content-Type: multipart/related; boundary=frontier",
                                         "Content-Type: multipart/related; boundary=\"\"",
                                         "Content-Type: multipart/related",
                                         "Content-Type: application/x-www-form-urlencoded",
                                         "Content-Type: text/plain; charset=\xff",
                                         "Content-Type:",
                                         "Content-Encoding: gzip",
                                         "Content-Encoding: identity",
                                         "Cookie: AuthSession=",
                                         "Cookie: AuthSession=@COOKIE@",
                                         "Cookie: AuthSession=@COOKIE@; AuthSession=x",
                                         "Authorization: Basic",
                                         "Authorization: Basic !!!!",
                                         "Authorization: Basic Og==",
                                         "Authorization: Basic YWRtaW46",
                                         "Authorization: Bearer iwt_x",
                                         "Authorization: Digest x",
                                         "Last-Event-ID: 1",
                                         "Last-Event-ID: @SEQ@",
                                         "X-CouchDB-WWW-Authenticate: Cookie",
                                         "X-HTTP-Method-Override: DELETE",
                                         "Connection: close",
                                         "Origin: null",
                                         "Referer: /",
                                         "Host: ",
                                         "Cookie: \xff=\xfe",
                                         "Accept-Encoding: gzip",
                                         "Content-MD5: AAAA",
                                         "Expect: 100-continue" };

  return g_strdup (PICK (mutator, headers));
}

static inline void
fill_part (Mutator *mutator, GString *path, const char *name)
{
  static const char *const dbs[] = { DB, DB, DB, DB, "other", "a%2Fb", "incidentz", "_users", "x" };
  static const char *const ids[] = { "a",
                                     "b",
                                     "c",
                                     "conflicted",
                                     "with-file",
                                     "_design/d",
                                     "_design%2Fd",
                                     "_local/l",
                                     "_x",
                                     "%00",
                                     "%2F",
                                     "..",
                                     "org.couchdb.user:writer",
                                     "org.couchdb.user:outsider",
                                     "org.couchdb.user:guest",
                                     "entry:1",
                                     "incident:1",
                                     "evidence:1",
                                     "%C3%BC",
                                     "%FF",
                                     "",
                                     "a%0D%0AEvil:1" };
  static const char *const files[] = {
    "file", "f/g", "_x", "%00", "evil", "..%2F..%2Fx", "%C3%BC"
  };

  if (g_str_has_prefix (name, "{db"))
    g_string_append (path, PICK (mutator, dbs));
  else if (g_str_has_prefix (name, "{att"))
    g_string_append (path, PICK (mutator, files));
  else
    g_string_append (path, PICK (mutator, ids));
}

static inline char *
fill_pattern (Mutator *mutator, const char *pattern)
{
  GString *path = g_string_new (NULL);

  while (*pattern != '\0')
    {
      if (*pattern == '{')
        {
          fill_part (mutator, path, pattern);
          pattern = strchr (pattern, '}');
        }
      else
        g_string_append_c (path, *pattern);
      pattern++;
    }
  return g_string_free (path, FALSE);
}

static inline const IwRoute *
some_route (Mutator *mutator)
{
  guint n_tables;
  const IwRoute *const *tables = iw_routes_get (&n_tables);
  const IwRoute *table = tables[mutator_below (mutator, n_tables)];
  guint n = 0;

  while (table[n].method != NULL)
    n++;
  return &table[mutator_below (mutator, n)];
}

static inline void
append_parameter (Mutator *mutator, GByteArray *target)
{
  g_autofree char *text =
      g_strdup_printf ("%s%s=%s", memchr (target->data, '?', target->len) != NULL ? "&" : "?",
                       some_parameter (mutator), some_value (mutator));

  g_byte_array_append (target, (guint8 *)text, strlen (text));
}

/* What would end the request's line is only left in now and then. */
static inline void
mend_target (Mutator *mutator, Request *request)
{
  GByteArray *target = request->target;
  gboolean keep = mutator_below (mutator, 50) == 0;

  for (guint i = 0; i < target->len; i++)
    if (target->data[i] <= ' ' || target->data[i] == 0x7f)
      {
        request->odd |= keep;
        if (!keep)
          target->data[i] = '+';
      }
    else if (target->data[i] >= 0x80)
      request->odd = TRUE; /* soup closes the connection */
  if (target->len == 0 || target->data[0] != '/')
    request->odd = TRUE;
}

static inline void
change_target (Mutator *mutator, Request *request)
{
  const IwRoute *route = some_route (mutator);
  g_autofree char *path = NULL;

  switch (mutator_below (mutator, 4))
    {
    case 0:
      mutator_change (mutator, request->target);
      break;
    case 1:
      path = fill_pattern (mutator, route->pattern);
      g_byte_array_set_size (request->target, 0);
      g_byte_array_append (request->target, (guint8 *)path, strlen (path));
      g_free (request->method);
      request->method = g_strdup (route->method);
      break;
    default:
      append_parameter (mutator, request->target);
    }
}

static inline void
change_headers (Mutator *mutator, Request *request)
{
  g_autoptr (GByteArray) bytes = NULL;
  guint at;

  if (request->headers->len == 0 || mutator_below (mutator, 3) > 0)
    {
      g_ptr_array_add (request->headers, some_header (mutator));
      return;
    }
  at = mutator_below (mutator, request->headers->len);
  if (mutator_below (mutator, 2) == 0)
    {
      g_ptr_array_remove_index (request->headers, at);
      return;
    }
  bytes = bytes_of (request->headers->pdata[at], -1);
  mutator_change (mutator, bytes);
  g_byte_array_append (bytes, (const guint8 *)"", 1);
  g_free (request->headers->pdata[at]);
  request->headers->pdata[at] = g_strdup ((char *)bytes->data);
  request->odd = TRUE;
}

static inline void
change_body (Mutator *mutator, Request *request)
{
  guint n = 1 + mutator_below (mutator, 4);

  if (mutator_below (mutator, 12) == 0)
    {
      GBytes *file = mutator->corpus->pdata[mutator_below (mutator, mutator->corpus->len)];
      g_autoptr (Request) other = request_parse (file);

      g_byte_array_set_size (request->body, 0);
      g_byte_array_append (request->body, other->body->data, other->body->len);
    }
  for (guint i = 0; i < n; i++)
    mutator_change (mutator, request->body);
}

static inline void
change_method (Mutator *mutator, Request *request)
{
  static const char *const methods[] = { "GET",  "HEAD",  "PUT",     "POST", "DELETE",
                                         "COPY", "PATCH", "OPTIONS", "get",  "TRACE" };

  g_free (request->method);
  request->method = g_strdup (PICK (mutator, methods));
}

static inline Request *
request_next (Mutator *mutator)
{
  Request *request =
      request_parse (mutator->corpus->pdata[mutator_below (mutator, mutator->corpus->len)]);
  guint n = mutator_below (mutator, 4);

  if (mutator_below (mutator, 3) == 0)
    {
      g_free (request->who);
      request->who = g_strdup (PICK (mutator, fuzz_accounts));
    }
  for (guint i = 0; i < n; i++)
    switch (mutator_below (mutator, 10))
      {
      case 0:
        change_method (mutator, request);
        break;
      case 1:
      case 2:
        change_headers (mutator, request);
        break;
      case 3:
      case 4:
      case 5:
        change_target (mutator, request);
        break;
      default:
        change_body (mutator, request);
      }
  mend_target (mutator, request);
  return request;
}

/* ---- as bytes ---- */

static inline const char *
look_up (Seen *seen, const char *name)
{
  const char *value = NULL;

  if (g_str_equal (name, "SEQ"))
    value = seen->seq;
  else if (g_str_equal (name, "COOKIE"))
    value = seen->cookie;
  else if (g_str_has_prefix (name, "REV:"))
    value = g_hash_table_lookup (seen->revs, name + 4);
  else
    return NULL;
  return value != NULL ? value : "1-0";
}

static inline void
append_filled (GByteArray *out, const void *bytes, gsize length, Seen *seen)
{
  const char *text = bytes;
  const char *end = text + length;

  while (text < end)
    {
      const char *at = memchr (text, '@', end - text);
      const char *stop = at != NULL ? memchr (at + 1, '@', end - at - 1) : NULL;
      g_autofree char *name = stop != NULL ? g_strndup (at + 1, stop - at - 1) : NULL;
      const char *value = name != NULL ? look_up (seen, name) : NULL;
      const char *upto = value != NULL ? at : at != NULL ? at + 1 : end;

      g_byte_array_append (out, (const guint8 *)text, upto - text);
      if (value != NULL)
        g_byte_array_append (out, (const guint8 *)value, strlen (value));
      text = value != NULL ? stop + 1 : upto;
    }
}

static inline gboolean
has_header (const Request *request, const char *name)
{
  for (guint i = 0; i < request->headers->len; i++)
    if (g_ascii_strncasecmp (request->headers->pdata[i], name, strlen (name)) == 0)
      return TRUE;
  return FALSE;
}

static inline void
append_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *)text, strlen (text));
}

static inline void
append_authorization (GByteArray *out, const Request *request)
{
  g_autofree char *both = g_strdup_printf ("%s:%s-secret", request->who, request->who);
  g_autofree char *encoded = g_base64_encode ((guchar *)both, strlen (both));

  if (g_str_equal (request->who, "nobody") || has_header (request, "Authorization") ||
      has_header (request, "Cookie"))
    return;
  append_text (out, "Authorization: Basic ");
  append_text (out, encoded);
  append_text (out, "\r\n");
}

/* (transfer full) */
static inline GByteArray *
request_write (const Request *request, Seen *seen)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree char *length = NULL;

  append_filled (body, request->body->data, request->body->len, seen);
  append_text (out, request->method);
  append_text (out, " ");
  append_filled (out, request->target->data, request->target->len, seen);
  append_text (out, " HTTP/1.1\r\nHost: x\r\n");
  append_authorization (out, request);
  for (guint i = 0; i < request->headers->len; i++)
    {
      append_filled (out, request->headers->pdata[i], strlen (request->headers->pdata[i]), seen);
      append_text (out, "\r\n");
    }
  length = g_strdup_printf ("Content-Length: %u\r\n\r\n", body->len);
  append_text (out, body->len > 0 ? length : "\r\n");
  g_byte_array_append (out, body->data, body->len);
  return out;
}
