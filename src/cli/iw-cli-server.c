/* iw-cli-server.c: "server provision": databases, who may read and write them, and the write rules,
 * on any CouchDB. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-output.h"
#include "iw-cli-secret.h"
#include "iw-design.h"
#include "iw-secrets.h"

static const char *const member_roles[] = { "reader", "responder", "incident-manager",
                                            "legal",  "executive", "auditor",
                                            "admin",  NULL };

typedef struct
{
  IwCli *cli;
  IwRemote *remote;
  char **roles;
  char **members;
  JsonArray *report;
} Provision;

static void
say (Provision *provision, const char *db, const char *what, const char *words)
{
  g_autofree char *clean = iw_cli_clean (db);
  JsonObject *object;

  if (!provision->cli->json)
    {
      printf ("%s: %s\n", clean, words);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "database", db);
  json_object_set_string_member (object, "did", what);
  json_array_add_object_element (provision->report, object);
}

static gboolean
is_no_right (const GError *error)
{
  return g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_FORBIDDEN);
}

/* ---- the database ---- */

/* CouchDB says no to who is no administrator of it before it says that the database is there. */
static gboolean
is_there (Provision *provision, const char *db)
{
  g_autoptr (yyjson_doc) doc = iw_remote_call (provision->remote, "GET", db, NULL, NULL,
                                               provision->cli->cancellable, NULL);

  return doc != NULL;
}

static gboolean
make_database (Provision *provision, const char *db, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) doc = iw_remote_call (provision->remote, "PUT", db, NULL, NULL,
                                               provision->cli->cancellable, &cause);

  if (doc != NULL)
    say (provision, db, "database", _ ("made"));
  else if (g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CONFLICT) ||
           (is_no_right (cause) && is_there (provision, db)))
    return TRUE;
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return doc != NULL;
}

/* ---- who may ---- */

static void
append_list (GString *text, const char *const *values)
{
  g_string_append_c (text, '[');
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      iw_canonical_append_string (text, values[i]);
    }
  g_string_append_c (text, ']');
}

static char *
make_security (Provision *provision)
{
  static const char *const admins[] = { "admin", "_admin", NULL };
  GString *text = g_string_new ("{\"admins\":{\"names\":[],\"roles\":");
  gboolean names_alone = provision->members != NULL && provision->roles == NULL;
  const char *const *roles =
      provision->roles != NULL ? (const char *const *)provision->roles : member_roles;

  append_list (text, admins);
  g_string_append (text, "},\"members\":{\"names\":");
  append_list (text, (const char *const *)provision->members);
  g_string_append (text, ",\"roles\":");
  append_list (text, names_alone ? NULL : roles);
  g_string_append (text, "}}");
  return g_string_free (text, FALSE);
}

static gboolean
is_listed (yyjson_val *security, const char *group, const char *name)
{
  return yyjson_arr_size (yyjson_obj_get (yyjson_obj_get (security, group), name)) > 0;
}

/* What somebody has set up by hand stays, unless we are told otherwise. */
static gboolean
set_security (Provision *provision, const char *db, GError **error)
{
  g_autoptr (yyjson_doc) old = iw_remote_call (provision->remote, "GET", db, "_security", NULL,
                                               provision->cli->cancellable, error);
  g_autofree char *text = make_security (provision);
  g_autoptr (yyjson_doc) done = NULL;
  g_autoptr (yyjson_doc) wanted = iw_canonical_read (text, strlen (text), NULL);
  yyjson_val *root = old != NULL ? yyjson_doc_get_root (old) : NULL;
  yyjson_val *members = yyjson_obj_get (root, "members");
  gboolean told = provision->members != NULL || provision->roles != NULL;

  if (old == NULL)
    return FALSE;
  if (told ? yyjson_equals (members, yyjson_obj_get (yyjson_doc_get_root (wanted), "members"))
           : is_listed (root, "members", "roles") &&
                 !yyjson_equals_str (yyjson_arr_get_first (yyjson_obj_get (members, "roles")),
                                     "_admin"))
    return TRUE;
  if (!told && is_listed (root, "members", "names"))
    return TRUE;
  done = iw_remote_call (provision->remote, "PUT", db, "_security", text,
                         provision->cli->cancellable, error);
  if (done != NULL)
    say (provision, db, "security", _ ("members set"));
  return done != NULL;
}

/* ---- the write rules ---- */

/* The same document, with @rev. */
static char *
with_rev (const char *design, const char *rev)
{
  GString *text = g_string_new ("{");

  if (rev != NULL)
    {
      g_string_append (text, "\"_rev\":");
      iw_canonical_append_string (text, rev);
      g_string_append_c (text, ',');
    }
  g_string_append (text, strchr (design, '{') + 1);
  return g_string_free (text, FALSE);
}

static char *
body_of (yyjson_doc *doc)
{
  GString *text = g_string_new (NULL);

  if (doc != NULL)
    iw_canonical_append_body (text, yyjson_doc_get_root (doc), NULL);
  return g_string_free (text, FALSE);
}

static gboolean
put_design (Provision *provision, const char *db, const char *design, GError **error)
{
  g_autoptr (yyjson_doc) ours = iw_canonical_read (design, strlen (design), error);
  const char *id =
      ours != NULL ? yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (ours), "_id")) : NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) theirs = NULL;
  g_autoptr (yyjson_doc) done = NULL;
  g_autofree char *here = body_of (ours);
  g_autofree char *there = NULL;
  g_autofree char *text = NULL;

  if (ours == NULL)
    return FALSE;
  theirs =
      iw_remote_call (provision->remote, "GET", db, id, NULL, provision->cli->cancellable, &cause);
  if (theirs == NULL && !g_error_matches (cause, IW_REMOTE_ERROR, IW_REMOTE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  there = body_of (theirs);
  if (theirs != NULL && strcmp (here, there) == 0)
    return TRUE;
  text =
      with_rev (design, theirs != NULL
                            ? yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (theirs), "_rev"))
                            : NULL);
  done =
      iw_remote_call (provision->remote, "PUT", db, id, text, provision->cli->cancellable, error);
  if (done != NULL)
    say (provision, db, "design", _ ("write rules set"));
  return done != NULL;
}

/* ---- all of it ---- */

static gboolean
provision_all (Provision *provision, char **databases, GError **error)
{
  static const char *const usual[] = { IW_REMOTE_USUAL_DATABASE, NULL };
  const char *const *names = databases != NULL ? (const char *const *)databases : usual;
  const char *design = iw_design_document ();

  for (guint i = 0; names[i] != NULL; i++)
    if (!make_database (provision, names[i], error) ||
        !put_design (provision, names[i], design, error) ||
        !set_security (provision, names[i], error))
      return FALSE;
  return TRUE;
}

/* A CouchDB has the same answer to a wrong password and to an account without the right. */
static IwExit
fail (Provision *provision, const GError *error)
{
  if (!is_no_right (error) ||
      !iw_remote_get_session (provision->remote, NULL, NULL, provision->cli->cancellable, NULL))
    return iw_cli_fail_remote (provision->remote, error);
  iw_cli_complain ("%s", _ ("Only an administrator of the server may prepare databases."));
  return IW_EXIT_REFUSED;
}

static IwExit
run (Provision *provision, const IwSyncAccount *account, char **databases, gboolean password_stdin)
{
  g_autoptr (GError) error = NULL;
  char *secret = iw_cli_secret (account, password_stdin);
  IwExit code = IW_EXIT_OK;

  if (secret == NULL)
    return IW_EXIT_USAGE;
  provision->remote = iw_remote_new (account, secret);
  iw_secret_free (secret);
  provision->report = json_array_new ();
  iw_cli_catch_interrupt (provision->cli);
  if (!provision_all (provision, databases, &error))
    code = fail (provision, error);
  if (provision->cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), provision->report));
  json_array_unref (provision->report);
  g_object_unref (provision->remote);
  return code;
}

static IwExit
provision (IwCli *cli, int argc, char **argv)
{
  g_autofree char *user = NULL, *pin = NULL;
  g_auto (GStrv) databases = NULL, roles = NULL, members = NULL;
  gboolean password_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "user", 'u', 0, G_OPTION_ARG_STRING, &user, N_ ("An administrator of the server"),
      N_ ("NAME") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &password_stdin,
      N_ ("Read the password from standard input"), NULL },
    { "database", 'd', 0, G_OPTION_ARG_STRING_ARRAY, &databases,
      N_ ("A database to prepare, “incidents” if not given; may be repeated"), N_ ("DB") },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &roles, N_ ("Who may read it; may be repeated"),
      N_ ("ROLE") },
    { "member", 0, 0, G_OPTION_ARG_STRING_ARRAY, &members,
      N_ ("An account that may read it; may be repeated"), N_ ("NAME") },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &pin, N_ ("Accept this certificate, and no other"),
      N_ ("FINGERPRINT") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (IwSyncAccount) account = g_new0 (IwSyncAccount, 1);
  g_autoptr (GError) error = NULL;
  Provision work = { .cli = cli };

  if (!iw_cli_parse (cli, entries, NULL, _ ("URL"),
                     _ ("Prepares databases on a CouchDB: makes them, sets members, puts the write "
                        "rules. What is "
                        "there already stays."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  account->url = iw_sync_account_normalize_url (argv[1], &error);
  if (account->url == NULL || user == NULL)
    {
      iw_cli_complain ("%s", error != NULL ? error->message
                                           : _ ("Give the administrator’s name (--user)."));
      return IW_EXIT_USAGE;
    }
  account->certificate = pin != NULL ? iw_cli_fingerprint (pin) : NULL;
  if (pin != NULL && account->certificate == NULL)
    return IW_EXIT_USAGE;
  account->user = g_steal_pointer (&user);
  work.roles = roles;
  work.members = members;
  return run (&work, account, databases, password_stdin);
}

IwExit
iw_cli_server (IwCli *cli, int argc, char **argv)
{
  g_autofree char *both = NULL;

  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      printf (_ ("Usage:\n  %s %s WORD …\n\nWords (each has --help):\n"), g_get_prgname (),
              argv[0]);
      printf ("  %-9s %s\n", "provision", _ ("Prepare databases on a CouchDB"));
      return IW_EXIT_OK;
    }
  if (argc < 2 || strcmp (argv[1], "provision") != 0)
    {
      iw_cli_complain (_ ("“%s” needs a second word; see %s %s --help."), argv[0], g_get_prgname (),
                       argv[0]);
      return IW_EXIT_USAGE;
    }
  argv[1] = both = g_strdup_printf ("%s %s", argv[0], argv[1]);
  return provision (cli, argc - 1, argv + 1);
}
