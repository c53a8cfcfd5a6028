/* iw-diff3.h: three-way merge of texts. For iw-merge.c alone. Pure functions, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a text is cut into. */
typedef enum
{
  IW_DIFF3_LINES,
  IW_DIFF3_WORDS, /* words, runs of white space, single other characters */
} IwDiff3Grain;

/* Merges @length bytes of UTF-8 each; where lines meet tries their words. Appends to @out; FALSE where changes meet
 * all the same, and what is in @out then is of no use. */
typedef struct
{
  const char *text;
  gsize length;
} IwDiff3Text;
gboolean iw_diff3 (IwDiff3Text base, IwDiff3Text ours, IwDiff3Text theirs, IwDiff3Grain grain, GString *out);

/* For each of @n_a tokens of @a the index of the one of @b that it goes with, or -1; ascending. @n_ids: the tokens are
 * smaller than this. (transfer full) */
int *iw_diff_match (const guint32 *a, guint n_a, const guint32 *b, guint n_b, guint n_ids);

G_END_DECLS
