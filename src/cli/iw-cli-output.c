/* iw-cli-output.c: text and JSON for standard output, complaints and progress for standard error.
 */
#include "config.h"

#include "iw-cli-output.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "iw-timeline-import.h"

static gboolean
is_harmful (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

char *
iw_cli_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_harmful (c))
        g_string_append_unichar (clean, c);
      else if (c == '\n' || c == '\t')
        g_string_append (clean, c == '\n' ? "\\n" : "\\t");
      else
        g_string_append_printf (clean, "\\u%04x", c);
    }
  return g_string_free (clean, FALSE);
}

char *
iw_cli_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (strchr ("\r\n\t\v\f", *p) == NULL)
      g_string_append_unichar (line, g_utf8_get_char (p));
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  return iw_cli_clean (line->str);
}

char *
iw_cli_cut (const char *line, const char *word, guint max)
{
  g_autofree char *small = g_ascii_strdown (line, -1);
  g_autofree char *wanted = word != NULL ? g_ascii_strdown (word, -1) : NULL;
  const char *found = wanted != NULL && *wanted != '\0' ? strstr (small, wanted) : NULL;
  glong length = g_utf8_strlen (line, -1), start = 0, end;
  g_autofree char *part = NULL;

  if (length <= (glong)max)
    return g_strdup (line);
  if (found != NULL)
    start =
        CLAMP (g_utf8_pointer_to_offset (small, found) - (glong)max / 3, 0, length - (glong)max);
  end = MIN (start + (glong)max, length);
  part = g_utf8_substring (line, start, end);
  return g_strconcat (start > 0 ? "…" : "", part, end < length ? "…" : "", NULL);
}

guint
iw_cli_width (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO) || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
    return G_MAXINT;
  return size.ws_col;
}

char *
iw_cli_first_line (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));

  return iw_cli_clean (line);
}

char *
iw_cli_time (IwTime time)
{
  char *text = iw_time_to_rfc3339 (time);

  if (text == NULL)
    return g_strdup ("-");
  if (strlen (text) > 10 && text[10] == 'T')
    text[10] = ' ';
  return text;
}

void
iw_cli_print_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = iw_cli_clean (lines[i]);

      /* What stands after the last line break is a line only where there is something. */
      if (lines[i + 1] != NULL || *line != '\0')
        puts (line);
    }
}

void
iw_cli_print_json (JsonNode *node)
{
  g_autoptr (JsonNode) root = node;
  g_autofree char *text = json_to_string (root, TRUE);

  puts (text);
}

void
iw_cli_json_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text =
      us == 0 ? NULL : iw_time_to_rfc3339 ((IwTime){ us, IW_PRECISION_MICROSECOND });

  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

JsonObject *
iw_cli_json_incident (const IwIncidentRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "incident", row->incident);
  json_object_set_string_member (object, "title", row->title);
  json_object_set_string_member (object, "stage", iw_stage_to_string (row->stage));
  json_object_set_string_member (object, "severity", iw_severity_to_string (row->severity));
  json_object_set_string_member (object, "classification",
                                 iw_classification_to_string (row->classification));
  json_object_set_int_member (object, "entries", row->n_entries);
  iw_cli_json_time (object, "opened_at", row->opened_at);
  iw_cli_json_time (object, "closed_at", row->closed_at);
  iw_cli_json_time (object, "modified_at", row->modified_at);
  return object;
}

JsonNode *
iw_cli_json_document (const char *docid, JsonObject *body)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_set_string_member (copy, "_id", docid);
  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (copy, name, json_node_copy (member));
  return json_node_init_object (json_node_alloc (), copy);
}

IwExit
iw_cli_finish_output (IwExit code)
{
  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return code;
  if (errno != EPIPE && errno != 0)
    iw_cli_complain (_ ("The output could not be written: %s"), g_strerror (errno));
  return code == IW_EXIT_OK ? IW_EXIT_FAILED : code;
}

void
iw_cli_complain (const char *format, ...)
{
  g_autofree char *text = NULL, *clean = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  clean = iw_cli_clean (text);
  fprintf (stderr, "%s: %s\n", g_get_prgname (), clean);
}

static IwExit
exit_code_of (const GError *error)
{
  if (error->domain == G_OPTION_ERROR ||
      g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_ZONE) ||
      g_error_matches (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING))
    return IW_EXIT_USAGE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return IW_EXIT_NOT_FOUND;
  if (error->domain != IW_STORE_ERROR)
    return IW_EXIT_FAILED;
  switch ((IwStoreError)error->code)
    {
    case IW_STORE_ERROR_NOT_FOUND:
      return IW_EXIT_NOT_FOUND;
    case IW_STORE_ERROR_BUSY:
      return IW_EXIT_BUSY;
    case IW_STORE_ERROR_CORRUPT:
    case IW_STORE_ERROR_DAMAGED_BLOB:
      return IW_EXIT_DAMAGED;
    case IW_STORE_ERROR_FAILED:
    case IW_STORE_ERROR_CONFLICT:
    case IW_STORE_ERROR_INVALID:
    case IW_STORE_ERROR_FULL:
    case IW_STORE_ERROR_READ_ONLY:
    default:
      return IW_EXIT_FAILED;
    }
}

IwExit
iw_cli_fail (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    iw_cli_complain ("%s", _ ("Cancelled. Nothing was changed by what was cut off."));
  else
    iw_cli_complain ("%s", error->message);
  if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CORRUPT))
    iw_cli_complain ("%s",
                     _ ("“check --recover” saves what can still be read; nothing is deleted."));
  return exit_code_of (error);
}

void
iw_cli_progress (gint64 done, gint64 total, gpointer data)
{
  IwCliProgress *progress = data;
  gint64 now = g_get_monotonic_time ();

  if (!isatty (STDERR_FILENO) || now - progress->shown_at < G_USEC_PER_SEC / 10)
    return;
  progress->shown_at = now;
  progress->shown = TRUE;
  if (total > 0)
    fprintf (stderr, "\r%s… %3d %%\033[K", progress->what, (int)(100.0 * done / total));
  else
    fprintf (stderr, "\r%s…\033[K", progress->what);
}

void
iw_cli_progress_end (IwCliProgress *progress)
{
  if (progress->shown)
    fputs ("\r\033[K", stderr);
  progress->shown = FALSE;
}
