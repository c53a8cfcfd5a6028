#include "config.h"

#include "iw-bundle-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 80 /* characters of a title */

char *
iw_bundle_words_signature (const IwBundleInfo *info)
{
  switch (info->trust)
    {
    case IW_BUNDLE_SIGNED:
    case IW_BUNDLE_SIGNED_UNKNOWN:
      if (info->signer == NULL)
        return g_strdup (_ ("Signed by an Unknown Key"));
      /* Translators: a person and mail address. */
      return g_strdup_printf (_ ("Signed by %s"), info->signer);
    case IW_BUNDLE_SIGNATURE_BAD:
      return g_strdup (_ ("Altered or Damaged"));
    case IW_BUNDLE_UNSIGNED:
    default:
      return g_strdup (_ ("Not Signed"));
    }
}

char *
iw_bundle_words_trust (const IwBundleInfo *info)
{
  switch (info->trust)
    {
    case IW_BUNDLE_SIGNED:
      return g_strdup (_ ("The signature is good, and the key is trusted on this computer."));
    case IW_BUNDLE_SIGNED_UNKNOWN:
      if (info->signer == NULL)
        return g_strdup (_ ("The key is not on this computer, so nobody can tell whether the "
                            "signature is good. Import it only if you know where the file comes "
                            "from."));
      return g_strdup (_ ("Nobody on this computer vouches for this key. Compare its fingerprint "
                          "with its owner before you import."));
    case IW_BUNDLE_SIGNATURE_BAD:
      return g_strdup (_ ("The signature does not hold. Nothing was read. Ask for the file "
                          "again."));
    case IW_BUNDLE_UNSIGNED:
    default:
      return g_strdup (_ ("Anybody may have made or altered this file. Import it only if you know "
                          "where it comes from."));
    }
}

char *
iw_bundle_words_fingerprint (const char *fingerprint)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; fingerprint != NULL && fingerprint[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, fingerprint[i]);
    }
  return g_string_free (text, FALSE);
}

char *
iw_bundle_words_contents (const IwBundleInfo *info)
{
  g_autofree char *documents = g_strdup_printf (
      ngettext ("%u document", "%u documents", info->n_documents), info->n_documents);
  g_autofree char *files =
      g_strdup_printf (ngettext ("%u file", "%u files", info->n_attachments), info->n_attachments);
  g_autofree char *size = g_format_size (info->n_bytes);

  if (info->n_attachments == 0)
    return g_steal_pointer (&documents);
  /* Translators: how many documents, how many files, their size: "12 documents, 3 files (2.1 GB)".
   */
  return g_strdup_printf (_ ("%1$s, %2$s (%3$s)"), documents, files, size);
}

char *
iw_bundle_words_maker (const IwBundleInfo *info)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (info->made_at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time =
      local != NULL && info->made_at != 0 ? g_date_time_format (local, "%x %H:%M") : NULL;

  if (info->made_by != NULL && time != NULL)
    /* Translators: a person, then a day and time. */
    return g_strdup_printf (_ ("%1$s, %2$s"), info->made_by, time);
  return g_strdup (info->made_by != NULL ? info->made_by : time);
}

char *
iw_bundle_words_imported (guint n_new, guint n_open)
{
  g_autofree char *open = NULL;
  g_autofree char *imported = NULL;

  if (n_new == 0)
    return g_strdup (_ ("Everything in the bundle was here already"));
  imported = g_strdup_printf (
      ngettext ("Bundle imported: %u change is new", "Bundle imported: %u changes are new", n_new),
      n_new);
  if (n_open == 0)
    return g_steal_pointer (&imported);
  open = g_strdup_printf (ngettext ("%u conflict to review", "%u conflicts to review", n_open),
                          n_open);
  /* Translators: "Bundle imported: 3 changes are new. 1 conflict to review". */
  return g_strdup_printf (_ ("%1$s. %2$s"), imported, open);
}

char *
iw_bundle_words_file_name (const char *title)
{
  g_autofree char *clean = g_utf8_make_valid (title, -1);
  GString *name = g_string_new (NULL);

  for (const char *at = clean; *at != '\0' && g_utf8_strlen (name->str, -1) < MAX_NAME;
       at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (
          name, c == '/' || c == '\\' || c == ':' || g_unichar_iscntrl (c) ? '-' : c);
    }
  while (name->len > 0 && (name->str[0] == '.' || name->str[0] == ' '))
    g_string_erase (name, 0, 1);
  if (name->len == 0)
    g_string_append (name, _ ("Incident"));
  g_string_append (name, IW_BUNDLE_SUFFIX);
  return g_string_free (name, FALSE);
}
