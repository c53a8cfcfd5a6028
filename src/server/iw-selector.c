#include "config.h"

#include "iw-selector.h"

#include <string.h>

#include "iw-request.h"

#define MAX_DEPTH 8

static const char *const operators[] = { "$eq",  "$ne", "$gt",  "$gte",    "$lt",
                                         "$lte", "$in", "$nin", "$exists", NULL };

static gboolean
refuse (GError **error, const char *name)
{
  g_set_error (error, IW_REQUEST_ERROR, 400,
               "The selector has something that is not known here: %s", name);
  return FALSE;
}

/* ---- checking ---- */

static gboolean
check_condition (yyjson_val *value, GError **error)
{
  gsize i, max;
  yyjson_val *key, *operand;

  if (!yyjson_is_obj (value))
    return TRUE;
  yyjson_obj_foreach (value, i, max, key, operand)
  {
    const char *name = yyjson_get_str (key);

    if (name[0] == '$' && !g_strv_contains (operators, name))
      return refuse (error, name);
    if ((strcmp (name, "$in") == 0 || strcmp (name, "$nin") == 0) && !yyjson_is_arr (operand))
      return refuse (error, name);
  }
  return TRUE;
}

static gboolean
check (yyjson_val *selector, guint depth, GError **error)
{
  gsize i, max;
  yyjson_val *key, *value;

  if (!yyjson_is_obj (selector) || depth > MAX_DEPTH)
    return refuse (error, "not an object, or too deep");
  yyjson_obj_foreach (selector, i, max, key, value)
  {
    const char *name = yyjson_get_str (key);

    if (strcmp (name, "$and") == 0 || strcmp (name, "$or") == 0)
      {
        gsize j, n;
        yyjson_val *part;

        if (!yyjson_is_arr (value))
          return refuse (error, name);
        yyjson_arr_foreach (value, j, n, part) if (!check (part, depth + 1, error)) return FALSE;
      }
    else if (strcmp (name, "$not") == 0)
      {
        if (!check (value, depth + 1, error))
          return FALSE;
      }
    else if (name[0] == '$')
      return refuse (error, name);
    else if (!check_condition (value, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
iw_selector_check (yyjson_val *selector, GError **error)
{
  return check (selector, 0, error);
}

/* ---- comparing ---- */

/* CouchDB's order of types. */
static int
rank (yyjson_val *value)
{
  if (yyjson_is_null (value))
    return 0;
  if (yyjson_is_bool (value))
    return 1;
  if (yyjson_is_num (value))
    return 2;
  if (yyjson_is_str (value))
    return 3;
  return yyjson_is_arr (value) ? 4 : 5;
}

static int
compare (yyjson_val *a, yyjson_val *b)
{
  int difference = rank (a) - rank (b);

  if (difference != 0)
    return difference;
  if (yyjson_is_bool (a))
    return (int)yyjson_get_bool (a) - (int)yyjson_get_bool (b);
  if (yyjson_is_num (a))
    return (yyjson_get_num (a) > yyjson_get_num (b)) - (yyjson_get_num (a) < yyjson_get_num (b));
  if (yyjson_is_str (a))
    return strcmp (yyjson_get_str (a), yyjson_get_str (b));
  return yyjson_equals (a, b) ? 0 : 1;
}

static gboolean
is_in (yyjson_val *value, yyjson_val *array)
{
  gsize i, max;
  yyjson_val *item;

  yyjson_arr_foreach (array, i, max, item) if (yyjson_equals (value, item)) return TRUE;
  return FALSE;
}

/* @value NULL: there is no such field. */
static gboolean
holds (const char *name, yyjson_val *value, yyjson_val *operand)
{
  if (strcmp (name, "$exists") == 0)
    return (value != NULL) == yyjson_is_true (operand);
  if (value == NULL)
    return FALSE;
  if (strcmp (name, "$in") == 0 || strcmp (name, "$nin") == 0)
    return is_in (value, operand) == (name[1] == 'i');
  if (strcmp (name, "$eq") == 0)
    return yyjson_equals (value, operand);
  if (strcmp (name, "$ne") == 0)
    return !yyjson_equals (value, operand);
  if (strcmp (name, "$gt") == 0)
    return compare (value, operand) > 0;
  if (strcmp (name, "$gte") == 0)
    return compare (value, operand) >= 0;
  if (strcmp (name, "$lt") == 0)
    return compare (value, operand) < 0;
  return compare (value, operand) <= 0;
}

static yyjson_val *
get_field (yyjson_val *body, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", MAX_DEPTH);

  for (char **name = names; body != NULL && *name != NULL; name++)
    body = yyjson_obj_get (body, *name);
  return body;
}

static gboolean
condition_holds (yyjson_val *condition, yyjson_val *value)
{
  gsize i, max;
  yyjson_val *key, *operand;

  if (!yyjson_is_obj (condition))
    return value != NULL && yyjson_equals (value, condition);
  yyjson_obj_foreach (condition, i, max, key, operand)
  {
    const char *name = yyjson_get_str (key);

    if (name[0] != '$')
      return value != NULL && yyjson_equals (value, condition);
    if (!holds (name, value, operand))
      return FALSE;
  }
  return TRUE;
}

static gboolean matches (yyjson_val *selector, const char *docid, yyjson_val *body);

static gboolean
combination_holds (const char *name, yyjson_val *parts, const char *docid, yyjson_val *body)
{
  gboolean all = strcmp (name, "$and") == 0;
  gsize i, max;
  yyjson_val *part;

  if (strcmp (name, "$not") == 0)
    return !matches (parts, docid, body);
  yyjson_arr_foreach (parts, i, max, part) if (matches (part, docid, body) != all) return !all;
  return all;
}

static gboolean
id_holds (yyjson_val *condition, const char *docid)
{
  yyjson_val value;

  yyjson_set_str (&value, docid);
  return condition_holds (condition, &value);
}

static gboolean
matches (yyjson_val *selector, const char *docid, yyjson_val *body)
{
  gsize i, max;
  yyjson_val *key, *value;

  yyjson_obj_foreach (selector, i, max, key, value)
  {
    const char *name = yyjson_get_str (key);
    gboolean ok;

    if (name[0] == '$')
      ok = combination_holds (name, value, docid, body);
    else if (strcmp (name, "_id") == 0)
      ok = id_holds (value, docid);
    else
      ok = condition_holds (value, get_field (body, name));
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

gboolean
iw_selector_matches (yyjson_val *selector, const char *docid, const char *body)
{
  yyjson_doc *json = body != NULL ? yyjson_read (body, strlen (body), 0) : NULL;
  gboolean result = matches (selector, docid, yyjson_doc_get_root (json));

  yyjson_doc_free (json);
  return result;
}
