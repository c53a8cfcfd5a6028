#include "config.h"

#include "iw-search-marks.h"

#include <string.h>

/* In this order. What stands before and after a half mark tells it from a star that means itself.
 * A tag of a match may stand beside a mark. */
static const struct
{
  const char *pattern;
  const char *replacement;
} marks[] = {
  { "\\[([^\\]\\n]+)\\]\\(https?:[^)\\s<>]*\\)", "\\1" },
  { "\\*\\*(?=\\S)([^\\n]+?)(?<=\\S)\\*\\*", "\\1" },
  { "(^|(?<=[\\s(…]))\\*\\*(?=[^\\s*])", "" },
  { "(?<=[^\\s*])\\*\\*(?=[\\s.,;:!?)…]|$)", "" },
  { "(?<![\\w*\\\\/])\\*(?=[^\\s*.])([^*\\n]*[^\\s*])\\*(?![\\w*])", "\\1" },
  { "`+", "" },
  { "(^…?|\\s)#{2,6}\\s+|^#\\s+", "\\1" },
};

char *
iw_search_strip_marks (const char *markup)
{
  g_autofree char *text = g_strdup (markup);

  if (strpbrk (text, "*`#[") == NULL)
    return g_steal_pointer (&text);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (marks[i].pattern, G_REGEX_DEFAULT, 0, NULL);
      char *stripped = g_regex_replace (regex, text, -1, 0, marks[i].replacement, 0, NULL);

      /* NULL where matching gives up: the mark stays. */
      if (stripped == NULL)
        continue;
      g_free (text);
      text = stripped;
    }
  return g_steal_pointer (&text);
}
