/* Who is asking, and whether they may. */
#include "config.h"

#include "iw-server-private.h"

#include <string.h>

#include "iw-password.h"
#include "iw-session.h"

#define WRONG "Name or password is incorrect."

/* ---- who ---- */

char *
iw_gate_slow (IwServer *self, const char *name, const char *address, guint *wait)
{
  *wait = iw_throttle_wait (self->throttle, name, address);
  return *wait == 0 ? NULL
                    : g_strdup_printf ("Too many failed sign-ins; try again in %u s.", *wait);
}

typedef struct
{
  IwServer *server;
  SoupServerMessage *message;
  char *name;
  char *address;
  IwGateDone done;
  gpointer data;
} Sign;

static void
on_checked (IwIdentity *right, gboolean busy, gpointer data)
{
  Sign *sign = data;

  if (right != NULL)
    {
      iw_throttle_succeeded (sign->server->throttle, sign->name, sign->address);
      sign->done (right, 0, NULL, sign->data);
    }
  else if (busy)
    sign->done (NULL, 503, "Too many sign in at this moment; try again.", sign->data);
  else
    {
      iw_throttle_failed (sign->server->throttle, sign->name, sign->address);
      sign->server->counts.n_sign_ins_failed++;
      sign->done (NULL, 401, WRONG, sign->data);
    }
  g_object_unref (sign->message);
  g_free (sign->name);
  g_free (sign->address);
  g_free (sign);
}

static void
answer_slow (SoupServerMessage *message,
             guint wait,
             const char *reason,
             IwGateDone done,
             gpointer data)
{
  g_autofree char *seconds = g_strdup_printf ("%u", wait);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                seconds);
  done (NULL, 429, reason, data);
}

static void
identify_basic (IwServer *self,
                SoupServerMessage *message,
                const char *encoded,
                const char *address,
                IwGateDone done,
                gpointer data)
{
  gsize length;
  g_autofree char *text = (char *)g_base64_decode (encoded, &length);
  char *colon = memchr (text, ':', length);
  g_autoptr (IwIdentity) known = NULL;
  g_autofree char *slow = NULL;
  guint wait;
  Sign *sign;

  if (colon == NULL || strlen (text) != length || !g_utf8_validate (text, length, NULL) ||
      length > 2 * IW_PASSWORD_MAX)
    {
      done (NULL, 401, WRONG, data);
      return;
    }
  *colon = '\0';
  known = iw_accounts_get_remembered (self->accounts, text, colon + 1);
  if (known != NULL)
    {
      done (known, 0, NULL, data);
      return;
    }
  slow = iw_gate_slow (self, text, address, &wait);
  if (slow != NULL)
    {
      answer_slow (message, wait, slow, done, data);
      return;
    }
  sign = g_new0 (Sign, 1);
  sign->server = self;
  sign->message = g_object_ref (message);
  sign->name = g_strdup (text);
  sign->address = g_strdup (address);
  sign->done = done;
  sign->data = data;
  iw_accounts_check (self->accounts, text, colon + 1, on_checked, sign);
  explicit_bzero (colon + 1, strlen (colon + 1));
}

static void
identify_token (IwServer *self,
                SoupServerMessage *message,
                const char *token,
                const char *address,
                IwGateDone done,
                gpointer data)
{
  g_autoptr (IwIdentity) identity =
      strlen (token) <= 256 ? iw_accounts_get_by_token (self->accounts, token) : NULL;
  g_autofree char *slow = NULL;
  guint wait;

  if (identity != NULL)
    {
      done (identity, 0, NULL, data);
      return;
    }
  slow = iw_gate_slow (self, NULL, address, &wait);
  if (slow != NULL)
    {
      answer_slow (message, wait, slow, done, data);
      return;
    }
  iw_throttle_failed (self->throttle, NULL, address);
  self->counts.n_sign_ins_failed++;
  done (NULL, 401, "This token is not valid.", data);
}

/* A session that is over, or none of ours, is no failure: who has it is nobody. A fresh cookie goes
 * with the answer when half of the time has gone. */
static IwIdentity *
identify_session (IwServer *self, SoupServerMessage *message, const char *header)
{
  g_autofree char *text = iw_session_from_header (header);
  g_autofree char *name = NULL;
  gint64 now = iw_context_now (self->context);
  gint64 until;
  const char *secret;

  if (text == NULL || !iw_session_read (text, &name, &until) || until < now)
    return NULL;
  secret = iw_accounts_get_secret (self->accounts, name);
  if (secret == NULL || !iw_session_is_genuine (self->session_key, text, secret))
    return NULL;
  if (until - now < self->config->session_s * (gint64)G_USEC_PER_SEC / 2)
    {
      g_autofree char *fresh = iw_session_make (
          self->session_key, name, secret, now + self->config->session_s * (gint64)G_USEC_PER_SEC);
      g_autofree char *cookie =
          iw_session_to_header (fresh, self->config->session_s, self->certificate != NULL);

      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Set-Cookie", cookie);
    }
  return iw_accounts_get (self->accounts, name);
}

void
iw_gate_identify (IwServer *self,
                  SoupServerMessage *message,
                  const char *address,
                  IwGateDone done,
                  gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  const char *cookie = soup_message_headers_get_list (headers, "Cookie");
  g_autoptr (IwIdentity) identity = NULL;

  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Basic ", 6) == 0)
    identify_basic (self, message, authorization + 6, address, done, data);
  else if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    identify_token (self, message, authorization + 7, address, done, data);
  else
    {
      identity = cookie != NULL ? identify_session (self, message, cookie) : NULL;
      done (identity, 0, NULL, data);
    }
}

/* ---- whether ---- */

static gboolean
may_write (IwDatabase *database, const IwAccount *account)
{
  static const char *const writers[] = { "responder", "incident-manager", "legal", "executive" };

  if (iw_database_is_admin (database, account))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    if (iw_account_has_role (account, writers[i]))
      return TRUE;
  return !iw_account_has_role (account, "reader") && !iw_account_has_role (account, "auditor");
}

static guint
refuse (guint status, const char *why, const char **reason)
{
  *reason = why;
  return status;
}

guint
iw_gate_admit (const IwRoute *route,
               gboolean names_database,
               IwDatabase *database,
               const IwAccount *account,
               const char **reason)
{
  if (route->needs == IW_NEEDS_NOBODY)
    return 0;
  if (account == NULL)
    return refuse (401, "You must sign in.", reason);
  if (route->needs == IW_NEEDS_ACCOUNT)
    return 0;
  /* Before it is looked at whether there is such a database: this must not tell. */
  if (route->needs == IW_NEEDS_ADMIN)
    return iw_account_is_admin (account) ? 0 : refuse (403, "You are not a server admin.", reason);
  if (names_database && (database == NULL || !iw_database_admits (database, account)))
    return refuse (404, "Database does not exist.", reason);
  if (route->needs == IW_NEEDS_WRITER && !may_write (database, account))
    return refuse (403, "Your role may read here, and not write.", reason);
  if (route->needs == IW_NEEDS_DB_ADMIN && !iw_database_is_admin (database, account))
    return refuse (403, "You are not a db or server admin.", reason);
  return 0;
}
