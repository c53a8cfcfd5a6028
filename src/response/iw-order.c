#include "iw-order.h"

#include <string.h>

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
#define BASE 36
#define SALT_DIGITS 3

static int
digit_of (char c)
{
  const char *found = c != '\0' ? strchr (digits, c) : NULL;

  return found != NULL ? (int)(found - digits) : -1;
}

gboolean
iw_order_is_key (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > IW_ORDER_MAX_LENGTH || text[length - 1] == '0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (digit_of (*c) < 0)
      return FALSE;
  return TRUE;
}

/* The digits of a fraction between two: they are the same up to a place, where there is room or
 * where the lower one goes on alone. @before may be "", @after NULL (one). */
static void
append_between (GString *out, const char *before, const char *after)
{
  for (;;)
    {
      int low = *before != '\0' ? digit_of (*before) : 0;
      int high = BASE;

      if (after != NULL)
        high = *after != '\0' ? digit_of (*after) : 0;
      if (high - low > 1)
        {
          g_string_append_c (out, digits[(low + high) / 2]);
          return;
        }
      g_string_append_c (out, digits[low]);
      if (*before != '\0')
        before++;
      if (high == low && after != NULL)
        after++;
      else
        after = NULL; /* below the upper one from here on, whatever follows */
    }
}

static void
append_salt (GString *out, const char *salt)
{
  guint hash = g_str_hash (salt);

  for (guint i = 0; i < SALT_DIGITS; i++, hash /= BASE)
    g_string_append_c (out, digits[hash % BASE]);
  if (out->str[out->len - 1] == '0')
    out->str[out->len - 1] = '1';
}

char *
iw_order_between (const char *before, const char *after, const char *salt)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (before == NULL)
    before = "";
  if (after != NULL && *after == '\0')
    after = NULL;
  if ((*before != '\0' && !iw_order_is_key (before)) || (after != NULL && !iw_order_is_key (after)))
    return NULL;
  if (after != NULL && strcmp (before, after) >= 0)
    return NULL;
  append_between (out, before, after);
  /* It differs from both before its end: what is appended cannot lead past a bound. */
  if (salt != NULL && *salt != '\0')
    append_salt (out, salt);
  if (out->len > IW_ORDER_MAX_LENGTH)
    return NULL;
  return g_strdup (out->str);
}

/* ---- a list ---- */

static char **
renumber (guint n)
{
  char **keys = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      /* Three digits hold more than any list; the last is never zero. */
      guint64 place = ((guint64)i + 1) * (BASE * BASE * BASE) / ((guint64)n + 1);
      char key[4] = { digits[place / (BASE * BASE) % BASE], digits[place / BASE % BASE],
                      digits[place % BASE], '\0' };

      keys[i] = g_strconcat (key, "i", NULL);
    }
  return keys;
}

static char **
move_all (guint n, guint from, guint to)
{
  char **places = renumber (n);
  char **keys = g_new0 (char *, n + 1);
  guint place = 0;

  for (guint i = 0; i < n; i++)
    {
      if (i == from)
        continue;
      if (place == to)
        place++;
      keys[i] = g_steal_pointer (&places[place++]);
    }
  keys[from] = g_steal_pointer (&places[to]);
  g_free (places);
  return keys;
}

char **
iw_order_move (const char *const *orders, guint n, guint from, guint to, const char *salt)
{
  char **keys;
  char *key;
  const char *before, *after;

  g_return_val_if_fail (from < n && to < n, NULL);
  if (from == to)
    return g_new0 (char *, n + 1);
  /* The neighbours to be, in the list without the one that moves. */
  before = to > 0 ? orders[to > from ? to : to - 1] : NULL;
  after = to + 1 < n ? orders[to > from ? to + 1 : to] : NULL;
  if ((before != NULL && *before == '\0') || (after != NULL && *after == '\0'))
    return move_all (n, from, to);
  key = iw_order_between (before, after, salt);
  if (key == NULL)
    return move_all (n, from, to);
  keys = g_new0 (char *, n + 1);
  keys[from] = key;
  return keys;
}

void
iw_order_keys_free (char **keys, guint n)
{
  for (guint i = 0; keys != NULL && i < n; i++)
    g_free (keys[i]);
  g_free (keys);
}
