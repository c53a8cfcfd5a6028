/* iw-password.h: passwords as yescrypt hashes (crypt(5)), tokens as SHA-256. Pure but for random numbers; any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IW_PASSWORD_MAX 1024 /* bytes; longer ones are none */

/* Takes some 50 ms and 16 MiB. NULL where @password is empty, too long, or crypt(3) cannot. (transfer full) */
char *iw_password_hash (const char *password, GError **error);
/* As long for a @hash of NULL: who has no account must not be told apart. */
gboolean iw_password_verify (const char *password, const char *hash);
/* Twenty characters that can be told apart when read aloud. (transfer full) */
char *iw_password_generate (void);

/* A new token: "iwt_" and 43 characters. (transfer full) */
char *iw_token_generate (void);
char *iw_token_hash (const char *token); /* 64 hex digits (transfer full) */

/* Whether both are equal, in a time that does not tell where they differ. */
gboolean iw_secret_equal (const void *a, const void *b, gsize length);
/* Bytes that nobody can guess. Ends the program where there are none. */
void iw_secret_random (void *bytes, gsize length);

G_END_DECLS
