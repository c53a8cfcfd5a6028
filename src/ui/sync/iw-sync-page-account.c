/* The sync page: the account that is there. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-sync-page-private.h"
#include "iw-sync-words.h"
#include "iw-ui.h"

/* ---- how it stands ---- */

static const char *
button_words (IwSyncPhase phase)
{
  switch (phase)
    {
    case IW_SYNC_REFUSED:
      return _ ("_Sign In…");
    case IW_SYNC_CERTIFICATE:
      return _ ("_Look…");
    case IW_SYNC_IDLE:
    case IW_SYNC_WAITING:
    case IW_SYNC_FAILED:
      return _ ("Sync _Now");
    default:
      return NULL;
    }
}

static void
show_state (IwSyncPage *self)
{
  IwSyncStatus *status = iw_sync_service_get_status (self->service);
  g_autofree char *words = iw_sync_status_describe (status, g_get_real_time ());
  g_autofree char *attention = iw_sync_words_attention (status);
  const char *button = button_words (status->phase);

  gtk_image_set_from_icon_name (self->state_icon, iw_sync_words_icon (status));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), words);
  adw_action_row_set_subtitle (self->state_row, attention);
  gtk_widget_set_visible (GTK_WIDGET (self->state_button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->state_button, button);
}

static void
on_state_button (IwSyncPage *self)
{
  const IwSyncAccount *account = iw_sync_service_get_account (self->service);

  switch (iw_sync_service_get_status (self->service)->phase)
    {
    case IW_SYNC_CERTIFICATE:
      iw_sync_page_ask_certificate (self);
      break;
    case IW_SYNC_REFUSED:
      self->again = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->address), account->url);
      gtk_editable_set_text (GTK_EDITABLE (self->user), account->user);
      adw_switch_row_set_active (self->bearer, account->bearer);
      iw_sync_page_update (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->password));
      break;
    default:
      iw_sync_service_sync_now (self->service);
    }
}

static void
on_offline (IwSyncPage *self)
{
  if (!self->filling && self->service != NULL)
    iw_sync_service_set_offline (self->service, adw_switch_row_get_active (self->offline));
}

/* ---- compartments ---- */

static gboolean
is_excluded (const IwSyncAccount *account, const char *compartment)
{
  return account->excluded != NULL &&
         g_strv_contains ((const char *const *)account->excluded, compartment);
}

static char **
excluded_from_rows (IwSyncPage *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->compartments->len; i++)
    if (!adw_switch_row_get_active (self->compartments->pdata[i]))
      g_strv_builder_add (builder, self->shown_compartments[i]);
  return g_strv_builder_end (builder);
}

static void
on_compartment (IwSyncPage *self)
{
  g_autoptr (IwSyncAccount) account = NULL;

  if (self->filling)
    return;
  account = iw_sync_account_copy (iw_sync_service_get_account (self->service));
  g_strfreev (account->excluded);
  account->excluded = excluded_from_rows (self);
  iw_sync_page_keep (self, account);
}

static void
on_default (IwSyncPage *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->default_row);
  const IwSyncAccount *before;
  g_autoptr (IwSyncAccount) account = NULL;

  if (self->filling || self->service == NULL || chosen == NULL)
    return;
  before = iw_sync_service_get_account (self->service);
  if (before == NULL || g_strcmp0 (before->compartment, gtk_string_object_get_string (chosen)) == 0)
    return;
  account = iw_sync_account_copy (before);
  g_set_str (&account->compartment, gtk_string_object_get_string (chosen));
  iw_sync_page_keep (self, account);
}

static GtkWidget *
make_row (IwSyncPage *self, const char *compartment)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), compartment);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_compartment), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
make_rows (IwSyncPage *self, char **names)
{
  if (self->shown_compartments != NULL &&
      g_strv_equal ((const char *const *)names, (const char *const *)self->shown_compartments))
    return;
  for (guint i = 0; i < self->compartments->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->compartments_group),
                                  self->compartments->pdata[i]);
  g_ptr_array_set_size (self->compartments, 0);
  for (guint i = 0; names[i] != NULL; i++)
    {
      GtkWidget *row = make_row (self, names[i]);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->compartments_group), row);
      g_ptr_array_add (self->compartments, row);
    }
  g_strfreev (self->shown_compartments);
  self->shown_compartments = g_strdupv (names);
}

static gboolean
same_strings (GListModel *a, GListModel *b)
{
  guint n = g_list_model_get_n_items (b);

  if (a == NULL || g_list_model_get_n_items (a) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (a), i),
                   gtk_string_list_get_string (GTK_STRING_LIST (b), i)) != 0)
      return FALSE;
  return TRUE;
}

static void
show_default (IwSyncPage *self, const IwSyncAccount *account)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  GListModel *shown = adw_combo_row_get_model (self->default_row);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; self->shown_compartments[i] != NULL; i++)
    {
      if (is_excluded (account, self->shown_compartments[i]))
        continue;
      if (g_strcmp0 (self->shown_compartments[i], account->compartment) == 0)
        selected = g_list_model_get_n_items (G_LIST_MODEL (choices));
      gtk_string_list_append (choices, self->shown_compartments[i]);
    }
  /* Not under an open list. */
  if (!same_strings (shown, G_LIST_MODEL (choices)))
    adw_combo_row_set_model (self->default_row, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (self->default_row, selected);
  gtk_widget_set_visible (self->default_group,
                          g_list_model_get_n_items (G_LIST_MODEL (choices)) > 1 && !self->again);
}

static void
show_compartments (IwSyncPage *self, const IwSyncAccount *account)
{
  g_auto (GStrv) names = iw_sync_service_list_compartments (self->service);

  make_rows (self, names);
  for (guint i = 0; i < self->compartments->len; i++)
    {
      GtkWidget *row = self->compartments->pdata[i];
      gboolean is_default = g_strcmp0 (names[i], account->compartment) == 0;

      adw_switch_row_set_active (ADW_SWITCH_ROW (row), !is_excluded (account, names[i]));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                   is_default ? _ ("New incidents go here") : "");
      /* Somewhere what is new must go. */
      gtk_widget_set_sensitive (row, !is_default);
    }
  show_default (self, account);
}

/* ---- all of it ---- */

void
iw_sync_page_update_account (IwSyncPage *self)
{
  const IwSyncAccount *account = iw_sync_service_get_account (self->service);
  g_autofree char *fingerprint = NULL;
  g_autofree char *author = iw_ui_author ();
  g_autofree char *who = NULL;

  if (account == NULL)
    return;
  self->filling = TRUE;
  adw_action_row_set_subtitle (self->server_row, account->url);
  if (g_strcmp0 (author, account->user) != 0)
    /* Translators: the name of an account, then of a person */
    who = g_strdup_printf (_ ("%s, writing as %s"), account->user, author);
  adw_action_row_set_subtitle (self->author_row, who != NULL ? who : account->user);
  adw_switch_row_set_active (self->offline, account->offline);
  fingerprint = iw_sync_words_fingerprint (account->certificate);
  adw_action_row_set_subtitle (self->certificate_row, fingerprint);
  gtk_widget_set_visible (GTK_WIDGET (self->certificate_row), account->certificate != NULL);
  show_state (self);
  show_compartments (self, account);
  self->filling = FALSE;
}

/* ---- signing out ---- */

static void
on_sign_out_response (IwSyncPage *self, const char *response)
{
  if (g_str_equal (response, "sign-out") && self->service != NULL)
    iw_sync_page_keep (self, NULL);
}

static void
ask_to_sign_out (IwSyncPage *self, guint n)
{
  g_autofree char *body = g_strdup_printf (
      ngettext ("%u document is not on the server yet. It stays on this computer.",
                "%u documents are not on the server yet. They stay on this computer.", n),
      n);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Sign Out?"), body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "sign-out",
                                  _ ("Sign _Out"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "sign-out",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_response), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_sign_out (IwSyncPage *self)
{
  IwSyncStatus *status = iw_sync_service_get_status (self->service);
  guint n = status->n_waiting + status->n_parked;

  if (n > 0)
    ask_to_sign_out (self, n);
  else
    iw_sync_page_keep (self, NULL);
}

void
iw_sync_page_class_init_account (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, account_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, compartments_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, default_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, sign_out_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, author_row);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, state_button);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, offline);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, certificate_row);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, default_row);
  gtk_widget_class_bind_template_callback (widget_class, on_state_button);
  gtk_widget_class_bind_template_callback (widget_class, on_offline);
  gtk_widget_class_bind_template_callback (widget_class, on_default);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_out);
}
