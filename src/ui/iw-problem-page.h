/* iw-problem-page.h: stands in the place of the content while there is no workspace to show: it cannot
 * be opened (damaged, locked, no room), is being recovered, or the sample is being made. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IW_TYPE_PROBLEM_PAGE (iw_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (IwProblemPage, iw_problem_page, IW, PROBLEM_PAGE, AdwBin)

/* Signals: "retry": open @dir again; "recover": save what can be saved, then open; "cancel": end the
 *          work. */

GtkWidget *iw_problem_page_new (void);
/* Says why the workspace in @dir could not be opened and offers what can be done about it. */
void iw_problem_page_show_error (IwProblemPage *self, const char *dir, const GError *error);
/* Says what is going on. @can_cancel: with a button for it. */
void iw_problem_page_show_work (IwProblemPage *self, const char *title, gboolean can_cancel);
/* @total 0: not known. */
void iw_problem_page_set_progress (IwProblemPage *self, gint64 done, gint64 total);

G_END_DECLS
