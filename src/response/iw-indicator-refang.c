/* Undoes what people do to addresses so that nobody follows them by accident. */
#include "iw-indicator.h"

#include <string.h>

typedef struct
{
  const char *fanged; /* lower case */
  const char *plain;
} Pair;

/* Longer ones first. */
static const Pair brackets[] = {
  { "[://]", "://" }, { "(://)", "://" }, { "{://}", "://" }, { "[dot]", "." }, { "(dot)", "." },
  { "{dot}", "." },   { "<dot>", "." },   { "[at]", "@" },    { "(at)", "@" },  { "{at}", "@" },
  { "[[.]]", "." },   { "[.]", "." },     { "(.)", "." },     { "{.}", "." },   { "<.>", "." },
  { "[:]", ":" },     { "(:)", ":" },     { "{:}", ":" },     { "[@]", "@" },   { "(@)", "@" },
  { "{@}", "@" },     { "[/]", "/" },     { "[//]", "//" },   { "[.", "." },    { ".]", "." },
};

static const Pair schemes[] = {
  { "hxxps", "https" }, { "hxxp", "http" }, { "h**ps", "https" }, { "h**p", "http" },
  { "htxps", "https" }, { "htxp", "http" }, { "hxtps", "https" }, { "hxtp", "http" },
  { "h__ps", "https" }, { "h__p", "http" }, { "meows", "https" }, { "meow", "http" },
  { "fxps", "ftps" },   { "fxp", "ftp" },   { "f*p", "ftp" },
};

static const Pair *
find_pair (const Pair *pairs, gsize n, const char *text)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strncasecmp (text, pairs[i].fanged, strlen (pairs[i].fanged)) == 0)
      return &pairs[i];
  return NULL;
}

/* A scheme only counts where a colon follows, fanged or not. */
static const Pair *
find_scheme (const char *text)
{
  const Pair *pair = find_pair (schemes, G_N_ELEMENTS (schemes), text);
  const char *after = pair != NULL ? text + strlen (pair->fanged) : NULL;

  if (after == NULL)
    return NULL;
  return *after == ':' || g_str_has_prefix (after, "[:") || g_str_has_prefix (after, "(:") ||
                 g_str_has_prefix (after, "{:")
             ? pair
             : NULL;
}

/* Marks that are not seen: zero-width spaces and joiners, the soft hyphen, the byte order mark. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

static gboolean
begins_word (GString *out)
{
  return out->len == 0 || !g_ascii_isalnum (out->str[out->len - 1]);
}

char *
iw_indicator_refang (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));
  /* A backslash escapes a dot, but in a path a folder's name may begin with one. */
  gboolean path = strstr (valid, ":\\") != NULL || g_str_has_prefix (valid, "\\\\");

  for (const char *p = valid; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);
      const Pair *pair = NULL;

      if (begins_word (out) &&
          (c == 'h' || c == 'H' || c == 'f' || c == 'F' || c == 'm' || c == 'M'))
        pair = find_scheme (p);
      if (pair == NULL && (c == '[' || c == '(' || c == '{' || c == '<' || c == '.'))
        pair = find_pair (brackets, G_N_ELEMENTS (brackets), p);
      if (pair != NULL)
        {
          g_string_append (out, pair->plain);
          p += strlen (pair->fanged);
          continue;
        }
      if (!is_invisible (c) && !(c == '\\' && p[1] == '.' && !path))
        g_string_append_unichar (out, c);
      p = g_utf8_next_char (p);
    }
  return g_string_free_and_steal (out);
}
