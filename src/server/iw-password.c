#include "config.h"

#include "iw-password.h"

#include <crypt.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define YESCRYPT "$y$"

void
iw_secret_random (void *bytes, gsize length)
{
  guint8 *at = bytes;

  while (length > 0)
    {
      gssize n = getrandom (at, length, 0);

      if (n < 0 && errno != EINTR)
        g_error ("There are no random numbers: %s", g_strerror (errno));
      if (n > 0)
        {
          at += n;
          length -= n;
        }
    }
}

gboolean
iw_secret_equal (const void *a, const void *b, gsize length)
{
  const volatile guint8 *x = a;
  const volatile guint8 *y = b;
  guint8 differs = 0;

  for (gsize i = 0; i < length; i++)
    differs |= x[i] ^ y[i];
  return differs == 0;
}

/* @out: a hash, or NULL. crypt(3) signals a failure by a text that is no hash. */
static char *
run_crypt (const char *password, const char *setting)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_r (password, setting, data);
  char *copy = hash != NULL && *hash == '$' ? g_strdup (hash) : NULL;

  explicit_bzero (data, sizeof *data);
  g_free (data);
  return copy;
}

char *
iw_password_hash (const char *password, GError **error)
{
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  guint8 salt[16];
  gsize length = strlen (password);
  char *hash = NULL;

  if (length == 0 || length > IW_PASSWORD_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A password has 1 to %d bytes.",
                   IW_PASSWORD_MAX);
      return NULL;
    }
  iw_secret_random (salt, sizeof salt);
  if (crypt_gensalt_rn (YESCRYPT, 0, (const char *)salt, sizeof salt, setting, sizeof setting) !=
      NULL)
    hash = run_crypt (password, setting);
  if (hash == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         "This system cannot hash passwords by yescrypt.");
  return hash;
}

gboolean
iw_password_verify (const char *password, const char *hash)
{
  /* Of a password that nobody has. */
  const char *setting = hash != NULL ? hash : "$y$j9T$9vvPGHxI3UpLEQFEcPyOY.";
  g_autofree char *again = NULL;

  if (strlen (password) > IW_PASSWORD_MAX)
    return FALSE;
  again = run_crypt (password, setting);
  return hash != NULL && again != NULL && strlen (again) == strlen (hash) &&
         iw_secret_equal (again, hash, strlen (hash));
}

char *
iw_password_generate (void)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* 32 */
  guint8 bytes[20];
  GString *text = g_string_new (NULL);

  iw_secret_random (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    {
      if (i > 0 && i % 5 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[bytes[i] % 32]);
    }
  return g_string_free (text, FALSE);
}

char *
iw_token_generate (void)
{
  guint8 bytes[32];
  g_autofree char *text = NULL;

  iw_secret_random (bytes, sizeof bytes);
  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_strconcat ("iwt_", text, NULL);
}

char *
iw_token_hash (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}
