/* A notice's text as sections that are known by their headings. */
#include "config.h"

#include <string.h>

#include "iw-model-json.h"
#include "iw-notice-check-private.h"
#include "iw-notice-template-facts.h"

static void
section_free (gpointer data)
{
  IwCheckSection *section = data;

  g_free (section->id);
  g_free (section->heading);
  g_free (section->text);
  g_free (section);
}

/* Two ways to write the same heading: case, and space around it. (transfer full) */
static char *
heading_key (const char *heading)
{
  g_autofree char *stripped = g_strstrip (g_strdup (heading));
  g_autofree char *normal = g_utf8_normalize (stripped, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : stripped, -1);
}

/* Headings of the audience's templates in all languages -> ids: a notice may have been translated
 * by hand. */
static GHashTable *
known_headings (IwAudience audience)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *const *languages = iw_notice_languages ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (IwNoticeTemplate) template = iw_notice_template_load (audience, languages[i]);
      GPtrArray *sections = iw_notice_template_get_sections (template);

      for (guint j = 0; j < sections->len; j++)
        {
          IwNoticeSection *section = g_ptr_array_index (sections, j);

          g_hash_table_insert (known, heading_key (section->heading), g_strdup (section->id));
        }
    }
  return known;
}

/* "## What happened" -> "What happened"; NULL where it is no heading. */
static const char *
heading_in (const char *line)
{
  gsize marks = strspn (line, "#");

  return marks >= 1 && marks <= 6 && line[marks] == ' ' ? line + marks + 1 : NULL;
}

static void
end_section (IwCheckSection *section, GString *text)
{
  if (section != NULL)
    section->text = g_strstrip (g_strdup (text->str));
  g_string_truncate (text, 0);
}

GPtrArray *
iw_check_sections (JsonObject *notice)
{
  g_autoptr (GHashTable) known = known_headings (iw_notice_document_audience (notice));
  g_auto (GStrv) lines = g_strsplit (iw_model_json_get_text (notice, "body"), "\n", -1);
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);
  g_autoptr (GString) text = g_string_new (NULL);
  IwCheckSection *section = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *heading = heading_in (lines[i]);
      g_autofree char *key = NULL;

      if (heading == NULL)
        {
          g_string_append_printf (text, "%s\n", lines[i]);
          continue;
        }
      end_section (section, text);
      key = heading_key (heading);
      section = g_new0 (IwCheckSection, 1);
      section->heading = g_strstrip (g_strdup (heading));
      section->id = g_strdup (g_hash_table_lookup (known, key));
      g_ptr_array_add (sections, section);
    }
  end_section (section, text);
  return sections;
}
