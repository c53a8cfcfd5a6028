/* iw-cli-secret.h: passwords: never from an argument, never shown. */
#pragma once

#include "iw-cli.h"
#include "iw-remote.h"

G_BEGIN_DECLS

/* A password: a line of standard input with @from_stdin, else what is kept for @account in the Secret Service, else
 * asked for on the terminal. NULL, and the reason said, where there is none. Free with iw_secret_free(). */
char *iw_cli_secret (const IwSyncAccount *account, gboolean from_stdin);
/* A bundle's passphrase: a line of standard input with @from_stdin, else asked for on the terminal. NULL, and the
 * reason said, where there is none. (transfer full) */
char *iw_cli_passphrase (gboolean from_stdin);
/* Says an error of a server; of a certificate also how to accept it. */
IwExit iw_cli_fail_remote (IwRemote *remote, const GError *error);
/* 64 hexadecimal digits of "AB:CD:…", "ab cd…" or "abcd…". NULL, and the reason said, where it is none.
 * (transfer full) */
char *iw_cli_fingerprint (const char *text);

G_END_DECLS
