/* compare.h: whether stores hold the same, and all that was confirmed. */
#pragma once

#include "iw-store.h"

/* All that a store holds, in words to be compared. */
typedef struct
{
  char *name;
  gboolean app;          /* a workspace, not a server's database */
  GHashTable *documents; /* docid → what is there of it */
  GHashTable *shown;     /* docid → body as it is shown; of a workspace */
  GHashTable *history;   /* "docid rev" of all revisions that are known */
  GHashTable *tokens;    /* docid → bodies of its live leaves */
} Copy;

/* Reads and checks; what is wrong is added to @problems. */
Copy *copy_read (const char *name, const char *dir, gboolean app, GPtrArray *problems);
void copy_free (Copy *self);
/* Adds what differs. */
void copy_compare (Copy *self, Copy *other, GPtrArray *problems);

/* What all people have noted: see edits.h. */
typedef struct
{
  GPtrArray *lines; /* (element-type GStrv) */
  GHashTable *gone; /* docids whose tokens may be gone */
} Notes;

Notes *notes_read (char **paths);
void notes_free (Notes *self);
/* Adds what @copy lacks of what was confirmed, and what was noted as wrong. */
void notes_check (Notes *self, Copy *copy, GPtrArray *problems);
