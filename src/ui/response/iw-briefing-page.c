#include "config.h"

#include "iw-briefing-page.h"

#include <glib/gi18n-lib.h>

#include "iw-fact-group.h"
#include "iw-facts.h"
#include "iw-handover.h"
#include "iw-seen.h"
#include "iw-ui.h"

typedef enum
{
  SECTION_HELD_BACK,
  SECTION_OVERDUE,
  SECTION_CHANGED,
  SECTION_FORCE,
  SECTION_RUNNING,
  SECTION_KNOWN,
  SECTION_MISSING,
  SECTION_ROLES,
  SECTION_COUNTS,
  N_SECTIONS
} SectionId;

typedef enum
{
  COLUMN_TOP,
  COLUMN_FIRST,
  COLUMN_SECOND,
} Column;

typedef struct
{
  Column column;
  const char *title;
  IwFactsFunc facts; /* NULL: those that changed */
} Section;

static const Section sections[N_SECTIONS] = {
  [SECTION_HELD_BACK] = { COLUMN_TOP, N_ ("Held Back"), iw_facts_held_back },
  [SECTION_OVERDUE] = { COLUMN_TOP, N_ ("Overdue"), iw_facts_overdue },
  [SECTION_CHANGED] = { COLUMN_TOP, N_ ("Changed Since You Last Looked"), NULL },
  [SECTION_FORCE] = { COLUMN_FIRST, N_ ("In Force"), iw_facts_force },
  [SECTION_RUNNING] = { COLUMN_FIRST, N_ ("Running"), iw_facts_running },
  [SECTION_KNOWN] = { COLUMN_FIRST, N_ ("What Is Known"), iw_facts_known },
  [SECTION_MISSING] = { COLUMN_SECOND, N_ ("Missing"), iw_facts_missing },
  [SECTION_ROLES] = { COLUMN_SECOND, N_ ("Roles"), iw_facts_held_roles },
  [SECTION_COUNTS] = { COLUMN_SECOND, N_ ("Scope and Work"), iw_facts_counts },
};

struct _IwBriefingPage
{
  AdwBin parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkViewport *viewport;
  GtkLabel *summary;
  GtkBox *top;
  GtkBox *first;
  GtkBox *second;
  GtkLabel *zone;
  IwFactGroup *group[N_SECTIONS];

  IwLiveIncident *live;
  IwSeen seen;
  gboolean seen_known;
  char **changed; /* docids; NULL: not read, or never looked at before */
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (IwBriefingPage, iw_briefing_page, ADW_TYPE_BIN)

/* ---- showing ---- */

static gboolean
get_context (IwBriefingPage *self, IwFactContext *context)
{
  context->situation = iw_live_incident_get_situation (self->live);
  context->zone = iw_live_incident_get_zone (self->live);
  context->now = g_get_real_time ();
  return context->situation != NULL;
}

static void
show_summary (IwBriefingPage *self, IwSituation *situation)
{
  g_autoptr (GPtrArray) incidents = iw_situation_get_documents (situation, "incident");
  const char *summary =
      incidents->len > 0 ? iw_document_get_text (incidents->pdata[0], "summary") : "";

  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *summary != '\0');
}

static void
show_changed (IwBriefingPage *self, const IwFactContext *context)
{
  g_autoptr (GPtrArray) facts = iw_facts_new ();

  if (self->changed != NULL)
    iw_facts_changed (facts, context, (const char *const *)self->changed);
  if (facts->len > 0)
    {
      g_autofree char *span = iw_time_format_gap (MAX (context->now - self->seen.at, 0));
      /* Translators: %s is a span of time: "3 h 5 min". */
      g_autofree char *when = g_strdup_printf (_ ("You looked at this page %s ago."), span);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group[SECTION_CHANGED]),
                                             when);
    }
  iw_fact_group_set_facts (self->group[SECTION_CHANGED], facts);
  gtk_widget_set_visible (GTK_WIDGET (self->group[SECTION_CHANGED]), facts->len > 0);
}

static void
show (IwBriefingPage *self)
{
  IwFactContext context;
  g_autofree char *zone = NULL, *words = NULL;

  if (!get_context (self, &context))
    return;
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      g_autoptr (GPtrArray) facts = iw_facts_new ();

      if (sections[i].facts == NULL)
        continue;
      sections[i].facts (facts, &context);
      iw_fact_group_set_facts (self->group[i], facts);
    }
  show_changed (self, &context);
  show_summary (self, context.situation);
  zone = iw_time_zone_words (context.zone, context.now);
  /* Translators: %s is the zone that the times of this page are in. */
  words = g_strdup_printf (_ ("All times: %s"), zone);
  gtk_label_set_text (self->zone, words);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

/* ---- what changed ---- */

typedef struct
{
  char *incident;
  gint64 seq;
  char **docids;
} Changes;

static void
changes_free (gpointer data)
{
  Changes *changes = data;

  g_free (changes->incident);
  g_strfreev (changes->docids);
  g_free (changes);
}

static gboolean
read_changes (IwStore *store,
              gpointer data,
              IwProgressFunc progress,
              gpointer progress_data,
              GCancellable *cancellable,
              GError **error)
{
  Changes *changes = data;

  changes->docids = iw_seen_read_changes (store, changes->incident, changes->seq, error);
  return changes->docids != NULL;
}

static void
on_changes (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwBriefingPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job;

  g_clear_object (&self->reading);
  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, &job, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("What changed could not be read: %s", error->message);
      return;
    }
  g_strfreev (self->changed);
  self->changed = g_steal_pointer (&((Changes *)job)->docids);
  if (self->live != NULL)
    show (self);
}

static void
start_reading (IwBriefingPage *self)
{
  Changes *changes;

  if (self->reading != NULL || self->seen.at == 0)
    return;
  changes = g_new0 (Changes, 1);
  changes->incident = g_strdup (iw_live_incident_get_incident (self->live));
  changes->seq = self->seen.seq;
  self->reading = g_cancellable_new ();
  iw_workspace_run_async (iw_live_incident_get_workspace (self->live), read_changes, changes,
                          changes_free, NULL, NULL, self->reading, on_changes, g_object_ref (self));
}

static void
on_changed (IwBriefingPage *self)
{
  show (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start_reading (self);
}

static void
iw_briefing_page_map (GtkWidget *widget)
{
  IwBriefingPage *self = IW_BRIEFING_PAGE (widget);

  GTK_WIDGET_CLASS (iw_briefing_page_parent_class)->map (widget);
  self->seen = iw_seen_load (iw_live_incident_get_workspace (self->live),
                             iw_live_incident_get_incident (self->live));
  self->seen_known = TRUE;
  g_clear_pointer (&self->changed, g_strfreev);
  show (self);
  start_reading (self);
}

static void
iw_briefing_page_unmap (GtkWidget *widget)
{
  IwBriefingPage *self = IW_BRIEFING_PAGE (widget);

  /* What was never shown was not looked at. */
  if (self->live != NULL && self->seen_known && iw_live_incident_get_situation (self->live) != NULL)
    iw_seen_save (iw_live_incident_get_workspace (self->live),
                  iw_live_incident_get_incident (self->live), g_get_real_time ());
  GTK_WIDGET_CLASS (iw_briefing_page_parent_class)->unmap (widget);
}

/* ---- actions ---- */

static void
on_copy (GtkWidget *widget, const char *name, GVariant *target)
{
  IwBriefingPage *self = IW_BRIEFING_PAGE (widget);
  IwFactContext context;
  g_autofree char *text = NULL;

  if (!get_context (self, &context))
    return;
  text = iw_handover_text (context.situation, context.zone, context.now);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, iw_ui_toast_new (_ ("Hand-over text copied")));
}

static void
on_mark_read (GtkWidget *widget, const char *name, GVariant *target)
{
  IwBriefingPage *self = IW_BRIEFING_PAGE (widget);
  const char *incident = iw_live_incident_get_incident (self->live);
  IwWorkspace *workspace = iw_live_incident_get_workspace (self->live);
  gint64 now = g_get_real_time ();

  iw_seen_save (workspace, incident, now);
  self->seen = (IwSeen){ now, iw_store_get_seq (iw_workspace_get_store (workspace)) };
  g_clear_pointer (&self->changed, g_strfreev);
  show (self);
  iw_briefing_page_goto (self, "overview");
}

void
iw_briefing_page_goto (IwBriefingPage *self, const char *place)
{
  g_return_if_fail (IW_IS_BRIEFING_PAGE (self));

  if (g_strcmp0 (place, "overview") != 0)
    return;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->viewport)), 0);
  gtk_widget_child_focus (GTK_WIDGET (self->viewport), GTK_DIR_TAB_FORWARD);
}

/* ---- the widget ---- */

static void
set_narrow (IwBriefingPage *self, gboolean narrow)
{
  for (guint i = 0; i < N_SECTIONS; i++)
    if (self->group[i] != NULL)
      iw_fact_group_set_narrow (self->group[i], narrow);
}

static void
on_narrow (IwBriefingPage *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (IwBriefingPage *self)
{
  set_narrow (self, FALSE);
}

static void
make_groups (IwBriefingPage *self)
{
  GtkBox *boxes[] = {
    [COLUMN_TOP] = self->top, [COLUMN_FIRST] = self->first, [COLUMN_SECOND] = self->second
  };

  for (guint i = 0; i < N_SECTIONS; i++)
    {
      self->group[i] = IW_FACT_GROUP (
          iw_fact_group_new ("overview", g_dgettext (GETTEXT_PACKAGE, sections[i].title)));
      gtk_box_append (boxes[sections[i].column], GTK_WIDGET (self->group[i]));
    }
  iw_fact_group_add_button (self->group[SECTION_CHANGED], "object-select-symbolic",
                            _ ("Mark as Read"), "briefing.mark-read", NULL);
}

static void
iw_briefing_page_dispose (GObject *object)
{
  IwBriefingPage *self = IW_BRIEFING_PAGE (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  /* Before the template takes its child away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  /* A named child is unparented with the template, behind the back of the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_BRIEFING_PAGE);
  memset (self->group, 0, sizeof self->group);
  g_clear_object (&self->live);
  g_clear_pointer (&self->changed, g_strfreev);
  G_OBJECT_CLASS (iw_briefing_page_parent_class)->dispose (object);
}

static void
iw_briefing_page_class_init (IwBriefingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_briefing_page_dispose;
  widget_class->map = iw_briefing_page_map;
  widget_class->unmap = iw_briefing_page_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-briefing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, viewport);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, summary);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, top);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, first);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, second);
  gtk_widget_class_bind_template_child (widget_class, IwBriefingPage, zone);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_install_action (widget_class, "briefing.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "briefing.mark-read", NULL, on_mark_read);
}

static void
iw_briefing_page_init (IwBriefingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_groups (self);
}

GtkWidget *
iw_briefing_page_new (IwLiveIncident *live)
{
  IwBriefingPage *self = g_object_new (IW_TYPE_BRIEFING_PAGE, NULL);

  self->live = g_object_ref (live);
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "tick", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
