/* edits.h: what a person does to a workspace, at random, and the notes of what was confirmed. */
#pragma once

#include "iw-store.h"

/* Notes are lines of words with tabs between them, each in the file before the next thing is done:
 *   "+" docid rev token kind   an edit that iw_store_apply() confirmed; kind "text" where the token shall be read for
 *                              ever, "field" where another edit may replace it, "end" for what deletes (token "-")
 *   "?" docid                  from now on a token of this document may be gone: it is deleted, undone or decided on
 *   "!" words                  what must not happen */
void conv_note (int notes, const char *format, ...) G_GNUC_PRINTF (2, 3);

typedef struct
{
  IwStore *store;
  GRand *rand;
  int notes;
  char *mark;        /* begins the tokens of this life of this person */
  guint n;           /* tokens so far */
  gboolean alone;    /* nobody else writes to this workspace now */
  GPtrArray *done;   /* docids of what can be undone */
  gboolean can_redo;
} Editor;

/* @mark: of nobody else in this world. */
void editor_init (Editor *self, IwStore *store, guint32 seed, int notes, const char *mark, gboolean alone);
void editor_clear (Editor *self);
/* One thing. */
void editor_act (Editor *self);
