/* iw-sync-page-private.h: what the files of the sync page share. Main thread. */
#pragma once

#include "iw-sync-page.h"
#include "iw-sync-service.h"

G_BEGIN_DECLS

struct _IwSyncPage
{
  AdwPreferencesPage parent_instance;

  GtkWidget *never_group, *sign_in_group, *error_group, *work_group, *account_group,
      *compartments_group, *default_group, *sign_out_group;
  GtkLabel *never_label;
  AdwEntryRow *address, *user;
  AdwPasswordEntryRow *password;
  AdwSwitchRow *bearer;
  AdwActionRow *error_row, *progress_row;
  AdwButtonRow *sign_in, *back;
  AdwActionRow *server_row, *author_row, *state_row, *certificate_row;
  GtkImage *state_icon;
  GtkButton *state_button;
  AdwSwitchRow *offline;
  AdwComboRow *default_row;

  IwSyncService *service;
  char *trusted;             /* a certificate that was trusted while signing in; NULL */
  GCancellable *working;     /* signing in; NULL where it is not */
  gboolean again;            /* signing in again, with an account that is there */
  gboolean signing_in;       /* as it is shown */
  gboolean filling;          /* the program, not the person, changes the rows */
  GPtrArray *compartments;   /* (element-type GtkWidget) rows, borrowed */
  char **shown_compartments; /* in the rows; NULL before */
  guint tick_id;
};

/* iw-sync-page.c */
void iw_sync_page_update (IwSyncPage *self);
void iw_sync_page_toast (IwSyncPage *self, const char *text);
/* Keeps the account; errors are told. */
void iw_sync_page_keep (IwSyncPage *self, const IwSyncAccount *account);

/* iw-sync-page-sign-in.c */
void iw_sync_page_update_sign_in (IwSyncPage *self);
void iw_sync_page_class_init_sign_in (GtkWidgetClass *widget_class);
/* Looks at the certificate that stands in the way of the account that is there. */
void iw_sync_page_ask_certificate (IwSyncPage *self);

/* iw-sync-page-account.c */
void iw_sync_page_update_account (IwSyncPage *self);
void iw_sync_page_class_init_account (GtkWidgetClass *widget_class);

G_END_DECLS
