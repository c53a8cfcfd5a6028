/* The text of a field, taken apart. */
#include "iw-form-kind-private.h"

#include <string.h>

gboolean
iw_form_value_is_empty (const char *value)
{
  if (value == NULL)
    return TRUE;
  while (*value != '\0')
    {
      gunichar c = g_utf8_get_char_validated (value, -1);

      if (c == (gunichar)-1 || c == (gunichar)-2 || !g_unichar_isspace (c))
        return FALSE;
      value = g_utf8_next_char (value);
    }
  return TRUE;
}

gboolean
iw_form_value_is_among (const char *value, const char *values)
{
  gsize length = value != NULL ? strlen (value) : 0;

  while (values != NULL)
    {
      const char *bar = strchr (values, '|');
      gsize n = bar != NULL ? (gsize)(bar - values) : strlen (values);

      if (n == length && (n == 0 || memcmp (values, value, n) == 0))
        return TRUE;
      values = bar != NULL ? bar + 1 : NULL;
    }
  return FALSE;
}

char **
iw_form_value_lines (const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!iw_form_value_is_empty (lines[i]))
      g_strv_builder_add (builder, g_strstrip (lines[i]));
  return g_strv_builder_end (builder);
}

gboolean
iw_form_value_parse_link (const char *line, char **docid, gint64 *row)
{
  const char *space = strchr (line, ' ');
  guint64 number = 0;

  if (space == line || *line == '\0')
    return FALSE;
  if (space != NULL && !g_ascii_string_to_unsigned (space + 1, 10, 1, G_MAXINT64, &number, NULL))
    return FALSE;
  *docid = space != NULL ? g_strndup (line, space - line) : g_strdup (line);
  *row = (gint64)number;
  return TRUE;
}

const char *
iw_form_field_get_constant (const IwFormField *field)
{
  gboolean only = (field->flags & IW_HIDDEN) && field->input == IW_INPUT_CHOICE &&
                  field->choices[0].value != NULL && field->choices[1].value == NULL;

  return only ? field->choices[0].value : NULL;
}
