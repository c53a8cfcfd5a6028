#include "config.h"

#include "iw-sync-indicator.h"

#include <glib/gi18n-lib.h>

#include "iw-sync-service.h"
#include "iw-sync-words.h"
#include "iw-ui.h"

/* "Synced 12 seconds ago": often enough to be true, seldom enough to be calm. */
#define TICK_SECONDS 10

struct _IwSyncIndicator
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkImage *icon;
  GtkLabel *sentence;
  GtkLabel *attention;
  GtkLabel *popover_sentence;
  GtkLabel *popover_detail;

  IwSyncService *service; /* NULL: none */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (IwSyncIndicator, iw_sync_indicator, ADW_TYPE_BIN)

/* What the menu says more: where to, what waits. */
static char *
make_detail (IwSyncService *service, IwSyncStatus *status)
{
  const IwSyncAccount *account = iw_sync_service_get_account (service);
  g_autofree char *attention = iw_sync_words_attention (status);
  g_autoptr (GString) text = g_string_new (account != NULL ? account->url : "");

  if (status->n_waiting > 0)
    g_string_append_printf (
        text, ngettext ("\n%u document to be sent", "\n%u documents to be sent", status->n_waiting),
        status->n_waiting);
  if (*attention != '\0')
    g_string_append_printf (text, "\n%s", attention);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
update (IwSyncIndicator *self)
{
  IwSyncStatus *status;
  g_autofree char *words = NULL;
  g_autofree char *attention = NULL;
  g_autofree char *detail = NULL;

  if (self->service == NULL || iw_sync_service_get_status (self->service)->phase == IW_SYNC_OFF)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  status = iw_sync_service_get_status (self->service);
  words = iw_sync_status_describe (status, g_get_real_time ());
  attention = iw_sync_words_attention (status);
  detail = make_detail (self->service, status);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_image_set_from_icon_name (self->icon, iw_sync_words_icon (status));
  set_label (self->sentence, words);
  set_label (self->attention, attention);
  gtk_widget_set_visible (GTK_WIDGET (self->attention), *attention != '\0');
  set_label (self->popover_sentence, words);
  set_label (self->popover_detail, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, attention, -1);
}

static gboolean
on_tick (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
iw_sync_indicator_dispose (GObject *object)
{
  IwSyncIndicator *self = IW_SYNC_INDICATOR (object);

  iw_sync_indicator_set_workspace (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL); /* before the template lets it go */
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SYNC_INDICATOR);
  G_OBJECT_CLASS (iw_sync_indicator_parent_class)->dispose (object);
}

static void
iw_sync_indicator_class_init (IwSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_sync_indicator_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, IwSyncIndicator, button);
  gtk_widget_class_bind_template_child (widget_class, IwSyncIndicator, icon);
  gtk_widget_class_bind_template_child (widget_class, IwSyncIndicator, sentence);
  gtk_widget_class_bind_template_child (widget_class, IwSyncIndicator, attention);
  gtk_widget_class_bind_template_child (widget_class, IwSyncIndicator, popover_sentence);
  gtk_widget_class_bind_template_child (widget_class, IwSyncIndicator, popover_detail);
}

static void
iw_sync_indicator_init (IwSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_ui_tooltip_when_ellipsized (self->sentence);
  iw_ui_tooltip_when_ellipsized (self->attention);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
iw_sync_indicator_set_workspace (IwSyncIndicator *self, IwWorkspace *workspace)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  if (workspace != NULL)
    {
      self->service = g_object_ref (iw_sync_service_of (workspace));
      g_signal_connect_object (self->service, "notify", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
    }
  if (self->button != NULL)
    update (self);
}
