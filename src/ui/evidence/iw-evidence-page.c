#include "config.h"

#include "iw-evidence-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-evidence-detail.h"
#include "iw-evidence-export-dialog.h"
#include "iw-evidence-page-private.h"
#include "iw-evidence-preview-page.h"
#include "iw-evidence-words.h"
#include "iw-form-dialog.h"
#include "iw-ui.h"
#include "iw-window.h"

#define NARROW "max-width: 560sp"

G_DEFINE_FINAL_TYPE (IwEvidencePage, iw_evidence_page, ADW_TYPE_BIN)

enum
{
  CHECKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- the list ---- */

static const char *
row_id (gpointer row, gpointer data)
{
  return iw_evidence_get_id (row);
}

enum
{
  SECTION_FILES,
  SECTION_TIMELINES,
};

static guint
row_section (gpointer row, gpointer data)
{
  return iw_evidence_is_timeline (row) ? SECTION_TIMELINES : SECTION_FILES;
}

static char *
heading_words (guint section, gpointer data)
{
  return g_strdup (section == SECTION_TIMELINES ? _ ("Machine Timelines") : _ ("Files"));
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

static gboolean
row_matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  return contains (iw_evidence_get_name (row), needle) ||
         contains (iw_evidence_get_origin (row), needle) ||
         contains (iw_evidence_get_collected_by (row), needle) ||
         contains (iw_evidence_get_sha256 (row), needle);
}

static void
fill_state (IwEvidencePage *self, IwEvidence *evidence, IwItemText *text)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  const char *docid = iw_evidence_get_id (evidence);
  IwEvidenceCheck *check = iw_evidence_page_get_check (self, docid);
  const char *holder = iw_evidence_words_holder (situation, docid);

  if (check != NULL)
    {
      text->state = g_strdup (iw_evidence_condition_label (check->condition));
      text->mark = g_strdup (iw_evidence_words_condition_icon (check->condition));
      text->tone = iw_evidence_words_condition_tone (check->condition);
    }
  else if (*holder != '\0')
    {
      /* Translators: the person that has the file now. */
      text->state = g_strdup_printf (_ ("With %s"), holder);
      text->mark = g_strdup ("avatar-default-symbolic");
    }
}

static void
row_fill (gpointer row, IwItemText *text, gpointer data)
{
  IwEvidencePage *self = data;
  g_autofree char *summary =
      iw_evidence_words_summary (row, iw_live_incident_get_zone (self->live));
  g_autofree char *hash = iw_evidence_words_short_hash (row);

  text->icon = g_strdup (iw_evidence_words_icon (row));
  text->title = g_strdup (iw_evidence_get_name (row));
  /* Translators: what is known of a file, then the beginning of its hash. */
  text->subtitle = g_strdup_printf (_ ("%1$s · SHA-256 %2$s"), summary, hash);
  text->warning = iw_evidence_words_marks (iw_live_incident_get_situation (self->live),
                                           iw_evidence_get_id (row));
  fill_state (self, row, text);
}

static const IwItemSource source = { row_id, row_section, row_matches, row_fill };

static void
add_item (GMenu *menu, const char *label, const char *action, const char *docid)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", docid);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (IwItem *item, gpointer data)
{
  const char *docid = iw_item_get_id (item);
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenu) decide = g_menu_new ();
  g_autoptr (GMenu) remove = g_menu_new ();
  GMenu *menu = g_menu_new ();

  add_item (look, _ ("_Preview"), "evidence.preview", docid);
  add_item (look, _ ("_Verify"), "evidence.verify", docid);
  add_item (look, _ ("_Export…"), "evidence.export-one", docid);
  add_item (look, _ ("_Copy SHA-256"), "evidence.copy-hash", docid);
  add_item (decide, _ ("_Hand Over…"), "evidence.hand-over", docid);
  add_item (decide, _ ("_Mark…"), "evidence.mark", docid);
  add_item (decide, _ ("_Approve Release…"), "evidence.approve", docid);
  add_item (remove, _ ("_Remove"), "evidence.remove", docid);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (decide));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remove));
  return G_MENU_MODEL (menu);
}

/* ---- what is there ---- */

static int
compare_evidence (gconstpointer a, gconstpointer b)
{
  IwEvidence *left = *(IwEvidence *const *)a, *right = *(IwEvidence *const *)b;
  gint64 left_time = iw_evidence_get_collected_at (left).us;
  gint64 right_time = iw_evidence_get_collected_at (right).us;

  if (iw_evidence_is_timeline (left) != iw_evidence_is_timeline (right))
    return iw_evidence_is_timeline (left) ? 1 : -1;
  if (left_time != right_time)
    return left_time > right_time ? -1 : 1;
  return strcmp (iw_evidence_get_id (left), iw_evidence_get_id (right));
}

/* Those that this version can read; others stay in the store untouched. */
static GPtrArray *
read_evidence (IwSituation *situation)
{
  GPtrArray *evidence = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, "evidence");

  for (guint i = 0; i < documents->len; i++)
    {
      IwEvidence *one =
          iw_evidence_new_from_json (iw_document_get_id (documents->pdata[i]),
                                     iw_document_get_body (documents->pdata[i]), NULL);

      if (one != NULL)
        g_ptr_array_add (evidence, one);
    }
  g_ptr_array_sort (evidence, compare_evidence);
  return evidence;
}

IwEvidence *
iw_evidence_page_find (IwEvidencePage *self, const char *docid)
{
  for (guint i = 0; i < self->evidence->len; i++)
    if (strcmp (iw_evidence_get_id (self->evidence->pdata[i]), docid) == 0)
      return g_object_ref (self->evidence->pdata[i]);
  return NULL;
}

IwEvidenceCheck *
iw_evidence_page_get_check (IwEvidencePage *self, const char *docid)
{
  return g_hash_table_lookup (self->conditions, docid);
}

static void
show_foot (IwEvidencePage *self)
{
  g_autofree char *zone =
      iw_time_zone_words (iw_live_incident_get_zone (self->live), g_get_real_time ());
  /* Translators: %s is a time zone. */
  g_autofree char *text = g_strdup_printf (_ ("Times are in %s."), zone);

  gtk_label_set_text (self->foot, text);
  gtk_widget_set_visible (GTK_WIDGET (self->foot), self->evidence->len > 0);
}

static void
on_changed (IwEvidencePage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);

  if (situation == NULL)
    return;
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  self->evidence = read_evidence (situation);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  iw_item_model_set_rows (iw_item_list_get_model (self->list), self->evidence, self, NULL);
  gtk_widget_set_visible (self->bar, self->evidence->len > 0);
  show_foot (self);
  iw_evidence_page_update_actions (self);
}

/* ---- words at the foot of the window ---- */

void
iw_evidence_page_toast (IwEvidencePage *self, const char *text, gboolean undo)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), IW_TYPE_WINDOW);
  AdwToast *toast;

  if (self->gone || window == NULL)
    return;
  /* What was said before is of no use beside this. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  /* Beside a button there is one line, which gives way to it. */
  toast = undo ? adw_toast_new (text) : iw_ui_toast_new (text);
  if (undo)
    {
      adw_toast_set_use_markup (toast, FALSE);
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  g_set_weak_pointer (&self->toast, toast);
  iw_window_add_toast (IW_WINDOW (window), toast);
}

void
iw_evidence_page_toast_error (IwEvidencePage *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    iw_evidence_page_toast (self, words, FALSE);
}

/* ---- actions ---- */

static void
add_files (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_evidence_page_choose (IW_EVIDENCE_PAGE (widget));
}

static void
paste_files (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_evidence_page_paste (IW_EVIDENCE_PAGE (widget));
}

static void
verify_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_evidence_page_verify (IW_EVIDENCE_PAGE (widget), NULL);
}

static void
verify_one (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_evidence_page_verify (IW_EVIDENCE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
cancel_job (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
export_files (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);
  const char *docid = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  adw_dialog_present (iw_evidence_export_dialog_new (self->live, docid), widget);
}

static void
present_form (GtkWidget *widget, const char *kind, const char *subject, const char *const *values)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);

  iw_form_dialog_present (widget, iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), kind, subject, values);
}

static void
hand_over (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *const values[] = { "to", "handed-over", NULL };

  present_form (widget, "custody", g_variant_get_string (parameter, NULL), values);
}

static void
mark (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_form (widget, "marking", g_variant_get_string (parameter, NULL), NULL);
}

static void
approve (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *const values[] = { "items", g_variant_get_string (parameter, NULL), NULL };

  present_form (widget, "approval", NULL, values);
}

static void
copy_hash (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);
  g_autoptr (IwEvidence) evidence =
      iw_evidence_page_find (self, g_variant_get_string (parameter, NULL));

  if (evidence == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), iw_evidence_get_sha256 (evidence));
  iw_evidence_page_toast (self, _ ("SHA-256 copied"), FALSE);
}

static void
preview (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);
  g_autoptr (IwEvidence) evidence =
      iw_evidence_page_find (self, g_variant_get_string (parameter, NULL));

  if (evidence != NULL)
    adw_navigation_view_push (
        self->navigation,
        iw_evidence_preview_page_new (iw_live_incident_get_workspace (self->live), evidence));
}

static void
show (GtkWidget *widget, const char *name, GVariant *parameter)
{
  iw_evidence_page_goto (IW_EVIDENCE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
remove_one (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);
  g_autofree char *docid = g_variant_dup_string (parameter, NULL);

  adw_navigation_view_pop_to_tag (self->navigation, "list");
  iw_evidence_page_remove (self, docid);
}

void
iw_evidence_page_update_actions (IwEvidencePage *self)
{
  static const char *const writing[] = { "evidence.add",       "evidence.paste",
                                         "evidence.hand-over", "evidence.mark",
                                         "evidence.approve",   "evidence.remove",
                                         "evidence.export-one" };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean free = self->cancellable == NULL;
  gboolean writable = !iw_workspace_get_read_only (iw_live_incident_get_workspace (self->live));
  gboolean any = self->evidence->len > 0;

  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (widget, writing[i], writable);
  gtk_widget_action_set_enabled (widget, "evidence.add", writable && free);
  gtk_widget_action_set_enabled (widget, "evidence.paste", writable && free);
  gtk_widget_action_set_enabled (widget, "evidence.export", writable && any);
  gtk_widget_action_set_enabled (widget, "evidence.verify-all", any && free);
  gtk_widget_action_set_enabled (widget, "evidence.verify", free);
}

/* ---- pages ---- */

void
iw_evidence_page_goto (IwEvidencePage *self, const char *place)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_page_find (self, place);

  adw_navigation_view_pop_to_tag (self->navigation, "list");
  if (evidence != NULL)
    adw_navigation_view_push (self->navigation, iw_evidence_detail_new (self->live, self, place));
}

static void
on_activated (IwEvidencePage *self, const char *docid)
{
  iw_evidence_page_goto (self, docid);
}

static void
on_popped (IwEvidencePage *self, AdwNavigationPage *page)
{
  if (IW_IS_EVIDENCE_DETAIL (page))
    iw_item_list_focus_item (self->list, iw_evidence_detail_get_docid (IW_EVIDENCE_DETAIL (page)));
}

static GtkWidget *
new_empty_page (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add Files…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "iw-evidence-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Evidence"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Add files, or drop them here. Each is kept as it is, with its SHA-256 sum, who collected "
         "it and every hand-over since."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "evidence.add");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static void
set_narrow (IwEvidencePage *self)
{
  iw_item_list_set_narrow (self->list, TRUE);
}

static void
set_wide (IwEvidencePage *self)
{
  iw_item_list_set_narrow (self->list, FALSE);
}

static void
init_breakpoint (IwEvidencePage *self)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse (NARROW));

  g_signal_connect_object (breakpoint, "apply", G_CALLBACK (set_narrow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (breakpoint, "unapply", G_CALLBACK (set_wide), self, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (self->breakpoints, breakpoint);
}

static void
init_list (IwEvidencePage *self)
{
  self->list =
      IW_ITEM_LIST (iw_item_list_new (&source, _ ("Evidence"), make_menu, heading_words, self));
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  /* Until the incident is read, there is nothing to be said of it. */
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_widget_set_visible (self->bar, FALSE);
  iw_item_list_set_empty (self->list, new_empty_page ());
  gtk_box_append (self->list_box, GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
}

/* ---- the object ---- */

static gboolean
find (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (widget);

  if (adw_navigation_view_get_visible_page (self->navigation) != self->list_page)
    return FALSE;
  iw_item_list_focus_find (self->list);
  return TRUE;
}

static void
iw_evidence_page_dispose (GObject *object)
{
  IwEvidencePage *self = IW_EVIDENCE_PAGE (object);

  self->gone = TRUE;
  g_clear_weak_pointer (&self->former_focus);
  g_clear_weak_pointer (&self->toast);
  /* Before the template takes its child away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_EVIDENCE_PAGE);
  g_clear_object (&self->live);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->conditions, g_hash_table_unref);
  G_OBJECT_CLASS (iw_evidence_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "evidence.add", NULL, add_files },          { "evidence.paste", NULL, paste_files },
    { "evidence.verify-all", NULL, verify_all },  { "evidence.cancel", NULL, cancel_job },
    { "evidence.verify", "s", verify_one },       { "evidence.export", NULL, export_files },
    { "evidence.export-one", "s", export_files }, { "evidence.preview", "s", preview },
    { "evidence.hand-over", "s", hand_over },     { "evidence.mark", "s", mark },
    { "evidence.approve", "s", approve },         { "evidence.copy-hash", "s", copy_hash },
    { "evidence.remove", "s", remove_one },       { "evidence.show", "s", show },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].func);
}

static void
iw_evidence_page_class_init (IwEvidencePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_evidence_page_dispose;
  signals[CHECKED] = g_signal_new ("checked", IW_TYPE_EVIDENCE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, IW_RESOURCE_UI "iw-evidence-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, navigation);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, list_page);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, breakpoints);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, bar);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, list_box);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, working);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, progress);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, cancel);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, IwEvidencePage, foot);
  install_actions (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "evidence.paste",
                                       NULL);
}

static void
iw_evidence_page_init (IwEvidencePage *self)
{
  self->evidence = g_ptr_array_new_with_free_func (g_object_unref);
  self->conditions =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)iw_evidence_check_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  init_list (self);
  init_breakpoint (self);
  g_signal_connect_object (self->navigation, "popped", G_CALLBACK (on_popped), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
iw_evidence_page_new (IwLiveIncident *live)
{
  IwEvidencePage *self = g_object_new (IW_TYPE_EVIDENCE_PAGE, NULL);

  self->live = g_object_ref (live);
  iw_evidence_page_init_drop (self);
  iw_evidence_page_update_actions (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.cancel", FALSE);
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  on_changed (self);
  return GTK_WIDGET (self);
}
