#include "config.h"

#include "iw-incident-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-compartment.h"
#include "iw-incident-item.h"
#include "iw-sync-service.h"
#include "iw-ui.h"

enum
{
  GONE,
  TAB_SHOWN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwIncidentPage, iw_incident_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- the state ---- */

static void
show_state (IwIncidentPage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  gint64 now = g_get_real_time ();
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  gboolean read_only = iw_workspace_get_read_only (self->workspace);
  g_autoptr (GPtrArray) facts = NULL;

  if (self->row == NULL)
    return;
  if (situation == NULL)
    {
      facts = iw_state_facts_from_row (self->row, now, zone);
      iw_state_line_set (self->state, self->row->stage, 0, self->row->severity, facts);
      return;
    }
  facts = iw_state_facts_new (situation, self->row, now, zone);
  iw_state_line_set (self->state, iw_situation_get_state (situation)->stage,
                     read_only ? 0 : iw_state_reachable (situation),
                     iw_situation_get_state (situation)->severity, facts);
}

/* Said only where an account may read several. */
static void
show_compartment (IwIncidentPage *self)
{
  g_autofree char *compartment = iw_compartment_of_incident (self->workspace, self->incident);
  /* Translators: %s is the name of a part of the server that fewer people may read */
  g_autofree char *words =
      compartment != NULL ? g_strdup_printf (_ ("In the compartment “%s”"), compartment) : NULL;

  gtk_label_set_text (self->compartment, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->compartment), words != NULL);
}

static void
show_row (IwIncidentPage *self)
{
  adw_window_title_set_title (self->window_title, self->row->title);
  gtk_label_set_text (self->heading, self->row->title);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->row->title);
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

/* ---- the template's ---- */

static void
on_narrow (IwIncidentPage *self)
{
  iw_state_line_set_narrow (self->state, TRUE);
}

static void
on_wide (IwIncidentPage *self)
{
  iw_state_line_set_narrow (self->state, FALSE);
}

static void
on_tab_shown (IwIncidentPage *self)
{
  IwTab tab;

  if (!self->ready)
    return;
  tab = iw_incident_page_get_tab (self);
  iw_incident_page_get_page (self, tab);
  g_signal_emit (self, signals[TAB_SHOWN], 0, iw_tab_to_string (tab));
}

/* ---- the object ---- */

static void
iw_incident_page_dispose (GObject *object)
{
  IwIncidentPage *self = IW_INCIDENT_PAGE (object);

  self->ready = FALSE;
  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_INCIDENT_PAGE);
  g_clear_object (&self->live);
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
  signals[TAB_SHOWN] = g_signal_new ("tab-shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (IW_TYPE_WORKSPACE_BANNER);
  g_type_ensure (IW_TYPE_STATE_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-incident-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, heading);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, compartment);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, banner);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, state);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentPage, tabs);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_shown);
  iw_incident_page_class_init_actions (widget_class);
}

static void
iw_incident_page_init (IwIncidentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  iw_ui_tooltip_when_ellipsized (self->heading);
}

AdwNavigationPage *
iw_incident_page_new (IwWorkspace *workspace, const char *incident, const char *tab)
{
  IwIncidentPage *self = g_object_new (IW_TYPE_INCIDENT_PAGE, NULL);
  IwTab first = IW_TAB_TIMELINE;
  g_autoptr (GError) error = NULL;

  self->workspace = g_object_ref (workspace);
  self->incident = g_strdup (incident);
  iw_workspace_banner_set_workspace (self->banner, workspace);
  if (!load (self, &error))
    {
      g_warning ("The incident could not be read: %s", error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
    }
  iw_incident_page_update_actions (self);
  show_compartment (self);
  g_signal_connect_object (iw_sync_service_of (workspace), "notify", G_CALLBACK (show_compartment),
                           self, G_CONNECT_SWAPPED);
  /* Before what is in the tabs, which has nothing to look for in an incident that is gone. */
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  self->live = iw_live_incident_new (workspace, incident);
  g_signal_connect_object (self->live, "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "tick", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
  iw_incident_page_add_tabs (self);
  iw_tab_from_string (tab, &first);
  iw_incident_page_show_tab (self, first);
  self->ready = TRUE;
  return ADW_NAVIGATION_PAGE (self);
}

const char *
iw_incident_page_get_incident (IwIncidentPage *self)
{
  return self->incident;
}
