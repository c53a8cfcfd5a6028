#include "config.h"

#include "iw-security.h"

#include <string.h>

#include "iw-canonical.h"
#include "iw-store.h"

#define MAX_TEXT (256 * 1024)

typedef struct
{
  char **names;
  char **roles;
} Group;

struct _IwSecurity
{
  char *json;
  Group members;
  Group admins;
};

static gboolean
invalid (GError **error, const char *what)
{
  g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, "%s", what);
  return FALSE;
}

static gboolean
read_list (yyjson_val *value, char ***list, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_arr_iter iter;
  yyjson_val *item;

  if (value != NULL && !yyjson_is_arr (value))
    return invalid (error, "names and roles must be lists of texts");
  yyjson_arr_iter_init (value, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (!yyjson_is_str (item))
        return invalid (error, "names and roles must be lists of texts");
      g_strv_builder_add (builder, yyjson_get_str (item));
    }
  *list = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_group (yyjson_val *root, const char *name, Group *group, GError **error)
{
  yyjson_val *value = yyjson_obj_get (root, name);

  if (value != NULL && !yyjson_is_obj (value))
    return invalid (error, "members and admins must be objects");
  return read_list (yyjson_obj_get (value, "names"), &group->names, error) &&
         read_list (yyjson_obj_get (value, "roles"), &group->roles, error);
}

IwSecurity *
iw_security_parse (const char *json, GError **error)
{
  g_autoptr (IwSecurity) self = g_new0 (IwSecurity, 1);
  const char *text = json != NULL ? json : "{}";
  g_autoptr (GString) canonical = g_string_new (NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;

  if (strlen (text) > MAX_TEXT)
    {
      invalid (error, "the security object is too large");
      return NULL;
    }
  doc = iw_canonical_read (text, strlen (text), error);
  if (doc == NULL)
    return NULL;
  root = yyjson_doc_get_root (doc);
  if (!yyjson_is_obj (root))
    {
      invalid (error, "the security object must be an object");
      return NULL;
    }
  if (!read_group (root, "members", &self->members, error) ||
      !read_group (root, "admins", &self->admins, error) ||
      !iw_canonical_append (canonical, root, error))
    return NULL;
  self->json = g_string_free (g_steal_pointer (&canonical), FALSE);
  return g_steal_pointer (&self);
}

void
iw_security_free (IwSecurity *self)
{
  g_strfreev (self->members.names);
  g_strfreev (self->members.roles);
  g_strfreev (self->admins.names);
  g_strfreev (self->admins.roles);
  g_free (self->json);
  g_free (self);
}

const char *
iw_security_get_json (IwSecurity *self)
{
  return self->json;
}

static gboolean
holds (const Group *group, const IwAccount *account)
{
  if (g_strv_contains ((const char *const *)group->names, account->name))
    return TRUE;
  for (guint i = 0; group->roles[i] != NULL; i++)
    if (iw_account_has_role (account, group->roles[i]))
      return TRUE;
  return FALSE;
}

gboolean
iw_security_is_admin (IwSecurity *self, const IwAccount *account)
{
  return account != NULL && (iw_account_is_admin (account) || holds (&self->admins, account));
}

gboolean
iw_security_admits (IwSecurity *self, const IwAccount *account)
{
  return account != NULL &&
         (holds (&self->members, account) || iw_security_is_admin (self, account));
}

static void
append_list (GString *out, const char *name, const char *const *list)
{
  g_string_append_printf (out, "\"%s\":[", name);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      iw_canonical_append_string (out, list[i]);
    }
  g_string_append_c (out, ']');
}

char *
iw_security_write (const char *const *names, const char *const *roles)
{
  GString *out = g_string_new ("{\"admins\":{\"names\":[],\"roles\":[]},\"members\":{");

  append_list (out, "names", names);
  g_string_append_c (out, ',');
  append_list (out, "roles", roles);
  g_string_append (out, "}}");
  return g_string_free (out, FALSE);
}
