#include "config.h"

#include "iw-user.h"

#include <string.h>

#include "iw-password.h"

static void
token_free (gpointer data)
{
  IwUserToken *token = data;

  g_free (token->id);
  g_free (token->label);
  g_free (token->hash);
  g_free (token);
}

IwUser *
iw_user_new (const char *name, const char *const *roles)
{
  IwUser *user = g_new0 (IwUser, 1);

  user->name = g_strdup (name);
  user->roles = roles != NULL ? g_strdupv ((char **)roles) : g_new0 (char *, 1);
  user->tokens = g_ptr_array_new_with_free_func (token_free);
  return user;
}

void
iw_user_free (IwUser *user)
{
  g_free (user->name);
  g_strfreev (user->roles);
  g_free (user->password_hash);
  g_ptr_array_unref (user->tokens);
  g_free (user);
}

static gboolean
is_plain (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > 128 || !g_utf8_validate (text, length, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
iw_user_is_name (const char *name)
{
  return is_plain (name) && *name != '_' && strpbrk (name, ":/") == NULL;
}

gboolean
iw_user_is_role (const char *role)
{
  return is_plain (role);
}

char *
iw_user_docid (const char *name)
{
  return g_strconcat (IW_USER_PREFIX, name, NULL);
}

/* ---- text ---- */

static gboolean
invalid (GError **error, const char *reason)
{
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID, reason);
  return FALSE;
}

static gboolean
read_roles (IwUser *user, yyjson_val *roles, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_arr_iter iter;
  yyjson_val *role;

  if (roles != NULL && !yyjson_is_arr (roles))
    return invalid (error, "roles must be a list of texts");
  yyjson_arr_iter_init (roles, &iter);
  while ((role = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (!yyjson_is_str (role) || !iw_user_is_role (yyjson_get_str (role)))
        return invalid (error, "roles must be a list of short texts");
      g_strv_builder_add (builder, yyjson_get_str (role));
    }
  g_strfreev (user->roles);
  user->roles = g_strv_builder_end (builder);
  return TRUE;
}

static void
read_tokens (IwUser *user, yyjson_val *tokens)
{
  yyjson_arr_iter iter;
  yyjson_val *item;

  yyjson_arr_iter_init (tokens, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      const char *id = yyjson_get_str (yyjson_obj_get (item, "id"));
      const char *label = yyjson_get_str (yyjson_obj_get (item, "label"));
      const char *hash = yyjson_get_str (yyjson_obj_get (item, "sha256"));
      IwUserToken *token;

      if (id == NULL || hash == NULL)
        continue;
      token = g_new0 (IwUserToken, 1);
      token->id = g_strdup (id);
      token->label = g_strdup (label != NULL ? label : "");
      token->hash = g_strdup (hash);
      token->created = yyjson_get_sint (yyjson_obj_get (item, "created"));
      g_ptr_array_add (user->tokens, token);
    }
}

IwUser *
iw_user_parse (const char *body, GError **error)
{
  g_autoptr (yyjson_doc) doc = iw_canonical_read (body, strlen (body), error);
  yyjson_val *root = doc != NULL ? yyjson_doc_get_root (doc) : NULL;
  const char *name = yyjson_get_str (yyjson_obj_get (root, "name"));
  g_autoptr (IwUser) user = NULL;

  if (doc == NULL)
    return NULL;
  if (name == NULL || !iw_user_is_name (name))
    {
      invalid (error, "name must be a text of 1 to 128 bytes without \":\" and \"/\"");
      return NULL;
    }
  user = iw_user_new (name, NULL);
  if (!read_roles (user, yyjson_obj_get (root, "roles"), error))
    return NULL;
  user->password_hash = g_strdup (yyjson_get_str (yyjson_obj_get (root, "password_hash")));
  read_tokens (user, yyjson_obj_get (root, "tokens"));
  return g_steal_pointer (&user);
}

static void
append_member (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "\"%s\":", name);
  iw_canonical_append_string (out, value);
}

static void
append_tokens (GString *out, GPtrArray *tokens)
{
  g_string_append (out, ",\"tokens\":[");
  for (guint i = 0; i < tokens->len; i++)
    {
      const IwUserToken *token = tokens->pdata[i];

      g_string_append_printf (out, "%s{\"created\":%" G_GINT64_FORMAT ",", i > 0 ? "," : "",
                              token->created);
      append_member (out, "id", token->id);
      g_string_append_c (out, ',');
      append_member (out, "label", token->label);
      g_string_append_c (out, ',');
      append_member (out, "sha256", token->hash);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

char *
iw_user_write (const IwUser *user)
{
  GString *out = g_string_new ("{");

  append_member (out, "name", user->name);
  if (user->password_hash != NULL)
    {
      g_string_append_c (out, ',');
      append_member (out, "password_hash", user->password_hash);
    }
  g_string_append (out, ",\"roles\":[");
  for (guint i = 0; user->roles[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      iw_canonical_append_string (out, user->roles[i]);
    }
  g_string_append_c (out, ']');
  if (user->tokens->len > 0)
    append_tokens (out, user->tokens);
  g_string_append (out, ",\"type\":\"user\"}");
  return g_string_free (out, FALSE);
}

/* ---- tokens ---- */

char *
iw_user_add_token (IwUser *user, const char *label, gint64 now)
{
  g_autofree char *text = iw_token_generate ();
  IwUserToken *token;
  guint32 id;

  if (user->tokens->len >= IW_USER_MAX_TOKENS)
    return NULL;
  token = g_new0 (IwUserToken, 1);
  iw_secret_random (&id, sizeof id);
  token->id = g_strdup_printf ("%08x", id);
  token->label = g_strdup (label != NULL ? label : "");
  token->hash = iw_token_hash (text);
  token->created = now;
  g_ptr_array_add (user->tokens, token);
  return g_steal_pointer (&text);
}

gboolean
iw_user_remove_token (IwUser *user, const char *id)
{
  for (guint i = 0; i < user->tokens->len; i++)
    if (g_str_equal (((IwUserToken *)user->tokens->pdata[i])->id, id))
      {
        g_ptr_array_remove_index (user->tokens, i);
        return TRUE;
      }
  return FALSE;
}

/* ---- the database ---- */

IwUser *
iw_user_load (IwStore *store, const char *name, char **rev, GError **error)
{
  g_autofree char *docid = iw_user_docid (name);
  g_auto (IwPeerDoc) doc = { 0 };

  if (!iw_peer_find (store, docid, NULL, &doc, error) || doc.deleted || doc.body == NULL)
    return NULL;
  if (rev != NULL)
    *rev = g_strdup (doc.rev);
  return iw_user_parse (doc.body, error);
}

gboolean
iw_user_store (IwStore *store, const IwUser *user, const char *rev, char **new_rev, GError **error)
{
  g_autofree char *docid = iw_user_docid (user->name);
  g_autofree char *body = iw_user_write (user);
  g_autofree char *made = NULL;

  if (!iw_peer_edit (store, docid, rev, body, FALSE, NULL, &made, error))
    return FALSE;
  if (new_rev != NULL)
    *new_rev = g_steal_pointer (&made);
  return TRUE;
}

gboolean
iw_user_delete (IwStore *store, const char *name, GError **error)
{
  g_autofree char *docid = iw_user_docid (name);
  g_autofree char *rev = NULL;
  g_autofree char *made = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (IwUser) user = iw_user_load (store, name, &rev, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (user == NULL)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND, "missing");
      return FALSE;
    }
  return iw_peer_edit (store, docid, rev, "{}", TRUE, NULL, &made, error);
}

static gboolean
collect (const IwPeerDoc *doc, gpointer data)
{
  IwUser *user = doc->body != NULL ? iw_user_parse (doc->body, NULL) : NULL;

  if (user != NULL)
    g_ptr_array_add (data, user);
  return TRUE;
}

GPtrArray *
iw_user_load_all (IwStore *store, GError **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_user_free);
  const IwPeerRange range = { .start = IW_USER_PREFIX,
                              .end = IW_USER_PREFIX "\xef\xbf\xbf",
                              .bodies = TRUE };

  return iw_peer_foreach_doc (store, &range, collect, users, error) ? g_steal_pointer (&users)
                                                                    : NULL;
}
