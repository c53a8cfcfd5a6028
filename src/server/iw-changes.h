/* iw-changes.h: rows of _changes, read from a store and rendered. */
#pragma once

#include "iw-peer.h"

#include <yyjson.h>

G_BEGIN_DECLS

/* What rows look like and which there are. A value that lives as long as its question. */
typedef struct
{
  gboolean all_leaves;   /* style=all_docs */
  gboolean include_docs;
  gboolean conflicts;    /* of the documents that are included */
  gboolean attachments;  /* within them, where they are not large */
  gboolean descending;   /* the latest first: all at once, attachments as stubs */
  GHashTable *docids;    /* filter=_doc_ids; NULL: all */
  gboolean design;       /* filter=_design */
  yyjson_val *selector;  /* filter=_selector; NULL: all */
} IwChangesShape;

/* Whether rows of this shape are the same for all who ask: there is no filter, and nothing that is read again. */
gboolean iw_changes_shape_is_shared (const IwChangesShape *shape);

/* Rows from one reading. Immutable, counted (atomic). */
typedef struct
{
  gint64 seq;
  gsize end; /* where its line ends in the text */
} IwChangesRow;
typedef struct
{
  gint64 from;    /* rows are of what changed after this */
  gint64 to;      /* all up to here was looked at */
  gboolean more;  /* it ended at a limit, not at what is there */
  gint64 pending; /* how many there are after @to, where it ended at the limit of rows; else 0 */
  GArray *rows;   /* (IwChangesRow) */
  GBytes *text;   /* a line a row, each with its line break */
} IwChangesBatch;

/* @since G_MAXINT64: none, but @to says where the database stands. @limit 0: no rows; at most that many, and not many
 * more than @max_bytes. Any thread. (transfer full) */
IwChangesBatch *iw_changes_read (IwStore *store, const IwChangesShape *shape, gint64 since, guint limit, gsize max_bytes,
                                 GError **error);
IwChangesBatch *iw_changes_batch_ref (IwChangesBatch *batch);
void iw_changes_batch_unref (IwChangesBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwChangesBatch, iw_changes_batch_unref)

/* Lines of what changed after @since, @limit at most, without copying them. @n, @last (out): how many, and the last
 * one's sequence (@since where there is none). NULL where there is none. (transfer full) */
GBytes *iw_changes_batch_slice (IwChangesBatch *batch, gint64 since, guint limit, guint *n, gint64 *last);
/* The same as elements of an array, with commas between and without a line break at the end. */
void iw_changes_append_elements (GString *out, GBytes *lines);

G_END_DECLS
