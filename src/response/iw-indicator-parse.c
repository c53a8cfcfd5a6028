/* Indicators in a text as it was pasted: a list, a table, a report. */
#include "iw-indicator-private.h"

#include <string.h>

#define MAX_FOUND 100000
#define MAX_TRIMMED 16 /* marks around a value */

typedef struct
{
  GPtrArray *found; /* (element-type IwIndicatorFound) */
  GHashTable *seen; /* "type value" */
  GPtrArray *rest;  /* may be NULL */
} Parsing;

void
iw_indicator_found_free (IwIndicatorFound *found)
{
  if (found == NULL)
    return;
  g_free (found->value);
  g_free (found->found);
  g_free (found);
}

/* ---- one value ---- */

static gboolean
add (Parsing *p, IwIndicatorType type, const char *plain, const char *as_found)
{
  g_autofree char *value = iw_indicator_normalise (type, plain);
  IwIndicatorFound *found;

  if (value == NULL)
    return FALSE;
  if (p->found->len >= MAX_FOUND ||
      !g_hash_table_add (p->seen, g_strdup_printf ("%d %s", type, value)))
    return TRUE;
  found = g_new0 (IwIndicatorFound, 1);
  found->type = type;
  found->value = g_steal_pointer (&value);
  found->found = g_strdup (as_found);
  g_ptr_array_add (p->found, found);
  return TRUE;
}

static gboolean
add_guessed (Parsing *p, const char *plain, const char *as_found)
{
  IwIndicatorType type;

  return iw_indicator_guess (plain, &type) && add (p, type, plain, as_found);
}

/* "src=192.0.2.1", "ip:192.0.2.1" (transfer none), NULL where there is no such label */
static const char *
after_label (const char *plain)
{
  gsize length = 0;

  while (g_ascii_isalnum (plain[length]) || plain[length] == '_' || plain[length] == '-')
    length++;
  return length > 0 && (plain[length] == '=' || plain[length] == ':') && plain[length + 1] != '\0'
             ? plain + length + 1
             : NULL;
}

static gboolean
is_unbalanced (const char *text, char open, char close)
{
  int depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    depth += (*p == open) - (*p == close);
  return depth != 0;
}

/* Marks that end a sentence or a quotation, which a value may be followed by. */
static gboolean
trim_end (char *text)
{
  gsize length = strlen (text);
  char last = length > 0 ? text[length - 1] : '\0';

  if (length == 0 ||
      !(strchr (">\"'`.,;:!?*", last) != NULL || (last == ')' && is_unbalanced (text, '(', ')')) ||
        (last == ']' && is_unbalanced (text, '[', ']')) ||
        (last == '}' && is_unbalanced (text, '{', '}'))))
    return FALSE;
  text[length - 1] = '\0';
  return TRUE;
}

static gboolean
trim_start (char *text)
{
  if (*text == '\0' ||
      !(strchr ("<\"'`(,;*", *text) != NULL || (*text == '[' && is_unbalanced (text, '[', ']')) ||
        (*text == '{' && is_unbalanced (text, '{', '}'))))
    return FALSE;
  memmove (text, text + 1, strlen (text));
  return TRUE;
}

/* "[…]" around something that is no address in brackets */
static gboolean
unwrap (char *text)
{
  gsize length = strlen (text);

  if (length < 3 ||
      !((text[0] == '[' && text[length - 1] == ']') || (text[0] == '{' && text[length - 1] == '}')))
    return FALSE;
  text[length - 1] = '\0';
  memmove (text, text + 1, length - 1);
  return TRUE;
}

static gboolean
says_something (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
read_value (Parsing *p, const char *token)
{
  g_autofree char *plain = iw_indicator_refang (token);
  int turns = 0;

  while (turns < MAX_TRIMMED && trim_end (plain))
    turns++;
  turns = 0;
  do
    {
      const char *labelled;

      if (add_guessed (p, plain, token))
        return TRUE;
      labelled = after_label (plain);
      if (labelled != NULL && add_guessed (p, labelled, token))
        return TRUE;
    }
  while (++turns < MAX_TRIMMED && (trim_start (plain) || trim_end (plain) || unwrap (plain)));
  return FALSE;
}

/* ---- words ---- */

/* A markdown link: "[shown](address)". (transfer full) NULL-terminated, NULL where it is none. */
static char **
split_link (const char *token)
{
  const char *middle = *token == '[' ? strstr (token, "](") : NULL;
  const char *end = middle != NULL ? strrchr (middle, ')') : NULL;
  char **parts;

  if (end == NULL)
    return NULL;
  parts = g_new0 (char *, 3);
  parts[0] = g_strndup (token + 1, middle - token - 1);
  parts[1] = g_strndup (middle + 2, end - middle - 2);
  return parts;
}

static void
leave (Parsing *p, const char *word)
{
  if (p->rest != NULL && says_something (word))
    g_ptr_array_add (p->rest, g_strdup (word));
}

static void
read_part (Parsing *p, const char *part)
{
  if (*part != '\0' && (strlen (part) > IW_INDICATOR_MAX || !read_value (p, part)))
    leave (p, part);
}

static gboolean
is_any_value (const char *part)
{
  g_autofree char *plain = iw_indicator_refang (part);
  IwIndicatorType type;

  g_strstrip (plain);
  return iw_indicator_guess (plain, &type);
}

/* Commas, semicolons and bars part values; but in a web address they may belong to it, if what
 * follows is no value itself. */
static void
read_parts (Parsing *p, const char *token)
{
  g_auto (GStrv) parts = NULL;
  gboolean parted = FALSE;

  if (strpbrk (token, ",;|") == NULL || strlen (token) > IW_INDICATOR_MAX)
    {
      read_part (p, token);
      return;
    }
  parts = g_strsplit_set (token, ",;|", -1);
  for (guint i = 1; parts[i] != NULL && !parted; i++)
    parted = is_any_value (parts[i]);
  if (!parted && is_any_value (token) && read_value (p, token))
    return;
  for (guint i = 0; parts[i] != NULL; i++)
    read_part (p, parts[i]);
}

static void
read_word (Parsing *p, const char *word)
{
  g_auto (GStrv) link = split_link (word);

  if (link == NULL)
    {
      read_parts (p, word);
      return;
    }
  for (guint i = 0; link[i] != NULL; i++)
    read_part (p, link[i]);
}

/* ---- lines ---- */

/* "hash  name" and "hash *name", as sha256sum and its like write them. */
static gboolean
read_checksum_line (Parsing *p, const char *line)
{
  gsize digits = strspn (line, "0123456789abcdefABCDEF");
  g_autofree char *hash = g_strndup (line, digits);
  g_autofree char *name = NULL;

  if (digits < 32 || line[digits] != ' ' || strchr (" *", line[digits + 1]) == NULL ||
      line[digits + 1] == '\0')
    return FALSE;
  name = g_strstrip (g_strdup (line + digits + 2));
  if (*name == '\0' ||
      (strchr (name, ' ') != NULL && !iw_indicator_has_file_ending (name) && *name != '/') ||
      !add_guessed (p, hash, hash))
    return FALSE;
  if (!add (p, IW_INDICATOR_FILE, name, name))
    leave (p, name);
  return TRUE;
}

/* A path of Windows may have spaces: it takes the whole cell of a table. */
static gboolean
read_path_cell (Parsing *p, const char *cell)
{
  g_autofree char *path = g_strdup (cell);
  gboolean drive;

  g_strstrip (path);
  while (*path != '\0' && (*path == '"' || *path == '\''))
    {
      gsize length = strlen (path);

      if (length < 2 || path[length - 1] != path[0])
        break;
      path[length - 1] = '\0';
      memmove (path, path + 1, length - 1);
    }
  drive = g_ascii_isalpha (path[0]) && path[1] == ':' && path[2] == '\\';
  return strchr (path, ' ') != NULL && (drive || g_str_has_prefix (path, "\\\\")) &&
         strlen (path) <= IW_INDICATOR_MAX && add_guessed (p, path, path);
}

static void
read_cell (Parsing *p, const char *cell)
{
  g_auto (GStrv) words = NULL;

  if (read_path_cell (p, cell))
    return;
  words = g_strsplit_set (cell, " \f\v", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      read_word (p, words[i]);
}

static void
read_line (Parsing *p, const char *line)
{
  g_auto (GStrv) cells = NULL;
  gboolean has_path = strstr (line, ":\\") != NULL || strstr (line, "\\\\") != NULL;

  if (read_checksum_line (p, line))
    return;
  cells = g_strsplit_set (line, has_path ? "\t,;|" : "\t", -1);
  for (guint i = 0; cells[i] != NULL; i++)
    read_cell (p, cells[i]);
}

/* "example [.] com" and spaces that are not the usual one. (transfer full) */
static char *
close_gaps (const char *line)
{
  static const char *const dots[] = {
    " [.] ", " (.) ", " [dot] ", " (dot) ", " [DOT] ", " (DOT) "
  };
  GString *text = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '\t' && g_unichar_isspace (c))
        g_string_append_c (text, ' ');
      else
        g_string_append_unichar (text, c);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
    g_string_replace (text, dots[i], "[.]", 0);
  return g_string_free_and_steal (text);
}

GPtrArray *
iw_indicators_parse (const char *text, GPtrArray *rest)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Parsing p = { g_ptr_array_new_with_free_func ((GDestroyNotify)iw_indicator_found_free), seen,
                rest };
  g_auto (GStrv) lines = g_strsplit_set (valid, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = close_gaps (lines[i]);

      g_strstrip (line);
      if (*line != '\0')
        read_line (&p, line);
    }
  return p.found;
}
