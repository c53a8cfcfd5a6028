/* A server: the object, who is signed in, which databases there are, _local documents. */
#include "config.h"

#include "iw-remote-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-design.h"

#define IDLE_MS 30000
#define OVERALL_MS 300000
#define MAX_JSON (64 * 1024 * 1024)
#define MAX_DATABASES 1000
#define MAX_ROLES 1000

G_DEFINE_FINAL_TYPE (IwRemote, iw_remote, G_TYPE_OBJECT)

static void
iw_remote_finalize (GObject *object)
{
  IwRemote *self = IW_REMOTE (object);

  if (self->session != NULL)
    {
      g_main_context_push_thread_default (self->context);
      soup_session_abort (self->session);
      g_clear_object (&self->session);
      while (g_main_context_iteration (self->context, FALSE))
        ;
      g_main_context_pop_thread_default (self->context);
    }
  if (self->authorization != NULL)
    explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->account, iw_sync_account_free);
  g_clear_object (&self->refused);
  g_free (self->refusal);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (iw_remote_parent_class)->finalize (object);
}

static void
iw_remote_class_init (IwRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_remote_finalize;
}

static void
iw_remote_init (IwRemote *self)
{
  self->context = g_main_context_new ();
  iw_remote_set_limits (self, 0, 0, 0);
}

static char *
make_authorization (const IwSyncAccount *account, const char *secret)
{
  g_autofree char *pair = NULL;
  g_autofree char *coded = NULL;
  char *header;

  if (account->bearer)
    return g_strconcat ("Bearer ", secret, NULL);
  pair = g_strconcat (account->user != NULL ? account->user : "", ":", secret, NULL);
  coded = g_base64_encode ((const guchar *)pair, strlen (pair));
  header = g_strconcat ("Basic ", coded, NULL);
  explicit_bzero (pair, strlen (pair));
  explicit_bzero (coded, strlen (coded));
  return header;
}

static IwRemote *
make (const IwSyncAccount *account)
{
  IwRemote *self = g_object_new (IW_TYPE_REMOTE, NULL);
  g_autofree char *url = iw_sync_account_normalize_url (account->url, NULL);

  self->account = iw_sync_account_copy (account);
  /* Never in the clear to another machine, whoever wrote the account. */
  if (url != NULL)
    self->base = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  return self;
}

IwRemote *
iw_remote_new (const IwSyncAccount *account, const char *secret)
{
  IwRemote *self = make (account);

  if (secret != NULL)
    self->authorization = make_authorization (account, secret);
  return self;
}

IwRemote *
iw_remote_copy (IwRemote *self)
{
  IwRemote *copy = make (self->account);

  copy->authorization = g_strdup (self->authorization);
  copy->idle_ms = self->idle_ms;
  copy->overall_ms = self->overall_ms;
  copy->max_json = self->max_json;
  copy->guard = self->guard;
  copy->guard_data = self->guard_data;
  copy->no_bulk_get = self->no_bulk_get;
  return copy;
}

void
iw_remote_set_limits (IwRemote *self, guint idle_ms, guint overall_ms, gsize max_json)
{
  self->idle_ms = idle_ms > 0 ? idle_ms : IDLE_MS;
  self->overall_ms = overall_ms > 0 ? overall_ms : OVERALL_MS;
  self->max_json = max_json > 0 ? max_json : MAX_JSON;
}

void
iw_remote_set_guard (IwRemote *self, IwRemoteGuard guard, gpointer data)
{
  self->guard = guard;
  self->guard_data = data;
}

guint
iw_remote_get_retry_after (IwRemote *self)
{
  return self->retry_after;
}

GTlsCertificate *
iw_remote_get_certificate (IwRemote *self)
{
  return self->refused;
}

/* ---- who and where ---- */

static char **
read_texts (yyjson_val *array, guint max, const char *what, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_val *value;
  size_t i, n;

  if (!yyjson_is_arr (array) || yyjson_arr_size (array) > max)
    {
      iw_remote_unfit (error, yyjson_is_arr (array) ? "more than %u %s" : "no list (of %u) of %s",
                       max, what);
      return NULL;
    }
  yyjson_arr_foreach (array, i, n, value)
  {
    if (!yyjson_is_str (value))
      {
        iw_remote_unfit (error, "%s: no text", what);
        return NULL;
      }
    g_strv_builder_add (builder, yyjson_get_str (value));
  }
  return g_strv_builder_end (builder);
}

gboolean
iw_remote_get_session (IwRemote *self,
                       char **name,
                       char ***roles,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "GET", NULL, "_session", NULL, 0, cancellable, error);
  yyjson_val *context;
  char **list;

  if (doc == NULL)
    return FALSE;
  context = yyjson_obj_get (yyjson_doc_get_root (doc), "userCtx");
  if (!yyjson_is_obj (context))
    return iw_remote_unfit (error, "_session without userCtx");
  list = read_texts (yyjson_obj_get (context, "roles"), MAX_ROLES, "roles", error);
  if (list == NULL)
    return FALSE;
  if (name != NULL)
    *name = g_strdup (iw_json_text (context, "name"));
  if (roles != NULL)
    *roles = list;
  else
    g_strfreev (list);
  return TRUE;
}

static gboolean
is_no_access (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND);
}

/* Whether @name may be read. FALSE without an error: not. */
static gboolean
may_read (IwRemote *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "GET", name, NULL, NULL, 0, cancellable, &cause);

  if (doc == NULL && !is_no_access (cause))
    g_propagate_error (error, g_steal_pointer (&cause));
  return doc != NULL;
}

static void
add_once (GPtrArray *names, const char *name)
{
  if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* What is known without the list. (transfer full) */
static char **
names_by_account (IwRemote *self, const char *const *roles)
{
  GPtrArray *names = g_ptr_array_new ();

  add_once (names, self->account->compartment);
  add_once (names, IW_REMOTE_USUAL_DATABASE);
  for (guint i = 0; roles[i] != NULL; i++)
    if (g_str_has_prefix (roles[i], IW_REMOTE_COMPARTMENT_ROLE))
      add_once (names, roles[i] + strlen (IW_REMOTE_COMPARTMENT_ROLE));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

/* CouchDB tells the list to its administrators alone. */
static char **
names_of_databases (IwRemote *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) roles = NULL;
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "GET", NULL, "_all_dbs", NULL, 0, cancellable, &cause);

  if (doc != NULL)
    return read_texts (yyjson_doc_get_root (doc), MAX_DATABASES, "databases", error);
  if (is_no_access (cause) && iw_remote_get_session (self, NULL, &roles, cancellable, NULL))
    return names_by_account (self, (const char *const *)roles);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

char **
iw_remote_list_databases (IwRemote *self, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) names = names_of_databases (self, cancellable, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) cause = NULL;

  for (guint i = 0; names != NULL && names[i] != NULL && cause == NULL; i++)
    if (*names[i] != '_' && *names[i] != '\0' && may_read (self, names[i], cancellable, &cause))
      g_strv_builder_add (builder, names[i]);
  if (names == NULL)
    return NULL;
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_ours (IwRemote *self, gboolean *ours, GCancellable *cancellable, GError **error)
{
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "GET", NULL, NULL, NULL, 0, cancellable, error);
  yyjson_val *vendor = yyjson_obj_get (yyjson_doc_get_root (doc), "vendor");

  *ours = g_strcmp0 (iw_json_text (vendor, "name"), IW_REMOTE_VENDOR) == 0;
  return doc != NULL;
}

gboolean
iw_remote_has_rules (IwRemote *self,
                     const char *db,
                     gboolean *rules,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (yyjson_doc) design = NULL;
  g_autoptr (GError) cause = NULL;

  if (!is_ours (self, rules, cancellable, error))
    return FALSE;
  if (*rules)
    return TRUE;
  design = iw_remote_json (self, "GET", db, IW_DESIGN_ID, NULL, 0, cancellable, &cause);
  *rules = design != NULL;
  if (design != NULL || !iw_remote_error_is_passing (cause))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

char *
iw_remote_get_database_id (IwRemote *self,
                           const char *db,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (yyjson_doc) doc =
      iw_remote_json (self, "GET", NULL, NULL, NULL, 0, cancellable, error);
  const char *uuid;

  if (doc == NULL)
    return NULL;
  uuid = iw_json_text (yyjson_doc_get_root (doc), "uuid");
  return g_strdup_printf ("%s/%s", uuid != NULL && *uuid != '\0' ? uuid : self->account->url, db);
}

/* ---- _local documents ---- */

char *
iw_remote_get_local (IwRemote *self,
                     const char *db,
                     const char *id,
                     char **rev,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *escaped = iw_remote_escape (id);
  g_autofree char *path = g_strconcat ("_local/", escaped, NULL);
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) doc = iw_remote_json (self, "GET", db, path, NULL, 0, cancellable, &cause);
  g_autoptr (GString) text = NULL;

  if (rev != NULL)
    *rev = NULL;
  if (doc == NULL)
    {
      if (!g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  text = g_string_new (NULL);
  if (!iw_canonical_append_body (text, yyjson_doc_get_root (doc), &cause))
    {
      iw_remote_unfit (error, "_local/%s: %s", id, cause->message);
      return NULL;
    }
  if (rev != NULL)
    *rev = g_strdup (iw_json_text (yyjson_doc_get_root (doc), "_rev"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
iw_remote_put_local (IwRemote *self,
                     const char *db,
                     const char *id,
                     const char *body,
                     const char *rev,
                     char **new_rev,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *escaped = iw_remote_escape (id);
  g_autofree char *path = g_strconcat ("_local/", escaped, NULL);
  g_autoptr (GString) text = g_string_new ("{\"_id\":");
  g_autofree char *whole_id = g_strconcat ("_local/", id, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  iw_canonical_append_string (text, whole_id);
  if (rev != NULL)
    {
      g_string_append (text, ",\"_rev\":");
      iw_canonical_append_string (text, rev);
    }
  if (!g_str_equal (body, "{}"))
    g_string_append_printf (text, ",%s", body + 1);
  else
    g_string_append_c (text, '}');
  bytes = g_bytes_new (text->str, text->len);
  doc = iw_remote_json (self, "PUT", db, path, bytes, 0, cancellable, error);
  if (doc != NULL && new_rev != NULL)
    *new_rev = g_strdup (iw_json_text (yyjson_doc_get_root (doc), "rev"));
  return doc != NULL;
}
