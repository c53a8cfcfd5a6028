#include "config.h"

#include "iw-certificate-dialog.h"

#include <glib/gi18n-lib.h>

#include "iw-remote.h"
#include "iw-sync-words.h"
#include "iw-time.h"
#include "iw-ui.h"

struct _IwCertificateDialog
{
  AdwDialog parent_instance;

  GtkButton *cancel;
  GtkImage *icon;
  GtkLabel *heading;
  GtkLabel *explanation;
  AdwActionRow *address;
  AdwActionRow *subject;
  AdwActionRow *issuer;
  AdwActionRow *validity;
  AdwActionRow *fingerprint;
  AdwActionRow *pinned;
  GtkButton *trust;

  char *hash;
};

enum
{
  TRUSTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwCertificateDialog, iw_certificate_dialog, ADW_TYPE_DIALOG)

static void
on_trust (IwCertificateDialog *self)
{
  g_autofree char *hash = g_strdup (self->hash);

  g_signal_emit (self, signals[TRUSTED], 0, hash);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static char *
format_day (GDateTime *time)
{
  if (time == NULL)
    return g_strdup (_ ("unknown"));
  return iw_time_format ((IwTime){ g_date_time_to_unix (time) * IW_USEC_PER_SEC, IW_PRECISION_DAY },
                         NULL, TRUE);
}

static void
show_validity (IwCertificateDialog *self, GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *first = format_day (from);
  g_autofree char *last = format_day (until);
  /* Translators: two days */
  g_autofree char *span = g_strdup_printf (C_ ("certificate", "%s to %s"), first, last);
  const char *problem = NULL;

  if (iw_remote_certificate_is_over (certificate))
    problem = _ ("It has expired. The server needs a new one before it can be trusted.");
  else if (from != NULL && g_date_time_compare (now, from) < 0)
    problem = _ ("It is not valid yet.");
  if (problem != NULL)
    {
      g_autofree char *both = g_strconcat (span, "\n", problem, NULL);

      adw_action_row_set_subtitle (self->validity, both);
    }
  else
    adw_action_row_set_subtitle (self->validity, span);
}

static void
show_names (IwCertificateDialog *self, GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autofree char *issuer_name = NULL;

  adw_action_row_set_subtitle (self->subject, subject != NULL ? subject : _ ("Unknown"));
  if (g_strcmp0 (subject, issuer) == 0)
    issuer_name = g_strdup (_ ("Itself: no authority vouches for it"));
  adw_action_row_set_subtitle (self->issuer, issuer_name != NULL ? issuer_name
                                             : issuer != NULL    ? issuer
                                                                 : _ ("Unknown"));
}

static void
show_question (IwCertificateDialog *self)
{
  gtk_image_set_from_icon_name (self->icon, "channel-secure-symbolic");
  gtk_label_set_text (self->heading, _ ("Is This Your Server?"));
  gtk_label_set_text (
      self->explanation,
      _ ("None of the authorities that this computer trusts vouches for it. That is usual for a "
         "server of your own. Compare the fingerprint once; it is remembered."));
  gtk_button_set_label (self->trust, _ ("_Trust This Certificate"));
  gtk_widget_add_css_class (GTK_WIDGET (self->trust), "suggested-action");
}

static void
show_alarm (IwCertificateDialog *self, const char *pinned)
{
  g_autofree char *before = iw_sync_words_fingerprint (pinned);

  adw_dialog_set_title (ADW_DIALOG (self), _ ("Certificate Changed"));
  gtk_image_set_from_icon_name (self->icon, "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
  gtk_label_set_text (self->heading, _ ("This Is Not the Certificate You Trusted"));
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "error");
  gtk_label_set_text (
      self->explanation,
      _ ("Somebody may be pretending to be your server. Nothing was sent. Unless whoever runs the "
         "server tells you that its certificate was replaced, and reads you the new fingerprint, "
         "cancel and tell them."));
  adw_action_row_set_subtitle (self->pinned, before);
  gtk_widget_set_visible (GTK_WIDGET (self->pinned), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fingerprint),
                                 _ ("SHA-256 Fingerprint Now"));
  gtk_button_set_label (self->trust, _ ("_Trust the New Certificate"));
  gtk_widget_add_css_class (GTK_WIDGET (self->trust), "destructive-action");
}

/* ---- the object ---- */

static void
iw_certificate_dialog_dispose (GObject *object)
{
  IwCertificateDialog *self = IW_CERTIFICATE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_CERTIFICATE_DIALOG);
  g_clear_pointer (&self->hash, g_free);
  G_OBJECT_CLASS (iw_certificate_dialog_parent_class)->dispose (object);
}

static void
iw_certificate_dialog_class_init (IwCertificateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_certificate_dialog_dispose;
  signals[TRUSTED] = g_signal_new ("trusted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-certificate-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, icon);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, address);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, issuer);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, validity);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, fingerprint);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, pinned);
  gtk_widget_class_bind_template_child (widget_class, IwCertificateDialog, trust);
  gtk_widget_class_bind_template_callback (widget_class, on_trust);
}

static void
iw_certificate_dialog_init (IwCertificateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (self->cancel));
}

AdwDialog *
iw_certificate_dialog_new (GTlsCertificate *certificate, const char *address, const char *pinned)
{
  IwCertificateDialog *self = g_object_new (IW_TYPE_CERTIFICATE_DIALOG, NULL);
  g_autofree char *fingerprint = NULL;

  self->hash = iw_remote_certificate_hash (certificate);
  fingerprint = iw_sync_words_fingerprint (self->hash);
  adw_action_row_set_subtitle (self->address, address);
  adw_action_row_set_subtitle (self->fingerprint, fingerprint);
  show_names (self, certificate);
  show_validity (self, certificate);
  if (pinned != NULL)
    show_alarm (self, pinned);
  else
    show_question (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->trust), !iw_remote_certificate_is_over (certificate));
  return ADW_DIALOG (self);
}
