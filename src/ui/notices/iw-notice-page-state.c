/* How far a notice is, what can come next, and how it came there (process.md N2, N3). */
#include "config.h"

#include "iw-notice-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-form-dialog.h"
#include "iw-model-json.h"
#include "iw-words.h"

/* ---- steps ---- */

/* Who got it, a line each: the customers, and then the others. */
static char *
sent_to (IwNoticePage *self)
{
  g_autoptr (GPtrArray) recipients =
      iw_notice_recipients (self->notice, iw_notice_page_get_situation (self));
  g_auto (GStrv) others = iw_model_json_get_strings (self->notice, "internal");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < recipients->len; i++)
    g_strv_builder_add (builder, ((IwScopeItem *)recipients->pdata[i])->name);
  g_strv_builder_addv (builder, (const char **)others);
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}

void
iw_notice_page_open_form (IwNoticePage *self, IwNoticeStatus to)
{
  const IwNoticeState *state = iw_notice_page_get_state (self);
  g_autofree char *recipients = sent_to (self);
  const char *values[] = { "to", iw_notice_status_to_string (to), NULL, NULL, NULL, NULL, NULL };

  if (to == IW_NOTICE_SENT)
    {
      values[2] = "recipients";
      values[3] = recipients;
      values[4] = "method";
      values[5] = "mail";
    }
  else if (to == IW_NOTICE_DRAFT && state != NULL && iw_notice_is_stale (state, self->notice))
    {
      values[2] = "why";
      values[3] = _ ("The text was changed after it was approved.");
    }
  iw_form_dialog_present (GTK_WIDGET (self), iw_notice_page_get_workspace (self),
                          iw_live_incident_get_incident (self->live), "notice-state", self->docid,
                          values);
}

void
iw_notice_page_take_step (IwNoticePage *self, IwNoticeStatus to)
{
  if (self->notice == NULL)
    return;
  if (!self->dirty && !self->saving)
    {
      iw_notice_page_open_form (self, to);
      return;
    }
  /* The decision is about the text that is stored. */
  self->wanted_step = (int)to;
  iw_notice_page_save (self);
}

static void
on_step_activated (AdwActionRow *row, IwNoticePage *self)
{
  iw_notice_page_take_step (
      self, (IwNoticeStatus)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "to")));
}

GtkWidget *
iw_notice_page_make_step (const char *key, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  IwNoticeStatus to = IW_NOTICE_DRAFT;

  iw_notice_status_from_string (key, &to);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_notice_step_title (to));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), iw_notice_step_meaning (to));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "to", GINT_TO_POINTER (to));
  g_signal_connect (row, "activated", G_CALLBACK (on_step_activated), data);
  return row;
}

/* A text that was changed cannot be sent: it goes back first. */
static guint
next_steps (const IwNoticeState *state, JsonObject *notice)
{
  guint next = iw_notice_next (state->status);

  return iw_notice_is_stale (state, notice) ? next & ~(1u << IW_NOTICE_SENT) : next;
}

static void
update_steps (IwNoticePage *self, const IwNoticeState *state, gboolean writable)
{
  guint next = writable ? next_steps (state, self->notice) : 0;
  int usual = iw_notice_is_stale (state, self->notice) ? (int)IW_NOTICE_DRAFT
                                                       : iw_notice_usual_step (state->status);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  for (IwNoticeStatus to = 0; to < IW_N_NOTICE_STATUSES; to++)
    if (next & (1u << to))
      g_strv_builder_add (builder, iw_notice_status_to_string (to));
  keys = g_strv_builder_end (builder);
  iw_keyed_rows_set (self->steps, (const char *const *)keys);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), keys[0] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->step), usual >= 0 && (next & (1u << usual)));
  if (usual >= 0)
    {
      gtk_button_set_label (self->step, iw_notice_step_title ((IwNoticeStatus)usual));
      g_object_set_data (G_OBJECT (self->step), "to", GINT_TO_POINTER (usual));
    }
}

/* ---- history ---- */

GtkWidget *
iw_notice_page_make_event (const char *docid, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", docid);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "incident.goto");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

/* What was decided about it, the last first. (element-type IwEntry) (transfer container) */
static GPtrArray *
decided (IwNoticePage *self)
{
  IwDecisions *decisions = iw_situation_get_decisions (iw_notice_page_get_situation (self));
  GPtrArray *entries = g_ptr_array_new ();
  guint index = 0;
  IwEntry *entry;

  while ((entry = iw_decisions_next (decisions, &index, IW_ENTRY_NOTICE, self->docid)) != NULL)
    g_ptr_array_insert (entries, 0, entry);
  return entries;
}

static void
update_history (IwNoticePage *self)
{
  g_autoptr (GPtrArray) entries = decided (self);
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < entries->len; i++)
    g_strv_builder_add (builder, iw_entry_get_id (entries->pdata[i]));
  keys = g_strv_builder_end (builder);
  iw_keyed_rows_set (self->history, (const char *const *)keys);
  gtk_widget_set_visible (GTK_WIDGET (self->history_group), entries->len > 0);
  for (guint i = 0; i < entries->len; i++)
    {
      IwEntry *entry = entries->pdata[i];
      GtkWidget *row = iw_keyed_rows_get (self->history, iw_entry_get_id (entry));
      g_autofree char *what = iw_words_first_line (entry);
      g_autofree char *who = iw_words_when_who (entry, zone);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), who);
    }
}

void
iw_notice_page_update_state (IwNoticePage *self)
{
  const IwNoticeState *state = iw_notice_page_get_state (self);
  gboolean writable = !iw_workspace_get_read_only (iw_notice_page_get_workspace (self));
  g_autofree char *words = NULL;
  gboolean stale;

  if (state == NULL)
    return;
  stale = iw_notice_is_stale (state, self->notice);
  words = iw_notice_state_words (state, self->notice);
  gtk_label_set_text (self->state_label, words);
  gtk_image_set_from_icon_name (self->state_icon, stale ? "dialog-warning-symbolic"
                                                        : iw_notice_status_icon (state->status));
  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), "warning");
  update_steps (self, state, writable);
  update_history (self);
}
