#include "config.h"

#include "iw-markdown.h"

#include <string.h>

#define MAX_LENGTH (64 * 1024)
/* How far the end of a span is looked for, and how deep spans nest: bounds the work on any text. */
#define MAX_SPAN 2000
#define MAX_DEPTH 4
/* No screen shows more of a line. */
#define MAX_LINE 4096

static void append_inline (GString *out, const char *text, gsize length, guint depth);

static void
append_escaped (GString *out, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize)length);

  g_string_append (out, escaped);
}

/* Where @mark stands again within a span; a span does not begin or end with a space. */
static const char *
find_end (const char *text, gsize length, const char *mark)
{
  gsize n = strlen (mark);
  gsize limit = MIN (length, MAX_SPAN);

  if (length == 0 || g_ascii_isspace (*text))
    return NULL;
  for (gsize i = 1; i + n <= limit; i++)
    if (memcmp (text + i, mark, n) == 0 && !g_ascii_isspace (text[i - 1]))
      {
        /* "**" does not end "*" */
        if (n == 1 && *mark == '*' && i + 1 < length && text[i + 1] == '*')
          {
            i++;
            continue;
          }
        return text + i;
      }
  return NULL;
}

static gsize
append_span (GString *out,
             const char *text,
             gsize length,
             guint depth,
             const char *mark,
             const char *tag)
{
  gsize n = strlen (mark);
  const char *end;

  if (length < n || memcmp (text, mark, n) != 0)
    return 0;
  end = find_end (text + n, length - n, mark);
  if (end == NULL)
    return 0;
  g_string_append_printf (out, "<%s>", tag);
  if (strcmp (tag, "tt") == 0)
    append_escaped (out, text + n, end - (text + n));
  else
    append_inline (out, text + n, end - (text + n), depth + 1);
  g_string_append_printf (out, "</%s>", tag);
  return end + n - text;
}

static gboolean
is_safe_target (const char *target, gsize length)
{
  const char *schemes[] = { "https://", "http://", "mailto:" };

  for (gsize i = 0; i < length; i++)
    if ((guchar)target[i] <= ' ')
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (length > strlen (schemes[i]) &&
        g_ascii_strncasecmp (target, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;
  return FALSE;
}

/* [words](https://target) */
static gsize
append_link (GString *out, const char *text, gsize length)
{
  gsize limit = MIN (length, MAX_SPAN);
  const char *close = memchr (text, ']', limit);
  const char *end;

  if (*text != '[' || close == NULL || close == text + 1 || close + 1 >= text + limit ||
      close[1] != '(')
    return 0;
  end = memchr (close, ')', text + limit - close);
  if (end == NULL || !is_safe_target (close + 2, end - (close + 2)))
    return 0;
  g_string_append (out, "<a href=\"");
  append_escaped (out, close + 2, end - (close + 2));
  g_string_append (out, "\">");
  append_inline (out, text + 1, close - (text + 1), MAX_DEPTH);
  g_string_append (out, "</a>");
  return end + 1 - text;
}

static gsize
append_special (GString *out, const char *text, gsize length, guint depth)
{
  gsize used;

  if (*text == '\\' && length > 1 && g_ascii_ispunct (text[1]))
    {
      append_escaped (out, text + 1, 1);
      return 2;
    }
  if ((used = append_span (out, text, length, depth, "`", "tt")) > 0)
    return used;
  if (depth >= MAX_DEPTH)
    return 0;
  if ((used = append_span (out, text, length, depth, "**", "b")) > 0)
    return used;
  if ((used = append_span (out, text, length, depth, "*", "i")) > 0)
    return used;
  return append_link (out, text, length);
}

static void
append_inline (GString *out, const char *text, gsize length, guint depth)
{
  gsize plain = 0, i = 0;

  while (i < length)
    {
      gsize used = 0;

      if (strchr ("\\`*[", text[i]) != NULL)
        {
          GString *span = g_string_new (NULL);

          used = append_special (span, text + i, length - i, depth);
          if (used > 0)
            {
              append_escaped (out, text + plain, i - plain);
              g_string_append_len (out, span->str, (gssize)span->len);
              plain = i + used;
            }
          g_string_free (span, TRUE);
        }
      i += MAX (used, 1);
    }
  append_escaped (out, text + plain, length - plain);
}

static void
append_line (GString *out, const char *line, gsize length)
{
  gsize indent = 0, hashes = 0;

  while (indent < length && line[indent] == ' ')
    indent++;
  while (indent + hashes < length && line[indent + hashes] == '#' && hashes < 6)
    hashes++;
  if (hashes > 0 && indent + hashes < length && line[indent + hashes] == ' ')
    {
      g_string_append (out, "<b>");
      append_inline (out, line + indent + hashes + 1, length - indent - hashes - 1, 1);
      g_string_append (out, "</b>");
      return;
    }
  if (indent + 1 < length && strchr ("-*+", line[indent]) != NULL && line[indent + 1] == ' ')
    {
      for (gsize i = 0; i < indent + 1; i++)
        g_string_append_c (out, ' ');
      g_string_append (out, "• ");
      append_inline (out, line + indent + 2, length - indent - 2, 0);
      return;
    }
  append_inline (out, line, length, 0);
}

char *
iw_markdown_to_markup (const char *text)
{
  gsize length = strlen (text);
  GString *out;
  gboolean fenced = FALSE;

  if (length > MAX_LENGTH)
    return g_markup_escape_text (text, (gssize)length);
  out = g_string_sized_new (length + 64);
  while (*text != '\0')
    {
      gsize n = strcspn (text, "\n");

      if (n >= 3 && memcmp (text, "```", 3) == 0)
        fenced = !fenced;
      else if (fenced)
        {
          g_string_append (out, "<tt>");
          append_escaped (out, text, n);
          g_string_append (out, "</tt>\n");
        }
      else
        {
          append_line (out, text, n);
          g_string_append_c (out, '\n');
        }
      text += n + (text[n] == '\n' ? 1 : 0);
    }
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* ---- plain text ---- */

static void
append_text (GMarkupParseContext *context,
             const char *text,
             gsize length,
             gpointer out,
             GError **error)
{
  g_string_append_len (out, text, (gssize)length);
}

/* The line without what stands before a heading or an item of a list. */
static const char *
skip_marks (const char *line)
{
  gsize hashes;

  line += strspn (line, " \t");
  hashes = strspn (line, "#");
  if (hashes > 0 && (line[hashes] == ' ' || line[hashes] == '\0'))
    line += hashes;
  else if (*line != '\0' && strchr ("-*+>", *line) != NULL && line[1] == ' ')
    line++;
  return line + strspn (line, " \t");
}

static char *
line_to_text (const char *line)
{
  static const GMarkupParser parser = { .text = append_text };
  GString *markup = g_string_new ("<x>");
  GString *out = g_string_new (NULL);
  GMarkupParseContext *context =
      g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, out, NULL);

  append_inline (markup, line, strlen (line), 0);
  g_string_append (markup, "</x>");
  if (!g_markup_parse_context_parse (context, markup->str, (gssize)markup->len, NULL))
    g_string_assign (out, line);
  g_markup_parse_context_free (context);
  g_string_free (markup, TRUE);
  return g_string_free_and_steal (out);
}

char *
iw_markdown_first_line (const char *text)
{
  while (*text != '\0')
    {
      gsize n = MIN (strcspn (text, "\r\n"), MAX_LINE);
      g_autofree char *cut = g_strndup (text, n);
      g_autofree char *line = g_utf8_make_valid (skip_marks (cut), -1);

      g_strchomp (line);
      if (*line != '\0' && strncmp (line, "```", 3) != 0)
        return line_to_text (line);
      text += strcspn (text, "\r\n");
      text += strspn (text, "\r\n");
    }
  return g_strdup ("");
}
