#include "config.h"

#include "iw-ask.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "iw-password.h"

gboolean
iw_ask_has_terminal (void)
{
  return isatty (STDIN_FILENO);
}

/* NULL at the end without a line. */
static char *
read_line (int fd)
{
  char line[IW_PASSWORD_MAX + 2];
  gsize n = 0;
  gssize got = 0;
  char *copy;

  while (n < sizeof line - 1 && (got = read (fd, line + n, 1)) > 0 && line[n] != '\n')
    n++;
  copy = n > 0 || got > 0 ? g_strndup (line, n) : NULL;
  explicit_bzero (line, sizeof line);
  if (copy != NULL)
    g_strchomp (copy);
  return copy;
}

char *
iw_ask_read_line (GError **error)
{
  char *line = read_line (STDIN_FILENO);

  if (line == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("There is no password on the standard input."));
  return line;
}

static char *
ask_once (int fd, const char *prompt)
{
  struct termios before;
  struct termios hidden;
  char *line;

  dprintf (fd, "%s ", prompt);
  if (tcgetattr (fd, &before) != 0)
    return NULL;
  hidden = before;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (fd, TCSAFLUSH, &hidden);
  line = read_line (fd);
  tcsetattr (fd, TCSAFLUSH, &before);
  dprintf (fd, "\n");
  return line;
}

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

char *
iw_ask_password (const char *prompt, GError **error)
{
  int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC);
  char *first = fd >= 0 ? ask_once (fd, prompt) : NULL;
  char *second =
      first != NULL && *first != '\0' ? ask_once (fd, _ ("The same again:")) : g_strdup ("");
  gboolean same = g_strcmp0 (first, second) == 0;

  if (fd >= 0)
    close (fd);
  if (first == NULL)
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_FAILED,
        _ ("There is no terminal to ask for a password on; give it with --password-stdin."));
  else if (!same)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("The two are not the same; nothing was changed."));
      wipe (g_steal_pointer (&first));
    }
  wipe (second);
  return first;
}
