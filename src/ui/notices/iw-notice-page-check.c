/* The checklist of a notice. */
#include "config.h"

#include "iw-notice-page-private.h"

#include <glib/gi18n-lib.h>

static void
on_tick_toggled (GtkCheckButton *check, IwNoticePage *self)
{
  const char *id = g_object_get_data (G_OBJECT (check), "id");

  if (self->showing || self->notice == NULL)
    return;
  iw_notice_set_tick (self->notice, id, gtk_check_button_get_active (check));
  iw_notice_page_touch (self, TRUE);
}

GtkWidget *
iw_notice_page_make_check (const char *id, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _ ("The Text Says It"));
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "check", check);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
  g_signal_connect (check, "toggled", G_CALLBACK (on_tick_toggled), data);
  return row;
}

/* The state in words too: what is only drawn is not read aloud. */
static char *
subtitle_of (const IwCheckItem *item)
{
  if (*item->source != '\0')
    /* Translators: the state of an item of a checklist, its source in law, and the reason, a
     * sentence: “Missing · GDPR Article 33(3)(c) · Not known yet: Likely consequences.” */
    return g_strdup_printf (C_ ("notice check", "%s · %s · %s"), iw_check_state_label (item->state),
                            item->source, item->reason);
  /* Translators: the state of an item of a checklist, and the reason, a sentence. */
  return g_strdup_printf (C_ ("notice check", "%s · %s"), iw_check_state_label (item->state),
                          item->reason);
}

static void
update_row (IwNoticePage *self, const IwCheckItem *item, gboolean editable)
{
  GtkWidget *row = iw_keyed_rows_get (self->checks, item->id);
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");
  g_autofree char *subtitle = subtitle_of (item);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), iw_check_state_icon (item->state));
  gtk_widget_set_css_classes (
      icon, item->state == IW_CHECK_MISSING   ? (const char *[]){ "warning", NULL }
            : item->state == IW_CHECK_PRESENT ? (const char *[]){ "success", NULL }
                                              : (const char *[]){ "dimmed", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->label, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->ticked);
  gtk_widget_set_visible (check, item->can_tick);
  gtk_widget_set_sensitive (check, editable);
}

void
iw_notice_page_update_checks (IwNoticePage *self)
{
  g_autoptr (GPtrArray) items = iw_notice_check (self->notice, iw_notice_page_get_situation (self));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *words = iw_notice_check_words (items);
  gboolean editable = iw_notice_page_is_editable (self);
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (builder, ((IwCheckItem *)items->pdata[i])->id);
  keys = g_strv_builder_end (builder);
  iw_keyed_rows_set (self->checks, (const char *const *)keys);
  self->showing = TRUE;
  for (guint i = 0; i < items->len; i++)
    update_row (self, items->pdata[i], editable);
  self->showing = FALSE;
  adw_preferences_group_set_description (self->check_group, words);
}
