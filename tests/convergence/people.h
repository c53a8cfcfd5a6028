/* people.h: a server's data folder with an account for each client, made once and copied for each world: passwords
 * and keys take longer to make than a world lasts. */
#pragma once

#include <glib.h>

#define N_PEOPLE 5

typedef struct
{
  char *dir;
  char *tokens[N_PEOPLE];
  char *certificate; /* SHA-256, 64 hex digits */
} People;

extern const char *const people_names[N_PEOPLE];

People *people_new (const char *dir);
void people_free (People *self);
/* A copy of the folder. */
void people_copy_dir (const People *self, const char *target);
/* All below and it. */
void people_remove_dir (const char *dir);
