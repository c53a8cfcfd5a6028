#include "config.h"

#include "iw-notice-eml.h"

#include <gmime/gmime.h>
#include <string.h>

#include "iw-evidence-names.h"
#include "iw-evidence-package.h"

/* ---- addresses ---- */

IwNoticeAddress *
iw_notice_address_new (const char *name, const char *mail)
{
  IwNoticeAddress *self = g_new0 (IwNoticeAddress, 1);

  self->name = g_strstrip (g_utf8_make_valid (name != NULL ? name : "", -1));
  /* A name must not begin another header. */
  g_strdelimit (self->name, "\r\n\t", ' ');
  self->mail = g_strstrip (g_strdup (mail));
  return self;
}

void
iw_notice_address_free (IwNoticeAddress *self)
{
  g_free (self->name);
  g_free (self->mail);
  g_free (self);
}

gboolean
iw_notice_address_is_usable (const char *mail)
{
  const char *at = strchr (mail, '@');

  if (at == NULL || at == mail || at[1] == '\0' || strchr (at + 1, '@') != NULL ||
      strlen (mail) > 320 || !g_utf8_validate (mail, -1, NULL))
    return FALSE;
  for (const char *p = mail; *p != '\0'; p++)
    if ((guchar)*p <= ' ' || *p == 127 || strchr ("()<>[]:;,\\\"", *p) != NULL)
      return FALSE;
  return TRUE;
}

IwNoticeAddress *
iw_notice_address_parse (const char *text)
{
  const char *open = strrchr (text, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  g_autofree char *name = close != NULL ? g_strndup (text, open - text) : g_strdup ("");
  g_autofree char *mail = close != NULL ? g_strndup (open + 1, close - open - 1) : g_strdup (text);

  g_strstrip (mail);
  return iw_notice_address_is_usable (mail) ? iw_notice_address_new (name, mail) : NULL;
}

/* ---- one message ---- */

static void
init_gmime (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      g_mime_init ();
      g_once_init_leave (&once, 1);
    }
}

/* RFC 2047 allows an encoded word 75 characters, which GMime does not mind where a text has no
 * spaces, as Japanese has none: cut here, between characters. */
#define WORD_BYTES 42

static void
append_words (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      g_autofree char *base64 = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - p <= WORD_BYTES)
        end = g_utf8_next_char (end);
      base64 = g_base64_encode ((const guchar *)p, end - p);
      g_string_append_printf (out, "%s=?UTF-8?B?%s?=", p == text ? "" : "\n ", base64);
      p = end;
    }
}

static void
append_name (GString *out, const char *name)
{
  if (!g_str_is_ascii (name))
    {
      append_words (out, name);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = name; *p != '\0'; p++)
    if ((guchar)*p >= ' ' && *p != 127)
      g_string_append_printf (out, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
  g_string_append_c (out, '"');
}

static void
append_address (GString *out, const IwNoticeAddress *address)
{
  const char *at = strchr (address->mail, '@');
  g_autofree char *domain = g_hostname_to_ascii (at + 1);

  if (*address->name != '\0')
    {
      append_name (out, address->name);
      g_string_append (out, "\n ");
    }
  g_string_append_printf (out, "<%.*s@%s>", (int)(at - address->mail), address->mail,
                          domain != NULL ? domain : at + 1);
}

/* @value: folded already. */
static void
set_raw_header (GMimeMessage *message, const char *name, const char *value)
{
  GMimeHeaderList *headers = g_mime_object_get_header_list (GMIME_OBJECT (message));
  g_autofree char *raw = g_strdup_printf (" %s\n", value);

  g_mime_header_list_set (headers, name, "", NULL);
  g_mime_header_set_raw_value (g_mime_header_list_get_header (headers, name), raw);
}

/* FALSE where there is none that can be used. */
static gboolean
set_addresses (GMimeMessage *message, const char *name, GPtrArray *addresses)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      const IwNoticeAddress *address = g_ptr_array_index (addresses, i);

      if (!iw_notice_address_is_usable (address->mail))
        continue;
      if (value->len > 0)
        g_string_append (value, ",\n ");
      append_address (value, address);
    }
  if (value->len > 0)
    set_raw_header (message, name, value->str);
  return value->len > 0;
}

static void
set_subject (GMimeMessage *message, const char *subject)
{
  g_autoptr (GString) value = g_string_new (NULL);

  if (g_str_is_ascii (subject))
    g_mime_message_set_subject (message, subject, NULL);
  else
    {
      append_words (value, subject);
      set_raw_header (message, "Subject", value->str);
    }
}

/* Quoted-printable is readable where most is ASCII, base64 shorter where most is not. */
static GMimeContentEncoding
encoding_for (const char *text)
{
  gsize length = strlen (text), n_high = 0;

  for (const char *p = text; *p != '\0'; p++)
    n_high += (guchar)*p >= 128;
  return n_high * 3 > length ? GMIME_CONTENT_ENCODING_BASE64
                             : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

/* BCP 47 by its letters: nothing else belongs into a header. */
static gboolean
is_language_tag (const char *language)
{
  return language != NULL && *language != '\0' &&
         language[strspn (language, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-")] == '\0';
}

static GMimeObject *
body_new (const IwNoticeLetter *letter)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype ("plain");
  g_autofree char *plain = iw_notice_plain (letter->body);
  g_autofree char *text =
      letter->mark != NULL ? g_strdup_printf ("%s\n\n%s", letter->mark, plain) : g_strdup (plain);

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), encoding_for (text));
  if (is_language_tag (letter->language))
    g_mime_object_set_header (GMIME_OBJECT (part), "Content-Language", letter->language, NULL);
  return GMIME_OBJECT (part);
}

static void
set_message_id (GMimeMessage *message, const char *id)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autofree char *full = g_strdup_printf ("%.32s@incident-workbench.invalid", hash);

  g_mime_message_set_message_id (message, full);
}

GBytes *
iw_notice_eml (const IwNoticeLetter *letter,
               const IwNoticeAddress *from,
               GPtrArray *to,
               GPtrArray *bcc,
               gint64 date,
               const char *id)
{
  GMimeMessage *message;
  GMimeObject *body;
  GMimeStream *stream;
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc_usec (date);
  GMimeFormatOptions *format;
  g_autoptr (GPtrArray) senders = g_ptr_array_new ();
  GByteArray *bytes = g_byte_array_new ();

  init_gmime ();
  message = g_mime_message_new (TRUE);
  if (from != NULL)
    g_ptr_array_add (senders, (gpointer)from);
  set_addresses (message, "From", senders);
  if (!set_addresses (message, "To", to))
    set_raw_header (message, "To", "undisclosed-recipients:;");
  set_addresses (message, "Bcc", bcc);
  set_subject (message, letter->subject);
  if (when != NULL)
    g_mime_message_set_date (message, when);
  set_message_id (message, id);
  g_mime_object_set_header (GMIME_OBJECT (message), "X-Unsent", "1", NULL);
  body = body_new (letter);
  g_mime_message_set_mime_part (message, body);

  stream = g_mime_stream_mem_new_with_byte_array (bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  format = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (format, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), format, stream);
  g_mime_format_options_free (format);
  g_object_unref (stream);
  g_object_unref (body);
  g_object_unref (message);
  return g_byte_array_free_to_bytes (bytes);
}

/* ---- one for each ---- */

static gboolean
add_message (IwEvidencePackage *package,
             const char *name,
             GBytes *message,
             gint64 date,
             GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (message, &size);

  return iw_evidence_package_begin (package, name, (gint64)size, date, error) &&
         iw_evidence_package_write (package, data, size, error) &&
         iw_evidence_package_end (package, error);
}

static gboolean
write_all (IwEvidencePackage *package,
           const IwNoticeLetter *letter,
           const IwNoticeAddress *from,
           GPtrArray *recipients,
           gint64 date,
           const char *notice,
           guint *n_written,
           GError **error)
{
  g_autoptr (IwEvidenceNames) names = iw_evidence_names_new ();

  for (guint i = 0; i < recipients->len; i++)
    {
      IwNoticeAddress *address = g_ptr_array_index (recipients, i);
      g_autoptr (GPtrArray) to = g_ptr_array_new ();
      g_autofree char *wanted = NULL;
      g_autofree char *name = NULL;
      g_autofree char *id = NULL;
      g_autoptr (GBytes) message = NULL;

      if (!iw_notice_address_is_usable (address->mail))
        continue;
      g_ptr_array_add (to, address);
      wanted = g_strconcat (*address->name != '\0' ? address->name : address->mail, ".eml", NULL);
      name = iw_evidence_names_add (names, wanted);
      ++*n_written;
      id = g_strdup_printf ("%s\n%s", notice, address->mail);
      message = iw_notice_eml (letter, from, to, NULL, date, id);
      if (!add_message (package, name, message, date, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
iw_notice_eml_save (const IwNoticeLetter *letter,
                    const IwNoticeAddress *from,
                    GPtrArray *recipients,
                    gint64 date,
                    const char *notice,
                    const char *path,
                    gboolean zip,
                    guint *n_written,
                    GError **error)
{
  g_autoptr (IwEvidencePackage) package = iw_evidence_package_new (path, zip, zip, error);
  guint n = 0;

  if (package == NULL || !write_all (package, letter, from, recipients, date, notice, &n, error) ||
      !iw_evidence_package_close (package, error) || !iw_evidence_package_place (package, error))
    return FALSE;
  if (n_written != NULL)
    *n_written = n;
  return TRUE;
}
