/* What can be done to an incident from anywhere in its page. */
#include "config.h"

#include "iw-incident-page-private.h"

#include "iw-bundle-export-dialog.h"
#include "iw-form-dialog.h"
#include "iw-incident-dialog.h"

static void
present (IwIncidentPage *self, const char *kind, const char *subject, const char *const *values)
{
  iw_form_dialog_present (GTK_WIDGET (self), self->workspace, self->incident, kind, subject,
                          values);
}

static void
form (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *kind, *subject;

  g_variant_get (parameter, "(&s&s)", &kind, &subject);
  present (IW_INCIDENT_PAGE (widget), kind, subject, NULL);
}

static void
again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (widget);

  iw_form_dialog_present_again (widget, self->workspace, self->incident,
                                g_variant_get_string (parameter, NULL));
}

static void
decide (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present (IW_INCIDENT_PAGE (widget), g_variant_get_string (parameter, NULL), NULL, NULL);
}

/* The one in force opens the form as it is. */
static void
stage (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (widget);
  const char *to = g_variant_get_string (parameter, NULL);
  const char *values[] = { "to", to, NULL };
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  gboolean now = situation != NULL &&
                 g_str_equal (iw_stage_to_string (iw_situation_get_state (situation)->stage), to);

  present (self, "stage", NULL, now ? NULL : values);
}

static void
role (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *values[] = { "role", g_variant_get_string (parameter, NULL), NULL };

  present (IW_INCIDENT_PAGE (widget), "role", NULL, values);
}

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (widget);

  iw_form_dialog_present_edit (widget, self->workspace, g_variant_get_string (parameter, NULL));
}

static void
go_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_incident_page_goto (IW_INCIDENT_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
edit_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (widget);

  adw_dialog_present (iw_incident_dialog_new_edit (self->workspace, self->incident), widget);
}

static void
activate_in (IwIncidentPage *self, IwTab tab, const char *action)
{
  iw_incident_page_show_tab (self, tab);
  gtk_widget_activate_action (iw_incident_page_get_page (self, tab), action, NULL);
}

static void
export_timeline (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_in (IW_INCIDENT_PAGE (widget), IW_TAB_TIMELINE, "timeline.export");
}

static void
export_evidence (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_in (IW_INCIDENT_PAGE (widget), IW_TAB_EVIDENCE, "evidence.export");
}

static void
export_bundle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (iw_bundle_export_dialog_new (IW_INCIDENT_PAGE (widget)->live), widget);
}

static void
handover (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_in (IW_INCIDENT_PAGE (widget), IW_TAB_OVERVIEW, "briefing.copy");
}

void
iw_incident_page_class_init_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "incident.form", "(ss)", form);
  gtk_widget_class_install_action (widget_class, "incident.again", "s", again);
  gtk_widget_class_install_action (widget_class, "incident.decide", "s", decide);
  gtk_widget_class_install_action (widget_class, "incident.stage", "s", stage);
  gtk_widget_class_install_action (widget_class, "incident.role", "s", role);
  gtk_widget_class_install_action (widget_class, "incident.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "incident.goto", "s", go_to);
  gtk_widget_class_install_action (widget_class, "incident.edit-details", NULL, edit_details);
  gtk_widget_class_install_action (widget_class, "incident.export", NULL, export_timeline);
  gtk_widget_class_install_action (widget_class, "incident.export-evidence", NULL, export_evidence);
  gtk_widget_class_install_action (widget_class, "incident.export-bundle", NULL, export_bundle);
  gtk_widget_class_install_action (widget_class, "incident.handover", NULL, handover);
}

void
iw_incident_page_update_actions (IwIncidentPage *self)
{
  static const char *const writing[] = { "incident.form",        "incident.again",
                                         "incident.decide",      "incident.stage",
                                         "incident.role",        "incident.edit",
                                         "incident.edit-details" };
  gboolean writable = self->row != NULL && !iw_workspace_get_read_only (self->workspace);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "incident.export-bundle", self->row != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], writable);
}
