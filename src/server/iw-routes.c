/* The table of all endpoints and how a path is found in it. */
#include "config.h"

#include "iw-route.h"

#include <string.h>

#define MAX_SEGMENTS 16

const IwRoute *const *
iw_routes_get (guint *n_tables)
{
  static const IwRoute *const tables[] = {
    iw_routes_server,   iw_routes_session,     iw_routes_users,
    iw_routes_database, iw_routes_documents,   iw_routes_bulk,
    iw_routes_changes,  iw_routes_attachments, iw_routes_local,
  };

  *n_tables = G_N_ELEMENTS (tables);
  return tables;
}

/* How special a segment of a pattern is: a name before a part before the rest of the path. */
typedef enum
{
  REST = 1,
  PART,
  NAME,
} Specialty;

typedef struct
{
  char *unescaped[MAX_SEGMENTS];
  guint n;
} Path;

static void
path_clear (Path *path)
{
  for (guint i = 0; i < path->n; i++)
    g_free (path->unescaped[i]);
  path->n = 0;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Path, path_clear)

/* FALSE where it holds what no name may: a NUL, bytes that are not UTF-8, too many slashes. The
 * last segment takes all the rest where there are more than a pattern can tell apart. */
static gboolean
path_split (const char *text, Path *path)
{
  while (*text == '/')
    {
      const char *begin = ++text;
      char *unescaped;

      if (*begin == '\0')
        break;
      text = begin + strcspn (begin, "/");
      if (path->n == MAX_SEGMENTS)
        return FALSE;
      unescaped = g_uri_unescape_segment (begin, text, NULL);
      if (unescaped == NULL)
        return FALSE;
      path->unescaped[path->n++] = unescaped;
      if (!g_utf8_validate (unescaped, -1, NULL))
        return FALSE;
    }
  return *text == '\0';
}

static char *
join_rest (const Path *path, guint from)
{
  GString *rest = g_string_new (path->unescaped[from]);

  for (guint i = from + 1; i < path->n; i++)
    g_string_append_printf (rest, "/%s", path->unescaped[i]);
  return g_string_free (rest, FALSE);
}

/* A database's name is no endpoint of the server. */
static gboolean
part_fits (const char *name, gsize length, const char *value)
{
  return *value != '\0' && !(length == 2 && memcmp (name, "db", 2) == 0 && *value == '_');
}

/* Whether @pattern fits; @rank gets its specialty by segments, @parts (optional) the parts. */
static gboolean
match (const char *pattern, const Path *path, guint64 *rank, GHashTable *parts)
{
  guint i = 0;

  *rank = 0;
  while (*pattern == '/' && pattern[1] != '\0')
    {
      const char *begin = pattern + 1;
      gsize length = strcspn (begin, "/");
      gboolean part = *begin == '{';
      gboolean rest = part && length > 5 && strncmp (begin + length - 4, "...}", 4) == 0;
      gsize name_length = length - (rest ? 5 : 2);

      if (i >= path->n)
        return FALSE;
      if (part && !part_fits (begin + 1, name_length, path->unescaped[i]))
        return FALSE;
      if (!part && (strlen (path->unescaped[i]) != length ||
                    strncmp (begin, path->unescaped[i], length) != 0))
        return FALSE;
      if (part && parts != NULL)
        g_hash_table_insert (parts, g_strndup (begin + 1, name_length),
                             rest ? join_rest (path, i) : g_strdup (path->unescaped[i]));
      *rank |= (guint64)(rest ? REST : part ? PART : NAME) << (2 * (MAX_SEGMENTS - i));
      i = rest ? path->n : i + 1;
      pattern = begin + length;
    }
  return i == path->n;
}

typedef struct
{
  guint64 rank;
  const IwRoute *exact;
  const IwRoute *get;
  GString *allowed;
} Best;

static void
consider (Best *best, const IwRoute *route, guint64 rank, const char *method)
{
  if (rank < best->rank)
    return;
  if (rank > best->rank)
    {
      best->exact = best->get = NULL;
      g_string_truncate (best->allowed, 0);
    }
  best->rank = rank;
  if (best->allowed->len > 0)
    g_string_append (best->allowed, ", ");
  g_string_append (best->allowed, g_str_equal (route->method, "GET") ? "GET, HEAD" : route->method);
  if (g_str_equal (route->method, method))
    best->exact = route;
  if (g_str_equal (route->method, "GET"))
    best->get = route;
}

const IwRoute *
iw_routes_find (const char *method, const char *path, GHashTable **parts, char **allowed)
{
  g_auto (Path) split = { 0 };
  g_autoptr (GString) methods = g_string_new (NULL);
  Best best = { 0, NULL, NULL, methods };
  guint n_tables;
  const IwRoute *const *tables = iw_routes_get (&n_tables);
  const IwRoute *found;
  guint64 rank;

  *parts = NULL;
  *allowed = NULL;
  if (!path_split (path, &split))
    return NULL;
  for (guint i = 0; i < n_tables; i++)
    for (const IwRoute *route = tables[i]; route->method != NULL; route++)
      if (match (route->pattern, &split, &rank, NULL))
        consider (&best, route, rank, method);
  found = best.exact != NULL ? best.exact : g_str_equal (method, "HEAD") ? best.get : NULL;
  if (found != NULL)
    {
      *parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      match (found->pattern, &split, &rank, *parts);
    }
  else if (methods->len > 0)
    *allowed = g_string_free (g_steal_pointer (&methods), FALSE);
  return found;
}
