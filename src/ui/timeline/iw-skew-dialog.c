#include "config.h"

#include "iw-skew-dialog.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "iw-timeline-row-text.h"
#include "iw-ui.h"

/* Ten years: beyond that a time is no clock that was set wrong. */
#define MAX_SECONDS (3653.0 * 86400.0)

struct _IwSkewDialog
{
  AdwDialog parent_instance;

  IwWorkspace *workspace;
  IwTimeDisplay *display;
  GPtrArray *evidence; /* (element-type IwEvidence) */
  GPtrArray *rows;     /* (element-type AdwSpinRow) (unowned), as many */

  GtkButton *apply;
  AdwPreferencesGroup *group;
  AdwPreferencesGroup *problem_group;
  GtkLabel *problem;
};

enum
{
  APPLIED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwSkewDialog, iw_skew_dialog, ADW_TYPE_DIALOG)

char *
iw_skew_words (gint64 first, gint64 skew_us, GTimeZone *zone)
{
  g_autofree char *written = iw_time_format ((IwTime){ first, IW_PRECISION_SECOND }, zone, TRUE);
  g_autofree char *shown = NULL;

  if (skew_us == 0)
    /* Translators: %s is a time with its date. */
    return g_strdup_printf (_ ("Times are shown as written; the first is %s"), written);
  shown = iw_time_format ((IwTime){ first + skew_us, IW_PRECISION_SECOND }, zone, TRUE);
  /* Translators: both are times with dates. */
  return g_strdup_printf (_ ("The first time, written as %s, is shown as %s"), written, shown);
}

static gint64
row_skew (AdwSpinRow *row)
{
  return llround (adw_spin_row_get_value (row) * 1000.0) * 1000;
}

static gint64
first_time (IwEvidence *evidence)
{
  JsonObject *timeline = iw_evidence_get_timeline (evidence);
  const char *text = NULL;
  IwTime time;

  if (timeline == NULL || !json_object_has_member (timeline, "first"))
    return 0;
  if (json_node_get_value_type (json_object_get_member (timeline, "first")) == G_TYPE_INT64)
    return json_object_get_int_member (timeline, "first");
  text = json_object_get_string_member_with_default (timeline, "first", NULL);
  return text != NULL && iw_time_parse_rfc3339 (text, NULL, &time) ? time.us : 0;
}

static void
on_value_changed (IwSkewDialog *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwSpinRow *row = g_ptr_array_index (self->rows, i);
      IwEvidence *evidence = g_ptr_array_index (self->evidence, i);
      gint64 skew = row_skew (row);
      gint64 first = first_time (evidence);
      g_autofree char *words =
          first != 0 ? iw_skew_words (first, skew, iw_time_display_get_zone (self->display)) : NULL;

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words != NULL ? words : "");
      changed = changed || skew != iw_evidence_get_skew (evidence);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply),
                            changed && !iw_workspace_get_read_only (self->workspace));
}

/* ---- storing ---- */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwSkewDialog) self = IW_SKEW_DIALOG (data);
  g_autoptr (GError) error = NULL;

  if (iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    {
      g_signal_emit (self, signals[APPLIED], 0, _ ("Clock corrected"));
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), TRUE);
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_group), TRUE);
}

/* All but the clock stays as it is now. @rev: (out) (transfer full). (transfer full) */
static JsonObject *
with_skew (IwSkewDialog *self, IwEvidence *evidence, gint64 skew, char **rev)
{
  const char *docid = iw_evidence_get_id (evidence);
  g_autoptr (JsonObject) body =
      iw_store_get (iw_workspace_get_store (self->workspace), docid, rev, NULL);
  g_autoptr (IwEvidence) now = body != NULL ? iw_evidence_new_from_json (docid, body, NULL) : NULL;

  if (now == NULL)
    now = g_object_ref (evidence);
  iw_evidence_set_skew (now, skew);
  return iw_evidence_to_json (now);
}

static void
on_apply (GtkButton *button, IwSkewDialog *self)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (IwChange));
  g_autoptr (GPtrArray) revs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->rows->len; i++)
    adw_spin_row_update (g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < self->rows->len; i++)
    {
      IwEvidence *evidence = g_ptr_array_index (self->evidence, i);
      gint64 skew = row_skew (g_ptr_array_index (self->rows, i));
      IwChange change = { iw_evidence_get_id (evidence), NULL };
      char *rev = NULL;

      if (skew == iw_evidence_get_skew (evidence))
        continue;
      change.body = with_skew (self, evidence, skew, &rev);
      change.base = rev;
      g_ptr_array_add (revs, rev);
      g_array_append_val (changes, change);
    }
  if (changes->len > 0)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->apply), FALSE);
      iw_workspace_apply_async (self->workspace, N_ ("Correct Clock"),
                                (IwChange *)(void *)changes->data, changes->len, changes->len,
                                on_applied, g_object_ref (self));
    }
  for (guint i = 0; i < changes->len; i++)
    json_object_unref (g_array_index (changes, IwChange, i).body);
}

static void
on_cancel (GtkButton *button, IwSkewDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* A number that is still being typed counts when Apply is pressed. */
static void
on_text_changed (IwSkewDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply),
                            !iw_workspace_get_read_only (self->workspace));
}

/* ---- object ---- */

static void
add_source (IwSkewDialog *self, IwEvidence *evidence)
{
  GtkAdjustment *adjustment = gtk_adjustment_new ((double)iw_evidence_get_skew (evidence) / 1e6,
                                                  -MAX_SECONDS, MAX_SECONDS, 1, 60, 0);
  AdwSpinRow *row = ADW_SPIN_ROW (adw_spin_row_new (adjustment, 1, 3));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), iw_evidence_get_name (evidence));
  adw_spin_row_set_numeric (row, TRUE);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
iw_skew_dialog_dispose (GObject *object)
{
  IwSkewDialog *self = IW_SKEW_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SKEW_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_object (&self->display);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_skew_dialog_parent_class)->dispose (object);
}

static void
iw_skew_dialog_class_init (IwSkewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_skew_dialog_dispose;
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/incident_workbench/IncidentWorkbench/ui/iw-skew-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwSkewDialog, apply);
  gtk_widget_class_bind_template_child (widget_class, IwSkewDialog, group);
  gtk_widget_class_bind_template_child (widget_class, IwSkewDialog, problem_group);
  gtk_widget_class_bind_template_child (widget_class, IwSkewDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
iw_skew_dialog_init (IwSkewDialog *self)
{
  self->evidence = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The row itself takes no focus, the text within it does. */
static void
focus_number (IwSkewDialog *self, AdwSpinRow *row)
{
  GtkEditable *editable = GTK_EDITABLE (row);

  while (gtk_editable_get_delegate (editable) != NULL)
    editable = gtk_editable_get_delegate (editable);
  iw_ui_focus_in_dialog (ADW_DIALOG (self), GTK_WIDGET (editable));
}

/* The dialog edits copies: the view goes on using its own. */
static IwEvidence *
copy_evidence (IwEvidence *evidence)
{
  g_autoptr (JsonObject) json = iw_evidence_to_json (evidence);

  return iw_evidence_new_from_json (iw_evidence_get_id (evidence), json, NULL);
}

AdwDialog *
iw_skew_dialog_new (IwWorkspace *workspace, GPtrArray *evidence, IwTimeDisplay *display)
{
  IwSkewDialog *self = g_object_new (IW_TYPE_SKEW_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->display = g_object_ref (display);
  for (guint i = 0; i < evidence->len; i++)
    {
      IwEvidence *copy = copy_evidence (g_ptr_array_index (evidence, i));

      if (copy == NULL)
        continue;
      g_ptr_array_add (self->evidence, copy);
      add_source (self, copy);
    }
  on_value_changed (self);
  if (self->rows->len > 0)
    focus_number (self, g_ptr_array_index (self->rows, 0));
  return ADW_DIALOG (self);
}
