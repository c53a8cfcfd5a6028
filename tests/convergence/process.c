#include "process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_US 1000

pid_t
conv_process_fork (int (*func) (gpointer data), gpointer data)
{
  pid_t pid;

  fflush (NULL);
  pid = fork ();
  if (pid != 0)
    return pid;
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  _exit (func (data));
}

typedef struct
{
  const char *const *argv;
  const char *log;
} Program;

static int
run_program (gpointer data)
{
  Program *program = data;
  int fd = open (program->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

  dup2 (fd, STDOUT_FILENO);
  dup2 (fd, STDERR_FILENO);
  execv (program->argv[0], (char *const *)program->argv);
  return 127;
}

pid_t
conv_process_spawn (const char *const *argv, const char *log)
{
  Program program = { argv, log };

  return conv_process_fork (run_program, &program);
}

void
conv_process_kill (pid_t pid)
{
  if (pid <= 0)
    return;
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

int
conv_process_wait (pid_t pid, guint seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  int status = 0;

  while (waitpid (pid, &status, WNOHANG) == 0)
    {
      if (g_get_monotonic_time () > end)
        {
          conv_process_kill (pid);
          return -1;
        }
      g_usleep (LOOK_US);
    }
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

gboolean
conv_process_answers (guint16 port, guint seconds)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  while (g_get_monotonic_time () < end)
    {
      int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      gboolean answers = connect (fd, (struct sockaddr *)&address, sizeof address) == 0;

      close (fd);
      if (answers)
        return TRUE;
      g_usleep (LOOK_US);
    }
  return FALSE;
}
