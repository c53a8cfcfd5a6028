/* The sync page: signing in, for the first time or again. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "iw-certificate-dialog.h"
#include "iw-remote.h"
#include "iw-sign-in.h"
#include "iw-sync-page-private.h"
#include "iw-sync-words.h"
#include "iw-ui.h"

static void try_to_sign_in (IwSyncPage *self);

static void
show_error (IwSyncPage *self, const char *words)
{
  gtk_widget_set_visible (self->error_group, words != NULL);
  if (words == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row), words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_complete (IwSyncPage *self)
{
  g_autofree char *url = iw_sync_account_normalize_url (text_of (self->address), NULL);

  return url != NULL && *text_of (self->user) != '\0' && *text_of (self->password) != '\0';
}

void
iw_sync_page_update_sign_in (IwSyncPage *self)
{
  const IwSyncAccount *account = iw_sync_service_get_account (self->service);
  gboolean working = self->working != NULL;

  gtk_widget_set_sensitive (self->sign_in_group, !working);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_row), working);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in), !working);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in), is_complete (self));
  gtk_widget_set_visible (GTK_WIDGET (self->back), !working && account != NULL);
}

static void
on_typed (IwSyncPage *self)
{
  if (self->service == NULL)
    return;
  show_error (self, NULL);
  g_clear_pointer (&self->trusted, g_free);
  iw_sync_page_update_sign_in (self);
}

static void
on_back (IwSyncPage *self)
{
  self->again = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  show_error (self, NULL);
  iw_sync_page_update (self);
}

static void
on_cancel (IwSyncPage *self)
{
  g_cancellable_cancel (self->working);
}

/* ---- the certificate ---- */

static void
on_trusted (IwSyncPage *self, const char *hash)
{
  g_set_str (&self->trusted, hash);
  try_to_sign_in (self);
}

static void
on_new_trusted (IwSyncPage *self, const char *hash)
{
  g_autoptr (IwSyncAccount) account =
      iw_sync_account_copy (iw_sync_service_get_account (self->service));

  g_set_str (&account->certificate, hash);
  iw_sync_page_keep (self, account);
}

/* The one that was trusted for this server, if any. */
static const char *
pinned_for (IwSyncPage *self, const char *url)
{
  const IwSyncAccount *account = iw_sync_service_get_account (self->service);

  return account != NULL && g_strcmp0 (account->url, url) == 0 ? account->certificate : NULL;
}

static void
ask (IwSyncPage *self, GTlsCertificate *certificate, const char *url, GCallback trusted)
{
  AdwDialog *dialog = iw_certificate_dialog_new (certificate, url, pinned_for (self, url));

  g_signal_connect_object (dialog, "trusted", trusted, self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
iw_sync_page_ask_certificate (IwSyncPage *self)
{
  IwSyncStatus *status = iw_sync_service_get_status (self->service);
  const IwSyncAccount *account = iw_sync_service_get_account (self->service);

  if (status->certificate != NULL && account != NULL)
    ask (self, status->certificate, account->url, G_CALLBACK (on_new_trusted));
}

/* ---- signing in ---- */

/* The server takes only what is written under a name that it knows the account by. */
static void
take_author (IwSyncPage *self, IwSignIn *result)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *author = iw_ui_author ();
  g_autofree char *allowed =
      iw_sign_in_choose_author (author, result->name, (const char *const *)result->roles);
  g_autofree char *text = NULL;

  if (allowed == NULL || g_str_equal (allowed, author))
    return;
  g_settings_set_string (settings, "author", allowed);
  /* Translators: %s is a person's name */
  text = g_strdup_printf (_ ("You now write as “%s”, as the server knows you"), allowed);
  iw_sync_page_toast (self, text);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwSyncPage) self = data;
  g_autoptr (IwSignIn) signed_in = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = iw_sign_in_finish (result, &signed_in, &error);

  g_clear_object (&self->working);
  if (self->service == NULL)
    return; /* the dialog was closed */
  if (good)
    {
      self->again = FALSE;
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
      take_author (self, signed_in);
      iw_sync_page_keep (self, signed_in->account);
      return;
    }
  iw_sync_page_update (self);
  if (g_error_matches (error, IW_REMOTE_ERROR, IW_REMOTE_ERROR_CERTIFICATE) &&
      signed_in->certificate != NULL)
    ask (self, signed_in->certificate, signed_in->account->url, G_CALLBACK (on_trusted));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = iw_sync_words_error (error);

      show_error (self, words);
    }
}

/* With what was chosen for an account that is there already. */
static IwSyncAccount *
make_account (IwSyncPage *self, const char *url)
{
  const IwSyncAccount *before = iw_sync_service_get_account (self->service);
  gboolean same = before != NULL && g_strcmp0 (before->url, url) == 0;
  IwSyncAccount *account = same ? iw_sync_account_copy (before) : g_new0 (IwSyncAccount, 1);

  g_set_str (&account->url, url);
  g_set_str (&account->user, text_of (self->user));
  if (self->trusted != NULL)
    g_set_str (&account->certificate, self->trusted);
  account->bearer = adw_switch_row_get_active (self->bearer);
  account->offline = FALSE;
  return account;
}

static void
try_to_sign_in (IwSyncPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = iw_sync_account_normalize_url (text_of (self->address), &error);
  g_autoptr (IwSyncAccount) account = NULL;
  g_autofree char *words = NULL;

  if (url == NULL)
    {
      show_error (self, error->message);
      return;
    }
  if (self->working != NULL || !is_complete (self))
    return;
  account = make_account (self, url);
  show_error (self, NULL);
  self->working = g_cancellable_new ();
  /* Translators: %s is the address of a server */
  words = g_strdup_printf (_ ("Connecting to %s…"), url);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->progress_row), words);
  iw_sync_page_update_sign_in (self);
  iw_sign_in_async (account, text_of (self->password), self->working, on_signed_in,
                    g_object_ref (self));
}

static void
on_sign_in (IwSyncPage *self)
{
  try_to_sign_in (self);
}

void
iw_sync_page_class_init_sign_in (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, sign_in_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, error_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, work_group);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, address);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, user);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, password);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, bearer);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, error_row);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, progress_row);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, IwSyncPage, back);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}
