/* iw-mapping.c: how the columns of a table become events or entries */
#include "iw-mapping.h"

#include "iw-timeline-import.h"

#include <glib/gi18n-lib.h>

struct _IwMapping
{
  IwFormat format;
  char delimiter;
  char *zone;
  gboolean day_first;
  gboolean header;
  GHashTable *roles; /* (char *) column -> GINT_TO_POINTER (IwRole) */
};

IwMapping *
iw_mapping_new (IwFormat format)
{
  IwMapping *self = g_new0 (IwMapping, 1);

  self->format = format;
  self->header = TRUE;
  self->delimiter = iw_format_is_json (format) ? 0 : (format == IW_FORMAT_PLASO_TLN ? '|' : ',');
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

IwMapping *
iw_mapping_copy (const IwMapping *self)
{
  IwMapping *copy = iw_mapping_new (self->format);
  GHashTableIter iter;
  gpointer column, role;

  copy->delimiter = self->delimiter;
  copy->zone = g_strdup (self->zone);
  copy->day_first = self->day_first;
  copy->header = self->header;
  g_hash_table_iter_init (&iter, self->roles);
  while (g_hash_table_iter_next (&iter, &column, &role))
    g_hash_table_insert (copy->roles, g_strdup (column), role);
  return copy;
}

void
iw_mapping_free (IwMapping *self)
{
  if (self == NULL)
    return;
  g_free (self->zone);
  g_hash_table_unref (self->roles);
  g_free (self);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

JsonObject *
iw_mapping_to_json (const IwMapping *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *roles = json_object_new ();
  char delimiter[2] = { self->delimiter, '\0' };
  g_autoptr (GList) columns = g_list_sort (g_hash_table_get_keys (self->roles), compare_strings);

  json_object_set_string_member (object, "format", iw_format_to_string (self->format));
  json_object_set_string_member (object, "delimiter", delimiter);
  if (self->zone != NULL)
    json_object_set_string_member (object, "zone", self->zone);
  json_object_set_boolean_member (object, "day_first", self->day_first);
  json_object_set_boolean_member (object, "header", self->header);
  for (GList *l = columns; l != NULL; l = l->next)
    json_object_set_string_member (
        roles, l->data,
        iw_role_to_string (GPOINTER_TO_INT (g_hash_table_lookup (self->roles, l->data))));
  json_object_set_object_member (object, "roles", roles);
  return object;
}

/* A member that must be a string where it is there at all. */
static gboolean
read_string (JsonObject *object, const char *name, const char **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *out = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      *out = json_node_get_string (node);
      return TRUE;
    }
  g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
               _ ("The mapping’s field “%s” is not text."), name);
  return FALSE;
}

static gboolean
read_boolean (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (node);
}

static gboolean
read_roles (IwMapping *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "roles");
  g_autoptr (GList) columns = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                   _ ("The mapping’s field “%s” is not an object."), "roles");
      return FALSE;
    }
  columns = json_object_get_members (json_node_get_object (node));
  for (GList *l = columns; l != NULL; l = l->next)
    {
      const char *text;
      IwRole role;

      if (!read_string (json_node_get_object (node), l->data, &text, error))
        return FALSE;
      /* A role of a newer version is kept as no role: its column still shows in the details. */
      if (text != NULL && iw_role_from_string (text, &role))
        iw_mapping_set_role (self, l->data, role);
    }
  return TRUE;
}

/* One ASCII character that does not end lines or quote fields. */
static gboolean
is_delimiter (const char *text)
{
  return (g_ascii_isprint (*text) || *text == '\t') && *text != '"' && text[1] == '\0';
}

IwMapping *
iw_mapping_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (IwMapping) self = iw_mapping_new (IW_FORMAT_GENERIC_CSV);
  const char *format, *delimiter, *zone;

  if (!read_string (object, "format", &format, error) ||
      !read_string (object, "delimiter", &delimiter, error) ||
      !read_string (object, "zone", &zone, error))
    return NULL;
  if (format == NULL || !iw_format_from_string (format, &self->format))
    {
      g_set_error (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                   _ ("The mapping names an unknown format: %s."), format ? format : "");
      return NULL;
    }
  if (delimiter != NULL && *delimiter != '\0' && !is_delimiter (delimiter))
    {
      g_set_error_literal (error, IW_IMPORT_ERROR, IW_IMPORT_ERROR_MAPPING,
                           _ ("The mapping names a separator that cannot be one."));
      return NULL;
    }
  if (delimiter != NULL)
    self->delimiter = delimiter[0];
  else if (iw_format_is_json (self->format))
    self->delimiter = 0;
  iw_mapping_set_zone (self, zone);
  self->day_first = read_boolean (object, "day_first", FALSE);
  self->header = read_boolean (object, "header", TRUE);
  return read_roles (self, object, error) ? g_steal_pointer (&self) : NULL;
}

IwFormat
iw_mapping_get_format (const IwMapping *self)
{
  return self->format;
}

void
iw_mapping_set_format (IwMapping *self, IwFormat format)
{
  g_return_if_fail (format < IW_N_FORMATS);
  self->format = format;
}

char
iw_mapping_get_delimiter (const IwMapping *self)
{
  return self->delimiter;
}

void
iw_mapping_set_delimiter (IwMapping *self, char delimiter)
{
  self->delimiter = delimiter;
}

gboolean
iw_mapping_get_header (const IwMapping *self)
{
  return self->header;
}

void
iw_mapping_set_header (IwMapping *self, gboolean header)
{
  self->header = header;
}

const char *
iw_mapping_get_zone (const IwMapping *self)
{
  return self->zone;
}

void
iw_mapping_set_zone (IwMapping *self, const char *zone)
{
  g_set_str (&self->zone, zone != NULL && *zone != '\0' ? zone : NULL);
}

gboolean
iw_mapping_get_day_first (const IwMapping *self)
{
  return self->day_first;
}

void
iw_mapping_set_day_first (IwMapping *self, gboolean day_first)
{
  self->day_first = day_first;
}

void
iw_mapping_set_role (IwMapping *self, const char *column, IwRole role)
{
  g_return_if_fail (role < IW_N_ROLES);

  if (role != IW_ROLE_NONE && role != IW_ROLE_TAGS)
    {
      const char *holder = iw_mapping_get_column (self, role);

      if (holder != NULL)
        g_hash_table_remove (self->roles, holder);
    }
  if (role == IW_ROLE_NONE)
    g_hash_table_remove (self->roles, column);
  else
    g_hash_table_replace (self->roles, g_strdup (column), GINT_TO_POINTER (role));
}

IwRole
iw_mapping_get_role (const IwMapping *self, const char *column)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->roles, column));
}

const char *
iw_mapping_get_column (const IwMapping *self, IwRole role)
{
  GHashTableIter iter;
  gpointer column, value;
  const char *found = NULL;

  /* The first by name, so that several columns of tags give one answer whatever the hash order. */
  g_hash_table_iter_init (&iter, self->roles);
  while (g_hash_table_iter_next (&iter, &column, &value))
    if (GPOINTER_TO_INT (value) == (int)role && (found == NULL || strcmp (column, found) < 0))
      found = column;
  return found;
}
