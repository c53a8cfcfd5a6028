#include "config.h"

#include "iw-identity.h"

struct _IwIdentity
{
  gatomicrefcount ref_count;
  IwAccount account;
  char *name;
  char **roles;
};

IwIdentity *
iw_identity_new (const char *name, const char *const *roles)
{
  IwIdentity *self = g_new0 (IwIdentity, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->roles = roles != NULL ? g_strdupv ((char **)roles) : g_new0 (char *, 1);
  self->account.name = self->name;
  self->account.roles = (const char *const *)self->roles;
  return self;
}

IwIdentity *
iw_identity_ref (IwIdentity *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
iw_identity_unref (IwIdentity *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_strfreev (self->roles);
  g_free (self);
}

const IwAccount *
iw_identity_get_account (IwIdentity *self)
{
  return &self->account;
}
