/* iw-evidence-page-private.h: what the files of IwEvidencePage share. Main thread. */
#pragma once

#include "iw-evidence-page.h"
#include "iw-evidence-verify.h"
#include "iw-item-list.h"

G_BEGIN_DECLS

/* Signal: "checked": files were verified. */

struct _IwEvidencePage
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  AdwNavigationPage *list_page;
  AdwBreakpointBin *breakpoints;
  GtkWidget *bar;
  GtkBox *list_box;
  GtkWidget *working;
  GtkProgressBar *progress;
  GtkWidget *cancel;
  GtkWidget *drop_hint;
  GtkLabel *foot;
  IwItemList *list;

  IwLiveIncident *live;
  GPtrArray *evidence;       /* (element-type IwEvidence): what the list shows */
  GHashTable *conditions;    /* (utf8) id -> IwEvidenceCheck, of this session */
  GCancellable *cancellable; /* of the running job; NULL: none */
  const char *doing;         /* what it does; static */
  AdwToast *toast;           /* weak: the last */
  GtkWidget *former_focus;   /* weak: where the keyboard was when the job began */
  gboolean gone;             /* disposed: a job may still end */
};

/* The document, with the situation that it is in; NULL where there is none such. (transfer full) */
IwEvidence *iw_evidence_page_find (IwEvidencePage *self, const char *docid);
/* The last check of a file in this session; NULL if there was none. (transfer none) */
IwEvidenceCheck *iw_evidence_page_get_check (IwEvidencePage *self, const char *docid);
/* Says something at the foot of the window. @undo: with a button for it. */
void iw_evidence_page_toast (IwEvidencePage *self, const char *text, gboolean undo);
void iw_evidence_page_toast_error (IwEvidencePage *self, const GError *error);
void iw_evidence_page_update_actions (IwEvidencePage *self);

/* iw-evidence-page-jobs.c */

/* Shows progress and Cancel until iw_evidence_page_end(). @doing: static, "Adding files…". */
void iw_evidence_page_begin (IwEvidencePage *self, const char *doing);
void iw_evidence_page_progress (gint64 done, gint64 total, gpointer self);
void iw_evidence_page_end (IwEvidencePage *self);
/* NULL verifies all. */
void iw_evidence_page_verify (IwEvidencePage *self, const char *docid);
/* Takes it out of the incident, on record, with a toast to undo that. */
void iw_evidence_page_remove (IwEvidencePage *self, const char *docid);

/* iw-evidence-page-files.c */

/* Lets the person choose files, and asks how they were collected. */
void iw_evidence_page_choose (IwEvidencePage *self);
void iw_evidence_page_paste (IwEvidencePage *self);
void iw_evidence_page_init_drop (IwEvidencePage *self);

G_END_DECLS
