#include "config.h"

#include "iw-plan-page.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-form-dialog.h"
#include "iw-form.h"
#include "iw-plan-order.h"
#include "iw-subject-remove.h"
#include "iw-task-row.h"
#include "iw-ui.h"
#include "iw-words.h"

/* One phase of the plan. */
typedef struct
{
  AdwPreferencesGroup *group;
  GtkListBox *list;
} Phase;

struct _IwPlanPage
{
  AdwNavigationPage parent_instance;

  GtkStack *stack;
  GtkLabel *summary;
  Phase phases[IW_N_PLAN_PHASES];
  GHashTable *rows; /* docid -> IwTaskRow, in one of the lists */
  char *wanted;     /* a task to go to once it is there; NULL if none */

  IwLiveIncident *live;
};

G_DEFINE_FINAL_TYPE (IwPlanPage, iw_plan_page, ADW_TYPE_NAVIGATION_PAGE)

static IwWorkspace *
workspace_of (IwPlanPage *self)
{
  return iw_live_incident_get_workspace (self->live);
}

/* ---- what is shown ---- */

static guint
phase_index (IwDocument *task)
{
  for (guint i = 0; i < IW_N_PLAN_PHASES; i++)
    if (g_str_equal (iw_plan_phase (i), iw_document_get_text (task, "phase")))
      return i;
  return 0;
}

static void
on_dropped (IwTaskRow *target, const char *docid, gpointer data)
{
  IwPlanPage *self = data;
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  IwDocument *at = iw_situation_find (situation, iw_task_row_get_docid (target));
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (situation);
  g_autoptr (GPtrArray) documents = NULL;

  if (at == NULL)
    return;
  documents =
      iw_plan_move (plan, docid, iw_plan_phase (phase_index (at)), iw_task_row_get_docid (target));
  iw_apply_documents (GTK_WIDGET (self), workspace_of (self), N_ ("Move Task"), documents, 1,
                      _ ("Task moved"));
}

/* In another phase it is another row. */
static IwTaskRow *
get_row (IwPlanPage *self, IwDocument *task)
{
  const char *docid = iw_document_get_id (task);
  GtkListBox *list = self->phases[phase_index (task)].list;
  GtkWidget *row = g_hash_table_lookup (self->rows, docid);

  if (row != NULL && gtk_widget_get_parent (row) == GTK_WIDGET (list))
    return IW_TASK_ROW (row);
  if (row != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (row)), row);
  row = iw_task_row_new (docid, !iw_workspace_get_read_only (workspace_of (self)));
  g_signal_connect_object (row, "dropped", G_CALLBACK (on_dropped), self, 0);
  g_hash_table_insert (self->rows, g_strdup (docid), row);
  gtk_list_box_append (list, row);
  return IW_TASK_ROW (row);
}

static void
drop_rows (IwPlanPage *self, IwSituation *situation)
{
  GHashTableIter iter;
  gpointer docid, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &docid, &row))
    if (iw_situation_find (situation, docid) == NULL)
      {
        gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (row)), row);
        g_hash_table_iter_remove (&iter);
      }
}

static void
focus_wanted (IwPlanPage *self)
{
  GtkWidget *row = self->wanted != NULL ? g_hash_table_lookup (self->rows, self->wanted) : NULL;

  if (row == NULL)
    return;
  gtk_widget_grab_focus (row);
  g_clear_pointer (&self->wanted, g_free);
}

static void
update (IwPlanPage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) plan = NULL;
  g_autofree char *summary = NULL;
  guint n[IW_N_PLAN_PHASES] = { 0 };

  if (situation == NULL)
    return;
  plan = iw_situation_get_plan (situation);
  drop_rows (self, situation);
  for (guint i = 0; i < plan->len; i++)
    {
      IwTaskRow *row = get_row (self, plan->pdata[i]);
      g_autoptr (IwTaskText) text = iw_task_text_new (situation, plan->pdata[i], now, zone);
      g_autoptr (GPtrArray) facts = iw_task_facts (situation, plan->pdata[i], zone);

      iw_task_row_set_text (row, text, facts);
      iw_task_row_set_position (row, i);
      n[phase_index (plan->pdata[i])]++;
    }
  for (guint i = 0; i < IW_N_PLAN_PHASES; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->phases[i].list), n[i] > 0);
      gtk_list_box_invalidate_sort (self->phases[i].list);
    }
  summary = iw_plan_summary (situation, plan, now);
  gtk_label_set_text (self->summary, summary);
  gtk_stack_set_visible_child_name (self->stack, plan->len > 0 ? "plan" : "empty");
  focus_wanted (self);
}

/* ---- actions ---- */

static void
add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwPlanPage *self = IW_PLAN_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *phase = g_variant_get_string (parameter, NULL);
  g_autoptr (GPtrArray) plan = NULL;
  g_autofree char *salt = NULL;
  g_autofree char *order = NULL;
  const char *values[] = { "phase", phase, "order", NULL, NULL };

  if (situation == NULL)
    return;
  plan = iw_situation_get_plan (situation);
  salt = iw_id_new (iw_context_system ());
  order = iw_plan_order_at_end (plan, phase, salt);
  values[3] = order;
  iw_form_dialog_present (widget, workspace_of (self), iw_live_incident_get_incident (self->live),
                          "task", NULL, values);
}

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_form_dialog_present_edit (widget, workspace_of (IW_PLAN_PAGE (widget)),
                               g_variant_get_string (parameter, NULL));
}

static void
remove_task (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwPlanPage *self = IW_PLAN_PAGE (widget);
  IwDocument *task = iw_situation_find (iw_live_incident_get_situation (self->live),
                                        g_variant_get_string (parameter, NULL));

  if (task != NULL)
    iw_subject_remove (widget, workspace_of (self), task);
}

static void
move (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwPlanPage *self = IW_PLAN_PAGE (widget);
  g_autoptr (GPtrArray) plan = iw_situation_get_plan (iw_live_incident_get_situation (self->live));
  g_autoptr (GPtrArray) documents = NULL;
  const char *docid;
  int step;

  g_variant_get (parameter, "(&si)", &docid, &step);
  documents = iw_plan_step (plan, docid, step);
  iw_apply_documents (widget, workspace_of (self), N_ ("Move Task"), documents, 1,
                      step < 0 ? _ ("Task moved up") : _ ("Task moved down"));
}

/* Through the form's dialog, to say why or to cite what shows it. */
static void
present_state (IwPlanPage *self, const char *docid, const char *state)
{
  const char *values[] = { "to", state, NULL };

  iw_form_dialog_present (GTK_WIDGET (self), workspace_of (self),
                          iw_live_incident_get_incident (self->live), "task-state", docid, values);
}

static void
cite (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwPlanPage *self = IW_PLAN_PAGE (widget);
  const char *docid = g_variant_get_string (parameter, NULL);

  present_state (
      self, docid,
      iw_situation_get_task_state (iw_live_incident_get_situation (self->live), docid, NULL));
}

static void
set_state (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwPlanPage *self = IW_PLAN_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *docid, *state;
  g_autofree char *author = iw_ui_author ();
  g_autofree char *task = NULL;
  g_autofree char *done = NULL;
  g_autoptr (IwForm) empty = NULL;
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) documents = NULL;

  g_variant_get (parameter, "(&s&s)", &docid, &state);
  if (situation == NULL || iw_situation_find (situation, docid) == NULL)
    return;
  empty = iw_form_new (iw_form_kind_find ("task-state"), situation, docid, author);
  form = iw_form_set (empty, "to", state);
  documents = iw_form_write (form, iw_context_system (), NULL);
  if (documents == NULL)
    {
      /* It asks for something: a reason for dropping it. */
      present_state (self, docid, state);
      return;
    }
  task = iw_situation_name (situation, docid);
  /* Translators: a task and its new state: "Rotate keys: Done". */
  done = g_strdup_printf (_ ("%s: %s"), task, iw_words_choice ("task-state", "to", state));
  iw_apply_documents (widget, workspace_of (self), iw_form_get_action (form), documents, 1, done);
}

/* ---- the object ---- */

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  guint left = iw_task_row_get_position (IW_TASK_ROW (a));
  guint right = iw_task_row_get_position (IW_TASK_ROW (b));

  return left < right ? -1 : left > right;
}

static GtkWidget *
new_add_button (const char *phase, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* Translators: %s is a phase of the plan: "New Task in Containment". */
  g_autofree char *words = g_strdup_printf (_ ("New Task in %s"), label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", phase);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "plan.add");
  return button;
}

static GtkWidget *
new_phase (IwPlanPage *self, guint index)
{
  Phase *phase = &self->phases[index];
  const char *label = iw_words_choice ("task", "phase", iw_plan_phase (index));

  phase->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  phase->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (phase->list, GTK_SELECTION_NONE);
  gtk_list_box_set_sort_func (phase->list, compare_rows, NULL, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (phase->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (phase->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  adw_preferences_group_set_title (phase->group, label);
  adw_preferences_group_set_header_suffix (phase->group,
                                           new_add_button (iw_plan_phase (index), label));
  adw_preferences_group_add (phase->group, GTK_WIDGET (phase->list));
  return GTK_WIDGET (phase->group);
}

static GtkWidget *
new_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_New Task…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-list-bullet-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Plan Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("What is to be done to contain, eradicate and recover, by whom and until when."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "containment");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "plan.add");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
new_plan (IwPlanPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clamp =
      g_object_new (ADW_TYPE_CLAMP, "maximum-size", 860, "child", box, "margin-top", 12,
                    "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dimmed");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  for (guint i = 0; i < IW_N_PLAN_PHASES; i++)
    gtk_box_append (GTK_BOX (box), new_phase (self, i));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
iw_plan_page_dispose (GObject *object)
{
  IwPlanPage *self = IW_PLAN_PAGE (object);

  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  g_clear_object (&self->live);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (iw_plan_page_parent_class)->dispose (object);
}

static void
iw_plan_page_class_init (IwPlanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_plan_page_dispose;
  gtk_widget_class_install_action (widget_class, "plan.add", "s", add);
  gtk_widget_class_install_action (widget_class, "plan.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "plan.remove", "s", remove_task);
  gtk_widget_class_install_action (widget_class, "plan.move", "(si)", move);
  gtk_widget_class_install_action (widget_class, "plan.cite", "s", cite);
  gtk_widget_class_install_action (widget_class, "plan.state", "(ss)", set_state);
}

static void
iw_plan_page_init (IwPlanPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, new_empty (), "empty");
  gtk_stack_add_named (self->stack, new_plan (self), "plan");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

GtkWidget *
iw_plan_page_new (IwLiveIncident *live)
{
  IwPlanPage *self =
      g_object_new (IW_TYPE_PLAN_PAGE, "title", _ ("Recovery Plan"), "tag", "plan", NULL);
  static const char *const writing[] = { "plan.add",  "plan.edit", "plan.remove",
                                         "plan.move", "plan.cite", "plan.state" };
  gboolean writable = !iw_workspace_get_read_only (iw_live_incident_get_workspace (live));

  self->live = g_object_ref (live);
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], writable);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
