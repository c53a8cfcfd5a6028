#include "config.h"

#include "iw-canonical.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "iw-fail.h"
#include "iw-json.h"

/* Objects with more members than this have them on the heap while they are put in order. */
#define FEW 48

typedef struct
{
  yyjson_val *name;
  yyjson_val *value;
} Member;

/* ---- reading ---- */

/* What documents come in on the wire is not part of them. */
#define MAX_READ_DEPTH (IW_CANONICAL_MAX_DEPTH + 8)

static gboolean
too_deep (GError **error)
{
  return iw_fail (error, IW_STORE_ERROR_INVALID, "%s", _ ("A document is nested too deeply."));
}

static gboolean
check_text (yyjson_val *value, GError **error)
{
  return memchr (unsafe_yyjson_get_str (value), '\0', unsafe_yyjson_get_len (value)) == NULL ||
         iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                  _ ("A document holds a text with a NUL character, which cannot be stored."));
}

static gboolean check_value (yyjson_val *value, guint depth, GError **error);

static gboolean
check_object (yyjson_val *object, guint depth, GError **error)
{
  yyjson_obj_iter iter = yyjson_obj_iter_with (object);
  yyjson_val *name;

  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    if (!check_text (name, error) ||
        !check_value (yyjson_obj_iter_get_val (name), depth + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_array (yyjson_val *array, guint depth, GError **error)
{
  yyjson_arr_iter iter = yyjson_arr_iter_with (array);
  yyjson_val *value;

  while ((value = yyjson_arr_iter_next (&iter)) != NULL)
    if (!check_value (value, depth + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_value (yyjson_val *value, guint depth, GError **error)
{
  switch (unsafe_yyjson_get_type (value))
    {
    case YYJSON_TYPE_STR:
      return check_text (value, error);
    case YYJSON_TYPE_OBJ:
      return depth <= MAX_READ_DEPTH ? check_object (value, depth, error) : too_deep (error);
    case YYJSON_TYPE_ARR:
      return depth <= MAX_READ_DEPTH ? check_array (value, depth, error) : too_deep (error);
    default:
      return TRUE;
    }
}

yyjson_doc *
iw_canonical_read_list (const char *text, gsize length, GError **error)
{
  yyjson_read_err problem = { 0 };
  /* The reader's buffer is not written to without the in-situ flag. */
  g_autoptr (yyjson_doc) doc =
      yyjson_read_opts ((char *)text, length, YYJSON_READ_NOFLAG, NULL, &problem);

  if (doc == NULL)
    {
      iw_fail (error, IW_STORE_ERROR_INVALID,
               /* Translators: the position in a text, and the reader's own message, in English. */
               _ ("This is not valid JSON, at byte %" G_GSIZE_FORMAT ": %s."), problem.pos,
               problem.msg != NULL ? problem.msg : "");
      return NULL;
    }
  return g_steal_pointer (&doc);
}

gboolean
iw_canonical_check (yyjson_val *value, GError **error)
{
  return check_value (value, 0, error);
}

yyjson_doc *
iw_canonical_read (const char *text, gsize length, GError **error)
{
  g_autoptr (yyjson_doc) doc = iw_canonical_read_list (text, length, error);

  return doc != NULL && iw_canonical_check (yyjson_doc_get_root (doc), error)
             ? g_steal_pointer (&doc)
             : NULL;
}

/* ---- texts ---- */

static void
append_escaped (GString *out, guchar c)
{
  static const char digits[] = "0123456789abcdef";
  char unicode[6] = { '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] };

  if (c == '"' || c == '\\')
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, c);
    }
  else if (c == '\n')
    g_string_append_len (out, "\\n", 2);
  else
    g_string_append_len (out, unicode, sizeof unicode);
}

static void
append_text (GString *out, const char *text, gsize length)
{
  const char *end = text + length;
  const char *from = text;

  g_string_append_c (out, '"');
  for (const char *p = text; p < end; p++)
    if ((guchar)*p < 0x20 || *p == '"' || *p == '\\')
      {
        g_string_append_len (out, from, p - from);
        append_escaped (out, *p);
        from = p + 1;
      }
  g_string_append_len (out, from, end - from);
  g_string_append_c (out, '"');
}

void
iw_canonical_append_string (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  append_text (out, text, strlen (text));
}

/* ---- numbers ---- */

static void
append_int (GString *out, gint64 value)
{
  char buffer[24];
  char *p = buffer + sizeof buffer;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;

  do
    *--p = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (out, p, buffer + sizeof buffer - p);
}

gboolean
iw_canonical_append_double (GString *out, double value, GError **error)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return iw_fail (error, IW_STORE_ERROR_INVALID, "%s",
                    _ ("A document holds a number that JSON cannot say."));
  if (fabs (value) < 1e15 && value == floor (value))
    {
      append_int (out, (gint64)value);
      g_string_append_len (out, ".0", 2);
      return TRUE;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (out, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append_len (out, ".0", 2);
  return TRUE;
}

static gboolean
append_number (GString *out, yyjson_val *value, GError **error)
{
  switch (unsafe_yyjson_get_subtype (value))
    {
    case YYJSON_SUBTYPE_SINT:
      append_int (out, unsafe_yyjson_get_sint (value));
      return TRUE;
    case YYJSON_SUBTYPE_UINT:
      if (unsafe_yyjson_get_uint (value) <= G_MAXINT64)
        {
          append_int (out, unsafe_yyjson_get_uint (value));
          return TRUE;
        }
      return iw_canonical_append_double (out, (double)unsafe_yyjson_get_uint (value), error);
    default:
      return iw_canonical_append_double (out, unsafe_yyjson_get_real (value), error);
    }
}

/* ---- values ---- */

static int
compare_names (yyjson_val *a, yyjson_val *b)
{
  gsize n_a = unsafe_yyjson_get_len (a);
  gsize n_b = unsafe_yyjson_get_len (b);
  int order = memcmp (unsafe_yyjson_get_str (a), unsafe_yyjson_get_str (b), MIN (n_a, n_b));

  return order != 0 ? order : (n_a > n_b) - (n_a < n_b);
}

/* By name; of the same name in the order they stand in, which is that of their places in memory. */
static int
compare_members (const void *a, const void *b)
{
  const Member *left = a;
  const Member *right = b;
  int order = compare_names (left->name, right->name);

  return order != 0 ? order : (left->name > right->name) - (left->name < right->name);
}

static gsize
collect_members (yyjson_val *object, gboolean body, Member *members, gboolean *sorted)
{
  yyjson_obj_iter iter = yyjson_obj_iter_with (object);
  yyjson_val *name;
  gsize n = 0;

  *sorted = TRUE;
  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    {
      if (body && unsafe_yyjson_get_str (name)[0] == '_')
        continue;
      *sorted = *sorted && (n == 0 || compare_names (members[n - 1].name, name) < 0);
      members[n++] = (Member){ name, yyjson_obj_iter_get_val (name) };
    }
  return n;
}

static gboolean append_value (GString *out, yyjson_val *value, guint depth, GError **error);

static gboolean
append_members (GString *out, const Member *members, gsize n, guint depth, GError **error)
{
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (gsize i = 0; i < n; i++)
    {
      if (i + 1 < n && compare_names (members[i].name, members[i + 1].name) == 0)
        continue; /* the last one counts */
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      append_text (out, unsafe_yyjson_get_str (members[i].name),
                   unsafe_yyjson_get_len (members[i].name));
      g_string_append_c (out, ':');
      if (!append_value (out, members[i].value, depth + 1, error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_object (GString *out, yyjson_val *object, gboolean body, guint depth, GError **error)
{
  gsize size = unsafe_yyjson_get_len (object);
  Member few[FEW];
  g_autofree Member *many = size > FEW ? g_new (Member, size) : NULL;
  Member *members = many != NULL ? many : few;
  gboolean sorted;
  gsize n = collect_members (object, body, members, &sorted);

  if (!sorted)
    qsort (members, n, sizeof *members, compare_members);
  return append_members (out, members, n, depth, error);
}

static gboolean
append_array (GString *out, yyjson_val *array, guint depth, GError **error)
{
  yyjson_arr_iter iter = yyjson_arr_iter_with (array);
  gboolean first = TRUE;
  yyjson_val *value;

  g_string_append_c (out, '[');
  while ((value = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      if (!append_value (out, value, depth + 1, error))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
append_value (GString *out, yyjson_val *value, guint depth, GError **error)
{
  if (depth > IW_CANONICAL_MAX_DEPTH)
    return too_deep (error);
  switch (unsafe_yyjson_get_type (value))
    {
    case YYJSON_TYPE_STR:
      append_text (out, unsafe_yyjson_get_str (value), unsafe_yyjson_get_len (value));
      return TRUE;
    case YYJSON_TYPE_NUM:
      return append_number (out, value, error);
    case YYJSON_TYPE_BOOL:
      g_string_append (out, unsafe_yyjson_get_bool (value) ? "true" : "false");
      return TRUE;
    case YYJSON_TYPE_OBJ:
      return append_object (out, value, FALSE, depth, error);
    case YYJSON_TYPE_ARR:
      return append_array (out, value, depth, error);
    default:
      g_string_append (out, "null");
      return TRUE;
    }
}

gboolean
iw_canonical_append (GString *out, yyjson_val *value, GError **error)
{
  return append_value (out, value, 0, error);
}

gboolean
iw_canonical_append_body (GString *out, yyjson_val *object, GError **error)
{
  gsize before = out->len;

  if (!yyjson_is_obj (object))
    return iw_fail (error, IW_STORE_ERROR_INVALID, "%s", _ ("A document must be a JSON object."));
  if (!append_object (out, object, TRUE, 0, error))
    return FALSE;
  return out->len - before <= IW_JSON_MAX_BYTES ||
         iw_fail (error, IW_STORE_ERROR_INVALID, "%s", _ ("A document is longer than 8 MiB."));
}
