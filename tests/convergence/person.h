/* person.h: one life of a client: opens its workspace, works, syncs over HTTP, until it ends or is killed. */
#pragma once

#include <glib.h>

typedef struct
{
  const char *dir;
  const char *url;
  const char *name;
  const char *token;
  const char *certificate; /* NULL without TLS */
  const char *notes;       /* path, see edits.h */
  const char *result;      /* path; NULL: nobody asks */
  char *mark;              /* begins its tokens */
  gint64 clock;            /* µs */
  guint32 seed;
  guint n_edits;           /* 0: it only syncs */
  guint n_syncs;
  gboolean at_once;        /* works while it syncs */
  guint cut_after;         /* requests until the network is gone; 0: stays */
} Life;

/* What a life that only syncs came to. */
typedef struct
{
  gboolean ok;
  guint sent;
  guint received;
  guint refused;
  guint merged;
  guint open;
  char *error;
} LifeResult;

/* In a process of its own. */
int person_live (gpointer life);
/* FALSE where there is none. */
gboolean person_read_result (const char *path, LifeResult *result);
