/* The form dialog: what is wrong, at the field and as a whole, and in one line. */
#include "config.h"

#include "iw-form-dialog-private.h"

#include <glib/gi18n-lib.h>

static const char *
first_message (GPtrArray *problems, const char *field)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const IwProblem *problem = problems->pdata[i];

      if (g_strcmp0 (problem->field, field) == 0)
        return problem->message;
    }
  return NULL;
}

/* About a field that is not on screen: as good as one about the whole. */
static gboolean
is_of_whole (IwFormDialog *self, const IwProblem *problem)
{
  IwFormRow *row = problem->field != NULL ? iw_form_dialog_find_row (self, problem->field) : NULL;

  return row == NULL || !iw_form_row_get_shown (row);
}

/* ---- at the fields ---- */

static void
show_at_fields (IwFormDialog *self, GPtrArray *problems)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      IwFormRow *row = self->rows->pdata[i];
      const char *name = iw_form_row_get_field (row)->name;
      gboolean judged = self->tried || g_hash_table_contains (self->touched, name);

      iw_form_row_set_problem (row, judged ? first_message (problems, name) : NULL);
    }
}

/* ---- at the top ---- */

static void
on_link (AdwActionRow *row, gpointer data)
{
  IwFormDialog *self = data;
  g_autoptr (GtkWidget) root = g_object_ref (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  g_autofree char *place = g_strdup (g_object_get_data (G_OBJECT (row), "place"));
  g_autofree char *incident = g_strdup (iw_form_dialog_get_incident (self));

  /* What was typed is there again when one comes back. */
  adw_dialog_close (ADW_DIALOG (self));
  if (incident != NULL)
    gtk_widget_activate_action (root, "win.show-incident", "(ss)", incident, place);
}

static GtkWidget *
make_problem_row (IwFormDialog *self, const IwProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->message);
  if (problem->place == NULL || iw_form_dialog_get_incident (self) == NULL)
    return row;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Show where this is mended"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "place", (gpointer)problem->place);
  g_signal_connect (row, "activated", G_CALLBACK (on_link), self);
  return row;
}

static guint
show_at_top (IwFormDialog *self, GPtrArray *problems)
{
  gboolean judged = self->tried || g_hash_table_size (self->touched) > 0;
  guint n = 0;

  gtk_list_box_remove_all (self->problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const IwProblem *problem = problems->pdata[i];

      if (!is_of_whole (self, problem) || (!judged && problem->place == NULL))
        continue;
      gtk_list_box_append (self->problems, make_problem_row (self, problem));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problems), n > 0);
  return n;
}

/* ---- in one line ---- */

static gboolean
are_all_missing (IwFormDialog *self, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const IwProblem *problem = problems->pdata[i];

      if (is_of_whole (self, problem) || *iw_form_get (self->form, problem->field) != '\0')
        return FALSE;
    }
  return TRUE;
}

static guint
count_things (GPtrArray *problems)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const IwProblem *problem = problems->pdata[i];

      if (problem->field == NULL || g_hash_table_add (fields, problem->field))
        n++;
    }
  return n;
}

static void
show_line (IwFormDialog *self, GPtrArray *problems)
{
  guint n = count_things (problems);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->missing), n > 0);
  gtk_widget_set_visible (self->foot, n > 0 || gtk_widget_get_visible (self->notes_box));
  if (n == 0)
    return;
  if (are_all_missing (self, problems))
    words = g_strdup_printf (ngettext ("%u thing is missing", "%u things are missing", n), n);
  else
    words =
        g_strdup_printf (ngettext ("%u thing needs attention", "%u things need attention", n), n);
  if (g_strcmp0 (gtk_button_get_label (self->missing), words) != 0)
    gtk_button_set_label (self->missing, words);
}

void
iw_form_dialog_show_problems (IwFormDialog *self)
{
  g_autoptr (GPtrArray) problems = iw_form_get_problems (self->form, g_get_real_time ());
  gboolean editing = iw_form_get_document (self->form) != NULL;

  show_at_fields (self, problems);
  show_at_top (self, problems);
  show_line (self, problems);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            problems->len == 0 && !self->saving &&
                                !iw_workspace_get_read_only (self->workspace) &&
                                (!editing || iw_form_is_changed (self->form)));
}

void
iw_form_dialog_go_to_first (IwFormDialog *self)
{
  g_autoptr (GPtrArray) problems = iw_form_get_problems (self->form, g_get_real_time ());

  if (problems->len == 0)
    return;
  self->tried = TRUE;
  iw_form_dialog_show_problems (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      IwFormRow *row = self->rows->pdata[i];

      if (!iw_form_row_get_shown (row) ||
          first_message (problems, iw_form_row_get_field (row)->name) == NULL)
        continue;
      iw_form_row_focus (row);
      return;
    }
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_child_focus (GTK_WIDGET (self->problems), GTK_DIR_TAB_FORWARD);
}
