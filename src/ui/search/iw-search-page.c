#include "config.h"

#include "iw-search-page.h"

#include <glib/gi18n-lib.h>

#include "iw-search-job.h"
#include "iw-search-row.h"
#include "iw-time-display.h"
#include "iw-ui.h"
#include "iw-workspace-banner.h"

/* A search that is done sooner shows no progress. */
#define PATIENCE_MS 600

struct _IwSearchPage
{
  AdwNavigationPage parent_instance;

  IwWorkspaceBanner *banner;
  GtkSearchEntry *entry;
  GtkWidget *working;
  GtkProgressBar *progress;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkListView *list;
  GtkLabel *foot;

  IwWorkspace *workspace;
  IwTimeDisplay *display;
  GListStore *results;       /* of IwSearchResult */
  GPtrArray *entries;        /* (element-type IwSearchResult): of the search under way */
  GCancellable *cancellable; /* NULL where none is under way */
  guint patience_id;
  guint scroll_id;
  gboolean more;
};

enum
{
  HIT_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwSearchPage, iw_search_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- what is shown ---- */

static void
hide_progress (IwSearchPage *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_widget_set_visible (self->working, FALSE);
}

static void
update_foot (IwSearchPage *self, gboolean whole)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->results));
  g_autofree char *zone = iw_time_display_words (self->display, g_get_real_time ());
  g_autofree char *count = g_strdup_printf (ngettext ("%u result", "%u results", n), n);
  g_autofree char *text = NULL;

  if (!whole)
    /* Translators: "12 results so far. Times in UTC." */
    text = g_strdup_printf (_ ("%s so far. Times in %s."), count, zone);
  else if (self->more)
    /* Translators: "300 results, the newest ones. Times in UTC." */
    text = g_strdup_printf (_ ("%s, the newest ones; more words find fewer. Times in %s."), count,
                            zone);
  else
    /* Translators: "12 results. Times in UTC." */
    text = g_strdup_printf (_ ("%s. Times in %s."), count, zone);
  gtk_label_set_text (self->foot, text);
  gtk_widget_set_visible (GTK_WIDGET (self->foot), n > 0);
}

/* GTK puts the first row on top and so hides the heading over it; this comes after its layout. */
static gboolean
scroll_to_top (gpointer data)
{
  IwSearchPage *self = data;

  self->scroll_id = 0;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list)), 0);
  return G_SOURCE_REMOVE;
}

static void
show_results (IwSearchPage *self, GPtrArray *events, gboolean whole)
{
  g_autoptr (GPtrArray) all = iw_search_merge (self->entries, events);

  g_list_store_splice (self->results, 0, g_list_model_get_n_items (G_LIST_MODEL (self->results)),
                       all->pdata, all->len);
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (G_PRIORITY_LOW, scroll_to_top, self, NULL);
  if (all->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "results");
  else if (whole)
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  update_foot (self, whole);
  if (whole)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             all->len > 0 ? gtk_label_get_text (self->foot) : _ ("Nothing found"),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_error (IwSearchPage *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_status_page_set_description (self->failed, markup);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* ---- the search ---- */

/* FALSE where the result is of a search that another one has followed, or an error (shown). */
static gboolean
take_result (IwSearchPage *self, GAsyncResult *result, IwSearch **search)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = iw_workspace_run_finish (self->workspace, result, (gpointer *)search, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (!ok)
    {
      hide_progress (self);
      g_clear_object (&self->cancellable);
      show_error (self, error);
      return FALSE;
    }
  self->more |= (*search)->more;
  return TRUE;
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  IwSearchPage *self = data;

  if (self->workspace != NULL && total > 0)
    gtk_progress_bar_set_fraction (self->progress, (double)done / total);
}

typedef struct
{
  IwSearchPage *page;
  GCancellable *cancellable;
} Run;

static Run *
run_new (IwSearchPage *self)
{
  Run *run = g_new (Run, 1);

  run->page = g_object_ref (self);
  run->cancellable = g_object_ref (self->cancellable);
  return run;
}

static void
run_free (Run *run)
{
  g_object_unref (run->page);
  g_object_unref (run->cancellable);
  g_free (run);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

/* Whether the page is closed, or has begun another search since. */
static gboolean
run_is_stale (Run *run)
{
  return run->page->workspace == NULL || run->cancellable != run->page->cancellable;
}

static void
on_events (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  IwSearchPage *self = run->page;
  IwSearch *search;

  if (run_is_stale (run) || !take_result (self, result, &search))
    return;
  hide_progress (self);
  g_clear_object (&self->cancellable);
  show_results (self, search->results, TRUE);
}

static void
on_entries (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  IwSearchPage *self = run->page;
  g_autoptr (GPtrArray) no_events = g_ptr_array_new ();
  IwSearch *search;

  if (run_is_stale (run) || !take_result (self, result, &search))
    return;
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_ptr_array_ref (search->results);
  if (search->results->len > 0)
    show_results (self, no_events, FALSE);
  iw_workspace_run_async (self->workspace, iw_search_events, iw_search_new (search->text),
                          (GDestroyNotify)iw_search_free, on_progress, self, self->cancellable,
                          on_events, run_new (self));
}

static void
cancel (IwSearchPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  hide_progress (self);
}

static gboolean
on_patience_over (gpointer data)
{
  IwSearchPage *self = data;

  self->patience_id = 0;
  gtk_widget_set_visible (self->working, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_search_changed (IwSearchPage *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  cancel (self);
  self->more = FALSE;
  if (*text == '\0')
    {
      g_list_store_remove_all (self->results);
      gtk_widget_set_visible (GTK_WIDGET (self->foot), FALSE);
      gtk_stack_set_visible_child_name (self->stack, "start");
      return;
    }
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->patience_id = g_timeout_add (PATIENCE_MS, on_patience_over, self);
  iw_workspace_run_async (self->workspace, iw_search_entries, iw_search_new (text),
                          (GDestroyNotify)iw_search_free, NULL, NULL, self->cancellable, on_entries,
                          run_new (self));
}

static void
on_cancel (IwSearchPage *self)
{
  cancel (self);
  self->more = TRUE;
  update_foot (self, TRUE);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->results)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "start");
}

static void
on_activated (IwSearchPage *self, guint position)
{
  g_autoptr (IwSearchResult) result =
      g_list_model_get_item (G_LIST_MODEL (self->results), position);

  if (result != NULL)
    g_signal_emit (self, signals[HIT_CHOSEN], 0, result->incident, result->key);
}

/* From the entry down into the results. */
static void
on_entry_activated (IwSearchPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0)
    {
      gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
      gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
    }
}

/* ---- the object ---- */

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  guint ga = ((IwSearchResult *)a)->group, gb = ((IwSearchResult *)b)->group;

  return ga < gb ? GTK_ORDERING_SMALLER : ga > gb ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static void
iw_search_page_dispose (GObject *object)
{
  IwSearchPage *self = IW_SEARCH_PAGE (object);

  if (self->workspace != NULL)
    cancel (self);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_SEARCH_PAGE);
  g_clear_object (&self->display);
  g_clear_object (&self->results);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_search_page_parent_class)->dispose (object);
}

static void
iw_search_page_class_init (IwSearchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_search_page_dispose;
  signals[HIT_CHOSEN] =
      g_signal_new ("hit-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (IW_TYPE_WORKSPACE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, banner);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, working);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, progress);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, failed);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, list);
  gtk_widget_class_bind_template_child (widget_class, IwSearchPage, foot);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
init_list (IwSearchPage *self)
{
  g_autoptr (GtkListItemFactory) factory = iw_search_row_factory_new (self->display);
  g_autoptr (GtkListItemFactory) headers = iw_search_header_factory_new ();
  g_autoptr (GtkSorter) sections = GTK_SORTER (gtk_custom_sorter_new (compare_groups, NULL, NULL));
  g_autoptr (GtkSortListModel) grouped = NULL;
  g_autoptr (GtkSingleSelection) selection = NULL;

  self->results = g_list_store_new (IW_TYPE_SEARCH_RESULT);
  grouped = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->results)), NULL);
  gtk_sort_list_model_set_section_sorter (grouped, sections);
  selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (grouped));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

static void
iw_search_page_init (IwSearchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->display = iw_time_display_new (NULL);
  init_list (self);
}

AdwNavigationPage *
iw_search_page_new (IwWorkspace *workspace)
{
  IwSearchPage *self = g_object_new (IW_TYPE_SEARCH_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  iw_workspace_banner_set_workspace (self->banner, workspace);
  return ADW_NAVIGATION_PAGE (self);
}

void
iw_search_page_focus_entry (IwSearchPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
