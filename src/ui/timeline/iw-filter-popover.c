#include "config.h"

#include "iw-filter-popover.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "iw-event-index.h"
#include "iw-filter-choices.h"
#include "iw-filter-saved.h"
#include "iw-filter-words.h"

/* As many values as a person may want to look through. */
#define MAX_VALUES 60
#define MACHINE "machine"

struct _IwFilterPopover
{
  GtkPopover parent_instance;

  IwWorkspace *workspace;
  IwTimeDisplay *display;
  char *incident;
  IwFilter *filter;
  gboolean showing; /* the controls follow the filter, not the other way round */
  GCancellable *facets;

  AdwToggleGroup *events;
  IwFilterChoices *kinds;
  IwFilterChoices *sources;
  IwFilterChoices *actors;
  IwFilterChoices *teams;
  AdwComboRow *confidence;
  AdwSwitchRow *key_only;
  AdwSwitchRow *hide_duplicates;
  AdwEntryRow *from;
  AdwEntryRow *to;
  GtkLabel *range_problem;
  IwFilterSaved *saved;
};

enum
{
  CHANGED,
  MESSAGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwFilterPopover, iw_filter_popover, GTK_TYPE_POPOVER)

static const char *const events_modes[] = { "collapsed", "shown", "hidden" };

static void
changed (IwFilterPopover *self)
{
  iw_filter_saved_set_filter (self->saved, self->filter);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- from the controls to the filter ---- */

static void
on_events_changed (AdwToggleGroup *group, GParamSpec *pspec, IwFilterPopover *self)
{
  const char *name = adw_toggle_group_get_active_name (group);

  if (self->showing)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (events_modes); i++)
    if (g_strcmp0 (name, events_modes[i]) == 0)
      iw_filter_set_events_mode (self->filter, i);
  changed (self);
}

static void
on_kinds_changed (IwFilterChoices *choices, IwFilterPopover *self)
{
  const char *const *chosen = iw_filter_choices_get_chosen (choices);
  gboolean machine = FALSE;
  guint32 mask = 0;

  for (guint i = 0; chosen[i] != NULL; i++)
    if (g_str_equal (chosen[i], MACHINE))
      machine = TRUE;
    else
      mask |= 1u << iw_entry_kind_from_string (chosen[i]);
  iw_filter_set_kinds (self->filter, mask, machine);
  changed (self);
}

static void
on_sources_changed (IwFilterChoices *choices, IwFilterPopover *self)
{
  iw_filter_set_sources (self->filter, iw_filter_choices_get_chosen (choices));
  changed (self);
}

static void
on_actors_changed (IwFilterChoices *choices, IwFilterPopover *self)
{
  iw_filter_set_actors (self->filter, iw_filter_choices_get_chosen (choices));
  changed (self);
}

static void
on_teams_changed (IwFilterChoices *choices, IwFilterPopover *self)
{
  iw_filter_set_teams (self->filter, iw_filter_choices_get_chosen (choices));
  changed (self);
}

static void
on_confidence_changed (AdwComboRow *row, GParamSpec *pspec, IwFilterPopover *self)
{
  if (self->showing)
    return;
  iw_filter_set_min_confidence (self->filter, adw_combo_row_get_selected (row));
  changed (self);
}

static void
on_key_changed (AdwSwitchRow *row, GParamSpec *pspec, IwFilterPopover *self)
{
  if (self->showing)
    return;
  iw_filter_set_key_only (self->filter, adw_switch_row_get_active (row));
  changed (self);
}

static void
on_duplicates_changed (AdwSwitchRow *row, GParamSpec *pspec, IwFilterPopover *self)
{
  if (self->showing)
    return;
  iw_filter_set_hide_duplicates (self->filter, adw_switch_row_get_active (row));
  changed (self);
}

static gboolean
read_bound (IwFilterPopover *self, AdwEntryRow *row, gboolean end, gint64 *us)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gboolean good;

  if (*text == '\0')
    {
      *us = end ? IW_TIME_MAX : IW_TIME_MIN;
      good = TRUE;
    }
  else
    good = iw_filter_parse_bound (text, end, g_get_real_time (),
                                  iw_time_display_get_zone (self->display), us);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  return good;
}

static void
on_range_applied (AdwEntryRow *row, IwFilterPopover *self)
{
  gint64 start = 0, end = 0;
  gboolean good = read_bound (self, self->from, FALSE, &start);
  const char *problem = NULL;

  good = read_bound (self, self->to, TRUE, &end) && good;
  if (!good)
    problem = _ ("Write a time like “2026-11-03 14:05”, “yesterday 23:10” or “2 h ago”.");
  else if (start >= end)
    problem = _ ("The range ends before it begins.");
  gtk_widget_set_visible (GTK_WIDGET (self->range_problem), problem != NULL);
  if (problem != NULL)
    {
      gtk_label_set_text (self->range_problem, problem);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), problem,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }
  if (start == IW_TIME_MIN && end == IW_TIME_MAX)
    start = end = 0;
  iw_filter_set_range (self->filter, start, end);
  changed (self);
}

/* ---- from the filter to the controls ---- */

static void
show_kinds (IwFilterPopover *self)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  gboolean machine;
  guint32 mask = iw_filter_get_kinds (self->filter, &machine);

  for (guint i = 0; i < IW_N_ENTRY_KINDS; i++)
    if ((mask & (1u << i)) != 0)
      g_strv_builder_add (chosen, iw_entry_kind_to_string (i));
  if (machine)
    g_strv_builder_add (chosen, MACHINE);
  values = g_strv_builder_end (chosen);
  iw_filter_choices_set_chosen (self->kinds, (const char *const *)values);
}

static void
show_bound (AdwEntryRow *row, gint64 us, gboolean open, GTimeZone *zone)
{
  g_autofree char *text = open ? g_strdup ("") : iw_filter_format_bound (us, zone);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
show_range (IwFilterPopover *self)
{
  GTimeZone *zone = iw_time_display_get_zone (self->display);
  gint64 start, end;
  gboolean ranged = iw_filter_get_range (self->filter, &start, &end);

  show_bound (self->from, start, !ranged || start <= IW_TIME_MIN, zone);
  show_bound (self->to, end, !ranged || end >= IW_TIME_MAX, zone);
  gtk_widget_set_visible (GTK_WIDGET (self->range_problem), FALSE);
}

static void
show_filter (IwFilterPopover *self)
{
  self->showing = TRUE;
  adw_toggle_group_set_active_name (self->events,
                                    events_modes[iw_filter_get_events_mode (self->filter)]);
  show_kinds (self);
  iw_filter_choices_set_chosen (self->sources, iw_filter_get_sources (self->filter));
  iw_filter_choices_set_chosen (self->actors, iw_filter_get_actors (self->filter));
  iw_filter_choices_set_chosen (self->teams, iw_filter_get_teams (self->filter));
  adw_combo_row_set_selected (self->confidence, iw_filter_get_min_confidence (self->filter));
  adw_switch_row_set_active (self->key_only, iw_filter_get_key_only (self->filter));
  adw_switch_row_set_active (self->hide_duplicates, iw_filter_get_hide_duplicates (self->filter));
  show_range (self);
  iw_filter_saved_set_filter (self->saved, self->filter);
  self->showing = FALSE;
}

void
iw_filter_popover_set_filter (IwFilterPopover *self, const IwFilter *filter)
{
  IwFilter *copy;

  g_return_if_fail (IW_IS_FILTER_POPOVER (self));

  copy = iw_filter_copy (filter);
  g_clear_pointer (&self->filter, iw_filter_free);
  self->filter = copy;
  show_filter (self);
}

const IwFilter *
iw_filter_popover_get_filter (IwFilterPopover *self)
{
  g_return_val_if_fail (IW_IS_FILTER_POPOVER (self), NULL);

  return self->filter;
}

/* ---- values in use, read in a thread ---- */

typedef struct
{
  char *incident;
  char **sources, **actors, **teams;
} Facets;

static void
facets_free (gpointer data)
{
  Facets *facets = data;

  g_free (facets->incident);
  g_strfreev (facets->sources);
  g_strfreev (facets->actors);
  g_strfreev (facets->teams);
  g_free (facets);
}

static void
add_unique (GPtrArray *values, const char *value)
{
  if (*value != '\0' && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
    g_ptr_array_add (values, g_strdup (value));
}

static void
add_all (GPtrArray *values, char **more)
{
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    add_unique (values, more[i]);
}

static void
add_index_actors (GPtrArray *actors, IwStore *store, IwEvidence *evidence)
{
  g_autoptr (IwEventIndex) index =
      iw_event_index_open (iw_store_get_dir (store), iw_evidence_get_id (evidence), NULL);
  g_auto (GStrv) found = index != NULL ? iw_event_index_actors (index, MAX_VALUES, NULL) : NULL;

  add_all (actors, found);
}

static char **
take_strv (GPtrArray *values)
{
  g_ptr_array_add (values, NULL);
  return (char **)g_ptr_array_free (values, FALSE);
}

static gboolean
facets_job (IwStore *store,
            gpointer job_data,
            IwProgressFunc progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  Facets *facets = job_data;
  GPtrArray *sources = g_ptr_array_new (), *actors = g_ptr_array_new ();
  g_autoptr (GPtrArray) evidence = iw_query_evidence (store, facets->incident, error);
  g_auto (GStrv) entry_sources = NULL, entry_actors = NULL;

  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      IwEvidence *file = g_ptr_array_index (evidence, i);

      if (!iw_evidence_is_timeline (file) || g_cancellable_is_cancelled (cancellable))
        continue;
      add_unique (sources, iw_evidence_get_name (file));
      add_index_actors (actors, store, file);
    }
  entry_sources = iw_query_facet (store, facets->incident, IW_FACET_SOURCE, MAX_VALUES, NULL);
  entry_actors = iw_query_facet (store, facets->incident, IW_FACET_ACTOR, MAX_VALUES, NULL);
  add_all (sources, entry_sources);
  add_all (actors, entry_actors);
  facets->sources = take_strv (sources);
  facets->actors = take_strv (actors);
  facets->teams = iw_query_facet (store, facets->incident, IW_FACET_TEAM, MAX_VALUES, NULL);
  return evidence != NULL;
}

static void
set_values (IwFilterChoices *choices, char **values)
{
  static const char *const none[] = { NULL };

  iw_filter_choices_set_values (choices, values != NULL ? (const char *const *)values : none, NULL);
}

static void
on_facets (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwFilterPopover) self = IW_FILTER_POPOVER (data);
  gpointer job_data = NULL;
  Facets *facets;

  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, NULL))
    return;
  facets = job_data;
  if (g_strcmp0 (facets->incident, self->incident) != 0)
    return;
  set_values (self->sources, facets->sources);
  set_values (self->actors, facets->actors);
  set_values (self->teams, facets->teams);
}

static void
iw_filter_popover_map (GtkWidget *widget)
{
  IwFilterPopover *self = IW_FILTER_POPOVER (widget);
  Facets *facets;

  GTK_WIDGET_CLASS (iw_filter_popover_parent_class)->map (widget);
  if (self->workspace == NULL)
    return;
  iw_filter_saved_refresh (self->saved);
  show_range (self);
  facets = g_new0 (Facets, 1);
  facets->incident = g_strdup (self->incident);
  g_cancellable_cancel (self->facets);
  g_clear_object (&self->facets);
  self->facets = g_cancellable_new ();
  iw_workspace_run_async (self->workspace, facets_job, facets, facets_free, NULL, NULL,
                          self->facets, on_facets, g_object_ref (self));
}

/* ---- saved filters ---- */

static void
on_saved_applied (IwFilterSaved *saved, const IwFilter *filter, IwFilterPopover *self)
{
  iw_filter_popover_set_filter (self, filter);
  changed (self);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_saved_message (IwFilterSaved *saved, const char *text, gboolean undoable, IwFilterPopover *self)
{
  g_signal_emit (self, signals[MESSAGE], 0, text, undoable);
}

void
iw_filter_popover_focus_save (IwFilterPopover *self)
{
  g_return_if_fail (IW_IS_FILTER_POPOVER (self));

  iw_filter_saved_focus_entry (self->saved);
}

/* ---- object ---- */

void
iw_filter_popover_set_context (IwFilterPopover *self,
                               IwWorkspace *workspace,
                               const char *incident,
                               IwTimeDisplay *display)
{
  g_return_if_fail (IW_IS_FILTER_POPOVER (self));

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->display, display);
  g_set_str (&self->incident, incident);
  iw_filter_saved_set_workspace (self->saved, workspace);
}

static void
iw_filter_popover_dispose (GObject *object)
{
  IwFilterPopover *self = IW_FILTER_POPOVER (object);

  g_cancellable_cancel (self->facets);
  g_clear_object (&self->facets);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_FILTER_POPOVER);
  g_clear_object (&self->workspace);
  g_clear_object (&self->display);
  g_clear_pointer (&self->incident, g_free);
  g_clear_pointer (&self->filter, iw_filter_free);
  G_OBJECT_CLASS (iw_filter_popover_parent_class)->dispose (object);
}

static void
iw_filter_popover_class_init (IwFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_filter_popover_dispose;
  widget_class->map = iw_filter_popover_map;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  g_type_ensure (IW_TYPE_FILTER_CHOICES);
  g_type_ensure (IW_TYPE_FILTER_SAVED);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/incident_workbench/IncidentWorkbench/ui/iw-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, events);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, kinds);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, sources);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, actors);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, teams);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, confidence);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, key_only);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, hide_duplicates);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, from);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, to);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, range_problem);
  gtk_widget_class_bind_template_child (widget_class, IwFilterPopover, saved);
  gtk_widget_class_bind_template_callback (widget_class, on_events_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_kinds_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sources_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_actors_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_teams_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_confidence_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_duplicates_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_range_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_saved_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_saved_message);
}

static void
fill_fixed_choices (IwFilterPopover *self)
{
  const char *values[IW_N_ENTRY_KINDS + 1], *labels[IW_N_ENTRY_KINDS + 1];
  g_autoptr (GtkStringList) confidences = gtk_string_list_new (NULL);
  guint n = 0;

  for (guint i = 0; i < IW_ENTRY_UNKNOWN; i++)
    {
      values[n] = iw_entry_kind_to_string (i);
      labels[n++] = iw_entry_kind_label (i);
    }
  values[n] = MACHINE;
  labels[n++] = C_ ("filter", "Machine events");
  values[n] = labels[n] = NULL;
  iw_filter_choices_set_values (self->kinds, values, labels);

  gtk_string_list_append (confidences, C_ ("confidence", "Any"));
  for (guint i = IW_CONFIDENCE_UNSET + 1; i < IW_N_CONFIDENCES; i++)
    gtk_string_list_append (confidences, iw_confidence_label (i));
  adw_combo_row_set_model (self->confidence, G_LIST_MODEL (confidences));
}

static void
iw_filter_popover_init (IwFilterPopover *self)
{
  self->filter = iw_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = TRUE;
  fill_fixed_choices (self);
  self->showing = FALSE;
}
