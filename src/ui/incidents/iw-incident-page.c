#include "config.h"

#include "iw-incident-page.h"

#include <glib/gi18n-lib.h>

#include "iw-incident-dialog.h"
#include "iw-incident-item.h"
#include "iw-ui.h"
#include "iw-workspace-banner.h"

/* The age ticks. */
#define TICK_SECONDS 60

struct _IwIncidentPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  IwWorkspaceBanner *banner;
  AdwWrapBox *state;
  GtkLabel *stage;
  GtkImage *severity_icon;
  GtkLabel *severity;
  GtkLabel *classification;
  GtkLabel *age;
  GtkWidget *age_dot;
  AdwViewStack *tabs;
  IwTimelinePage *timeline;

  IwWorkspace *workspace;
  char *incident;
  IwIncidentRow *row;         /* as it is shown */
  const char *severity_class; /* the one that the icon has; static */
  guint tick_id;
};

enum
{
  GONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwIncidentPage, iw_incident_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update_age (IwIncidentPage *self)
{
  g_autofree char *age = iw_incident_age_words (self->row, g_get_real_time ());

  gtk_label_set_text (self->age, age);
  gtk_widget_set_visible (GTK_WIDGET (self->age), *age != '\0');
  gtk_widget_set_visible (self->age_dot, *age != '\0');
}

static gboolean
on_tick (gpointer data)
{
  update_age (data);
  return G_SOURCE_CONTINUE;
}

static void
show_row (IwIncidentPage *self)
{
  const IwIncidentRow *row = self->row;

  adw_window_title_set_title (self->window_title, row->title);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), row->title);
  gtk_label_set_text (self->stage, iw_stage_label (row->stage));
  gtk_label_set_text (self->severity, iw_incident_severity_words (row->severity));
  gtk_label_set_text (self->classification, iw_incident_classification_words (row->classification));
  gtk_image_set_from_icon_name (self->severity_icon, iw_incident_severity_icon (row->severity));
  if (self->severity_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->severity_icon), self->severity_class);
  self->severity_class = iw_incident_severity_class (row->severity);
  gtk_widget_add_css_class (GTK_WIDGET (self->severity_icon), self->severity_class);
  update_age (self);
}

static gboolean
load (IwIncidentPage *self, GError **error)
{
  IwIncidentRow *row =
      iw_query_incident (iw_workspace_get_store (self->workspace), self->incident, error);

  if (row == NULL)
    return FALSE;
  g_clear_pointer (&self->row, iw_incident_row_free);
  self->row = row;
  show_row (self);
  return TRUE;
}

static void
on_changed (IwIncidentPage *self, char **docids)
{
  g_autoptr (GError) error = NULL;

  for (char **docid = docids; *docid != NULL; docid++)
    {
      if (!g_str_has_prefix (*docid, self->incident))
        continue;
      if (load (self, &error))
        {
          gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
          return;
        }
      if (g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND))
        g_signal_emit (self, signals[GONE], 0);
      else
        g_warning ("The incident could not be read: %s", error->message);
      return;
    }
}

static void
edit_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (widget);

  adw_dialog_present (iw_incident_dialog_new_edit (self->workspace, self->incident), widget);
}

static void
export_timeline (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (IW_INCIDENT_PAGE (widget)->timeline), "timeline.export",
                              NULL);
}

static void
iw_incident_page_dispose (GObject *object)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_INCIDENT_PAGE);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->incident, g_free);
  g_clear_pointer (&self->row, iw_incident_row_free);
  G_OBJECT_CLASS (iw_incident_page_parent_class)->dispose (object);
}

static void
iw_incident_page_class_init (IwIncidentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_incident_page_dispose;
  signals[GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  g_type_ensure (IW_TYPE_WORKSPACE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-incident-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, banner);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, state);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, stage);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, severity_icon);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, severity);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, classification);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, age);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, age_dot);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, tabs);
  gtk_widget_class_install_action (widget_class, "incident.edit-details", NULL, edit_details);
  gtk_widget_class_install_action (widget_class, "incident.export", NULL, export_timeline);
}

static void
iw_incident_page_init (IwIncidentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
iw_incident_page_new (IwWorkspace *workspace, const char *incident)
{
  IwIncidentPage *self = g_object_new (IW_TYPE_INCIDENT_PAGE, NULL);
  g_autoptr (GError) error = NULL;

  self->workspace = g_object_ref (workspace);
  self->incident = g_strdup (incident);
  iw_workspace_banner_set_workspace (self->banner, workspace);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "incident.edit-details",
                                 !iw_workspace_get_read_only (workspace));
  if (load (self, &error))
    self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  else
    {
      g_warning ("The incident could not be read: %s", error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
    }
  /* Before the timeline does, which has nothing to look for in an incident that is gone. */
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  self->timeline = IW_TIMELINE_PAGE (iw_timeline_page_new (workspace, incident));
  adw_view_stack_add_titled_with_icon (self->tabs, GTK_WIDGET (self->timeline), "timeline",
                                       _ ("Timeline"), "iw-timeline-symbolic");
  return ADW_NAVIGATION_PAGE (self);
}

const char *
iw_incident_page_get_incident (IwIncidentPage *self)
{
  return self->incident;
}

IwTimelinePage *
iw_incident_page_get_timeline (IwIncidentPage *self)
{
  return self->timeline;
}

void
iw_incident_page_show_key (IwIncidentPage *self, const char *key)
{
  adw_view_stack_set_visible_child_name (self->tabs, "timeline");
  iw_timeline_page_show_key (self->timeline, key);
}
