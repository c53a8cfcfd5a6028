/* adduser, passwd, deluser, roles, token: accounts, also while the server runs. */
#include "config.h"

#include "iw-command.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-setup.h"

typedef struct
{
  const char *name;
  char **roles; /* NULL: as they are */
  char *hash;   /* NULL: as it is */
  const char *label;
  const char *revoke;
  gboolean list;
  char *token;
  IwUser *user; /* as it is now */
} Work;

static void
work_clear (Work *work)
{
  g_strfreev (work->roles);
  g_free (work->hash);
  g_free (work->token);
  g_clear_pointer (&work->user, iw_user_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
is_role (const char *role)
{
  if (iw_user_is_role (role))
    return TRUE;
  fprintf (stderr, _ ("%s: “%s” cannot be a role.\n"), g_get_prgname (), role);
  return FALSE;
}

/* Roles and "author:" roles together. NULL after having said what is wrong. (transfer full) */
static char **
gather_roles (char **roles, char **authors)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    {
      if (!is_role (roles[i]))
        return NULL;
      g_strv_builder_add (all, roles[i]);
    }
  for (guint i = 0; authors != NULL && authors[i] != NULL; i++)
    {
      char *role = g_strconcat ("author:", authors[i], NULL);

      g_strv_builder_take (all, role);
      if (!is_role (role))
        return NULL;
    }
  return g_strv_builder_end (all);
}

/* ---- the work in the database ---- */

static gboolean
load (IwStore *users, Work *work, char **rev, GError **error)
{
  g_autoptr (GError) local = NULL;

  work->user = iw_user_load (users, work->name, rev, &local);
  if (work->user != NULL)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND, _ ("There is no account “%s”."),
                 work->name);
  return FALSE;
}

/* Asked before a password is: one that was shown for nothing would be taken for the account's. */
static gboolean
is_new (IwStore *users, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (IwUser) before = iw_user_load (users, work->name, NULL, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (before != NULL)
    g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT,
                 _ ("There is an account “%s” already."), work->name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_there (IwStore *users, gpointer data, GError **error)
{
  Work *work = data;
  g_autofree char *rev = NULL;
  gboolean found = load (users, work, &rev, error);

  g_clear_pointer (&work->user, iw_user_free);
  return found;
}

static gboolean
add (IwStore *users, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (IwUser) user = NULL;

  if (!is_new (users, work, error))
    return FALSE;
  user = iw_user_new (work->name, (const char *const *)work->roles);
  user->password_hash = g_strdup (work->hash);
  return iw_user_store (users, user, NULL, NULL, error);
}

static gboolean
change (IwStore *users, gpointer data, GError **error)
{
  Work *work = data;
  g_autofree char *rev = NULL;

  if (!load (users, work, &rev, error))
    return FALSE;
  if (work->hash != NULL)
    {
      g_free (work->user->password_hash);
      work->user->password_hash = g_strdup (work->hash);
    }
  if (work->roles != NULL)
    {
      g_strfreev (work->user->roles);
      work->user->roles = g_strdupv (work->roles);
    }
  if (work->hash == NULL && work->roles == NULL)
    return TRUE;
  return iw_user_store (users, work->user, rev, NULL, error);
}

static gboolean
change_tokens (IwStore *users, gpointer data, GError **error)
{
  Work *work = data;
  g_autofree char *rev = NULL;

  if (!load (users, work, &rev, error))
    return FALSE;
  if (work->list)
    return TRUE;
  if (work->revoke != NULL && !iw_user_remove_token (work->user, work->revoke))
    {
      g_set_error (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND, _ ("There is no token “%s”."),
                   work->revoke);
      return FALSE;
    }
  if (work->revoke == NULL)
    {
      work->token =
          iw_user_add_token (work->user, work->label, g_get_real_time () / G_USEC_PER_SEC);
      if (work->token == NULL)
        {
          g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
                               _ ("This account has too many tokens; revoke one first."));
          return FALSE;
        }
    }
  return iw_user_store (users, work->user, rev, NULL, error);
}

static gboolean
remove_user (IwStore *users, gpointer data, GError **error)
{
  return iw_user_delete (users, ((Work *)data)->name, error);
}

static IwCommandExit
run (const char *dir, IwSetupUsers what, Work *work)
{
  g_autoptr (GError) error = NULL;

  return iw_setup_change_users (dir, what, work, &error)
             ? IW_COMMAND_OK
             : iw_command_complain (g_steal_pointer (&error));
}

static IwCommandExit
run_with_password (const char *dir,
                   IwSetupUsers check,
                   IwSetupUsers what,
                   gboolean from_stdin,
                   Work *work)
{
  IwCommandExit code = run (dir, check, work);

  if (code != IW_COMMAND_OK)
    return code;
  work->hash = iw_command_password (work->name, from_stdin, TRUE);
  return work->hash != NULL ? run (dir, what, work) : IW_COMMAND_FAILED;
}

/* ---- the commands ---- */

IwCommandExit
iw_command_adduser (const char *dir, int argc, char **argv)
{
  g_auto (GStrv) roles = NULL;
  g_auto (GStrv) authors = NULL;
  gboolean from_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &roles,
      N_ ("reader, responder (the default), incident-manager, legal, executive, auditor or admin; "
          "may be repeated"),
      N_ ("ROLE") },
    { "author", 0, 0, G_OPTION_ARG_STRING_ARRAY, &authors,
      N_ ("A name that this account writes under in the app; may be repeated"), N_ ("NAME") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin,
      N_ ("Read the password from the standard input"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const char *responder[] = { "responder", NULL };
  g_auto (Work) work = { 0 };

  if (!iw_command_parse (&argc, &argv, entries, "NAME", _ ("Makes an account."), 1, 1))
    return IW_COMMAND_USAGE;
  work.name = argv[1];
  if (!iw_user_is_name (work.name))
    {
      fprintf (stderr, "%s: %s\n", g_get_prgname (), _ ("This name cannot be an account's."));
      return IW_COMMAND_USAGE;
    }
  work.roles = gather_roles (roles != NULL ? roles : (char **)responder, authors);
  if (work.roles == NULL)
    return IW_COMMAND_USAGE;
  return run_with_password (dir, is_new, add, from_stdin, &work);
}

IwCommandExit
iw_command_passwd (const char *dir, int argc, char **argv)
{
  gboolean from_stdin = FALSE;
  const GOptionEntry entries[] = { { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin,
                                     N_ ("Read the password from the standard input"), NULL },
                                   G_OPTION_ENTRY_NULL };
  g_auto (Work) work = { 0 };

  if (!iw_command_parse (&argc, &argv, entries, "NAME",
                         _ ("Gives an account a new password; its sessions end."), 1, 1))
    return IW_COMMAND_USAGE;
  work.name = argv[1];
  return run_with_password (dir, is_there, change, from_stdin, &work);
}

IwCommandExit
iw_command_deluser (const char *dir, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (Work) work = { 0 };

  if (!iw_command_parse (&argc, &argv, entries, "NAME",
                         _ ("Deletes an account; its sessions and tokens end."), 1, 1))
    return IW_COMMAND_USAGE;
  work.name = argv[1];
  return run (dir, remove_user, &work);
}

IwCommandExit
iw_command_roles (const char *dir, int argc, char **argv)
{
  g_auto (GStrv) authors = NULL;
  const GOptionEntry entries[] = {
    { "author", 0, 0, G_OPTION_ARG_STRING_ARRAY, &authors,
      N_ ("A name that this account writes under in the app; may be repeated"), N_ ("NAME") },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Work) work = { 0 };
  IwCommandExit code;

  if (!iw_command_parse (
          &argc, &argv, entries, "NAME [ROLE…]",
          _ ("Gives an account these roles instead of those it has; without any, prints those."), 1,
          40))
    return IW_COMMAND_USAGE;
  work.name = argv[1];
  if (argc > 2 || authors != NULL)
    {
      work.roles = gather_roles (argv + 2, authors);
      if (work.roles == NULL)
        return IW_COMMAND_USAGE;
    }
  code = run (dir, change, &work);
  for (guint i = 0; code == IW_COMMAND_OK && work.user->roles[i] != NULL; i++)
    printf ("%s\n", work.user->roles[i]);
  return code;
}

static void
print_tokens (const IwUser *user)
{
  for (guint i = 0; i < user->tokens->len; i++)
    {
      const IwUserToken *token = user->tokens->pdata[i];
      g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (token->created);
      g_autofree char *when = g_date_time_format_iso8601 (created);

      printf ("%s  %s  %s\n", token->id, when, token->label);
    }
}

IwCommandExit
iw_command_token (const char *dir, int argc, char **argv)
{
  g_autofree char *label = NULL;
  g_autofree char *revoke = NULL;
  g_auto (Work) work = { 0 };
  const GOptionEntry entries[] = {
    { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What the token is for"), N_ ("TEXT") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &work.list,
      N_ ("Print the tokens there are: id, when made, label"), NULL },
    { "revoke", 0, 0, G_OPTION_ARG_STRING, &revoke, N_ ("End the token of this id"), N_ ("ID") },
    G_OPTION_ENTRY_NULL
  };
  IwCommandExit code;

  if (!iw_command_parse (
          &argc, &argv, entries, "NAME",
          _ ("Makes a token to sign in with instead of a password, and prints it: this once."), 1,
          1))
    return IW_COMMAND_USAGE;
  work.name = argv[1];
  work.label = label;
  work.revoke = revoke;
  code = run (dir, change_tokens, &work);
  if (code == IW_COMMAND_OK && work.list)
    print_tokens (work.user);
  else if (code == IW_COMMAND_OK && work.token != NULL)
    printf ("%s\n", work.token);
  return code;
}
