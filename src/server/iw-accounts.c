#include "config.h"

#include "iw-accounts.h"

#include <string.h>

#include "iw-password.h"

#define REMEMBER_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define MAX_REMEMBERED 4096
#define MAX_WAITING 2000
/* Passwords that are tried for one account at a time: before the first failure is known nothing
 * slows them. */
#define MAX_AT_ONCE 4
/* Each takes 16 MiB while it runs. */
#define N_THREADS 2

typedef struct
{
  char *password_hash; /* what it was found right against */
  gint64 until;
} Remembered;

/* What is asked once for all who wait for it. */
typedef struct
{
  IwAccounts *self; /* kept */
  char *key;
  char *name;
  char *password;
  char *known; /* the account's hash; NULL: there is no account */
  gboolean make;
  GArray *waiting;   /* of Waiting */
  gboolean given_up; /* the server stops */
  gboolean right;
  char *made;
  GError *error;
} Question;

typedef struct
{
  IwAccountsChecked checked;
  IwAccountsHashed hashed;
  gpointer data;
} Waiting;

struct _IwAccounts
{
  GObject parent_instance;

  IwDatabase *users;
  const IwContext *context;
  GMainContext *main;
  guint8 key[32];
  GHashTable *by_name;    /* name → IwUser */
  GHashTable *by_token;   /* hash → IwUser, of by_name */
  GHashTable *remembered; /* keyed hash → Remembered */
  GHashTable *questions;  /* key → Question that runs */
  guint n_waiting;
  GThreadPool *pool;
  gint closing; /* atomic */
};

G_DEFINE_FINAL_TYPE (IwAccounts, iw_accounts, G_TYPE_OBJECT)

static void
remembered_free (gpointer data)
{
  Remembered *remembered = data;

  g_free (remembered->password_hash);
  g_free (remembered);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->key);
  g_free (question->name);
  wipe (question->password);
  g_free (question->known);
  g_free (question->made);
  g_array_unref (question->waiting);
  g_clear_error (&question->error);
  g_free (question);
}

static void
iw_accounts_finalize (GObject *object)
{
  IwAccounts *self = IW_ACCOUNTS (object);

  iw_accounts_close (self);
  g_clear_object (&self->users);
  g_clear_pointer (&self->by_token, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_hash_table_unref (self->remembered);
  g_hash_table_unref (self->questions);
  g_main_context_unref (self->main);
  explicit_bzero (self->key, sizeof self->key);
  G_OBJECT_CLASS (iw_accounts_parent_class)->finalize (object);
}

static void
iw_accounts_class_init (IwAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_accounts_finalize;
}

static void answer_question (gpointer data, gpointer user_data);

static void
iw_accounts_init (IwAccounts *self)
{
  self->main = g_main_context_ref_thread_default ();
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, remembered_free);
  self->questions = g_hash_table_new (g_str_hash, g_str_equal);
  self->pool = g_thread_pool_new (answer_question, NULL, N_THREADS, FALSE, NULL);
  iw_secret_random (self->key, sizeof self->key);
}

/* ---- the accounts ---- */

static void
take (IwAccounts *self, GPtrArray *users)
{
  GHashTable *by_name =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)iw_user_free);
  GHashTable *by_token = g_hash_table_new (g_str_hash, g_str_equal);

  while (users->len > 0)
    {
      IwUser *user = g_ptr_array_steal_index_fast (users, users->len - 1);

      g_hash_table_replace (by_name, user->name, user);
      for (guint i = 0; i < user->tokens->len; i++)
        g_hash_table_replace (by_token, ((IwUserToken *)user->tokens->pdata[i])->hash, user);
    }
  g_clear_pointer (&self->by_token, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  self->by_name = by_name;
  self->by_token = by_token;
}

IwAccounts *
iw_accounts_new (IwDatabase *users, const IwContext *context, GError **error)
{
  g_autoptr (IwAccounts) self = g_object_new (IW_TYPE_ACCOUNTS, NULL);
  g_autoptr (IwStore) store = iw_store_open (
      iw_database_get_dir (users), IW_STORE_OPEN_PEER | IW_STORE_OPEN_READ_ONLY, NULL, error);
  g_autoptr (GPtrArray) all = store != NULL ? iw_user_load_all (store, error) : NULL;

  if (all == NULL)
    return NULL;
  self->users = g_object_ref (users);
  self->context = context;
  take (self, all);
  return g_steal_pointer (&self);
}

typedef struct
{
  IwAccounts *self;
  GPtrArray *users;
  GSourceOnceFunc done;
  gpointer data;
} Reload;

static gboolean
run_reload (IwStore *store, gpointer data, GError **error)
{
  Reload *reload = data;

  reload->users = iw_user_load_all (store, error);
  return reload->users != NULL;
}

static void
on_reloaded (IwDatabase *database, gpointer data, const GError *error)
{
  Reload *reload = data;

  if (error == NULL)
    take (reload->self, reload->users);
  else
    g_warning ("the accounts could not be read again: %s", error->message);
  if (reload->done != NULL)
    reload->done (reload->data);
}

static void
reload_free (gpointer data)
{
  Reload *reload = data;

  g_clear_pointer (&reload->users, g_ptr_array_unref);
  g_object_unref (reload->self);
  g_free (reload);
}

void
iw_accounts_reload (IwAccounts *self, GSourceOnceFunc done, gpointer data)
{
  Reload *reload = g_new0 (Reload, 1);

  reload->self = g_object_ref (self);
  reload->done = done;
  reload->data = data;
  iw_database_read (self->users, run_reload, reload, on_reloaded, reload_free);
}

static IwIdentity *
identity_of (IwUser *user)
{
  return user != NULL ? iw_identity_new (user->name, (const char *const *)user->roles) : NULL;
}

IwIdentity *
iw_accounts_get (IwAccounts *self, const char *name)
{
  return identity_of (g_hash_table_lookup (self->by_name, name));
}

const char *
iw_accounts_get_secret (IwAccounts *self, const char *name)
{
  IwUser *user = g_hash_table_lookup (self->by_name, name);

  return user != NULL ? user->password_hash : NULL;
}

IwIdentity *
iw_accounts_get_by_token (IwAccounts *self, const char *token)
{
  g_autofree char *hash = iw_token_hash (token);

  return identity_of (g_hash_table_lookup (self->by_token, hash));
}

guint
iw_accounts_get_size (IwAccounts *self)
{
  return g_hash_table_size (self->by_name);
}

/* ---- what was found right ---- */

/* A name has no ":". (transfer full) */
static char *
remember_key (IwAccounts *self, const char *name, const char *password)
{
  g_autofree char *both = g_strconcat (name, ":", password, NULL);
  char *key = g_compute_hmac_for_string (G_CHECKSUM_SHA256, self->key, sizeof self->key, both, -1);

  explicit_bzero (both, strlen (both));
  return key;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer now)
{
  return ((Remembered *)value)->until < *(gint64 *)now;
}

static void
remember (IwAccounts *self, const char *key, const char *password_hash)
{
  Remembered *remembered = g_new0 (Remembered, 1);
  gint64 now = iw_context_now (self->context);

  if (g_hash_table_size (self->remembered) >= MAX_REMEMBERED &&
      g_hash_table_foreach_remove (self->remembered, is_over, &now) == 0)
    g_hash_table_remove_all (self->remembered);
  remembered->password_hash = g_strdup (password_hash);
  remembered->until = now + REMEMBER_US;
  g_hash_table_replace (self->remembered, g_strdup (key), remembered);
}

static IwIdentity *
find_remembered (IwAccounts *self, const char *key, const char *name)
{
  Remembered *remembered = g_hash_table_lookup (self->remembered, key);
  IwUser *user = g_hash_table_lookup (self->by_name, name);

  if (remembered == NULL)
    return NULL;
  if (user != NULL && g_strcmp0 (user->password_hash, remembered->password_hash) == 0 &&
      remembered->until >= iw_context_now (self->context))
    return identity_of (user);
  g_hash_table_remove (self->remembered, key);
  return NULL;
}

IwIdentity *
iw_accounts_get_remembered (IwAccounts *self, const char *name, const char *password)
{
  g_autofree char *key = remember_key (self, name, password);

  return find_remembered (self, key, name);
}

/* ---- questions ---- */

static gboolean
on_answered (gpointer data)
{
  Question *question = data;
  IwAccounts *self = question->self;
  IwUser *user = question->make ? NULL : g_hash_table_lookup (self->by_name, question->name);
  g_autoptr (IwIdentity) identity = NULL;

  g_hash_table_remove (self->questions, question->key);
  self->n_waiting -= question->waiting->len;
  /* The password may have been changed meanwhile. */
  if (question->right && user != NULL && g_strcmp0 (user->password_hash, question->known) == 0)
    {
      remember (self, question->key, question->known);
      identity = identity_of (user);
    }
  for (guint i = 0; i < question->waiting->len; i++)
    {
      const Waiting *waiting = &g_array_index (question->waiting, Waiting, i);

      if (waiting->hashed != NULL)
        waiting->hashed (question->made, question->error, waiting->data);
      else
        waiting->checked (identity, question->given_up, waiting->data);
    }
  return G_SOURCE_REMOVE;
}

static void
answer_question (gpointer data, gpointer user_data)
{
  Question *question = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (question->self->main);

  if (g_atomic_int_get (&question->self->closing))
    {
      question->given_up = TRUE;
      g_set_error_literal (&question->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the server stops");
    }
  else if (question->make)
    question->made = iw_password_hash (question->password, &question->error);
  else
    question->right = iw_password_verify (question->password, question->known);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_answered, question, (GDestroyNotify)question_free);
  g_source_attach (source, context);
}

static void
ask (IwAccounts *self,
     const char *key,
     const char *name,
     const char *password,
     const Waiting *waiting)
{
  Question *question = g_hash_table_lookup (self->questions, key);

  self->n_waiting++;
  if (question == NULL)
    {
      question = g_new0 (Question, 1);
      question->self = g_object_ref (self);
      question->key = g_strdup (key);
      question->name = g_strdup (name);
      question->password = g_strdup (password);
      question->known = name != NULL ? g_strdup (iw_accounts_get_secret (self, name)) : NULL;
      question->make = name == NULL;
      question->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
      g_hash_table_insert (self->questions, question->key, question);
      g_array_append_val (question->waiting, *waiting);
      g_thread_pool_push (self->pool, question, NULL);
    }
  else
    g_array_append_val (question->waiting, *waiting);
}

static gboolean
is_tried_enough (IwAccounts *self, const char *name, const char *key)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  if (g_hash_table_contains (self->questions, key))
    return FALSE;
  g_hash_table_iter_init (&iter, self->questions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((Question *)value)->name, name) == 0)
      n++;
  return n >= MAX_AT_ONCE;
}

static gboolean
is_full (IwAccounts *self)
{
  return self->pool == NULL || self->n_waiting >= MAX_WAITING;
}

void
iw_accounts_check (IwAccounts *self,
                   const char *name,
                   const char *password,
                   IwAccountsChecked done,
                   gpointer data)
{
  const Waiting waiting = { .checked = done, .data = data };
  g_autofree char *key = remember_key (self, name, password);
  g_autoptr (IwIdentity) identity = find_remembered (self, key, name);

  if (identity != NULL || is_full (self) || is_tried_enough (self, name, key))
    done (identity, identity == NULL, data);
  else
    ask (self, key, name, password, &waiting);
}

void
iw_accounts_hash (IwAccounts *self, const char *password, IwAccountsHashed done, gpointer data)
{
  const Waiting waiting = { .hashed = done, .data = data };
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  if (is_full (self))
    {
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "too many wait");
      done (NULL, error, data);
      return;
    }
  key = g_uuid_string_random ();
  ask (self, key, NULL, password, &waiting);
}

void
iw_accounts_close (IwAccounts *self)
{
  g_atomic_int_set (&self->closing, TRUE);
  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
}
