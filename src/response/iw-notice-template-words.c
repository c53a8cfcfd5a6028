/* Languages that notices are written in, and their words. */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "iw-notice-resources.h"
#include "iw-notice-template-private.h"

static const char *const languages[] = { "en", "de", "es", "fr", "ja", NULL };

static const char *const fact_names[] = {
  "title",    "reference", "organisation",    "summary",        "access",
  "detected", "declared",  "services",        "systems",        "data",
  "affected", "subjects",  "number_subjects", "number_records", "consequences",
  "measures", "planned",   "advised",         "contact",        "delay",
  NULL
};

const char *const *
iw_notice_languages (void)
{
  return languages;
}

const char *const *
iw_notice_fact_names (void)
{
  return fact_names;
}

const char *
iw_notice_language_nearest (const char *tag)
{
  gsize length = tag != NULL ? strcspn (tag, "-_") : 0;

  for (guint i = 0; languages[i] != NULL; i++)
    if (strlen (languages[i]) == length && g_ascii_strncasecmp (languages[i], tag, length) == 0)
      return languages[i];
  return languages[0];
}

char *
iw_notice_resource (const char *name)
{
  g_autofree char *path = g_strconcat (IW_NOTICE_RESOURCES, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (iw_notices_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    g_error ("%s", error->message); /* it is compiled in */
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

GKeyFile *
iw_notice_words_load (const char *language)
{
  g_autofree char *name = g_strdup_printf ("words.%s.ini", iw_notice_language_nearest (language));
  g_autofree char *text = iw_notice_resource (name);
  g_autoptr (GError) error = NULL;
  GKeyFile *words = g_key_file_new ();

  if (!g_key_file_load_from_data (words, text, strlen (text), G_KEY_FILE_NONE, &error))
    g_error ("%s: %s", name, error->message); /* it is compiled in, and tested */
  return words;
}

char *
iw_notice_word (GKeyFile *words, const char *group, const char *key)
{
  char *word = g_key_file_get_string (words, group, key, NULL);

  return word != NULL ? word : g_strdup ("");
}

char *
iw_notice_phrase (GKeyFile *words, const char *key, const char *first, ...)
{
  g_autofree char *pattern = iw_notice_word (words, "words", key);
  g_autoptr (GString) text = g_string_new (NULL);
  va_list args;

  /* Each place is looked up, so that a value that looks like a place stays as it is. */
  for (const char *p = pattern; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      const char *value = NULL;

      if (end != NULL)
        {
          va_start (args, first);
          for (const char *name = first; name != NULL && value == NULL;
               name = va_arg (args, const char *))
            {
              const char *candidate = va_arg (args, const char *);

              if (strlen (name) == (gsize)(end - p - 1) &&
                  strncmp (name, p + 1, strlen (name)) == 0)
                value = candidate;
            }
          va_end (args);
        }
      if (value != NULL)
        {
          g_string_append (text, value);
          p = end + 1;
        }
      else
        g_string_append_c (text, *p++);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
iw_notice_language_name (const char *language)
{
  const char *nearest = iw_notice_language_nearest (language);
  g_autoptr (GKeyFile) words = NULL;

  if (g_strcmp0 (nearest, language) != 0)
    return g_strdup (language != NULL ? language : "");
  words = iw_notice_words_load (nearest);
  return iw_notice_word (words, "words", "name");
}

char *
iw_notice_fact_label (const char *language, const char *name)
{
  g_autoptr (GKeyFile) words = iw_notice_words_load (language);

  return iw_notice_word (words, "facts", name);
}

static char *
mark_of (GKeyFile *words, const char *fact)
{
  g_autofree char *unknown = iw_notice_word (words, "words", "unknown");

  return iw_notice_phrase (words, "marker", "fact", fact, "unknown", unknown, NULL);
}

char *
iw_notice_fact_mark (const char *language, const char *name)
{
  g_autoptr (GKeyFile) words = iw_notice_words_load (language);
  g_autofree char *label = iw_notice_word (words, "facts", name);

  return mark_of (words, label);
}

char *
iw_notice_draft_mark (const char *language)
{
  g_autoptr (GKeyFile) words = iw_notice_words_load (language);

  return iw_notice_word (words, "words", "draft");
}

/* ---- finding marks ---- */

typedef struct
{
  const char *at;
  char *label;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->label);
  g_free (found);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = *(Found *const *)a, *y = *(Found *const *)b;

  return x->at < y->at ? -1 : x->at > y->at;
}

/* A mark is whatever stands between the bracket and the words for "not known yet": also what
 * somebody wrote in the same manner. */
static void
find_marks_of (GKeyFile *words, const char *text, GPtrArray *out)
{
  g_autofree char *tail = mark_of (words, "");
  const char *end_words = tail + 1; /* ": not known yet]" */

  for (const char *p = strchr (text, '['); p != NULL; p = strchr (p + 1, '['))
    {
      const char *line_end = p + strcspn (p, "\n");
      const char *tail_at = strstr (p, end_words);
      const char *next = strchr (p + 1, '[');
      Found *found;

      if (tail_at == NULL || tail_at > line_end || (next != NULL && next < tail_at))
        continue;
      found = g_new0 (Found, 1);
      found->at = p;
      found->label = g_strndup (p + 1, tail_at - p - 1);
      g_ptr_array_add (out, found);
    }
}

char **
iw_notice_find_marks (const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (found_free);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (GKeyFile) words = iw_notice_words_load (languages[i]);

      find_marks_of (words, text, found);
    }
  g_ptr_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    {
      Found *one = g_ptr_array_index (found, i);

      if (g_hash_table_add (seen, one->label))
        g_strv_builder_add (builder, one->label);
    }
  return g_strv_builder_end (builder);
}
