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
  JsonObject *base;    /* what @notice goes on from, as it was read or written last */
  char *rev;           /* of that */
  char *stored;        /* what the store has, as text; another than @base where both cannot be one */
  char *seen;          /* the revision of that */
  JsonObject *sent;    /* what is being written */
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
/* ---- iw-notice-page-text.c and iw-notice-page-versions.c ---- */

char *iw_notice_page_draft_key (IwNoticePage *self);       /* (transfer full) */
char *iw_notice_page_to_text (JsonObject *notice);         /* (transfer full) */
JsonObject *iw_notice_page_from_text (const char *text);   /* (transfer full), NULL where it is no object */
/* @first: the cursor goes to the start, and Ctrl+Z does not go behind it. */
void iw_notice_page_show_fields (IwNoticePage *self, gboolean first);
/* What is not stored yet, as a draft. */
void iw_notice_page_keep_draft (IwNoticePage *self);
/* After a save: what came meanwhile. */
void iw_notice_page_look_again (IwNoticePage *self);
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
