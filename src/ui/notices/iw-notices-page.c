#include "config.h"

#include "iw-notices-page.h"

#include <glib/gi18n-lib.h>

#include "iw-keyed-rows.h"
#include "iw-notice-dialog.h"
#include "iw-notice-page.h"
#include "iw-notice-template-facts.h"
#include "iw-notice-words.h"
#include "iw-ui.h"

struct _IwNoticesPage
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  GtkStack *stack;
  AdwPreferencesGroup *clocks_group;
  AdwPreferencesGroup *notices_group;

  IwKeyedRows *clocks;
  IwKeyedRows *notices;
  IwLiveIncident *live;
  char *wanted; /* a place to go to once there is something */
};

G_DEFINE_FINAL_TYPE (IwNoticesPage, iw_notices_page, ADW_TYPE_BIN)

/* ---- rows ---- */

static void
on_row_activated (AdwActionRow *row, IwNoticesPage *self)
{
  iw_notices_page_goto (self, g_object_get_data (G_OBJECT (row), "docid"));
}

static GtkWidget *
make_notice_row (const char *docid, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *state = gtk_label_new (NULL);
  GtkWidget *icon = gtk_image_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_label_set_wrap (GTK_LABEL (state), TRUE);
  gtk_label_set_justify (GTK_LABEL (state), GTK_JUSTIFY_RIGHT);
  gtk_label_set_max_width_chars (GTK_LABEL (state), 16);
  gtk_label_set_xalign (GTK_LABEL (state), 1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "docid", g_strdup (docid), g_free);
  g_object_set_data (G_OBJECT (row), "state", state);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), data);
  return row;
}

static void
update_notice_row (IwNoticesPage *self, IwSituation *situation, IwDocument *document)
{
  const char *docid = iw_document_get_id (document);
  GtkWidget *row = iw_keyed_rows_get (self->notices, docid);
  JsonObject *notice = iw_document_get_body (document);
  const IwNoticeState *state = iw_situation_get_notice (situation, docid);
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "state");
  GtkImage *icon = g_object_get_data (G_OBJECT (row), "icon");
  g_autofree char *summary = iw_notice_summary (notice, state, situation);
  g_autofree char *words = iw_notice_state_words (state, notice);
  gboolean stale = iw_notice_is_stale (state, notice);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_document_get_name (document));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
  gtk_label_set_text (label, words);
  gtk_image_set_from_icon_name (icon, stale ? "dialog-warning-symbolic"
                                            : iw_notice_status_icon (state->status));
  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (icon), "warning");
}

static GtkWidget *
make_clock_row (const char *id, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "icon", icon);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", "clocks");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "incident.goto");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

/* Clocks that a notice ends. */
static gboolean
is_of_notices (const IwClock *clock)
{
  return clock->state == IW_CLOCK_RUNNING && g_str_has_suffix (clock->ends_on, "notice-sent");
}

static void
update_clocks (IwNoticesPage *self, IwSituation *situation)
{
  GPtrArray *clocks = iw_situation_get_clocks (situation);
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  gint64 now = g_get_real_time ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < clocks->len; i++)
    if (is_of_notices (clocks->pdata[i]))
      g_strv_builder_add (builder, ((IwClock *)clocks->pdata[i])->id);
  keys = g_strv_builder_end (builder);
  iw_keyed_rows_set (self->clocks, (const char *const *)keys);
  gtk_widget_set_visible (GTK_WIDGET (self->clocks_group), keys[0] != NULL);
  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      GtkWidget *row = iw_keyed_rows_get (self->clocks, clock->id);
      g_autofree char *words = NULL;
      GtkImage *icon;
      gboolean overdue;

      if (!is_of_notices (clock))
        continue;
      words = iw_clock_sentence (clock, now, zone);
      overdue = iw_clock_is_overdue (clock, now);
      icon = g_object_get_data (G_OBJECT (row), "icon");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      gtk_image_set_from_icon_name (icon, overdue ? "dialog-warning-symbolic" : "alarm-symbolic");
      if (overdue)
        gtk_widget_add_css_class (GTK_WIDGET (icon), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (icon), "error");
    }
}

/* ---- what is shown ---- */

static void
on_tick (IwNoticesPage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);

  if (situation != NULL)
    update_clocks (self, situation);
}

static void
update_notices (IwNoticesPage *self, IwSituation *situation, GPtrArray *documents)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < documents->len; i++)
    g_strv_builder_add (builder, iw_document_get_id (documents->pdata[i]));
  keys = g_strv_builder_end (builder);
  iw_keyed_rows_set (self->notices, (const char *const *)keys);
  for (guint i = 0; i < documents->len; i++)
    update_notice_row (self, situation, documents->pdata[i]);
}

static void
on_changed (IwNoticesPage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree char *wanted = NULL;

  if (situation == NULL)
    return;
  documents = iw_situation_get_documents (situation, "notice");
  update_notices (self, situation, documents);
  on_tick (self);
  gtk_stack_set_visible_child_name (self->stack, documents->len > 0 ? "list" : "empty");
  wanted = g_steal_pointer (&self->wanted);
  if (wanted != NULL)
    iw_notices_page_goto (self, wanted);
}

/* ---- going somewhere ---- */

void
iw_notices_page_goto (IwNoticesPage *self, const char *place)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  AdwNavigationPage *shown = adw_navigation_view_get_visible_page (self->navigation);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, place) : NULL;

  g_return_if_fail (place != NULL);

  if (g_str_equal (place, "notices"))
    {
      adw_navigation_view_pop_to_tag (self->navigation, "root");
      return;
    }
  /* One that was made just now is there with the next reading. */
  if (document == NULL)
    {
      g_set_str (&self->wanted, place);
      return;
    }
  if (!g_str_equal (iw_document_get_type_name (document), "notice") ||
      (IW_IS_NOTICE_PAGE (shown) &&
       g_str_equal (iw_notice_page_get_docid (IW_NOTICE_PAGE (shown)), place)))
    return;
  adw_navigation_view_pop_to_tag (self->navigation, "root");
  adw_navigation_view_push (self->navigation, iw_notice_page_new (self->live, place));
}

static void
on_created (IwNoticesPage *self, const char *docid)
{
  iw_notices_page_goto (self, docid);
}

static void
on_new (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwNoticesPage *self = IW_NOTICES_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  AdwDialog *dialog;

  if (situation == NULL)
    return;
  dialog = iw_notice_dialog_new (iw_live_incident_get_workspace (self->live), situation);
  g_signal_connect_object (dialog, "created", G_CALLBACK (on_created), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* ---- the object ---- */

static void
iw_notices_page_dispose (GObject *object)
{
  IwNoticesPage *self = IW_NOTICES_PAGE (object);

  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  g_clear_pointer (&self->clocks, iw_keyed_rows_free);
  g_clear_pointer (&self->notices, iw_keyed_rows_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_NOTICES_PAGE);
  g_clear_object (&self->live);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (iw_notices_page_parent_class)->dispose (object);
}

static void
iw_notices_page_class_init (IwNoticesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_notices_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-notices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwNoticesPage, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwNoticesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwNoticesPage, clocks_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticesPage, notices_group);
  gtk_widget_class_install_action (widget_class, "notices.new", NULL, on_new);
}

static void
iw_notices_page_init (IwNoticesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->clocks = iw_keyed_rows_new (self->clocks_group, make_clock_row, self);
  self->notices = iw_keyed_rows_new (self->notices_group, make_notice_row, self);
}

GtkWidget *
iw_notices_page_new (IwLiveIncident *live)
{
  IwNoticesPage *self = g_object_new (IW_TYPE_NOTICES_PAGE, NULL);

  self->live = g_object_ref (live);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "notices.new",
      !iw_workspace_get_read_only (iw_live_incident_get_workspace (live)));
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  on_changed (self);
  return GTK_WIDGET (self);
}
