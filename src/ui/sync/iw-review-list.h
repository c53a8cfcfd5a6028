/* iw-review-list.h: the first page of a dialog about documents that wait for a person: read in a thread, a row each, which
 * opens a page of its own. In an AdwNavigationView, where it keeps the keyboard. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_REVIEW_LIST (iw_review_list_get_type ())
G_DECLARE_FINAL_TYPE (IwReviewList, iw_review_list, IW, REVIEW_LIST, AdwBin)

/* What is listed. Texts are marked with N_(). */
typedef struct
{
  const char *label; /* of the rows */
  const char *intro; /* above them */
  const char *empty_title;
  const char *empty_description;
  gboolean opens_one; /* at first: a list of one is no choice */

  /* In a thread. The items, with a function that frees one and takes NULL; NULL on error. (transfer full) */
  GPtrArray *(*read) (IwStore *store, GError **error);
  GtkWidget *(*make_row) (gpointer item);
  /* Shows a page of @item, which it takes. The list is to be read again once that is left. */
  void (*open) (gpointer item, gpointer data);
} IwReviewKind;

/* Once, before anything else; begins to read. @kind, @data: kept alive by the caller as long as the list. */
void iw_review_list_set_up (IwReviewList *self, IwWorkspace *workspace, const IwReviewKind *kind, gpointer data);
/* Reads again, and once more where a reading that is under way may have missed what has changed. */
void iw_review_list_reload (IwReviewList *self);
guint iw_review_list_get_n (IwReviewList *self); /* rows; 0 until they are read */

/* A row that opens: one line of @title, some of @subtitle, no markup. (transfer floating) */
GtkWidget *iw_review_row_new (const char *title, const char *subtitle, int subtitle_lines);

G_END_DECLS
