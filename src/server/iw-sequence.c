#include "config.h"

#include "iw-sequence.h"

#include <string.h>

#define UUID_PART 8

void
iw_sequence_append (GString *out, gint64 seq, const char *uuid)
{
  g_string_append_printf (out, "\"%" G_GINT64_FORMAT "-%.*s\"", seq, UUID_PART, uuid);
}

gboolean
iw_sequence_parse (const char *text, const char *uuid, gint64 *seq)
{
  g_autofree char *number = NULL;
  gsize digits;

  if (strcmp (text, "now") == 0)
    {
      *seq = G_MAXINT64;
      return TRUE;
    }
  if (*text == '"') /* as JSON, which some clients send */
    text++;
  digits = strspn (text, "0123456789");
  number = g_strndup (text, digits);
  if (!g_ascii_string_to_signed (number, 10, 0, G_MAXINT64, seq, NULL))
    return FALSE;
  text += digits;
  if (*text == '-' && strncmp (text + 1, uuid, UUID_PART) != 0)
    *seq = 0;
  return *text == '-' || *text == '\0' || strcmp (text, "\"") == 0;
}
