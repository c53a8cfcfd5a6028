#include "config.h"

#include "iw-incidents-page.h"

#include <glib/gi18n-lib.h>

#include "iw-incident-cell.h"
#include "iw-incidents-columns.h"
#include "iw-incidents-model.h"
#include "iw-ui.h"
#include "iw-workspace-banner.h"

/* What is left of clocks, and ages. */
#define TICK_SECONDS 60

struct _IwIncidentsPage
{
  AdwNavigationPage parent_instance;

  IwWorkspaceBanner *banner;
  AdwWrapBox *filters;
  GtkSearchEntry *text;
  GtkDropDown *open;
  GtkDropDown *severity;
  GtkDropDown *stage;
  GtkDropDown *classification;
  GtkDropDown *source;
  GtkStack *stack;
  GtkColumnView *table;
  GtkListView *list;
  GtkWidget *sample;
  GtkWidget *new_button;
  GtkWidget *sort_button;
  GSimpleAction *sort;       /* the id of a column; "": urgency */
  GSimpleAction *descending; /* has no meaning for urgency */

  IwWorkspace *workspace;
  IwIncidentsModel *model; /* shared by table and list */
  gboolean narrow;
  gboolean clearing;
  gboolean sorting;
  guint tidy_id;
  guint tick_id;
};

enum
{
  INCIDENT_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwIncidentsPage, iw_incidents_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- filter and order ---- */

/* The first choice stands for all. */
static int
choice (GtkDropDown *drop_down)
{
  return (int)gtk_drop_down_get_selected (drop_down) - 1;
}

/* The sources that the detection form knows, ended by a NULL value. */
static const IwChoice *
get_sources (void)
{
  return iw_form_kind_field (iw_form_kind_find ("detection"), "to")->choices;
}

static gboolean
is_filtered (IwIncidentsPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0' ||
         gtk_drop_down_get_selected (self->open) != 0 || choice (self->severity) >= 0 ||
         choice (self->stage) >= 0 || choice (self->classification) >= 0 ||
         choice (self->source) >= 0;
}

static void
update_stack (IwIncidentsPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;
  gboolean filtered = is_filtered (self);
  const char *name = self->narrow ? "list" : "table";

  if (empty)
    name = filtered ? "no-match" : "none";
  gtk_widget_set_visible (GTK_WIDGET (self->filters), !empty || filtered);
  gtk_widget_set_visible (self->sort_button, !empty);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
on_filter_changed (IwIncidentsPage *self)
{
  IwIncidentsFilter filter;

  if (self->model == NULL || self->clearing)
    return;
  filter = (IwIncidentsFilter){
    .open_only = gtk_drop_down_get_selected (self->open) == 1,
    .text = gtk_editable_get_text (GTK_EDITABLE (self->text)),
    .severity = choice (self->severity),
    .stage = choice (self->stage),
    .classification = choice (self->classification),
    .source = choice (self->source) >= 0 ? get_sources ()[choice (self->source)].value : NULL,
  };
  if (*filter.text == '\0')
    filter.text = NULL;
  iw_incidents_model_set_filter (self->model, &filter);
  update_stack (self);
}

static void
on_clear_filter (IwIncidentsPage *self)
{
  self->clearing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_drop_down_set_selected (self->open, 0);
  gtk_drop_down_set_selected (self->severity, 0);
  gtk_drop_down_set_selected (self->stage, 0);
  gtk_drop_down_set_selected (self->classification, 0);
  gtk_drop_down_set_selected (self->source, 0);
  self->clearing = FALSE;
  on_filter_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
sort_by (IwIncidentsPage *self, const char *id, gboolean descending)
{
  /* Else the table would show the columns of before as second ones, by which the store knows no
   * order. */
  self->sorting = TRUE;
  iw_incidents_columns_sort (self->table, "", FALSE);
  self->sorting = FALSE;
  iw_incidents_columns_sort (self->table, id, descending);
}

/* Not within the click on a heading: GTK is not done with the columns then. */
static gboolean
on_tidy_sorting (gpointer data)
{
  IwIncidentsPage *self = data;
  gboolean descending;

  self->tidy_id = 0;
  iw_incidents_columns_get_order (self->table, &descending);
  sort_by (self, iw_incidents_columns_get_sorted (self->table), descending);
  return G_SOURCE_REMOVE;
}

static void
on_order_changed (IwIncidentsPage *self)
{
  gboolean descending;
  IwIncidentsOrder order;
  const char *sorted;

  /* Its columns go with the page. */
  if (self->table == NULL || self->sorting)
    return;
  if (iw_incidents_columns_get_n_sorted (self->table) > 1 && self->tidy_id == 0)
    self->tidy_id = g_idle_add (on_tidy_sorting, self);
  order = iw_incidents_columns_get_order (self->table, &descending);
  sorted = iw_incidents_columns_get_sorted (self->table);
  g_simple_action_set_state (self->sort, g_variant_new_string (sorted));
  g_simple_action_set_state (self->descending, g_variant_new_boolean (descending));
  g_simple_action_set_enabled (self->descending, *sorted != '\0');
  iw_incidents_model_set_order (self->model, order, descending);
}

static void
on_sort (GSimpleAction *action, GVariant *value, IwIncidentsPage *self)
{
  sort_by (self, g_variant_get_string (value, NULL), FALSE);
}

static void
on_descending (GSimpleAction *action, GVariant *value, IwIncidentsPage *self)
{
  sort_by (self, iw_incidents_columns_get_sorted (self->table), g_variant_get_boolean (value));
}

static void
init_actions (IwIncidentsPage *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->sort =
      g_simple_action_new_stateful ("sort", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  self->descending =
      g_simple_action_new_stateful ("descending", NULL, g_variant_new_boolean (FALSE));
  g_simple_action_set_enabled (self->descending, FALSE);
  g_signal_connect_object (self->sort, "change-state", G_CALLBACK (on_sort), self, 0);
  g_signal_connect_object (self->descending, "change-state", G_CALLBACK (on_descending), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->sort));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->descending));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "incidents", G_ACTION_GROUP (group));
}

/* The columns of the table that there is room for. */
static void
on_medium (IwIncidentsPage *self)
{
  iw_incidents_columns_set_room (self->table, 1);
}

static void
on_small (IwIncidentsPage *self)
{
  iw_incidents_columns_set_room (self->table, 0);
}

static void
on_roomy (IwIncidentsPage *self)
{
  iw_incidents_columns_set_room (self->table, G_MAXUINT);
}

static void
on_narrow (IwIncidentsPage *self)
{
  self->narrow = TRUE;
  if (self->model != NULL)
    update_stack (self);
}

static void
on_wide (IwIncidentsPage *self)
{
  self->narrow = FALSE;
  if (self->model != NULL)
    update_stack (self);
}

/* ---- opening ---- */

static void
choose (IwIncidentsPage *self, guint position)
{
  g_autoptr (IwIncidentItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL && *iw_incident_item_get_incident (item) != '\0')
    g_signal_emit (self, signals[INCIDENT_CHOSEN], 0, iw_incident_item_get_incident (item));
}

static void
on_table_activated (IwIncidentsPage *self, guint position)
{
  choose (self, position);
}

static void
on_list_activated (IwIncidentsPage *self, guint position)
{
  choose (self, position);
}

/* Enter in the filter opens what it has found. */
static void
on_text_activated (IwIncidentsPage *self)
{
  on_filter_changed (self);
  if (is_filtered (self))
    choose (self, 0);
}

/* ---- rows of the list ---- */

static void
on_list_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, iw_incident_cell_new ());
}

static void
on_list_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  IwIncidentItem *item = gtk_list_item_get_item (list_item);
  const IwIncidentRow *row = iw_incident_item_get_row (item);
  g_autofree char *words = iw_incident_row_spoken (row, g_get_real_time ());

  iw_incident_cell_set_item (IW_INCIDENT_CELL (gtk_list_item_get_child (list_item)), item);
  gtk_list_item_set_accessible_label (list_item, row->title);
  gtk_list_item_set_accessible_description (list_item, words);
}

static void
on_list_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  iw_incident_cell_set_item (IW_INCIDENT_CELL (gtk_list_item_get_child (list_item)), NULL);
}

static void
init_list (IwIncidentsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_list_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_list_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_list_unbind), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

/* ---- the choices ---- */

static void
init_drop_downs (IwIncidentsPage *self)
{
  g_autoptr (GtkStringList) severities = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) stages = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) classifications = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) sources = gtk_string_list_new (NULL);

  gtk_string_list_append (severities, _ ("Any Severity"));
  for (IwSeverity s = 0; s < IW_N_SEVERITIES; s++)
    gtk_string_list_append (severities, iw_incident_severity_words (s));
  gtk_string_list_append (stages, _ ("Any Stage"));
  for (IwStage s = 0; s < IW_N_STAGES; s++)
    gtk_string_list_append (stages, iw_stage_label (s));
  gtk_string_list_append (classifications, _ ("Any Classification"));
  for (IwClassification c = 0; c < IW_N_CLASSIFICATIONS; c++)
    gtk_string_list_append (classifications, iw_incident_classification_words (c));
  gtk_drop_down_set_model (self->severity, G_LIST_MODEL (severities));
  gtk_drop_down_set_model (self->stage, G_LIST_MODEL (stages));
  gtk_drop_down_set_model (self->classification, G_LIST_MODEL (classifications));
  gtk_string_list_append (sources, _ ("Any Source"));
  for (const IwChoice *source = get_sources (); source->value != NULL; source++)
    gtk_string_list_append (sources, iw_incident_source_words (source->value));
  gtk_drop_down_set_model (self->source, G_LIST_MODEL (sources));
}

/* ---- the object ---- */

static gboolean
on_tick (gpointer data)
{
  IwIncidentsPage *self = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    iw_incidents_model_tick (self->model);
  return G_SOURCE_CONTINUE;
}

static void
iw_incidents_page_dispose (GObject *object)
{
  IwIncidentsPage *self = IW_INCIDENTS_PAGE (object);

  g_clear_handle_id (&self->tidy_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_INCIDENTS_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->sort);
  g_clear_object (&self->descending);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (iw_incidents_page_parent_class)->dispose (object);
}

static void
iw_incidents_page_class_init (IwIncidentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_incidents_page_dispose;
  signals[INCIDENT_CHOSEN] =
      g_signal_new ("incident-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (IW_TYPE_WORKSPACE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-incidents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, text);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, open);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, severity);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, stage);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, classification);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, source);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, table);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, list);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, sample);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, IwIncidentsPage, sort_button);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_medium);
  gtk_widget_class_bind_template_callback (widget_class, on_small);
  gtk_widget_class_bind_template_callback (widget_class, on_roomy);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_table_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_text_activated);
}

static void
iw_incidents_page_init (IwIncidentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  init_drop_downs (self);
  init_list (self);
  init_actions (self);
  iw_incidents_columns_add (self->table);
}

AdwNavigationPage *
iw_incidents_page_new (IwWorkspace *workspace)
{
  IwIncidentsPage *self = g_object_new (IW_TYPE_INCIDENTS_PAGE, NULL);
  g_autoptr (GtkSelectionModel) table_selection = NULL;
  g_autoptr (GtkSelectionModel) list_selection = NULL;

  self->workspace = g_object_ref (workspace);
  self->model = iw_incidents_model_new (workspace);
  table_selection = GTK_SELECTION_MODEL (gtk_single_selection_new (NULL));
  list_selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model))));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (table_selection), FALSE);
  gtk_single_selection_set_model (GTK_SINGLE_SELECTION (table_selection),
                                  G_LIST_MODEL (self->model));
  gtk_column_view_set_model (self->table, table_selection);
  gtk_list_view_set_model (self->list, list_selection);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (on_order_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  iw_workspace_banner_set_workspace (self->banner, workspace);
  gtk_widget_set_visible (self->sample, !iw_workspace_is_sample (workspace));
  update_stack (self);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  return ADW_NAVIGATION_PAGE (self);
}

void
iw_incidents_page_focus_find (IwIncidentsPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->filters)))
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

void
iw_incidents_page_focus_rows (IwIncidentsPage *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  /* Where the window begins, nothing is mapped yet and can be found by direction. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0 && !is_filtered (self))
    gtk_widget_grab_focus (self->new_button);
  else if (gtk_widget_get_focus_child (child) == NULL)
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}
