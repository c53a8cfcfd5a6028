#include "config.h"

#include "iw-notice-template.h"

#include <string.h>

#include "iw-notice-template-private.h"

struct _IwNoticeTemplate
{
  IwAudience audience;
  const char *language;
  char *subject;
  char **body; /* lines, without the sections' ids */
  GPtrArray *sections;
};

static void
section_free (gpointer data)
{
  IwNoticeSection *section = data;

  g_free (section->id);
  g_free (section->heading);
  g_free (section);
}

/* "## What happened {#nature}" loses its id, which is kept. */
static void
take_section (IwNoticeTemplate *self, char **line)
{
  char *mark = strstr (*line, " {#");
  IwNoticeSection *section;

  if (!g_str_has_prefix (*line, "## ") || mark == NULL)
    return;
  section = g_new0 (IwNoticeSection, 1);
  section->id = g_strndup (mark + 3, strcspn (mark + 3, "}"));
  *mark = '\0';
  section->heading = g_strdup (*line + 3);
  g_ptr_array_add (self->sections, section);
}

IwNoticeTemplate *
iw_notice_template_load (IwAudience audience, const char *language)
{
  IwNoticeTemplate *self = g_new0 (IwNoticeTemplate, 1);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  char *body;

  self->audience = audience;
  self->language = iw_notice_language_nearest (language);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  name = g_strdup_printf ("%s.%s.txt", iw_audience_to_string (audience), self->language);
  text = iw_notice_resource (name);
  body = strstr (text, "\n---\n");
  if (body == NULL)
    g_error ("%s has no subject", name); /* it is compiled in, and tested */
  *body = '\0';
  self->subject = g_strdup (text);
  self->body = g_strsplit (g_strchomp (body + strlen ("\n---\n")), "\n", -1);
  for (guint i = 0; self->body[i] != NULL; i++)
    take_section (self, &self->body[i]);
  return self;
}

void
iw_notice_template_free (IwNoticeTemplate *self)
{
  g_free (self->subject);
  g_strfreev (self->body);
  g_ptr_array_unref (self->sections);
  g_free (self);
}

const char *
iw_notice_template_get_language (const IwNoticeTemplate *self)
{
  return self->language;
}

GPtrArray *
iw_notice_template_get_sections (const IwNoticeTemplate *self)
{
  return self->sections;
}

/* ---- filling in ---- */

/* @one_line: a subject: what has several lines becomes one. */
static char *
fill_line (const IwNoticeTemplate *self, const char *line, GHashTable *facts, gboolean one_line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = line; *p != '\0';)
    {
      const char *end = strncmp (p, "{{", 2) == 0 ? strstr (p, "}}") : NULL;
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (end == NULL)
        {
          g_string_append_c (text, *p++);
          continue;
        }
      name = g_strndup (p + 2, end - p - 2);
      value = g_strdup (facts != NULL ? g_hash_table_lookup (facts, name) : NULL);
      if (value == NULL || *value == '\0')
        {
          g_free (value);
          value = iw_notice_fact_mark (self->language, name);
        }
      if (one_line)
        g_strdelimit (value, "\r\n\t", ' ');
      g_string_append (text, value);
      p = end + 2;
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
iw_notice_template_subject (const IwNoticeTemplate *self, GHashTable *facts)
{
  return fill_line (self, self->subject, facts, TRUE);
}

char *
iw_notice_template_body (const IwNoticeTemplate *self, GHashTable *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->body[i] != NULL; i++)
    {
      g_autofree char *line = fill_line (self, self->body[i], facts, FALSE);

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* ---- filling in again ---- */

void
iw_notice_refill_clear (IwNoticeRefill *self)
{
  g_clear_pointer (&self->text, g_free);
}

/* Whole lines only: "1" must not be found within "10". */
static const char *
find_lines (const char *text, const char *lines)
{
  gsize length = strlen (lines);

  for (const char *p = strstr (text, lines); p != NULL; p = strstr (p + 1, lines))
    if ((p == text || p[-1] == '\n') && (p[length] == '\n' || p[length] == '\0'))
      return p;
  return NULL;
}

/* One line of the template, which may be many of the text. @from: where the search begins, an
 * offset into
 * @text that moves on with what is found, so that lines that read alike are told apart by their
 * order. */
static void
refill_line (const IwNoticeTemplate *self,
             const char *line,
             gboolean one_line,
             GHashTable *before,
             GHashTable *now,
             GString *text,
             gsize *from,
             IwNoticeRefill *out)
{
  g_autofree char *was = fill_line (self, line, before, one_line);
  g_autofree char *is = fill_line (self, line, now, one_line);
  const char *at = *was != '\0' ? find_lines (text->str + *from, was) : NULL;
  gsize offset;

  if (at == NULL)
    {
      if (!g_str_equal (was, is))
        out->n_edited++;
      return;
    }
  offset = at - text->str;
  if (!g_str_equal (was, is))
    {
      g_string_erase (text, offset, strlen (was));
      g_string_insert (text, offset, is);
      out->n_updated++;
    }
  *from = offset + strlen (is);
}

void
iw_notice_template_refill (const IwNoticeTemplate *self,
                           gboolean body,
                           const char *text,
                           GHashTable *before,
                           GHashTable *now,
                           IwNoticeRefill *out)
{
  g_autoptr (GString) filled = g_string_new (text);
  gsize from = 0;

  *out = (IwNoticeRefill){ 0 };
  if (!body)
    refill_line (self, self->subject, TRUE, before, now, filled, &from, out);
  else
    for (guint i = 0; self->body[i] != NULL; i++)
      if (strstr (self->body[i], "{{") != NULL)
        refill_line (self, self->body[i], FALSE, before, now, filled, &from, out);
  out->text = g_string_free_and_steal (g_steal_pointer (&filled));
}
