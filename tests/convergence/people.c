#include "people.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "iw-certificate.h"
#include "iw-server-config.h"
#include "iw-setup.h"

const char *const people_names[N_PEOPLE] = { "hana", "omar", "mina", "jun", "ada" };

static gboolean
add_people (IwStore *users, gpointer data, GError **error)
{
  static const char *const roles[] = { "incident-manager", NULL };
  People *self = data;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (IwUser) user = iw_user_new (people_names[i], roles);

      self->tokens[i] = iw_user_add_token (user, "test", 1);
      if (!iw_user_store (users, user, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static char *
read_fingerprint (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, IW_SERVER_CERTIFICATE, NULL);
  char *text = iw_certificate_fingerprint (path, NULL);
  char *to = text;

  g_assert_nonnull (text);
  for (const char *from = text; *from != '\0'; from++)
    if (*from != ':')
      *to++ = g_ascii_tolower (*from);
  *to = '\0';
  return text;
}

People *
people_new (const char *dir)
{
  People *self = g_new0 (People, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *config = g_build_filename (dir, IW_SERVER_CONFIG, NULL);

  self->dir = g_strdup (dir);
  if (!iw_setup_init (dir, &error) || !iw_setup_change_users (dir, add_people, self, &error) ||
      !g_file_set_contents (config, "[limits]\nrequests-per-second=0\n", -1, &error))
    g_error ("no data folder: %s", error->message);
  self->certificate = read_fingerprint (dir);
  return self;
}

void
people_free (People *self)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (self->tokens[i]);
  g_free (self->certificate);
  g_free (self->dir);
  g_free (self);
}

/* ---- folders ---- */

static const char *copy_from;
static const char *copy_to;

static int
copy_one (const char *path, const struct stat *info, int type, struct FTW *ftw)
{
  g_autofree char *target = g_strconcat (copy_to, path + strlen (copy_from), NULL);
  g_autofree char *contents = NULL;
  gsize length;

  if (type == FTW_D)
    return mkdir (target, 0700);
  if (!g_file_get_contents (path, &contents, &length, NULL) ||
      !g_file_set_contents_full (target, contents, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    return -1;
  return 0;
}

void
people_copy_dir (const People *self, const char *target)
{
  copy_from = self->dir;
  copy_to = target;
  if (nftw (self->dir, copy_one, 20, FTW_PHYS) != 0)
    g_error ("%s cannot be copied", self->dir);
}

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *ftw)
{
  return remove (path);
}

void
people_remove_dir (const char *dir)
{
  nftw (dir, remove_one, 20, FTW_DEPTH | FTW_PHYS);
}
