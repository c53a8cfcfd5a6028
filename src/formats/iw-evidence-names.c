#include "iw-evidence-names.h"

#include <string.h>

#define MAX_BYTES 180    /* room for a number, and for a folder's own path */
#define FIRST_NUMBER 2   /* of "name (2)", the second of its name */
#define MAX_EXTENSION 20 /* bytes; more than that is a part of the name */

struct _IwEvidenceNames
{
  /* (utf8 guint) as a file system sees them that knows no case; the number that the next of the
   * same name may have, so that thousands of one name are not all gone through for each. */
  GHashTable *taken;
};

IwEvidenceNames *
iw_evidence_names_new (void)
{
  IwEvidenceNames *self = g_new0 (IwEvidenceNames, 1);

  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
iw_evidence_names_free (IwEvidenceNames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->taken);
  g_free (self);
}

/* Controls, direction marks, joiners, private and unassigned characters, line separators. */
static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

char *
iw_evidence_name_visible (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *text = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_invisible (c))
        g_string_append_printf (text, c > 0xffff ? "\\U%06x" : "\\u%04x", c);
      else
        g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

static char *
replace_forbidden (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *text = g_string_new (NULL);

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_invisible (c) || (c < 128 && strchr ("/\\:*?\"<>|", (int)c) != NULL))
        g_string_append_c (text, '_');
      else
        g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

/* What Windows reads as a device, with or without an extension. */
static gboolean
is_reserved (const char *name)
{
  static const char *const devices[] = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", NULL };
  g_autofree char *stem = g_strndup (name, strcspn (name, ". "));

  for (guint i = 0; devices[i] != NULL; i++)
    if (g_ascii_strcasecmp (stem, devices[i]) == 0)
      return TRUE;
  return (g_ascii_strncasecmp (stem, "COM", 3) == 0 || g_ascii_strncasecmp (stem, "LPT", 3) == 0) &&
         stem[3] != '\0' && g_utf8_strlen (stem + 3, -1) == 1 &&
         (g_ascii_isdigit (stem[3]) || g_utf8_strchr ("¹²³", -1, g_utf8_get_char (stem + 3)));
}

/* Where the extension begins: at its dot, or at the end. */
static gsize
extension_of (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name && strlen (dot) <= MAX_EXTENSION ? (gsize)(dot - name)
                                                                     : strlen (name);
}

/* At most @max bytes of @text, and whole characters. (transfer full) */
static char *
cut (const char *text, gsize max)
{
  const char *end = text + max;

  if (strlen (text) <= max)
    return g_strdup (text);
  while (end > text && ((guchar)*end & 0xc0) == 0x80)
    end--;
  return g_strndup (text, end - text);
}

/* Ends in no dot or space, begins with none, is not empty, is not too long. */
static char *
make_safe (const char *name)
{
  g_autofree char *text = replace_forbidden (name);
  g_autofree char *stem = NULL;
  g_autofree char *short_stem = NULL;
  char *extension;
  char *safe;

  g_strstrip (text);
  for (gsize n = strlen (text); n > 0 && (text[n - 1] == '.' || text[n - 1] == ' '); n--)
    text[n - 1] = '\0';
  if (*text == '\0')
    return g_strdup ("unnamed");
  extension = text + extension_of (text);
  stem = g_strndup (text, extension - text);
  short_stem = cut (stem, MAX_BYTES - strlen (extension));
  g_strchomp (short_stem);
  safe = g_strconcat (short_stem, extension, NULL);
  /* Hidden files are overlooked, and a leading dash reads as an option. */
  if (*safe == '.' || *safe == '-' || is_reserved (safe))
    {
      char *longer = g_strconcat ("_", safe, NULL);

      g_free (safe);
      safe = longer;
    }
  return safe;
}

static char *
fold (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
}

char *
iw_evidence_names_add (IwEvidenceNames *self, const char *name)
{
  g_autofree char *safe = make_safe (name);
  g_autofree char *key = fold (safe);
  g_autofree char *unique_key = g_strdup (key);
  char *unique = g_strdup (safe);
  gsize extension = extension_of (safe);
  guint number = MAX (GPOINTER_TO_UINT (g_hash_table_lookup (self->taken, key)), FIRST_NUMBER);

  for (; g_hash_table_contains (self->taken, unique_key); number++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%.*s (%u)%s", (int)extension, safe, number, safe + extension);
      g_free (unique_key);
      unique_key = fold (unique);
    }
  g_hash_table_insert (self->taken, g_steal_pointer (&unique_key), GUINT_TO_POINTER (FIRST_NUMBER));
  g_hash_table_insert (self->taken, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  return unique;
}
