#include "config.h"

#include "iw-evidence-detail.h"

#include <glib/gi18n-lib.h>

#include "iw-evidence-page-private.h"
#include "iw-evidence-words.h"
#include "iw-ui.h"

struct _IwEvidenceDetail
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkActionable *preview, *verify, *hand_over, *mark, *approve, *export, *copy, *remove;
  AdwActionRow *name_row, *size_row, *type_row, *hash_row, *condition_row;
  GtkImage *condition_icon;
  AdwActionRow *by_row, *when_row, *origin_row, *marks_row;
  GtkImage *marks_icon;
  GtkListBox *chain;

  IwLiveIncident *live;
  IwEvidencePage *page; /* not owned: it holds this one */
  char *docid;
  char *chain_key; /* the ids of the entries that are shown */
  const char *tone_class;
};

G_DEFINE_FINAL_TYPE (IwEvidenceDetail, iw_evidence_detail, ADW_TYPE_NAVIGATION_PAGE)

/* What is not known is said to be so. */
static void
set_text (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, *text != '\0' ? text : _ ("Not recorded"));
}

static void
set_tone (IwEvidenceDetail *self, const char *class_name)
{
  if (self->tone_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->condition_icon), self->tone_class);
  self->tone_class = class_name;
  gtk_widget_add_css_class (GTK_WIDGET (self->condition_icon), class_name);
}

static void
show_condition (IwEvidenceDetail *self)
{
  IwEvidenceCheck *check = iw_evidence_page_get_check (self->page, self->docid);
  g_autofree char *text = NULL;

  if (check == NULL)
    {
      gtk_image_set_from_icon_name (self->condition_icon, "dialog-question-symbolic");
      adw_action_row_set_subtitle (self->condition_row,
                                   _ ("Not verified since the window was opened"));
      set_tone (self, "dimmed");
      return;
    }
  text = check->message != NULL
             ? g_strdup_printf ("%s · %s", iw_evidence_condition_label (check->condition),
                                check->message)
             : g_strdup (iw_evidence_condition_label (check->condition));
  gtk_image_set_from_icon_name (self->condition_icon,
                                iw_evidence_words_condition_icon (check->condition));
  adw_action_row_set_subtitle (self->condition_row, text);
  set_tone (self, check->condition == IW_EVIDENCE_INTACT ? "success" : "error");
}

static void
show_marks (IwEvidenceDetail *self, IwSituation *situation)
{
  g_autofree char *words = iw_evidence_words_marks (situation, self->docid);

  gtk_image_set_from_icon_name (self->marks_icon, words != NULL ? "changes-prevent-symbolic"
                                                                : "changes-allow-symbolic");
  adw_action_row_set_subtitle (self->marks_row,
                               words != NULL ? words : _ ("None: it may be released"));
}

static void
show_collection (IwEvidenceDetail *self, IwEvidence *evidence)
{
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  IwTime time = iw_evidence_get_collected_at (evidence);
  g_autofree char *text = NULL;

  time.precision = MIN (time.precision, IW_PRECISION_SECOND);
  text = iw_time_format_with_zone (time, zone);
  set_text (self->by_row, iw_evidence_get_collected_by (evidence));
  set_text (self->when_row, text);
  set_text (self->origin_row, iw_evidence_get_origin (evidence));
}

static void
show_file (IwEvidenceDetail *self, IwEvidence *evidence)
{
  const char *media = iw_evidence_get_media_type (evidence);
  g_autofree char *size =
      g_format_size_full ((guint64)iw_evidence_get_length (evidence), G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char *content = g_content_type_from_mime_type (media);
  g_autofree char *described = content != NULL ? g_content_type_get_description (content) : NULL;
  /* Translators: what kind of file it is; %s is such as "text/csv". */
  g_autofree char *type = iw_evidence_is_timeline (evidence)
                              ? g_strdup_printf (_ ("Machine timeline (%s)"), media)
                          : described != NULL ? g_strdup_printf ("%s (%s)", described, media)
                                              : g_strdup (media);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), iw_evidence_get_name (evidence));
  adw_window_title_set_title (self->window_title, iw_evidence_get_name (evidence));
  set_text (self->name_row, iw_evidence_get_name (evidence));
  set_text (self->size_row, size);
  set_text (self->type_row, type);
  set_text (self->hash_row, iw_evidence_get_sha256 (evidence));
}

/* ---- the chain ---- */

static void
add_step (IwEvidenceDetail *self,
          const char *icon,
          const char *title,
          const char *details,
          const char *docid)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", icon, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  gtk_widget_add_css_class (image, "dimmed");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (docid != NULL)
    {
      GtkWidget *next =
          g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                        "icon-name", "go-next-symbolic", NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "incident.goto");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", docid);
    }
  gtk_list_box_append (self->chain, row);
}

/* A file that was imported as a timeline has no entry of its collection. */
static gboolean
begins_with_collection (GPtrArray *entries)
{
  return entries->len > 0 && iw_entry_get_kind (entries->pdata[0]) == IW_ENTRY_CUSTODY &&
         g_strcmp0 (iw_entry_get_field (entries->pdata[0], "to"), "collected") == 0;
}

static void
add_first_step (IwEvidenceDetail *self, IwEvidence *evidence)
{
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  g_autofree char *when = iw_evidence_words_collected_at (evidence, zone);

  add_step (self, "list-add-symbolic",
            iw_evidence_is_timeline (evidence) ? _ ("Imported as a machine timeline") : _ ("Added"),
            when, NULL);
}

/* What decides whether rows must be made anew, so that the keyboard stays where it is. (transfer
 * full) */
static char *
key_of (GPtrArray *entries, GTimeZone *zone)
{
  GString *key = g_string_new (g_time_zone_get_identifier (zone));

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (key, " %s", iw_entry_get_id (entries->pdata[i]));
  return g_string_free (key, FALSE);
}

static void
show_chain (IwEvidenceDetail *self, IwSituation *situation, IwEvidence *evidence)
{
  g_autoptr (GPtrArray) entries = iw_situation_get_custody (situation, self->docid);
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  char *key = key_of (entries, zone);

  if (g_strcmp0 (key, self->chain_key) == 0)
    {
      g_free (key);
      return;
    }
  g_free (self->chain_key);
  self->chain_key = key;
  gtk_list_box_remove_all (self->chain);
  if (!begins_with_collection (entries))
    add_first_step (self, evidence);
  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *title = iw_evidence_words_step (entries->pdata[i], self->docid);
      g_autofree char *details = iw_evidence_words_step_details (entries->pdata[i], zone);

      add_step (self, iw_evidence_words_step_icon (entries->pdata[i]), title, details,
                iw_entry_get_id (entries->pdata[i]));
    }
}

/* ---- the page ---- */

static void
go_away (IwEvidenceDetail *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) ==
                          ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
on_changed (IwEvidenceDetail *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  g_autoptr (IwEvidence) evidence =
      situation != NULL ? iw_evidence_page_find (self->page, self->docid) : NULL;

  if (evidence == NULL)
    {
      go_away (self);
      return;
    }
  show_file (self, evidence);
  show_condition (self);
  show_collection (self, evidence);
  show_marks (self, situation);
  show_chain (self, situation, evidence);
}

static void
iw_evidence_detail_dispose (GObject *object)
{
  IwEvidenceDetail *self = IW_EVIDENCE_DETAIL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_EVIDENCE_DETAIL);
  g_clear_object (&self->live);
  g_clear_pointer (&self->docid, g_free);
  g_clear_pointer (&self->chain_key, g_free);
  G_OBJECT_CLASS (iw_evidence_detail_parent_class)->dispose (object);
}

static void
iw_evidence_detail_class_init (IwEvidenceDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_evidence_detail_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-evidence-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, window_title);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, preview);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, verify);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, hand_over);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, mark);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, approve);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, export);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, copy);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, remove);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, name_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, size_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, type_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, hash_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, condition_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, condition_icon);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, by_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, when_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, origin_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, marks_row);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, marks_icon);
  gtk_widget_class_bind_template_child (widget_class, IwEvidenceDetail, chain);
}

static void
iw_evidence_detail_init (IwEvidenceDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
iw_evidence_detail_new (IwLiveIncident *live, IwEvidencePage *page, const char *docid)
{
  IwEvidenceDetail *self = g_object_new (IW_TYPE_EVIDENCE_DETAIL, NULL);
  GtkActionable *actions[] = { self->preview, self->verify, self->hand_over, self->mark,
                               self->approve, self->export, self->copy,      self->remove };

  self->live = g_object_ref (live);
  self->page = page;
  self->docid = g_strdup (docid);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_actionable_set_action_target (actions[i], "s", docid);
  /* The page reads first, and this one takes what it read. */
  g_signal_connect_object (live, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (page, "checked", G_CALLBACK (show_condition), self, G_CONNECT_SWAPPED);
  on_changed (self);
  return ADW_NAVIGATION_PAGE (self);
}

const char *
iw_evidence_detail_get_docid (IwEvidenceDetail *self)
{
  return self->docid;
}
