#include "config.h"

#include "iw-conflict-page.h"

#include <glib/gi18n-lib.h>

#include "iw-conflict-field-row.h"
#include "iw-conflict-fields.h"
#include "iw-sync-words.h"
#include "iw-ui.h"

struct _IwConflictPage
{
  AdwNavigationPage parent_instance;

  GtkButton *save;
  AdwBanner *banner;
  GtkLabel *name, *incident, *explanation;
  GtkBox *fields_box;
  AdwPreferencesGroup *settled;

  IwWorkspace *workspace;
  IwConflict *conflict;
  GPtrArray *fields; /* (element-type IwConflictField) */
  GPtrArray *rows;   /* (element-type GtkWidget), borrowed */
  IwPick deletion;   /* of a document that one side deleted: which side holds */
  gboolean saving;
};

enum
{
  RESOLVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwConflictPage, iw_conflict_page, ADW_TYPE_NAVIGATION_PAGE)

static void
update_save (IwConflictPage *self)
{
  gboolean decided = iw_conflict_is_deletion (self->conflict)
                         ? self->deletion != IW_PICK_NONE
                         : iw_conflict_fields_are_decided (self->fields);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), decided && !self->saving);
}

/* ---- saving ---- */

typedef struct
{
  IwConflict *conflict; /* the page's, which waits */
  char *body;           /* NULL: it is deleted */
  IwConflictPage *page; /* keeps the conflict alive */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->body);
  g_object_unref (work->page);
  g_free (work);
}

static gboolean
resolve_job (IwStore *store,
             gpointer data,
             IwProgressFunc progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  Work *work = data;
  g_autoptr (JsonNode) node = NULL;

  if (work->body == NULL)
    return iw_conflict_resolve (store, work->conflict, NULL, error);
  node = json_from_string (work->body, error);
  return node != NULL &&
         iw_conflict_resolve (store, work->conflict, json_node_get_object (node), error);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwConflictPage) self = data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (!iw_workspace_run_finish (IW_WORKSPACE (source), result, NULL, &error))
    {
      g_autofree char *words = iw_ui_describe_error (error);

      if (self->workspace == NULL)
        return;
      adw_banner_set_title (self->banner, words);
      adw_banner_set_revealed (self->banner, TRUE);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), words,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      update_save (self);
      return;
    }
  g_signal_emit (self, signals[RESOLVED], 0);
}

static char *
decided_body (IwConflictPage *self)
{
  g_autoptr (JsonObject) body = NULL;

  if (iw_conflict_is_deletion (self->conflict))
    {
      JsonObject *merged = iw_conflict_get_merged (self->conflict);

      return self->deletion == IW_PICK_WINNER ? iw_sync_words_json (merged) : NULL;
    }
  body = iw_conflict_fields_apply (self->fields, iw_conflict_get_winner_body (self->conflict),
                                   iw_conflict_get_other_body (self->conflict),
                                   iw_conflict_get_merged (self->conflict));
  return iw_sync_words_json (body);
}

static void
on_save (IwConflictPage *self)
{
  Work *work;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  self->saving = TRUE;
  update_save (self);
  work = g_new0 (Work, 1);
  work->conflict = self->conflict;
  work->body = decided_body (self);
  work->page = g_object_ref (self);
  iw_workspace_run_async (self->workspace, resolve_job, work, work_free, NULL, NULL, NULL,
                          on_resolved, g_object_ref (self));
}

static gboolean
on_save_shortcut (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_save (IW_CONFLICT_PAGE (widget));
  return TRUE;
}

/* ---- showing ---- */

static char *
written (JsonObject *body)
{
  char *words = body != NULL ? iw_sync_words_written (body, NULL) : NULL;

  if (words != NULL && *words != '\0')
    return words;
  g_free (words);
  return g_strdup (_ ("Somebody"));
}

static void
show_fields (IwConflictPage *self)
{
  JsonObject *winner = iw_conflict_get_winner_body (self->conflict);
  JsonObject *other = iw_conflict_get_other_body (self->conflict);
  g_autofree char *by_winner = written (winner);
  g_autofree char *by_other = written (other);

  self->fields = iw_conflict_fields_new (winner, other, iw_conflict_get_base_body (self->conflict),
                                         iw_conflict_get_merged (self->conflict),
                                         iw_conflict_get_open (self->conflict), NULL);
  for (guint i = 0; i < self->fields->len; i++)
    {
      GtkWidget *row = iw_conflict_field_row_new (self->fields->pdata[i], by_winner, by_other);

      g_signal_connect_object (row, "decided", G_CALLBACK (update_save), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->fields_box, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_settled (IwConflictPage *self)
{
  g_autoptr (GPtrArray) settled = iw_conflict_fields_settled (
      iw_conflict_get_winner_body (self->conflict), iw_conflict_get_other_body (self->conflict),
      iw_conflict_get_merged (self->conflict), iw_conflict_get_open (self->conflict), NULL);

  for (guint i = 0; i < settled->len; i++)
    {
      IwSettledField *field = settled->pdata[i];
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->label);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                   field->text != NULL ? field->text : _ ("Removed"));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 12);
      gtk_widget_add_css_class (row, "property");
      adw_preferences_group_add (self->settled, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->settled), settled->len > 0);
}

static void
on_deletion_toggled (IwConflictPage *self, GtkCheckButton *button)
{
  if (!gtk_check_button_get_active (button))
    return;
  self->deletion = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "pick"));
  update_save (self);
}

static GtkWidget *
add_deletion_choice (IwConflictPage *self, GtkWidget *list, IwPick pick, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "pick", GINT_TO_POINTER (pick));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_deletion_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (list), row);
  return button;
}

/* The edit won until now. */
static void
show_deletion (IwConflictPage *self)
{
  g_autofree char *by = written (iw_conflict_get_winner_body (self->conflict));
  /* Translators: who changed it, and when */
  g_autofree char *keep = g_strdup_printf (_ ("Keep it as changed by %s"), by);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *kept = add_deletion_choice (self, group, IW_PICK_WINNER, keep);
  GtkWidget *gone = add_deletion_choice (self, group, IW_PICK_OTHER, _ ("Delete it"));

  gtk_check_button_set_group (GTK_CHECK_BUTTON (gone), GTK_CHECK_BUTTON (kept));
  gtk_box_append (self->fields_box, group);
  gtk_widget_set_visible (GTK_WIDGET (self->settled), FALSE);
}

static void
show (IwConflictPage *self, const char *incident_title)
{
  JsonObject *merged = iw_conflict_get_merged (self->conflict);
  gboolean deletion = iw_conflict_is_deletion (self->conflict);
  g_autofree char *kind = iw_sync_words_kind (iw_conflict_get_docid (self->conflict), merged);
  g_autofree char *title = iw_sync_words_title (merged);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), kind);
  gtk_label_set_text (self->name, *title != '\0' ? title : kind);
  gtk_label_set_text (self->incident, incident_title);
  gtk_widget_set_visible (GTK_WIDGET (self->incident),
                          *incident_title != '\0' && !g_str_equal (incident_title, title));
  gtk_label_set_text (
      self->explanation,
      deletion
          ? _ ("One deleted it while the other changed it.")
          : _ ("Two people changed this before either saw what the other wrote. Pick what holds; "
               "the versions stay in the history."));
  if (deletion)
    show_deletion (self);
  else
    {
      show_fields (self);
      show_settled (self);
    }
  update_save (self);
}

/* ---- the object ---- */

static void
iw_conflict_page_dispose (GObject *object)
{
  IwConflictPage *self = IW_CONFLICT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_CONFLICT_PAGE);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (iw_conflict_page_parent_class)->dispose (object);
}

static void
iw_conflict_page_finalize (GObject *object)
{
  IwConflictPage *self = IW_CONFLICT_PAGE (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->conflict, iw_conflict_free);
  G_OBJECT_CLASS (iw_conflict_page_parent_class)->finalize (object);
}

static void
iw_conflict_page_class_init (IwConflictPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_conflict_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = iw_conflict_page_finalize;
  signals[RESOLVED] = g_signal_new ("resolved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-conflict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, save);
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, banner);
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, name);
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, incident);
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, fields_box);
  gtk_widget_class_bind_template_child (widget_class, IwConflictPage, settled);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, on_save_shortcut,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_save_shortcut,
                                NULL);
}

static void
iw_conflict_page_init (IwConflictPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
iw_conflict_page_new (IwWorkspace *workspace, IwConflict *conflict, const char *incident_title)
{
  IwConflictPage *self = g_object_new (IW_TYPE_CONFLICT_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->conflict = conflict;
  show (self, incident_title);
  return ADW_NAVIGATION_PAGE (self);
}

void
iw_conflict_page_set_narrow (IwConflictPage *self, gboolean narrow)
{
  for (guint i = 0; i < self->rows->len; i++)
    iw_conflict_field_row_set_narrow (self->rows->pdata[i], narrow);
}
