#include "config.h"

#include "iw-notice-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-model-json.h"
#include "iw-ui.h"

G_DEFINE_FINAL_TYPE (IwNoticePage, iw_notice_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- what it is about ---- */

IwSituation *
iw_notice_page_get_situation (IwNoticePage *self)
{
  return iw_live_incident_get_situation (self->live);
}

IwWorkspace *
iw_notice_page_get_workspace (IwNoticePage *self)
{
  return iw_live_incident_get_workspace (self->live);
}

const IwNoticeState *
iw_notice_page_get_state (IwNoticePage *self)
{
  IwSituation *situation = iw_notice_page_get_situation (self);

  return situation != NULL ? iw_situation_get_notice (situation, self->docid) : NULL;
}

gboolean
iw_notice_page_is_editable (IwNoticePage *self)
{
  const IwNoticeState *state = iw_notice_page_get_state (self);

  return state != NULL && state->status != IW_NOTICE_SENT &&
         !iw_workspace_get_read_only (iw_notice_page_get_workspace (self));
}

const char *
iw_notice_page_get_docid (IwNoticePage *self)
{
  return self->docid;
}

/* ---- what is shown ---- */

static void
update_title (IwNoticePage *self)
{
  const char *title = iw_model_json_get_text (self->notice, "title");
  const char *tag = iw_model_json_get_text (self->notice, "language");
  IwAudience audience = iw_notice_document_audience (self->notice);
  g_autofree char *language = iw_notice_language_name (tag);
  g_autofree char *subtitle = g_strjoin (" · ", iw_audience_label (audience), language, NULL);
  g_autofree char *usual = iw_notice_suggest_title (audience, tag);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->window_title, title);
  /* The usual title says that already. */
  adw_window_title_set_subtitle (self->window_title, g_str_equal (title, usual) ? "" : subtitle);
}

static void
update_actions (IwNoticePage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean editable = iw_notice_page_is_editable (self);
  gboolean behind =
      editable && iw_notice_document_is_behind (self->notice, iw_notice_page_get_situation (self));

  /* Where there is nothing to insert there is no button: a narrow window has no room for it. */
  gtk_widget_action_set_enabled (widget, "notice.refill", behind);
  gtk_widget_set_visible (self->refill, behind);
  gtk_widget_action_set_enabled (widget, "notice.delete", editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->subject), editable);
  gtk_text_view_set_editable (self->view, editable);
  gtk_text_view_set_cursor_visible (self->view, editable);
}

void
iw_notice_page_update (IwNoticePage *self)
{
  if (self->gone || self->notice == NULL || iw_notice_page_get_situation (self) == NULL)
    return;
  update_title (self);
  update_actions (self);
  iw_notice_page_say_saved (self);
  iw_notice_page_update_state (self);
  iw_notice_page_update_checks (self);
  iw_notice_page_update_recipients (self);
}

static void
leave (IwNoticePage *self)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  self->gone = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (navigation != NULL)
    adw_navigation_view_pop_to_tag (ADW_NAVIGATION_VIEW (navigation), "root");
}

static void
on_changed (IwNoticePage *self)
{
  IwSituation *situation = iw_notice_page_get_situation (self);
  IwDocument *document;

  if (self->gone || situation == NULL)
    return;
  document = iw_situation_find (situation, self->docid);
  if (document == NULL)
    {
      leave (self);
      return;
    }
  iw_notice_page_adopt (self, document);
  iw_notice_page_update (self);
}

/* ---- the template's ---- */

static void
on_subject_changed (IwNoticePage *self)
{
  if (self->showing || self->notice == NULL)
    return;
  json_object_set_string_member (self->notice, "subject",
                                 gtk_editable_get_text (GTK_EDITABLE (self->subject)));
  iw_notice_page_touch (self, FALSE);
}

static void
on_use_theirs (IwNoticePage *self)
{
  iw_notice_page_use_theirs (self);
}

static void
on_others_applied (IwNoticePage *self)
{
  iw_notice_page_apply_others (self);
}

static void
on_step_clicked (IwNoticePage *self)
{
  iw_notice_page_take_step (
      self, (IwNoticeStatus)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self->step), "to")));
}

/* ---- actions ---- */

static void
on_refill (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_notice_page_refill (IW_NOTICE_PAGE (widget));
}

static void
on_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_notice_page_export (IW_NOTICE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
on_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwNoticePage *self = IW_NOTICE_PAGE (widget);

  self->gone = TRUE;
  iw_apply_body (widget, iw_notice_page_get_workspace (self), N_ ("Delete Notice"), self->docid,
                 self->seen, NULL, _ ("Notice deleted"));
  leave (self);
}

/* The keyboard goes along: what had it lies under this page or was a dialog. */
static void
on_shown (IwNoticePage *self)
{
  if (!(gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* In a narrow window the side lies over the text: Escape takes it away, wherever the focus is,
 * before it leads out of the page. */
static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  IwNoticePage *self = IW_NOTICE_PAGE (widget);

  if (!adw_overlay_split_view_get_collapsed (self->split) ||
      !adw_overlay_split_view_get_show_sidebar (self->split))
    return FALSE;
  adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  return TRUE;
}

static void
on_hidden (IwNoticePage *self)
{
  if (self->notice != NULL && !self->gone)
    iw_notice_page_save (self);
}

/* ---- the object ---- */

static void
iw_notice_page_dispose (GObject *object)
{
  IwNoticePage *self = IW_NOTICE_PAGE (object);

  self->gone = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  g_clear_pointer (&self->checks, iw_keyed_rows_free);
  g_clear_pointer (&self->recipients, iw_keyed_rows_free);
  g_clear_pointer (&self->steps, iw_keyed_rows_free);
  g_clear_pointer (&self->history, iw_keyed_rows_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_NOTICE_PAGE);
  g_clear_object (&self->live);
  g_clear_pointer (&self->notice, json_object_unref);
  g_clear_pointer (&self->docid, g_free);
  g_clear_pointer (&self->stored, g_free);
  g_clear_pointer (&self->rev, g_free);
  g_clear_pointer (&self->seen, g_free);
  g_clear_pointer (&self->base, json_object_unref);
  g_clear_pointer (&self->sent, json_object_unref);
  G_OBJECT_CLASS (iw_notice_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, window_title);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, error_banner);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, split);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, state_label);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, step);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, refill);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, subject);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, text_frame);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, saved_label);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, check_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, recipients_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, others_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, others);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, steps_group);
  gtk_widget_class_bind_template_child (widget_class, IwNoticePage, history_group);
}

static void
iw_notice_page_class_init (IwNoticePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_notice_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-notice-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_subject_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_theirs);
  gtk_widget_class_bind_template_callback (widget_class, on_others_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_step_clicked);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, GDK_NO_MODIFIER_MASK, on_escape,
                                NULL);
  gtk_widget_class_install_action (widget_class, "notice.refill", NULL, on_refill);
  gtk_widget_class_install_action (widget_class, "notice.export", "s", on_export);
  gtk_widget_class_install_action (widget_class, "notice.delete", NULL, on_delete);
}

static void
iw_notice_page_init (IwNoticePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wanted_step = -1;
  iw_notice_page_make_text (self);
  self->checks = iw_keyed_rows_new (self->check_group, iw_notice_page_make_check, self);
  self->recipients =
      iw_keyed_rows_new (self->recipients_group, iw_notice_page_make_recipient, self);
  self->steps = iw_keyed_rows_new (self->steps_group, iw_notice_page_make_step, self);
  self->history = iw_keyed_rows_new (self->history_group, iw_notice_page_make_event, self);
  g_signal_connect (self, "shown", G_CALLBACK (on_shown), NULL);
  g_signal_connect (self, "hiding", G_CALLBACK (on_hidden), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_hidden), NULL);
}

AdwNavigationPage *
iw_notice_page_new (IwLiveIncident *live, const char *docid)
{
  IwNoticePage *self = g_object_new (IW_TYPE_NOTICE_PAGE, NULL);

  self->live = g_object_ref (live);
  self->docid = g_strdup (docid);
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "tick", G_CALLBACK (iw_notice_page_update), self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
  return ADW_NAVIGATION_PAGE (self);
}
