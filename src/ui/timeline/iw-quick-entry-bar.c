#include "config.h"

#include "iw-quick-entry-bar.h"

#include <glib/gi18n-lib.h>

#include "iw-quick-entry.h"

/* How often the line says anew what "now" is. */
#define CLOCK_SECONDS 20
/* The kinds that people choose among: the first ones of IwEntryKind. */
#define N_KINDS 5

struct _IwQuickEntryBar
{
  GtkWidget parent_instance;

  IwWorkspace *workspace;
  IwTimeDisplay *display;
  GSettings *settings;
  char *incident;
  char *draft_key;
  char *saving; /* the text that is being saved */
  guint clock;

  GtkDropDown *kind;
  GtkEntry *entry;
  GtkButton *now;
  GtkButton *add;
  GtkLabel *understood;
};

enum
{
  ADDED,
  LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwQuickEntryBar, iw_quick_entry_bar, GTK_TYPE_WIDGET)

/* ---- how it is understood ---- */

static void
show_message (IwQuickEntryBar *self, const char *text, const char *css_class)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->understood), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->understood), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->understood), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->understood), css_class);
  gtk_label_set_text (self->understood, text);
}

static void
show_understood (IwQuickEntryBar *self)
{
  GTimeZone *zone;
  gint64 now = g_get_real_time ();
  IwQuickEntry parsed;
  g_autofree char *time = NULL, *unread = NULL, *words = NULL;

  if (self->display == NULL)
    return;
  zone = iw_time_display_get_zone (self->display);
  parsed = iw_quick_entry_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), now, zone);
  time = iw_quick_entry_describe (&parsed, now, zone);
  unread = iw_quick_entry_describe_unread (&parsed);
  if (unread != NULL)
    /* Translators: how the time of a new entry was read (%1$s), and what is wrong with it (%2$s).
     */
    words = g_strdup_printf (_ ("Understood: %1$s. %2$s"), time, unread);
  else if (parsed.future)
    /* Translators: %s is a time in words. */
    words = g_strdup_printf (_ ("Understood: %s. This lies in the future."), time);
  else
    /* Translators: how the time of a new entry was read: "Today 14:05 UTC". */
    words = g_strdup_printf (_ ("Understood: %s"), time);
  show_message (self, words, parsed.future || unread != NULL ? "warning" : "dimmed");
}

static gboolean
on_clock (gpointer data)
{
  IwQuickEntryBar *self = IW_QUICK_ENTRY_BAR (data);

  if (self->saving == NULL && !gtk_widget_has_css_class (GTK_WIDGET (self->understood), "error"))
    show_understood (self);
  return G_SOURCE_CONTINUE;
}

static void
on_changed (GtkEditable *editable, IwQuickEntryBar *self)
{
  if (self->workspace == NULL)
    return;
  iw_workspace_put_draft (self->workspace, self->draft_key, gtk_editable_get_text (editable));
  show_understood (self);
}

/* ---- saving ---- */

typedef struct
{
  IwQuickEntryBar *bar;
  char *docid;
} Saving;

static void
set_saving (IwQuickEntryBar *self, const char *text)
{
  g_set_str (&self->saving, text);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), text == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), text == NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (IwQuickEntryBar) self = saving->bar;
  g_autofree char *docid = saving->docid;
  g_autoptr (GError) error = NULL;

  g_free (saving);
  if (self->workspace == NULL)
    return;
  set_saving (self, NULL);
  if (!iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    {
      /* Translators: %s is the reason. */
      g_autofree char *message = g_strdup_printf (_ ("Not saved: %s"), error->message);

      show_message (self, message, "error");
      gtk_accessible_announce (GTK_ACCESSIBLE (self), message,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Entry added"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
  g_signal_emit (self, signals[ADDED], 0, docid);
}

static IwEntry *
make_entry (IwQuickEntryBar *self, const IwQuickEntry *parsed, gint64 now)
{
  GTimeZone *zone = iw_time_display_get_zone (self->display);
  g_autofree char *actor = g_settings_get_string (self->settings, "author");
  g_autofree char *team = g_settings_get_string (self->settings, "team");
  IwEntry *entry =
      iw_entry_new (self->incident, gtk_drop_down_get_selected (self->kind), parsed->text);

  iw_entry_set_occurred (entry, parsed->occurred);
  if (iw_time_is_set (parsed->occurred_end))
    iw_entry_set_occurred_end (entry, parsed->occurred_end);
  iw_entry_set_recorded (entry, (IwTime){ now, IW_PRECISION_MILLISECOND });
  iw_entry_set_zone (entry, g_time_zone_get_identifier (zone));
  iw_entry_set_actor (entry, *actor != '\0' ? actor : g_get_real_name ());
  iw_entry_set_team (entry, team);
  return entry;
}

static void
on_activate (GtkWidget *widget, IwQuickEntryBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gint64 now = g_get_real_time ();
  IwQuickEntry parsed;
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (JsonObject) body = NULL;
  Saving *saving;
  IwChange change;

  if (self->saving != NULL || self->workspace == NULL)
    return;
  parsed = iw_quick_entry_parse (text, now, iw_time_display_get_zone (self->display));
  if (*parsed.text == '\0')
    {
      show_message (self, _ ("Type what happened, then press Enter."), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  entry = make_entry (self, &parsed, now);
  body = iw_entry_to_json (entry);
  saving = g_new0 (Saving, 1);
  saving->bar = g_object_ref (self);
  saving->docid = iw_id_new_document (iw_context_system (), self->incident, "entry");
  change = (IwChange){ saving->docid, body };
  set_saving (self, text);
  iw_workspace_apply_async (self->workspace, N_ ("Add Entry"), &change, 1, 1, on_saved, saving);
}

/* ---- the rest ---- */

void
iw_quick_entry_bar_insert_now (IwQuickEntryBar *self)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *clock = NULL, *text = NULL;
  IwQuickEntry parsed;
  GTimeZone *zone;

  g_return_if_fail (IW_IS_QUICK_ENTRY_BAR (self));

  if (self->saving != NULL)
    return;
  zone = iw_time_display_get_zone (self->display);
  now = g_date_time_new_now (zone);
  clock = g_date_time_format (now, "%H:%M:%S");
  parsed = iw_quick_entry_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                 g_get_real_time (), zone);
  text = g_strconcat (clock, " ", parsed.text, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  iw_quick_entry_bar_focus (self);
}

static void
on_now (GtkButton *button, IwQuickEntryBar *self)
{
  iw_quick_entry_bar_insert_now (self);
}

void
iw_quick_entry_bar_focus (IwQuickEntryBar *self)
{
  g_return_if_fail (IW_IS_QUICK_ENTRY_BAR (self));

  gtk_entry_grab_focus_without_selecting (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

void
iw_quick_entry_bar_set_kind (IwQuickEntryBar *self, IwEntryKind kind)
{
  g_return_if_fail (IW_IS_QUICK_ENTRY_BAR (self));
  g_return_if_fail (kind < N_KINDS);

  gtk_drop_down_set_selected (self->kind, kind);
}

void
iw_quick_entry_bar_set_narrow (IwQuickEntryBar *self, gboolean narrow)
{
  g_return_if_fail (IW_IS_QUICK_ENTRY_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->now), !narrow);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  g_signal_emit (widget, signals[LEFT], 0);
  return TRUE;
}

static gboolean
on_kind_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  iw_quick_entry_bar_set_kind (IW_QUICK_ENTRY_BAR (widget), g_variant_get_int32 (args));
  return TRUE;
}

void
iw_quick_entry_bar_set_context (IwQuickEntryBar *self,
                                IwWorkspace *workspace,
                                const char *incident,
                                IwTimeDisplay *display)
{
  g_autofree char *draft = NULL;

  g_return_if_fail (IW_IS_QUICK_ENTRY_BAR (self));

  g_set_object (&self->workspace, NULL);
  g_set_str (&self->incident, incident);
  g_free (self->draft_key);
  self->draft_key = g_strconcat ("quick:", incident, NULL);
  draft = iw_workspace_get_draft (workspace, self->draft_key);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), draft != NULL ? draft : "");
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->display, display);
  g_signal_connect_object (display, "changed", G_CALLBACK (show_understood), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !iw_workspace_get_read_only (workspace));
  show_understood (self);
}

static void
iw_quick_entry_bar_map (GtkWidget *widget)
{
  IwQuickEntryBar *self = IW_QUICK_ENTRY_BAR (widget);

  GTK_WIDGET_CLASS (iw_quick_entry_bar_parent_class)->map (widget);
  on_clock (self);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, on_clock, self);
}

static void
iw_quick_entry_bar_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&IW_QUICK_ENTRY_BAR (widget)->clock, g_source_remove);
  GTK_WIDGET_CLASS (iw_quick_entry_bar_parent_class)->unmap (widget);
}

static void
iw_quick_entry_bar_dispose (GObject *object)
{
  IwQuickEntryBar *self = IW_QUICK_ENTRY_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_QUICK_ENTRY_BAR);
  /* Children without a name in the template are ours to drop. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->display);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->incident, g_free);
  g_clear_pointer (&self->draft_key, g_free);
  g_clear_pointer (&self->saving, g_free);
  G_OBJECT_CLASS (iw_quick_entry_bar_parent_class)->dispose (object);
}

static void
iw_quick_entry_bar_class_init (IwQuickEntryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_quick_entry_bar_dispose;
  widget_class->map = iw_quick_entry_bar_map;
  widget_class->unmap = iw_quick_entry_bar_unmap;
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/incident_workbench/IncidentWorkbench/ui/iw-quick-entry-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, IwQuickEntryBar, kind);
  gtk_widget_class_bind_template_child (widget_class, IwQuickEntryBar, entry);
  gtk_widget_class_bind_template_child (widget_class, IwQuickEntryBar, now);
  gtk_widget_class_bind_template_child (widget_class, IwQuickEntryBar, add);
  gtk_widget_class_bind_template_child (widget_class, IwQuickEntryBar, understood);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_now);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  for (int i = 0; i < N_KINDS; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK, on_kind_key, "i",
                                  i);
}

static void
iw_quick_entry_bar_init (IwQuickEntryBar *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_KINDS; i++)
    gtk_string_list_append (kinds, iw_entry_kind_label (i));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
}
