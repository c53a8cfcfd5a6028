/* Which compartment a document lives in: by its scope, looked up once in a run. */
#include "config.h"

#include "iw-replicator-private.h"

struct _IwScopes
{
  IwStore *store;
  char *def;
  GHashTable *homes; /* scope → database */
};

IwScopes *
iw_scopes_new (IwStore *store, const char *def)
{
  IwScopes *self = g_new0 (IwScopes, 1);

  self->store = store;
  self->def = g_strdup (def);
  self->homes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
iw_scopes_free (IwScopes *self)
{
  g_hash_table_unref (self->homes);
  g_free (self->def);
  g_free (self);
}

/* What is said of @scope; *home NULL: nothing. */
static gboolean
look_up (IwScopes *self, const char *scope, const char **home, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *found;

  *home = g_hash_table_lookup (self->homes, scope);
  if (*home != NULL)
    return TRUE;
  found = iw_peer_get_compartment (self->store, scope, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (found != NULL)
    g_hash_table_insert (self->homes, g_strdup (scope), found);
  *home = found;
  return TRUE;
}

const char *
iw_scopes_get (IwScopes *self, const char *docid, GError **error)
{
  g_autofree char *scope = iw_peer_scope_of (docid);
  const char *home;

  if (!look_up (self, scope, &home, error))
    return NULL;
  if (home == NULL)
    {
      g_hash_table_insert (self->homes, g_strdup (scope), g_strdup (self->def));
      home = self->def;
    }
  return home;
}

static gboolean
on_any (const IwPeerDoc *doc, gpointer data)
{
  *(gboolean *)data = TRUE;
  return FALSE;
}

/* Whether the workspace has live documents of @scope. */
static gboolean
is_here (IwScopes *self, const char *scope, gboolean *here, GError **error)
{
  g_autofree char *first = g_strconcat (scope, ":", NULL);
  g_autofree char *end = g_strconcat (scope, ";", NULL); /* what follows the colon */
  IwPeerRange range = { .start = first, .end = end, .exclusive_end = TRUE, .limit = 1 };

  *here = FALSE;
  return iw_peer_foreach_doc (self->store, &range, on_any, here, error);
}

gboolean
iw_scopes_admit (IwScopes *self,
                 const char *docid,
                 const char *db,
                 gboolean *admitted,
                 GPtrArray *fresh,
                 GError **error)
{
  g_autofree char *scope = iw_peer_scope_of (docid);
  gboolean here = TRUE;
  const char *home;

  if (!look_up (self, scope, &home, error))
    return FALSE;
  /* The workspace's own documents live in the default one, always. */
  if (home == NULL && !g_str_equal (db, self->def) && !g_str_equal (scope, "workspace") &&
      !is_here (self, scope, &here, error))
    return FALSE;
  if (home == NULL)
    {
      home = here ? self->def : db;
      if (!here && fresh != NULL)
        g_ptr_array_add (fresh, g_strdup (scope));
      /* In the default one nothing need be written down. */
      g_hash_table_insert (self->homes, g_strdup (scope), g_strdup (home));
    }
  *admitted = g_str_equal (home, db);
  return TRUE;
}
