#include "config.h"

#include "iw-notice-letter.h"

#include <string.h>

IwNoticeLetter *
iw_notice_letter_new (const char *subject,
                      const char *body,
                      const char *language,
                      const char *mark,
                      const char *reference)
{
  IwNoticeLetter *self = g_new0 (IwNoticeLetter, 1);

  self->subject = g_utf8_make_valid (subject, -1);
  g_strdelimit (self->subject, "\r\n", ' ');
  self->body = g_utf8_make_valid (body, -1);
  self->language = g_strdup (language);
  self->mark = g_strdup (mark);
  self->reference = g_strdup (reference);
  return self;
}

void
iw_notice_letter_free (IwNoticeLetter *self)
{
  g_free (self->subject);
  g_free (self->body);
  g_free (self->language);
  g_free (self->mark);
  g_free (self->reference);
  g_free (self);
}

/* ---- reading Markdown ---- */

static void
block_free (gpointer data)
{
  IwBlock *block = data;

  g_free (block->text);
  g_free (block);
}

/* "[text](https://…)" -> "text (https://…)"; what is no link stays. Returns what follows it. */
static const char *
take_link (const char *p, GString *out)
{
  const char *middle = p + 1 + strcspn (p + 1, "[]\n");
  const char *end =
      strncmp (middle, "](", 2) == 0 ? middle + 2 + strcspn (middle + 2, ")\n") : NULL;

  if (end == NULL || *end != ')' || middle == p + 1)
    return NULL;
  g_string_append_len (out, p + 1, middle - p - 1);
  g_string_append (out, " (");
  g_string_append_len (out, middle + 2, end - middle - 2);
  g_string_append_c (out, ')');
  return end + 1;
}

/* Takes marks away that stand in pairs; a lone asterisk is an asterisk. (transfer full) */
static char *
plain_inline (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      const char *after = *p == '[' ? take_link (p, out) : NULL;

      if (after != NULL)
        p = after;
      else if (*p == '\\' && p[1] != '\0' && strchr ("\\`*_[]#-", p[1]) != NULL)
        {
          g_string_append_c (out, p[1]);
          p += 2;
        }
      else if ((strncmp (p, "**", 2) == 0 || strncmp (p, "__", 2) == 0) && p[2] != '\0' &&
               p[2] != ' ' && strstr (p + 2, *p == '*' ? "**" : "__") != NULL)
        {
          const char *end = strstr (p + 2, *p == '*' ? "**" : "__");

          g_string_append_len (out, p + 2, end - p - 2);
          p = end + 2;
        }
      else if (*p == '`' && strchr (p + 1, '`') != NULL)
        {
          const char *end = strchr (p + 1, '`');

          g_string_append_len (out, p + 1, end - p - 1);
          p = end + 1;
        }
      else
        g_string_append_c (out, *p++);
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

typedef struct
{
  GPtrArray *blocks;
  GString *paragraph;
} Reader;

static void
add_block (Reader *self, IwBlockKind kind, guint level, guint number, const char *text)
{
  IwBlock *block = g_new0 (IwBlock, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  block->kind = kind;
  block->level = level;
  block->number = number;
  block->text = plain_inline (stripped);
  g_ptr_array_add (self->blocks, block);
}

static void
end_paragraph (Reader *self)
{
  if (self->paragraph->len > 0)
    add_block (self, IW_BLOCK_PARAGRAPH, 0, 0, self->paragraph->str);
  g_string_truncate (self->paragraph, 0);
}

/* "- text", "* text", "12. text": what follows the mark; NULL where it is none. */
static const char *
item_text (const char *line, guint *number)
{
  gsize digits = strspn (line, "0123456789");

  *number = 0;
  if ((*line == '-' || *line == '*' || *line == '+') && line[1] == ' ')
    return line + 2;
  if (digits >= 1 && digits <= 4 && (line[digits] == '.' || line[digits] == ')') &&
      line[digits + 1] == ' ')
    {
      *number = (guint)g_ascii_strtoull (line, NULL, 10);
      return line + digits + 2;
    }
  return NULL;
}

static void
read_line (Reader *self, const char *line)
{
  gsize indent = strspn (line, " ");
  gsize marks = strspn (line, "#");
  guint number;
  const char *item = item_text (line + indent, &number);

  if (marks >= 1 && marks <= 6 && line[marks] == ' ')
    {
      end_paragraph (self);
      add_block (self, IW_BLOCK_HEADING, marks, 0, line + marks);
    }
  else if (item != NULL)
    {
      end_paragraph (self);
      add_block (self, IW_BLOCK_ITEM, MIN (indent / 2, 4), number, item);
    }
  else if (line[indent] == '\0')
    end_paragraph (self);
  else
    {
      if (self->paragraph->len > 0)
        g_string_append_c (self->paragraph, '\n');
      g_string_append (self->paragraph, line + indent);
    }
}

GPtrArray *
iw_notice_blocks (const char *markdown)
{
  g_autofree char *valid = g_utf8_make_valid (markdown, -1);
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) paragraph = g_string_new (NULL);
  Reader reader = { g_ptr_array_new_with_free_func (block_free), paragraph };

  g_strdelimit (valid, "\r", '\n');
  lines = g_strsplit (valid, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (&reader, lines[i]);
  end_paragraph (&reader);
  return reader.blocks;
}

/* ---- as text ---- */

static void
append_item (GString *out, const IwBlock *block)
{
  for (guint i = 0; i < block->level; i++)
    g_string_append (out, "  ");
  if (block->number > 0)
    g_string_append_printf (out, "%u. ", block->number);
  else
    g_string_append (out, "- ");
  g_string_append_printf (out, "%s\n", block->text);
}

char *
iw_notice_plain (const char *markdown)
{
  g_autoptr (GPtrArray) blocks = iw_notice_blocks (markdown);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const IwBlock *block = g_ptr_array_index (blocks, i);
      const IwBlock *before = i > 0 ? g_ptr_array_index (blocks, i - 1) : NULL;

      if (before != NULL && !(block->kind == IW_BLOCK_ITEM && before->kind == IW_BLOCK_ITEM))
        g_string_append_c (out, '\n');
      if (block->kind == IW_BLOCK_ITEM)
        append_item (out, block);
      else
        g_string_append_printf (out, "%s\n", block->text);
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

GBytes *
iw_notice_text (const IwNoticeLetter *letter)
{
  g_autofree char *body = iw_notice_plain (letter->body);
  g_autoptr (GString) out = g_string_new (NULL);

  if (letter->mark != NULL)
    g_string_append_printf (out, "%s\n\n", letter->mark);
  g_string_append_printf (out, "%s\n\n%s", letter->subject, body);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
