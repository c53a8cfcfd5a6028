/* Signing in and out by a cookie (CouchDB, "_session"). */
#include "config.h"

#include "iw-connection.h"
#include "iw-route.h"
#include "iw-server-private.h"
#include "iw-session.h"

#include <string.h>

static void
append_roles (GString *out, const IwAccount *account)
{
  g_string_append (out, "\"roles\":[");
  /* What CouchDB calls an admin, for clients that ask for it. */
  if (account != NULL && iw_account_is_admin (account) && !iw_account_has_role (account, "_admin"))
    g_string_append (out, account->roles[0] != NULL ? "\"_admin\"," : "\"_admin\"");
  for (guint i = 0; account != NULL && account->roles[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      iw_canonical_append_string (out, account->roles[i]);
    }
  g_string_append_c (out, ']');
}

static void
append_name (GString *out, const IwAccount *account)
{
  g_string_append (out, "\"name\":");
  if (account != NULL)
    iw_canonical_append_string (out, account->name);
  else
    g_string_append (out, "null");
}

static void
get_session (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  const IwAccount *account = iw_request_get_account (self);
  SoupMessageHeaders *headers =
      soup_server_message_get_request_headers (iw_request_get_message (self));
  gboolean by_header = soup_message_headers_get_one (headers, "Authorization") != NULL;
  GString *out = g_string_new ("{\"ok\":true,\"userCtx\":{");

  append_name (out, account);
  g_string_append_c (out, ',');
  append_roles (out, account);
  g_string_append (out, "},\"info\":{\"authentication_handlers\":[\"cookie\",\"default\"]");
  if (account != NULL)
    g_string_append_printf (out, ",\"authenticated\":\"%s\"", by_header ? "default" : "cookie");
  g_string_append (out, "}}\n");
  iw_request_answer_json (self, 200, g_string_free (out, FALSE));
}

/* ---- signing in ---- */

typedef struct
{
  IwRequest *request;
  char *name;
  char *address;
} SignIn;

static void
sign_in_free (SignIn *self)
{
  g_clear_object (&self->request);
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

static void
set_cookie (IwRequest *request, const char *text)
{
  IwServer *server = iw_request_get_server (request);
  SoupMessageHeaders *headers =
      soup_server_message_get_response_headers (iw_request_get_message (request));
  g_autofree char *cookie = iw_session_to_header (text, iw_server_get_config (server)->session_s,
                                                  iw_server_is_tls (server));

  soup_message_headers_replace (headers, "Set-Cookie", cookie);
}

static void
welcome (SignIn *self, IwIdentity *identity)
{
  IwServer *server = iw_request_get_server (self->request);
  const IwAccount *account = iw_identity_get_account (identity);
  gint64 until = iw_context_now (iw_server_get_context (server)) +
                 iw_server_get_config (server)->session_s * (gint64)G_USEC_PER_SEC;
  g_autofree char *text =
      iw_session_make (iw_server_get_session_key (server), self->name,
                       iw_accounts_get_secret (iw_server_get_accounts (server), self->name), until);
  GString *out = g_string_new ("{\"ok\":true,");

  set_cookie (self->request, text);
  append_name (out, account);
  g_string_append_c (out, ',');
  append_roles (out, account);
  g_string_append (out, "}\n");
  iw_request_answer_json (self->request, 200, g_string_free (out, FALSE));
}

static void
on_checked (IwIdentity *right, gboolean busy, gpointer data)
{
  SignIn *self = data;
  IwServer *server = iw_request_get_server (self->request);
  IwThrottle *throttle = iw_server_get_throttle (server);

  if (right != NULL)
    {
      iw_throttle_succeeded (throttle, self->name, self->address);
      welcome (self, right);
    }
  else if (busy)
    iw_request_answer_error (self->request, 503, NULL,
                             "Too many sign in at this moment; try again.");
  else
    {
      iw_throttle_failed (throttle, self->name, self->address);
      iw_server_get_counts (server)->n_sign_ins_failed++;
      iw_request_answer_error (self->request, 401, NULL, "Name or password is incorrect.");
    }
  sign_in_free (self);
}

/* Takes @request. */
static void
sign_in (IwRequest *request, const char *name, const char *password)
{
  IwServer *server = iw_request_get_server (request);
  IwConnection *connection = iw_connection_of (iw_request_get_message (request));
  SignIn *self = g_new0 (SignIn, 1);
  g_autofree char *slow = NULL;
  guint wait;

  self->request = request;
  self->name = g_strdup (name);
  self->address = g_strdup (connection != NULL ? iw_connection_get_address (connection) : "-");
  slow = iw_gate_slow (server, name, self->address, &wait);
  if (slow != NULL)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", wait);

      soup_message_headers_replace (
          soup_server_message_get_response_headers (iw_request_get_message (request)),
          "Retry-After", seconds);
      iw_request_answer_error (request, 429, NULL, slow);
      sign_in_free (self);
      return;
    }
  iw_accounts_check (iw_server_get_accounts (server), name, password, on_checked, self);
}

static gboolean
is_form (IwRequest *self)
{
  SoupMessageHeaders *headers =
      soup_server_message_get_request_headers (iw_request_get_message (self));
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") == 0;
}

static const char *
either (const char *a, const char *b)
{
  return a != NULL ? a : b;
}

/* Whether both are texts that a password may be looked up by; answered where they are not. */
static gboolean
are_given (IwRequest *self, const char *name, const char *password)
{
  if (name != NULL && password != NULL && strlen (name) <= 1024)
    return TRUE;
  iw_request_answer_error (self, 400, "bad_request", "name and password are needed");
  return FALSE;
}

static void
sign_in_by_form (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  g_autoptr (GBytes) body = iw_request_get_body (self);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *name =
      either (g_hash_table_lookup (form, "name"), g_hash_table_lookup (form, "username"));
  const char *password = g_hash_table_lookup (form, "password");

  if (are_given (self, name, password))
    sign_in (g_steal_pointer (&self), name, password);
}

static void
post_session (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  const char *name;
  const char *password;

  if (is_form (self))
    {
      sign_in_by_form (g_steal_pointer (&self));
      return;
    }
  doc = iw_request_read_json (self);
  if (doc == NULL)
    return;
  root = yyjson_doc_get_root (doc);
  name = either (yyjson_get_str (yyjson_obj_get (root, "name")),
                 yyjson_get_str (yyjson_obj_get (root, "username")));
  password = yyjson_get_str (yyjson_obj_get (root, "password"));
  if (are_given (self, name, password))
    sign_in (g_steal_pointer (&self), name, password);
}

static void
delete_session (IwRequest *request)
{
  g_autoptr (IwRequest) self = request;

  set_cookie (self, NULL);
  iw_request_answer_json (self, 200, g_strdup ("{\"ok\":true}\n"));
}

const IwRoute iw_routes_session[] = {
  { "GET", "/_session", IW_NEEDS_NOBODY, IW_BODY_NONE, get_session },
  { "POST", "/_session", IW_NEEDS_NOBODY, IW_BODY_SMALL, post_session },
  { "DELETE", "/_session", IW_NEEDS_NOBODY, IW_BODY_NONE, delete_session },
  { NULL },
};
