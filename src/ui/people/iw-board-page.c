#include "config.h"

#include "iw-board-page.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-board-facts.h"
#include "iw-fact-group.h"
#include "iw-form-dialog.h"
#include "iw-form.h"
#include "iw-ui.h"
#include "iw-words.h"

/* What stands for one phase. */
typedef struct
{
  GtkLabel *heading;
  GtkLabel *progress;
  GtkBox *sides;
  IwFactGroup *groups[2];
} Phase;

struct _IwBoardPage
{
  AdwNavigationPage parent_instance;

  Phase phases[IW_N_PHASES];
  IwLiveIncident *live;
};

G_DEFINE_FINAL_TYPE (IwBoardPage, iw_board_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update_phase (IwBoardPage *self, IwSituation *situation, IwPhase phase)
{
  Phase *shown = &self->phases[phase];
  gboolean writable = !iw_workspace_get_read_only (iw_live_incident_get_workspace (self->live));
  gboolean now = iw_phase_of_stage (iw_situation_get_state (situation)->stage) == phase;
  g_autofree char *progress = iw_board_progress (situation, phase);
  /* Translators: how far a phase is that the incident is in now. */
  g_autofree char *words = now ? g_strdup_printf (_ ("Now · %s"), progress) : NULL;

  gtk_label_set_text (shown->progress, words != NULL ? words : progress);
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (GPtrArray) facts = iw_board_facts (situation, phase, side, writable);

      iw_fact_group_set_facts (shown->groups[side], facts);
    }
}

static void
update (IwBoardPage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);

  for (guint phase = 0; situation != NULL && phase < IW_N_PHASES; phase++)
    update_phase (self, situation, phase);
}

/* ---- deciding ---- */

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwBoardPage *self = IW_BOARD_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *activity = g_variant_get_string (parameter, NULL);
  const char *values[] = { "activity", activity, "to", NULL, "assignee", NULL, NULL };

  if (situation == NULL)
    return;
  values[3] = iw_board_state (situation, activity);
  values[5] = iw_words_field (iw_situation_get_activity (situation, activity), "assignee");
  iw_form_dialog_present (widget, iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), "activity", NULL, values);
}

static IwForm *
filled_form (IwSituation *situation, const char *activity, const char *state)
{
  g_autofree char *author = iw_ui_author ();
  const char *assignee =
      iw_words_field (iw_situation_get_activity (situation, activity), "assignee");
  const char *values[][2] = { { "activity", activity }, { "to", state }, { "assignee", assignee } };
  IwForm *form = iw_form_new (iw_form_kind_find ("activity"), situation, NULL, author);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      IwForm *next = iw_form_set (form, values[i][0], values[i][1]);

      iw_form_unref (form);
      form = next;
    }
  return form;
}

/* The next step at a click: who has it stays. */
static void
set (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwBoardPage *self = IW_BOARD_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *activity, *state;
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  g_variant_get (parameter, "(&s&s)", &activity, &state);
  if (situation == NULL)
    return;
  form = filled_form (situation, activity, state);
  documents = iw_form_write (form, iw_context_system (), &error);
  if (documents == NULL)
    {
      iw_ui_toast (widget, error->message);
      return;
    }
  /* Translators: an activity and its new state: "Forensics: In Progress". */
  done = g_strdup_printf (_ ("%s: %s"), iw_activity_label (iw_activity_find (activity)),
                          iw_words_choice ("activity", "to", state));
  iw_apply_documents (widget, iw_live_incident_get_workspace (self->live),
                      iw_form_get_action (form), documents, 1, done);
}

/* ---- the object ---- */

static void
set_narrow (IwBoardPage *self, gboolean narrow)
{
  for (guint i = 0; i < IW_N_PHASES; i++)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->phases[i].sides),
                                      narrow ? GTK_ORIENTATION_VERTICAL
                                             : GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_homogeneous (self->phases[i].sides, !narrow);
    }
}

static void
on_narrow (IwBoardPage *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (IwBoardPage *self)
{
  set_narrow (self, FALSE);
}

static void
iw_board_page_dispose (GObject *object)
{
  IwBoardPage *self = IW_BOARD_PAGE (object);

  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  g_clear_object (&self->live);
  G_OBJECT_CLASS (iw_board_page_parent_class)->dispose (object);
}

static void
iw_board_page_class_init (IwBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_board_page_dispose;
  gtk_widget_class_install_action (widget_class, "board.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "board.set", "(ss)", set);
}

static GtkLabel *
new_label (const char *text, const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, class_name);
  return GTK_LABEL (label);
}

static GtkWidget *
new_phase (IwBoardPage *self, IwPhase phase)
{
  Phase *shown = &self->phases[phase];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  shown->heading = new_label (iw_phase_label (phase), "title-4");
  shown->progress = new_label (NULL, "dimmed");
  shown->sides = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_set_homogeneous (shown->sides, TRUE);
  for (guint side = 0; side < 2; side++)
    {
      shown->groups[side] = IW_FACT_GROUP (iw_fact_group_new ("board", iw_side_label (side)));
      iw_fact_group_set_narrow (shown->groups[side], FALSE);
      gtk_widget_set_valign (GTK_WIDGET (shown->groups[side]), GTK_ALIGN_START);
      gtk_widget_set_hexpand (GTK_WIDGET (shown->groups[side]), TRUE);
      gtk_box_append (shown->sides, GTK_WIDGET (shown->groups[side]));
    }
  gtk_widget_set_margin_top (GTK_WIDGET (shown->sides), 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (shown->heading));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (shown->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (shown->sides));
  return box;
}

static GtkWidget *
new_content (IwBoardPage *self)
{
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *clamp =
      g_object_new (ADW_TYPE_CLAMP, "maximum-size", 1000, "child", box, "margin-top", 12,
                    "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 720sp"));

  for (guint phase = 0; phase < IW_N_PHASES; phase++)
    gtk_box_append (GTK_BOX (box), new_phase (self, phase));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_size_request (bin, 300, 200);
  g_signal_connect_object (narrow, "apply", G_CALLBACK (on_narrow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (narrow, "unapply", G_CALLBACK (on_wide), self, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), scrolled);
  return bin;
}

static void
iw_board_page_init (IwBoardPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), new_content (self));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

GtkWidget *
iw_board_page_new (IwLiveIncident *live)
{
  IwBoardPage *self =
      g_object_new (IW_TYPE_BOARD_PAGE, "title", _ ("Response Board"), "tag", "board", NULL);

  self->live = g_object_ref (live);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
