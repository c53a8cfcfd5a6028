/* iw-csv-write.c: cells of a CSV file */
#include "iw-csv-write.h"

#include <string.h>

void
iw_csv_append (GString *out, const char *value, gboolean first)
{
  if (!first)
    g_string_append_c (out, ',');
  if (value == NULL || *value == '\0')
    return;
  /* Separators of other tables as well, so that nobody mistakes the file for one of those. */
  if (strpbrk (value, ",;\t|\"\r\n") == NULL && *value != ' ' && value[strlen (value) - 1] != ' ')
    {
      g_string_append (out, value);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = value; *p != '\0';)
    {
      gsize n = strcspn (p, "\"");

      g_string_append_len (out, p, n);
      p += n;
      if (*p == '"')
        {
          g_string_append (out, "\"\"");
          p++;
        }
    }
  g_string_append_c (out, '"');
}

void
iw_csv_end (GString *out)
{
  g_string_append (out, "\r\n");
}
