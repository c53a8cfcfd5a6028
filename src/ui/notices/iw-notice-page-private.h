/* iw-notice-page-private.h: what the files of the notice's page share. Main thread. */
#pragma once

#include <gtksourceview/gtksource.h>

#include "iw-keyed-rows.h"
#include "iw-notice-page.h"
#include "iw-notice-template-facts.h"
#include "iw-notice-words.h"

G_BEGIN_DECLS

struct _IwNoticePage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  AdwBanner *conflict_banner;
  AdwBanner *error_banner;
  AdwOverlaySplitView *split;
  GtkImage *state_icon;
  GtkLabel *state_label;
  GtkButton *step;
  GtkWidget *refill;
  AdwEntryRow *subject;
  GtkScrolledWindow *text_frame;
  GtkLabel *saved_label;
  AdwPreferencesGroup *check_group;
  AdwPreferencesGroup *recipients_group;
  AdwPreferencesGroup *others_group;
  AdwEntryRow *others;
  AdwPreferencesGroup *steps_group;
  AdwPreferencesGroup *history_group;

  GtkTextView *view;
  GtkTextBuffer *buffer;
  IwKeyedRows *checks;
  IwKeyedRows *recipients;
  IwKeyedRows *steps;
  IwKeyedRows *history;

  IwLiveIncident *live;
  char *docid;
  JsonObject *notice;  /* as it is written here; NULL until it is read */
  char *stored;        /* what the store has, as text */
  char *rev;           /* of that */
  char *sent_to_store; /* what is being written, or was last */
  gboolean dirty;      /* differs from the store */
  gboolean saving;
  gboolean showing; /* the fields are being set, nobody types */
  gboolean gone;
  guint save_id;
  guint check_id;
  int wanted_step; /* a form to open once it is saved; -1 for none */
};

/* ---- iw-notice-page.c ---- */

/* NULL where nothing is read yet or the notice is gone. (transfer none) */
const IwNoticeState *iw_notice_page_get_state (IwNoticePage *self);
IwSituation *iw_notice_page_get_situation (IwNoticePage *self);
IwWorkspace *iw_notice_page_get_workspace (IwNoticePage *self);
/* Neither sent nor in a workspace that can only be read. */
gboolean iw_notice_page_is_editable (IwNoticePage *self);
/* All that is said of the notice, again. */
void iw_notice_page_update (IwNoticePage *self);

/* ---- iw-notice-page-text.c ---- */

void iw_notice_page_make_text (IwNoticePage *self);
/* The document is there, or another version of it. */
void iw_notice_page_adopt (IwNoticePage *self, IwDocument *document);
/* Something of the notice was changed here: kept as a draft, written at a pause; @now: at once. */
void iw_notice_page_touch (IwNoticePage *self, gboolean now);
void iw_notice_page_save (IwNoticePage *self);
/* Whether what is shown is stored, in words under the text. */
void iw_notice_page_say_saved (IwNoticePage *self);
void iw_notice_page_use_theirs (IwNoticePage *self);
void iw_notice_page_refill (IwNoticePage *self);

/* ---- the rest ---- */

void iw_notice_page_update_checks (IwNoticePage *self);
void iw_notice_page_update_recipients (IwNoticePage *self);
void iw_notice_page_apply_others (IwNoticePage *self);
void iw_notice_page_update_state (IwNoticePage *self);
/* Brings the notice there: opens the form once what is typed is saved. */
void iw_notice_page_take_step (IwNoticePage *self, IwNoticeStatus to);
void iw_notice_page_open_form (IwNoticePage *self, IwNoticeStatus to);
/* @what: "folder", "zip", "mail", "pdf", "text". */
void iw_notice_page_export (IwNoticePage *self, const char *what);

GtkWidget *iw_notice_page_make_check (const char *id, gpointer self);
GtkWidget *iw_notice_page_make_recipient (const char *docid, gpointer self);
GtkWidget *iw_notice_page_make_step (const char *to, gpointer self);
GtkWidget *iw_notice_page_make_event (const char *docid, gpointer self);

G_END_DECLS
