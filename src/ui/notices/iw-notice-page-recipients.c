/* Who gets a notice: affected customers and nobody else outside (process.md N4). */
#include "config.h"

#include "iw-notice-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-model-json.h"
#include "iw-notice-eml.h"

static void
set_recipient (IwNoticePage *self, const char *docid, gboolean gets_it)
{
  g_auto (GStrv) before = iw_model_json_get_strings (self->notice, "recipients");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) now = NULL;

  for (guint i = 0; before[i] != NULL; i++)
    if (!g_str_equal (before[i], docid))
      g_strv_builder_add (builder, before[i]);
  if (gets_it)
    g_strv_builder_add (builder, docid);
  now = g_strv_builder_end (builder);
  iw_model_json_set_strings (self->notice, "recipients", (const char *const *)now);
}

static void
on_toggled (GtkCheckButton *check, IwNoticePage *self)
{
  if (self->showing || self->notice == NULL)
    return;
  set_recipient (self, g_object_get_data (G_OBJECT (check), "docid"),
                 gtk_check_button_get_active (check));
  iw_notice_page_touch (self, TRUE);
}

GtkWidget *
iw_notice_page_make_recipient (const char *docid, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *edit = gtk_button_new_from_icon_name ("document-edit-symbolic");
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_add_css_class (icon, "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (edit), "s", docid);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "incident.edit");
  g_object_set_data_full (G_OBJECT (check), "docid", g_strdup (docid), g_free);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "edit", edit);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), edit);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), data);
  return row;
}

/* (transfer full) */
static char *
words_of (const IwScopeItem *item, gboolean gets_it)
{
  g_autofree char *contact = iw_notice_contact_words (item);

  if (!iw_scope_item_is_notified (item))
    return gets_it ? g_strdup (_ ("No longer among the affected customers: it gets no notice"))
                   : g_strdup (_ ("Not affected"));
  if (*contact == '\0')
    return g_strdup (_ ("Cannot be reached: neither a mail address nor a phone number"));
  if (*item->language != '\0')
    {
      g_autofree char *language = iw_notice_language_name (item->language);

      /* Translators: how a customer is reached, and the language that they read. */
      return g_strdup_printf (C_ ("recipient", "%s · %s"), contact, language);
    }
  return g_steal_pointer (&contact);
}

static void
update_row (IwNoticePage *self, const IwScopeItem *item, gboolean gets_it)
{
  GtkWidget *row = iw_keyed_rows_get (self->recipients, item->docid);
  GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  GtkWidget *edit = g_object_get_data (G_OBJECT (row), "edit");
  gboolean affected = iw_scope_item_is_notified (item);
  gboolean trouble = !affected || iw_scope_item_lacks_contact (item);
  g_autofree char *words = words_of (item, gets_it);
  /* Translators: %s is a customer. */
  g_autofree char *label = g_strdup_printf (_ ("Edit Contact of %s"), item->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gets_it);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name,
                                  -1);
  /* Who is no longer affected can only be taken off. */
  gtk_widget_set_sensitive (check, iw_notice_page_is_editable (self) && (affected || gets_it));
  gtk_widget_set_visible (icon, trouble);
  gtk_widget_set_tooltip_text (edit, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
is_listed (IwNoticePage *self, const IwScopeItem *item, const char *const *recipients)
{
  return iw_scope_item_is_notified (item) ||
         (item->kind == IW_SCOPE_CUSTOMER && g_strv_contains (recipients, item->docid));
}

static void
update_customers (IwNoticePage *self, IwSituation *situation)
{
  GPtrArray *scope = iw_situation_get_scope (situation);
  g_auto (GStrv) recipients = iw_model_json_get_strings (self->notice, "recipients");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < scope->len; i++)
    if (is_listed (self, scope->pdata[i], (const char *const *)recipients))
      g_strv_builder_add (builder, ((IwScopeItem *)scope->pdata[i])->docid);
  keys = g_strv_builder_end (builder);
  iw_keyed_rows_set (self->recipients, (const char *const *)keys);
  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = scope->pdata[i];

      if (is_listed (self, item, (const char *const *)recipients))
        update_row (self, item, g_strv_contains ((const char *const *)recipients, item->docid));
    }
  adw_preferences_group_set_description (
      self->recipients_group,
      keys[0] != NULL
          ? _ ("Affected customers, and nobody else outside")
          : _ ("No customer is confirmed or suspected to be affected yet. Add them under Scope."));
}

/* ---- others ---- */

static const char *
others_title (IwAudience audience)
{
  switch (audience)
    {
    case IW_AUDIENCE_REGULATOR:
      return _ ("Address of the Authority");
    case IW_AUDIENCE_DATA_SUBJECTS:
      return _ ("People Concerned");
    case IW_AUDIENCE_INTERNAL:
      return _ ("Mail Addresses");
    case IW_AUDIENCE_CUSTOMERS:
    case IW_N_AUDIENCES:
    default:
      return _ ("Internal Recipients");
    }
}

static void
update_others (IwNoticePage *self)
{
  g_auto (GStrv) others = iw_model_json_get_strings (self->notice, "internal");
  g_autofree char *text = g_strjoinv (", ", others);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->others),
                                 others_title (iw_notice_document_audience (self->notice)));
  gtk_editable_set_editable (GTK_EDITABLE (self->others), iw_notice_page_is_editable (self));
  /* Not under the hands of who types. */
  if (gtk_widget_get_state_flags (GTK_WIDGET (self->others)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->others)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->others), text);
}

void
iw_notice_page_apply_others (IwNoticePage *self)
{
  g_auto (GStrv) parts =
      g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->others)), ",;\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) addresses = NULL;

  if (self->notice == NULL || !iw_notice_page_is_editable (self))
    return;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      g_autoptr (IwNoticeAddress) address = *part != '\0' ? iw_notice_address_parse (part) : NULL;

      if (*part == '\0')
        continue;
      if (address == NULL)
        {
          /* Translators: %s is what was typed. */
          g_autofree char *words = g_strdup_printf (_ ("“%s” is no mail address"), part);

          gtk_widget_add_css_class (GTK_WIDGET (self->others), "error");
          adw_preferences_group_set_description (self->others_group, words);
          return;
        }
      g_strv_builder_add (builder, part);
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->others), "error");
  adw_preferences_group_set_description (self->others_group,
                                         _ ("Mail addresses, with commas between"));
  addresses = g_strv_builder_end (builder);
  iw_model_json_set_strings (self->notice, "internal", (const char *const *)addresses);
  iw_notice_page_touch (self, TRUE);
}

void
iw_notice_page_update_recipients (IwNoticePage *self)
{
  gboolean customers = iw_notice_document_audience (self->notice) == IW_AUDIENCE_CUSTOMERS;

  self->showing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->recipients_group), customers);
  adw_preferences_group_set_title (self->others_group, customers ? NULL : _ ("Recipients"));
  if (customers)
    update_customers (self, iw_notice_page_get_situation (self));
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->others), "error"))
    adw_preferences_group_set_description (self->others_group,
                                           _ ("Mail addresses, with commas between"));
  update_others (self);
  self->showing = FALSE;
}
