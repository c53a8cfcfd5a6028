/* world.h: five workspaces and a server, and what happens to them. */
#pragma once

#include <sys/types.h>

#include "people.h"

typedef struct
{
  guint32 seed;
  const People *people;
  const char *server_path;
  char *dir;
  char *server_dir;
  char *server_log;
  char *url;
  char *dirs[N_PEOPLE];
  char *notes[N_PEOPLE + 1];
  gint64 clocks[N_PEOPLE];
  GRand *rand;
  gboolean tls;
  guint16 port;
  pid_t server;
  guint n_lives;
  guint n_kills;
  guint n_edits; /* confirmed */
  GPtrArray *problems; /* texts: why it is not as it must be */
} World;

/* In the new folder @dir. */
World *world_new (const People *people, const char *server_path, const char *dir, guint32 seed);
/* Ends its server; the folder stays. */
void world_free (World *self);
/* Rounds of work, with partitions, and with clients and server killed. */
void world_live (World *self);
/* The network is whole, nobody works: syncs until nothing goes over any more. */
void world_heal (World *self);
/* Whether all have the same, and nothing is lost. */
void world_compare (World *self);
