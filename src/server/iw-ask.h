/* iw-ask.h: passwords, from a terminal without showing them or from the standard input; never from the command line,
 * which everybody on the machine can read.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks twice. "" where nothing was typed. NULL with an error where both differ or there is no terminal. The caller
 * wipes it. (transfer full) */
char *iw_ask_password (const char *prompt, GError **error);
gboolean iw_ask_has_terminal (void); /* the standard input is one */
/* The first line of the standard input. (transfer full) */
char *iw_ask_read_line (GError **error);

G_END_DECLS
