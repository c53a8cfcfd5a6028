/* process.h: children that are killed. The parent has no threads, so that it may fork. */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* Runs @func in a child that dies with its parent; what it returns is the child's exit code. */
pid_t conv_process_fork (int (*func) (gpointer data), gpointer data);
/* Runs a program; its output goes into the file @log. */
pid_t conv_process_spawn (const char *const *argv, const char *log);
/* SIGKILL, and no child any more. */
void conv_process_kill (pid_t pid);
/* Waits; one that takes longer than @seconds is killed, and -1. Else its exit code, 128 and more for a signal's. */
int conv_process_wait (pid_t pid, guint seconds);
/* A port of 127.0.0.1 answers within @seconds. */
gboolean conv_process_answers (guint16 port, guint seconds);
