#include "config.h"

#include "iw-subject-page.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-elsewhere.h"
#include "iw-entries-read.h"
#include "iw-entry-picker.h"
#include "iw-fact-group.h"
#include "iw-form-dialog.h"
#include "iw-subject-facts.h"
#include "iw-subject-remove.h"
#include "iw-ui.h"

struct _IwSubjectPage
{
  AdwNavigationPage parent_instance;

  IwFactGroup *state;
  IwFactGroup *fields;
  IwFactGroup *cited;
  IwFactGroup *sweeps;
  IwFactGroup *linked;
  IwFactGroup *elsewhere;
  IwFactGroup *decisions;
  GtkWidget *page;

  IwLiveIncident *live;
  char *docid;
  char *value; /* that was looked for elsewhere; NULL for none */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (IwSubjectPage, iw_subject_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- elsewhere ---- */

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwSubjectPage) self = data;
  g_autoptr (GPtrArray) sightings = iw_elsewhere_find_finish (IW_WORKSPACE (source), result, NULL);
  g_autoptr (GPtrArray) facts = iw_facts_new ();

  if (sightings == NULL || self->live == NULL)
    return;
  for (guint i = 0; i < sightings->len; i++)
    {
      const IwSighting *sighting = sightings->pdata[i];
      IwFact *fact =
          iw_facts_add (facts, IW_FACT_PLAIN, sighting->incident, sighting->title, sighting->note);

      iw_fact_set_mark (fact, "iw-incidents-symbolic", IW_TONE_NONE);
      iw_fact_set_action (fact, "win.show-incident",
                          g_variant_new ("(ss)", sighting->incident, "indicators"));
    }
  iw_fact_group_set_facts (self->elsewhere, facts);
}

static void
look_elsewhere (IwSubjectPage *self, const char *value)
{
  if (g_strcmp0 (self->value, value) == 0)
    return;
  g_set_str (&self->value, value);
  iw_elsewhere_find_async (iw_live_incident_get_workspace (self->live), value,
                           iw_live_incident_get_incident (self->live), self->cancellable, on_found,
                           g_object_ref (self));
}

/* ---- what is shown ---- */

static void
take_facts (IwFactGroup *group, GPtrArray *facts)
{
  iw_fact_group_set_facts (group, facts);
  g_ptr_array_unref (facts);
}

static const IwScopeItem *
find_scope_item (IwSituation *situation, const char *docid)
{
  GPtrArray *items = iw_situation_get_scope (situation);

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((IwScopeItem *)items->pdata[i])->docid, docid))
      return items->pdata[i];
  return NULL;
}

static void
show_scope (IwSubjectPage *self, IwSituation *situation, GTimeZone *zone)
{
  const IwScopeItem *item = find_scope_item (situation, self->docid);

  if (item == NULL)
    return;
  take_facts (self->state, iw_subject_state (item, zone));
  take_facts (self->cited, iw_subject_cited (situation, item->entry, zone));
}

static void
show_indicator (IwSubjectPage *self, IwSituation *situation, IwDocument *document, GTimeZone *zone)
{
  g_autoptr (IwIndicators) indicators = iw_indicators_new (situation);

  take_facts (self->sweeps, iw_subject_sweeps (indicators, self->docid, zone));
  take_facts (self->linked, iw_subject_linked (indicators, self->docid, zone));
  gtk_widget_set_visible (GTK_WIDGET (self->linked), TRUE);
  look_elsewhere (self, iw_document_get_text (document, "value"));
}

/* It was removed, here or by somebody else. */
static void
leave (IwSubjectPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) ==
                          ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
update (IwSubjectPage *self)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  GTimeZone *zone = iw_live_incident_get_zone (self->live);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, self->docid) : NULL;
  const char *type;

  if (situation != NULL && document == NULL)
    leave (self);
  if (document == NULL)
    return;
  type = iw_document_get_type_name (document);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), iw_document_get_name (document));
  take_facts (self->fields, iw_subject_fields (document, zone));
  take_facts (self->decisions, iw_subject_decisions (situation, self->docid, zone));
  if (g_str_equal (type, "scope"))
    show_scope (self, situation, zone);
  else if (g_str_equal (type, "indicator"))
    show_indicator (self, situation, document, zone);
}

/* ---- actions ---- */

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwSubjectPage *self = IW_SUBJECT_PAGE (widget);

  iw_form_dialog_present_edit (widget, iw_live_incident_get_workspace (self->live), self->docid);
}

static void
remove_it (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwSubjectPage *self = IW_SUBJECT_PAGE (widget);
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, self->docid) : NULL;

  if (document != NULL)
    iw_subject_remove (widget, iw_live_incident_get_workspace (self->live), document);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  iw_ui_toast (widget, _ ("Copied"));
}

static void
set_state (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwSubjectPage *self = IW_SUBJECT_PAGE (widget);
  const char *values[] = { "to", g_variant_get_string (parameter, NULL), NULL };

  iw_form_dialog_present (widget, iw_live_incident_get_workspace (self->live),
                          iw_live_incident_get_incident (self->live), "scope-state", self->docid,
                          values);
}

/* ---- links of an indicator ---- */

static void
on_link_toggled (IwSubjectPage *self, const char *id, gboolean chosen)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  IwDocument *document = iw_situation_find (situation, self->docid);

  if (document != NULL)
    iw_subject_link (GTK_WIDGET (self), iw_live_incident_get_workspace (self->live), document, id,
                     chosen);
}

static void
show_picker (IwSubjectPage *self, GPtrArray *entries)
{
  IwSituation *situation = iw_live_incident_get_situation (self->live);
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, self->docid) : NULL;
  g_auto (GStrv) ids = NULL;
  AdwNavigationPage *picker;

  if (document == NULL || view == NULL ||
      adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) !=
          ADW_NAVIGATION_PAGE (self))
    return;
  ids = iw_subject_dup_links (document);
  picker = iw_entry_picker_new_with_entries (
      situation, entries, iw_live_incident_get_zone (self->live), (const char *const *)ids);
  adw_navigation_page_set_title (picker, _ ("Link Entries"));
  g_signal_connect_object (picker, "toggled", G_CALLBACK (on_link_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), picker);
}

static void
on_entries (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwSubjectPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = iw_entries_read_finish (IW_WORKSPACE (source), result, &error);

  if (self->live == NULL)
    return;
  if (entries == NULL)
    {
      g_autofree char *words = iw_ui_describe_error (error);

      iw_ui_toast (GTK_WIDGET (self), words);
      return;
    }
  show_picker (self, entries);
}

static void
link_entry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwSubjectPage *self = IW_SUBJECT_PAGE (widget);

  iw_entries_read_async (iw_live_incident_get_workspace (self->live),
                         iw_live_incident_get_incident (self->live), self->cancellable, on_entries,
                         g_object_ref (self));
}

/* ---- the object ---- */

static void
iw_subject_page_dispose (GObject *object)
{
  IwSubjectPage *self = IW_SUBJECT_PAGE (object);

  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->live);
  g_clear_pointer (&self->docid, g_free);
  g_clear_pointer (&self->value, g_free);
  G_OBJECT_CLASS (iw_subject_page_parent_class)->dispose (object);
}

static void
iw_subject_page_class_init (IwSubjectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_subject_page_dispose;
  gtk_widget_class_install_action (widget_class, "subject.edit", NULL, edit);
  gtk_widget_class_install_action (widget_class, "subject.remove", NULL, remove_it);
  gtk_widget_class_install_action (widget_class, "subject.copy", "s", copy);
  gtk_widget_class_install_action (widget_class, "subject.state", "s", set_state);
  gtk_widget_class_install_action (widget_class, "subject.link", NULL, link_entry);
}

static GtkWidget *
new_button (const char *icon, const char *words, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static IwFactGroup *
add_group (IwSubjectPage *self, const char *place, const char *title)
{
  GtkWidget *group = iw_fact_group_new (place, title);

  gtk_widget_set_visible (group, FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  return IW_FACT_GROUP (group);
}

static void
iw_subject_page_init (IwSubjectPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar),
                           new_button ("user-trash-symbolic", _ ("Remove"), "subject.remove"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar),
                           new_button ("document-edit-symbolic", _ ("Edit…"), "subject.edit"));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  self->page = adw_preferences_page_new ();
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  self->cancellable = g_cancellable_new ();
  self->state = add_group (self, "scope", _ ("Affected"));
  self->fields = add_group (self, "fields", _ ("Details"));
  self->cited = add_group (self, "evidence", _ ("Evidence"));
  self->sweeps = add_group (self, "sweeps", _ ("Sweeps"));
  self->linked = add_group (self, "linked", _ ("Linked Entries"));
  self->elsewhere = add_group (self, "elsewhere", _ ("Also in Other Incidents"));
  self->decisions = add_group (self, "decisions", _ ("Decisions"));
  iw_fact_group_add_button (self->linked, "list-add-symbolic", _ ("Link Entries"), "subject.link",
                            NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->linked), FALSE);
}

AdwNavigationPage *
iw_subject_page_new (IwLiveIncident *live, const char *docid)
{
  IwSubjectPage *self = g_object_new (IW_TYPE_SUBJECT_PAGE, "title", _ ("Details"), NULL);
  gboolean read_only = iw_workspace_get_read_only (iw_live_incident_get_workspace (live));
  const char *writing[] = { "subject.edit", "subject.remove", "subject.state", "subject.link" };

  self->live = g_object_ref (live);
  self->docid = g_strdup (docid);
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], !read_only);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}

const char *
iw_subject_page_get_docid (IwSubjectPage *self)
{
  return self->docid;
}
