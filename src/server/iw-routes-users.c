/* Accounts by way of HTTP: an admin makes and changes them, an account's owner reads it and changes
 * its password.
 *
 * The database "_users" has these endpoints and no others: hashes of passwords and tokens leave the
 * server by none.
 */
#include "config.h"

#include "iw-route.h"
#include "iw-server.h"

#include <string.h>

typedef struct
{
  IwRequest *request;
  char *name; /* the account's */
  char *rev;
  char **roles; /* NULL: not given */
  char *hash;   /* of the new password; NULL: not given */
  gboolean by_admin;
  IwUser *user;
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_object (&self->request);
  g_free (self->name);
  g_free (self->rev);
  g_strfreev (self->roles);
  g_free (self->hash);
  g_clear_pointer (&self->user, iw_user_free);
  g_free (self);
}

static IwDatabase *
users_of (Change *self)
{
  return iw_server_get_users (iw_request_get_server (self->request));
}

/* Whose account the path names, where the asker may have it: their own, or any for an admin.
 * Another's is told from one that is not there by nothing. */
static Change *
begin (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  const IwAccount *account = iw_request_get_account (self);
  const char *docid = iw_request_get_part (self, "docid");
  const char *name =
      g_str_has_prefix (docid, IW_USER_PREFIX) ? docid + strlen (IW_USER_PREFIX) : NULL;
  Change *change;

  if (!iw_account_is_admin (account) && g_strcmp0 (name, account->name) != 0)
    {
      iw_request_answer_error (self, 404, NULL, "missing");
      return NULL;
    }
  if (name == NULL || !iw_user_is_name (name))
    {
      iw_request_answer_error (self, name == NULL ? 404 : 400, NULL,
                               "accounts are documents " IW_USER_PREFIX
                               "NAME, without \":\" and \"/\" in the name");
      return NULL;
    }
  change = g_new0 (Change, 1);
  change->by_admin = iw_account_is_admin (account);
  change->name = g_strdup (name);
  change->request = g_steal_pointer (&self);
  return change;
}

/* ---- reading ---- */

static gboolean
load (IwStore *store, gpointer data, GError **error)
{
  Change *self = data;
  g_autoptr (GError) local = NULL;

  self->user = iw_user_load (store, self->name, &self->rev, &local);
  if (self->user != NULL)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND, "missing");
  return FALSE;
}

static void
answer_user (IwDatabase *database, gpointer data, const GError *error)
{
  Change *self = data;
  GString *out;

  if (error != NULL)
    {
      iw_request_answer_gerror (self->request, error);
      return;
    }
  out = g_string_new ("{\"_id\":");
  iw_canonical_append_string (out, iw_request_get_part (self->request, "docid"));
  g_string_append_printf (out, ",\"_rev\":\"%s\",\"name\":", self->rev);
  iw_canonical_append_string (out, self->name);
  g_string_append (out, ",\"roles\":[");
  for (guint i = 0; self->user->roles[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      iw_canonical_append_string (out, self->user->roles[i]);
    }
  g_string_append (out, "],\"type\":\"user\"}\n");
  iw_request_answer_json (self->request, 200, g_string_free (out, FALSE));
}

static void
get_user (IwRequest *request)
{
  Change *self = begin (request);

  if (self != NULL)
    iw_database_read (users_of (self), load, self, answer_user, change_free);
}

/* ---- changing ---- */

/* Answers once the account is in force. */
static void
on_in_force (gpointer data)
{
  Change *self = data;
  GString *out = g_string_new ("{\"ok\":true,\"id\":");

  iw_canonical_append_string (out, iw_request_get_part (self->request, "docid"));
  g_string_append_printf (out, ",\"rev\":\"%s\"}\n", self->rev);
  iw_request_answer_json (self->request, self->hash != NULL || self->roles != NULL ? 201 : 200,
                          g_string_free (out, FALSE));
  change_free (self);
}

static void
on_written (IwDatabase *database, gpointer data, const GError *error)
{
  Change *self = data;

  if (error == NULL)
    {
      iw_accounts_reload (iw_server_get_accounts (iw_request_get_server (self->request)),
                          on_in_force, self);
      return;
    }
  iw_request_answer_gerror (self->request, error);
  change_free (self);
}

static gboolean
same_roles (char **a, char **b)
{
  return g_strv_equal ((const char *const *)a, (const char *const *)b);
}

static gboolean
forbid (GError **error, const char *reason)
{
  g_set_error_literal (error, IW_REQUEST_ERROR, 403, reason);
  return FALSE;
}

static gboolean
change_user (IwStore *store, gpointer data, GError **error)
{
  Change *self = data;
  g_autofree char *rev = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (IwUser) user = iw_user_load (store, self->name, &rev, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_strcmp0 (rev, self->rev) != 0)
    {
      g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT,
                           "Document update conflict.");
      return FALSE;
    }
  if (user == NULL)
    user = iw_user_new (self->name, NULL);
  if (!self->by_admin && self->roles != NULL && !same_roles (self->roles, user->roles))
    return forbid (error, "Only admins may change roles.");
  if (self->roles != NULL)
    {
      g_strfreev (user->roles);
      user->roles = g_strdupv (self->roles);
    }
  if (self->hash != NULL)
    {
      g_free (user->password_hash);
      user->password_hash = g_strdup (self->hash);
    }
  g_clear_pointer (&self->rev, g_free);
  return iw_user_store (store, user, rev, &self->rev, error);
}

static void
write_change (Change *self)
{
  iw_database_write (users_of (self), change_user, self, on_written, NULL);
}

static void
on_hashed (const char *hash, const GError *error, gpointer data)
{
  Change *self = data;

  self->hash = g_strdup (hash);
  if (hash != NULL)
    {
      write_change (self);
      return;
    }
  iw_request_answer_gerror (self->request, error);
  change_free (self);
}

/* The members of the body that say something; answered where they say what cannot be. */
static gboolean
read_body (Change *self, yyjson_val *root)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (IwUser) user = NULL;
  const char *rev = yyjson_get_str (yyjson_obj_get (root, "_rev"));

  if (iw_canonical_append_body (body, root, &error))
    user = iw_user_parse (body->str, &error);
  if (user == NULL)
    {
      iw_request_answer_gerror (self->request, error);
      return FALSE;
    }
  if (!g_str_equal (user->name, self->name))
    {
      iw_request_answer_error (self->request, 400, "bad_request",
                               "name must be that of the document's id");
      return FALSE;
    }
  self->rev = g_strdup (rev != NULL ? rev : iw_request_get_query (self->request, "rev"));
  if (yyjson_obj_get (root, "roles") != NULL)
    self->roles = g_strdupv (user->roles);
  return TRUE;
}

static void
put_user (IwRequest *request)
{
  Change *self = begin (request);
  g_autoptr (yyjson_doc) doc = self != NULL ? iw_request_read_json (self->request) : NULL;
  yyjson_val *password =
      yyjson_obj_get (doc != NULL ? yyjson_doc_get_root (doc) : NULL, "password");

  if (self == NULL)
    return;
  if (doc == NULL || !read_body (self, yyjson_doc_get_root (doc)))
    change_free (self);
  else if (password == NULL)
    write_change (self);
  else if (!yyjson_is_str (password) || *yyjson_get_str (password) == '\0')
    {
      iw_request_answer_error (self->request, 400, "bad_request",
                               "password must be a text, and not empty");
      change_free (self);
    }
  else
    iw_accounts_hash (iw_server_get_accounts (iw_request_get_server (self->request)),
                      yyjson_get_str (password), on_hashed, self);
}

/* ---- deleting ---- */

static gboolean
delete_it (IwStore *store, gpointer data, GError **error)
{
  Change *self = data;
  g_autofree char *docid = iw_user_docid (self->name);
  g_autofree char *given = g_steal_pointer (&self->rev);

  return iw_peer_edit (store, docid, given, "{}", TRUE, NULL, &self->rev, error);
}

static void
delete_user (IwRequest *request)
{
  Change *self = begin (request);

  if (self == NULL)
    return;
  self->rev = g_strdup (iw_request_get_query (self->request, "rev"));
  if (self->rev != NULL)
    {
      iw_database_write (users_of (self), delete_it, self, on_written, NULL);
      return;
    }
  iw_request_answer_error (self->request, 409, NULL, "Document update conflict.");
  change_free (self);
}

/* ---- the database ---- */

static void
get_users (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_json (
      self, 200,
      g_strdup_printf (
          "{\"db_name\":\"" IW_USERS_DATABASE "\",\"doc_count\":%u}\n",
          iw_accounts_get_size (iw_server_get_accounts (iw_request_get_server (self)))));
}

static void
put_users (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  iw_request_answer_error (self, 412, "file_exists",
                           "The database could not be created, the file already exists.");
}

const IwRoute iw_routes_users[] = {
  { "GET", "/_users", IW_NEEDS_ADMIN, IW_BODY_NONE, get_users },
  { "PUT", "/_users", IW_NEEDS_ADMIN, IW_BODY_NONE, put_users },
  { "GET", "/_users/{docid}", IW_NEEDS_ACCOUNT, IW_BODY_NONE, get_user },
  { "PUT", "/_users/{docid}", IW_NEEDS_ACCOUNT, IW_BODY_SMALL, put_user },
  { "DELETE", "/_users/{docid}", IW_NEEDS_ADMIN, IW_BODY_NONE, delete_user },
  { NULL },
};
