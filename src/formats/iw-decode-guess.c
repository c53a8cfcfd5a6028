/* iw-decode-guess.c: what the first bytes of a file say it is */
#include "iw-decode.h"

#include "iw-timeline-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE (1024 * 1024)

static const struct
{
  const char *magic;
  guint length;
  const char *message;
} known[] = {
  { "PK\003\004", 4,
    N_ ("This is a ZIP archive or a spreadsheet. Unpack it, or save the sheet as CSV.") },
  { "SQLite format 3", 15,
    N_ ("This is a database. If plaso made it, write it out with psort, for instance as l2tcsv.") },
  { "ElfFile", 7, N_ ("This is a Windows event log (EVTX). Convert it to CSV or JSON first.") },
  { "\3757zXZ", 6, N_ ("The file is compressed with xz. Unpack it first.") },
  { "BZh", 3, N_ ("The file is compressed with bzip2. Unpack it first.") },
  { "\050\265\057\375", 4, N_ ("The file is compressed with zstd. Unpack it first.") },
  { "%PDF-", 5, N_ ("This is a PDF document, not a table.") },
  { "\211PNG", 4, N_ ("This is a picture, not a table.") },
  { "\177ELF", 4, N_ ("This is a program, not a table.") },
};

/* The first bytes of a file; fewer only where it is shorter. */
static guint8 *
read_sample (const char *path, gsize wanted, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, error);
  g_autofree guint8 *sample = NULL;

  if (input == NULL)
    return NULL;
  sample = g_malloc (wanted + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (input), sample, wanted, length, NULL, error))
    return NULL;
  return g_steal_pointer (&sample);
}

gboolean
iw_decode_is_gzip (const char *path, gboolean *gzip, GError **error)
{
  gsize length;
  g_autofree guint8 *sample = read_sample (path, 2, &length, error);

  if (sample == NULL)
    return FALSE;
  *gzip = length == 2 && sample[0] == 0x1f && sample[1] == 0x8b;
  return TRUE;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_UNREADABLE, message);
  return FALSE;
}

/* UTF-16 without a mark: most of a log is ASCII, and so every other byte is zero. */
static const char *
guess_utf16 (const guint8 *sample, gsize length)
{
  gsize zeros[2] = { 0, 0 };
  gsize half = length / 2;

  for (gsize i = 0; i < length; i++)
    zeros[i % 2] += sample[i] == 0;
  if (zeros[1] > half / 3 && zeros[0] <= half / 20)
    return "UTF-16LE";
  if (zeros[0] > half / 3 && zeros[1] <= half / 20)
    return "UTF-16BE";
  return NULL;
}

/* Whether it is no text at all: zeros and control characters in numbers. A few are left to the rows
 * that have them. */
static gboolean
looks_binary (const guint8 *sample, gsize length)
{
  gsize odd = 0;

  for (gsize i = 0; i < length; i++)
    odd += sample[i] < 32 && strchr ("\t\n\v\f\r\033", sample[i]) == NULL;
  for (gsize i = 0; i < length; i++)
    odd += sample[i] == 0; /* strchr() finds the end of its list */
  return odd > length / 100 + 4;
}

/* Text that is UTF-8 but for a few bytes stays UTF-8, and the rows with those bytes are refused. */
static gboolean
looks_utf8 (const guint8 *sample, gsize length, gboolean whole)
{
  const char *p = (const char *)sample;
  const char *end = p + length;
  gsize good = 0, bad = 0;

  for (gsize i = 0; i < length; i++)
    good += sample[i] >= 0xc0;
  while (p < end && !g_utf8_validate_len (p, end - p, &p))
    {
      if (!whole && end - p < 4)
        break;
      if (*p != '\0')
        bad++;
      p++;
    }
  return bad == 0 || good - MIN (good, bad) > 4 * bad;
}

gboolean
iw_decode_guess (const char *path, IwEncoding *encoding, GError **error)
{
  gsize length;
  g_autofree guint8 *sample = read_sample (path, SAMPLE, &length, error);
  const char *utf16;

  if (sample == NULL)
    return FALSE;
  *encoding = (IwEncoding){ FALSE, "UTF-8", TRUE };
  if (length == 0)
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_EMPTY, _ ("The file is empty."));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (length >= known[i].length && memcmp (sample, known[i].magic, known[i].length) == 0)
      return refuse (error, _ (known[i].message));
  if (length >= 3 && memcmp (sample, "\xef\xbb\xbf", 3) == 0)
    return TRUE;
  if (length >= 2 && sample[0] == 0xff && sample[1] == 0xfe)
    encoding->encoding = "UTF-16LE";
  else if (length >= 2 && sample[0] == 0xfe && sample[1] == 0xff)
    encoding->encoding = "UTF-16BE";
  else if ((utf16 = guess_utf16 (sample, length)) != NULL)
    encoding->encoding = utf16;
  else if (looks_binary (sample, length))
    return refuse (error, _ ("This is not a text file."));
  else if (!looks_utf8 (sample, length, length < SAMPLE))
    *encoding = (IwEncoding){ FALSE, "WINDOWS-1252", FALSE };
  return TRUE;
}
