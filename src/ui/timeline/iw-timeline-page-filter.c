/* The filter of the timeline page: from the controls to the view. What needs a search runs in a
 * thread; an answer that was overtaken by another question is dropped. */
#include "config.h"

#include "iw-timeline-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-filter-words.h"

/* ---- to the view ---- */

/* Somebody who searches wants to see what was found, not how much of it there is. */
static IwFilter *
effective_filter (IwTimelinePage *self)
{
  IwFilter *filter = iw_filter_copy (self->filter);

  if (*iw_filter_get_text (filter) != '\0' &&
      iw_filter_get_events_mode (filter) == IW_EVENTS_COLLAPSED)
    iw_filter_set_events_mode (filter, IW_EVENTS_SHOWN);
  return filter;
}

static void
show_filter (IwTimelinePage *self, IwTimelineMatch *match)
{
  g_autoptr (IwFilter) filter = effective_filter (self);

  iw_timeline_page_begin_change (self);
  iw_timeline_view_set_filter (self->view, filter, match);
  iw_timeline_page_end_change (self);
  iw_columns_set_search (self->columns, iw_filter_get_text (self->filter));
  iw_overview_refresh (self->overview);
}

typedef struct
{
  char *incident;
  IwFilter *filter;
  IwTimelineMatch *match;
} Match;

static void
match_free (gpointer data)
{
  Match *match = data;

  g_free (match->incident);
  g_clear_pointer (&match->filter, iw_filter_free);
  g_clear_pointer (&match->match, iw_timeline_match_unref);
  g_free (match);
}

static gboolean
match_job (IwStore *store,
           gpointer job_data,
           IwProgressFunc progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  Match *match = job_data;

  match->match = iw_timeline_match_new (store, match->incident, match->filter, cancellable, error);
  return match->match != NULL;
}

static void
set_matching (IwTimelinePage *self, GCancellable *matching)
{
  if (self->matching != NULL && self->matching != matching)
    g_cancellable_cancel (self->matching);
  g_set_object (&self->matching, matching);
  gtk_widget_set_visible (self->filter_spinner, matching != NULL);
}

static void
on_matched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwTimelinePage) self = IW_TIMELINE_PAGE (data);
  g_autoptr (GError) error = NULL;
  gpointer job_data = NULL;
  gboolean done = iw_workspace_run_finish (IW_WORKSPACE (source), result, &job_data, &error);
  Match *match = job_data;

  if (self->view == NULL || match == NULL || self->filter == NULL ||
      !iw_filter_equal (match->filter, self->filter) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_matching (self, NULL);
  if (!done)
    {
      iw_timeline_page_toast (self, error->message, FALSE);
      return;
    }
  show_filter (self, match->match);
  iw_timeline_page_rebuild_indexes (self); /* one may have shown its damage only now */
}

static void
start_match (IwTimelinePage *self)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Match *match = g_new0 (Match, 1);

  match->incident = g_strdup (self->incident);
  match->filter = iw_filter_copy (self->filter);
  set_matching (self, cancellable);
  iw_workspace_run_async (self->workspace, match_job, match, match_free, NULL, NULL, cancellable,
                          on_matched, g_object_ref (self));
}

void
iw_timeline_page_refresh_match (IwTimelinePage *self)
{
  if (self->view != NULL && iw_timeline_view_needs_match (self->filter))
    start_match (self);
}

/* ---- in words ---- */

static char *
count_words (IwTimelineView *view)
{
  gint64 entries = iw_timeline_view_get_n_entries (view),
         events = iw_timeline_view_get_n_events (view);
  g_autofree char *entry_words = NULL, *event_words = NULL;

  entry_words =
      g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " entry", "%'" G_GINT64_FORMAT " entries",
                                 (gulong)MIN (entries, G_MAXINT)),
                       entries);
  event_words =
      g_strdup_printf (ngettext ("%'" G_GINT64_FORMAT " event", "%'" G_GINT64_FORMAT " events",
                                 (gulong)MIN (events, G_MAXINT)),
                       events);
  /* Translators: "12 entries, 3,456 events". */
  return g_strdup_printf (C_ ("counts", "%s, %s"), entry_words, event_words);
}

void
iw_timeline_page_update_filter_row (IwTimelinePage *self)
{
  GTimeZone *zone = iw_time_display_get_zone (self->display);
  g_autofree char *sentence = iw_filter_sentence (self->filter, zone);
  g_autofree char *counts = NULL, *line = NULL;

  gtk_widget_set_visible (self->filter_row, sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  if (sentence == NULL || self->view == NULL)
    return;
  counts = count_words (self->view);
  /* Translators: what a filter shows, and how much that is: "Shown: only key events (12 entries, 0
   * events)". */
  line = g_strdup_printf (C_ ("filter line", "%s (%s)"), sentence, counts);
  gtk_label_set_text (self->filter_label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->filter_label), line);
}

/* ---- from the controls ---- */

void
iw_timeline_page_set_filter (IwTimelinePage *self, const IwFilter *filter)
{
  IwFilter *copy = iw_filter_copy (filter);

  g_clear_pointer (&self->filter, iw_filter_free);
  self->filter = copy;
  iw_filter_popover_set_filter (self->filter_popover, copy);
  self->syncing_search = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->search)), iw_filter_get_text (copy)) !=
      0)
    gtk_editable_set_text (GTK_EDITABLE (self->search), iw_filter_get_text (copy));
  self->syncing_search = FALSE;
  iw_timeline_page_update_filter_row (self);
  if (self->view == NULL)
    return;
  if (iw_timeline_view_needs_match (copy))
    {
      start_match (self);
      return;
    }
  set_matching (self, NULL);
  show_filter (self, NULL);
}

static void
on_filter_chosen (IwFilterPopover *popover, IwTimelinePage *self)
{
  iw_timeline_page_set_filter (self, iw_filter_popover_get_filter (popover));
}

static void
on_filter_message (IwFilterPopover *popover,
                   const char *text,
                   gboolean undoable,
                   IwTimelinePage *self)
{
  iw_timeline_page_toast (self, text, undoable);
}

static void
on_search_changed (GtkSearchEntry *entry, IwTimelinePage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (IwFilter) filter = NULL;

  if (self->syncing_search || self->filter == NULL ||
      g_str_equal (text, iw_filter_get_text (self->filter)))
    return;
  filter = iw_filter_copy (self->filter);
  iw_filter_set_text (filter, text);
  iw_timeline_page_set_filter (self, filter);
}

/* Escape empties the search; a second one goes back to the list. */
static void
on_search_stopped (GtkSearchEntry *entry, IwTimelinePage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_search_activated (GtkSearchEntry *entry, IwTimelinePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_brushed (IwOverview *overview, gint64 start, gint64 end, IwTimelinePage *self)
{
  g_autoptr (IwFilter) filter = iw_filter_copy (self->filter);

  iw_filter_set_range (filter, start, end);
  iw_timeline_page_set_filter (self, filter);
}

void
iw_timeline_page_init_filter (IwTimelinePage *self)
{
  iw_filter_popover_set_context (self->filter_popover, self->workspace, self->incident,
                                 self->display);
  iw_filter_popover_set_filter (self->filter_popover, self->filter);
}

void
iw_timeline_page_class_init_filter (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_filter_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_message);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_brushed);
}
