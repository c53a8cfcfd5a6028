#include "config.h"

#include "iw-response-page.h"

#include <glib/gi18n-lib.h>

#include "iw-board-page.h"
#include "iw-calendar-export.h"
#include "iw-experts.h"
#include "iw-fact-group.h"
#include "iw-facts.h"
#include "iw-form.h"
#include "iw-form-dialog.h"
#include "iw-message-dialog.h"
#include "iw-plan-page.h"
#include "iw-stage-path.h"
#include "iw-ui.h"

/* How much of the margin above the groups is left out of sight. */
#define ABOVE_GROUP 12

typedef struct
{
  const char *place;
  const char *title;
  IwFactsFunc facts;
  const char *add_form;  /* what the button beside the title opens; NULL: no button */
  const char *add_words; /* what it is called */
} Section;

static const Section sections[] = {
  { "response", N_ ("Stage"), iw_facts_stage, NULL, NULL },
  { "detection", N_ ("Detection"), iw_facts_detection, NULL, NULL },
  { "assessment", N_ ("Assessment"), iw_facts_assessment, NULL, NULL },
  { "classification", N_ ("Classification"), iw_facts_classification, NULL, NULL },
  { "impact", N_ ("Impact, Severity and Priority"), iw_facts_impact, NULL, NULL },
  { "clocks", N_ ("Clocks"), iw_facts_clocks, "clock", N_ ("Add Clock") },
  { "escalations", N_ ("Escalations"), iw_facts_escalations, "escalation", N_ ("Escalate") },
  { "roles", N_ ("Roles"), iw_facts_roles, NULL, NULL },
  { "liaison", N_ ("Outside Bodies"), iw_facts_liaison, "liaison", N_ ("Record a Contact") },
  { "work", N_ ("Shared Work"), iw_facts_work, NULL, NULL },
};

struct _IwResponsePage
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  GtkStack *stack;
  GtkViewport *viewport;
  GtkBox *groups;
  IwFactGroup *group[G_N_ELEMENTS (sections)];
  IwStagePath *path;
  GtkLabel *zone;

  IwLiveIncident *live;
  char *wanted; /* a place that was asked for before anything was read */
};

G_DEFINE_FINAL_TYPE (IwResponsePage, iw_response_page, ADW_TYPE_BIN)

/* ---- showing ---- */

/* The form alone knows which stages can be reached. */
static guint
reachable_stages (IwSituation *situation)
{
  const IwFormKind *kind = iw_form_kind_find ("stage");
  g_autoptr (IwForm) form = iw_form_new (kind, situation, NULL, NULL);
  g_autofree IwChoice *choices = iw_form_get_choices (form, iw_form_kind_field (kind, "to"));
  guint reachable = 0;

  for (const IwChoice *choice = choices; choice->value != NULL; choice++)
    {
      IwStage stage;

      if (iw_stage_from_string (choice->value, &stage))
        reachable |= 1u << stage;
    }
  /* The one that is in force opens the form as it is. */
  return reachable | 1u << iw_situation_get_state (situation)->stage;
}

static void
show_zone (IwResponsePage *self, const IwFactContext *context)
{
  g_autofree char *zone = iw_time_zone_words (context->zone, context->now);
  /* Translators: %s is the zone that the times of this page are in. */
  g_autofree char *words = g_strdup_printf (_ ("All times: %s"), zone);

  gtk_label_set_text (self->zone, words);
}

static void
show_facts (IwResponsePage *self, const IwFactContext *context)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (GPtrArray) facts = iw_facts_new ();

      sections[i].facts (facts, context);
      iw_fact_group_set_facts (self->group[i], facts);
    }
}

static gboolean
get_context (IwResponsePage *self, IwFactContext *context)
{
  context->situation = iw_live_incident_get_situation (self->live);
  context->zone = iw_live_incident_get_zone (self->live);
  context->now = g_get_real_time ();
  return context->situation != NULL;
}

static void
on_tick (IwResponsePage *self)
{
  IwFactContext context;

  if (!get_context (self, &context))
    return;
  show_facts (self, &context);
  show_zone (self, &context);
}

static void
on_changed (IwResponsePage *self)
{
  IwFactContext context;
  gboolean read_only = iw_workspace_get_read_only (iw_live_incident_get_workspace (self->live));
  g_autofree char *wanted = NULL;

  if (!get_context (self, &context))
    return;
  on_tick (self);
  iw_stage_path_set_state (self->path, iw_situation_get_state (context.situation),
                           read_only ? 0 : reachable_stages (context.situation));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "response.calendar",
                                 iw_situation_get_clocks (context.situation)->len > 0);
  gtk_stack_set_visible_child_name (self->stack, "content");
  wanted = g_steal_pointer (&self->wanted);
  if (wanted != NULL)
    iw_response_page_goto (self, wanted);
}

/* ---- going to a place ---- */

static void
push (IwResponsePage *self, const char *tag)
{
  GtkWidget *page;

  if (g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->navigation), tag) == 0)
    return;
  adw_navigation_view_pop_to_tag (self->navigation, "response");
  page =
      g_str_equal (tag, "board") ? iw_board_page_new (self->live) : iw_plan_page_new (self->live);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* Once it is laid out: the page may have come up just now. Focus alone would leave the title out.
 */
static gboolean
on_scroll (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  IwResponsePage *self = IW_RESPONSE_PAGE (widget);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->viewport));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (data, GTK_WIDGET (self->groups), &bounds))
    gtk_adjustment_set_value (adjustment, bounds.origin.y + ABOVE_GROUP);
  return G_SOURCE_REMOVE;
}

static void
scroll_to (IwResponsePage *self, GtkWidget *group)
{
  if (!gtk_widget_child_focus (group, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->viewport));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_scroll, g_object_ref (group), g_object_unref);
}

void
iw_response_page_goto (IwResponsePage *self, const char *place)
{
  g_return_if_fail (IW_IS_RESPONSE_PAGE (self));
  g_return_if_fail (place != NULL);

  if (iw_live_incident_get_situation (self->live) == NULL)
    {
      g_set_str (&self->wanted, place);
      return;
    }
  if (g_str_equal (place, "board") || g_str_equal (place, "plan"))
    {
      push (self, place);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (sections[i].place, place))
      {
        adw_navigation_view_pop_to_tag (self->navigation, "response");
        scroll_to (self, GTK_WIDGET (self->group[i]));
      }
}

/* ---- actions ---- */

/* Opens a form of a decision with one field filled in. */
static void
present_form (IwResponsePage *self, const char *kind, const char *field, const char *value)
{
  const char *values[] = { field, value, NULL };

  iw_form_dialog_present (GTK_WIDGET (self), iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), kind, NULL, values);
}

static void
on_stage (GtkWidget *widget, const char *name, GVariant *target)
{
  IwResponsePage *self = IW_RESPONSE_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *to = g_variant_get_string (target, NULL);
  gboolean same = situation != NULL &&
                  g_str_equal (to, iw_stage_to_string (iw_situation_get_state (situation)->stage));

  present_form (self, "stage", same ? NULL : "to", to);
}

static void
on_containment (GtkWidget *widget, const char *name, GVariant *target)
{
  present_form (IW_RESPONSE_PAGE (widget), "containment", "to",
                g_variant_get_string (target, NULL));
}

static void
on_role (GtkWidget *widget, const char *name, GVariant *target)
{
  present_form (IW_RESPONSE_PAGE (widget), "role", "role", g_variant_get_string (target, NULL));
}

/* Of several experts this one is to be replaced or relieved. */
static void
on_expert (GtkWidget *widget, const char *name, GVariant *target)
{
  IwResponsePage *self = IW_RESPONSE_PAGE (widget);
  const char *values[] = { "role", IW_ROLE_EXPERT, "instead_of",
                           g_variant_get_string (target, NULL), NULL };

  iw_form_dialog_present (widget, iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), "role", NULL, values);
}

static void
on_message (GtkWidget *widget, const char *name, GVariant *target)
{
  IwResponsePage *self = IW_RESPONSE_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  GPtrArray *escalations;

  if (situation == NULL)
    return;
  escalations = iw_situation_get_escalations (situation);
  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];

      if (g_str_equal (escalation->id, g_variant_get_string (target, NULL)))
        {
          adw_dialog_present (iw_message_dialog_new (situation, escalation), widget);
          return;
        }
    }
}

static void
on_calendar (GtkWidget *widget, const char *name, GVariant *target)
{
  iw_calendar_export_dialog (widget, IW_RESPONSE_PAGE (widget)->live);
}

/* ---- the widget ---- */

static void
set_narrow (IwResponsePage *self, gboolean narrow)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (self->group[i] != NULL)
      iw_fact_group_set_narrow (self->group[i], narrow);
}

static void
on_narrow (IwResponsePage *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (IwResponsePage *self)
{
  set_narrow (self, FALSE);
}

static void
make_groups (IwResponsePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      const Section *section = &sections[i];

      self->group[i] = IW_FACT_GROUP (
          iw_fact_group_new (section->place, g_dgettext (GETTEXT_PACKAGE, section->title)));
      if (section->add_form != NULL)
        iw_fact_group_add_button (self->group[i], "list-add-symbolic",
                                  g_dgettext (GETTEXT_PACKAGE, section->add_words), "incident.form",
                                  g_variant_new ("(ss)", section->add_form, ""));
      if (g_str_equal (section->place, "clocks"))
        iw_fact_group_add_button (self->group[i], "x-office-calendar-symbolic",
                                  _ ("Export as Calendar"), "response.calendar", NULL);
      gtk_box_append (self->groups, GTK_WIDGET (self->group[i]));
    }
  self->path = IW_STAGE_PATH (iw_stage_path_new ());
  iw_fact_group_set_head (self->group[0], GTK_WIDGET (self->path));
  self->zone = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->zone, TRUE);
  gtk_label_set_xalign (self->zone, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->zone), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->zone), "dimmed");
  gtk_box_append (self->groups, GTK_WIDGET (self->zone));
}

static void
iw_response_page_dispose (GObject *object)
{
  IwResponsePage *self = IW_RESPONSE_PAGE (object);

  /* Before the template takes its child away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  /* A named child is unparented with the template, behind the back of the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_RESPONSE_PAGE);
  memset (self->group, 0, sizeof self->group);
  g_clear_object (&self->live);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (iw_response_page_parent_class)->dispose (object);
}

static void
iw_response_page_class_init (IwResponsePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_response_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-response-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwResponsePage, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwResponsePage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwResponsePage, viewport);
  gtk_widget_class_bind_template_child (widget_class, IwResponsePage, groups);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_install_action (widget_class, "response.stage", "s", on_stage);
  gtk_widget_class_install_action (widget_class, "response.containment", "s", on_containment);
  gtk_widget_class_install_action (widget_class, "response.role", "s", on_role);
  gtk_widget_class_install_action (widget_class, "response.expert", "s", on_expert);
  gtk_widget_class_install_action (widget_class, "response.message", "s", on_message);
  gtk_widget_class_install_action (widget_class, "response.calendar", NULL, on_calendar);
}

static void
iw_response_page_init (IwResponsePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_groups (self);
}

GtkWidget *
iw_response_page_new (IwLiveIncident *live)
{
  IwResponsePage *self = g_object_new (IW_TYPE_RESPONSE_PAGE, NULL);
  gboolean writable = !iw_workspace_get_read_only (iw_live_incident_get_workspace (live));

  self->live = g_object_ref (live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "response.containment", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "response.role", writable);
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  on_changed (self);
  return GTK_WIDGET (self);
}
