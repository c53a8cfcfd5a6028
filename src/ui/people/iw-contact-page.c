#include "config.h"

#include "iw-contact-page.h"

#include <glib/gi18n-lib.h>

#include "iw-directory-items.h"
#include "iw-fact-group.h"
#include "iw-form-dialog.h"
#include "iw-subject-facts.h"
#include "iw-subject-remove.h"
#include "iw-time.h"
#include "iw-ui.h"
#include "iw-words.h"

struct _IwContactPage
{
  AdwNavigationPage parent_instance;

  GtkWidget *page;
  IwFactGroup *on_call;
  IwFactGroup *fields;
  IwFactGroup *escalations;
  IwFactGroup *people; /* of a team, or teams of a person */

  IwDirectory *directory;
  char *docid;
  char *searched; /* the team whose escalations were looked for */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (IwContactPage, iw_contact_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- escalations ---- */

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwContactPage) self = data;
  g_autoptr (GPtrArray) found =
      iw_directory_find_escalations_finish (IW_DIRECTORY (source), result, NULL);
  g_autoptr (GPtrArray) facts = iw_facts_new ();

  if (found == NULL || self->directory == NULL)
    return;
  for (guint i = 0; i < found->len; i++)
    {
      const IwOpenEscalation *open = found->pdata[i];
      IwFact *fact = iw_facts_take (facts, IW_FACT_PLAIN, open->id, open->title,
                                    g_strdup_printf ("%s\n%s", open->words, open->ask));

      iw_fact_set_mark (fact, open->overdue ? "dialog-warning-symbolic" : "alarm-symbolic",
                        open->overdue ? IW_TONE_BAD : IW_TONE_ATTENTION);
      iw_fact_set_action (fact, "win.show-incident",
                          g_variant_new ("(ss)", open->incident, "escalations"));
    }
  iw_fact_group_set_facts (self->escalations, facts);
}

static void
look_for_escalations (IwContactPage *self, const char *team)
{
  if (g_strcmp0 (self->searched, team) == 0)
    return;
  g_set_str (&self->searched, team);
  iw_directory_find_escalations_async (self->directory, team, self->cancellable, on_found,
                                       g_object_ref (self));
}

/* ---- what is shown ---- */

static void
take_facts (IwFactGroup *group, GPtrArray *facts)
{
  iw_fact_group_set_facts (group, facts);
  g_ptr_array_unref (facts);
}

static void
show_on_call (IwContactPage *self, IwDocument *team)
{
  GPtrArray *facts = iw_facts_new ();
  IwOnCall on_call = iw_team_on_call (team, g_get_real_time ());
  g_autofree char *zone =
      iw_time_zone_words (iw_directory_get_zone (self->directory), g_get_real_time ());
  /* Translators: %s is a time zone. */
  g_autofree char *words = g_strdup_printf (_ ("Times in %s."), zone);
  IwFact *fact =
      iw_facts_take (facts, IW_FACT_PROPERTY, "now", C_ ("on call", "Now"),
                     iw_on_call_words (&on_call, iw_directory_get_zone (self->directory)));

  if (on_call.ended)
    iw_fact_set_mark (fact, "dialog-warning-symbolic", IW_TONE_ATTENTION);
  else if (*on_call.who != '\0')
    iw_fact_set_mark (fact, "call-start-symbolic", IW_TONE_GOOD);
  if (*on_call.next != '\0')
    iw_facts_add (facts, IW_FACT_PROPERTY, "next", C_ ("on call", "Next"), on_call.next);
  take_facts (self->on_call, facts);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->on_call),
                                         on_call.until != 0 ? words : NULL);
}

static void
add_contact (GPtrArray *facts, IwDocument *document, const char *icon)
{
  IwFact *fact = iw_facts_take (facts, IW_FACT_PLAIN, iw_document_get_id (document),
                                iw_document_get_name (document), iw_contact_words (document));

  iw_fact_set_mark (fact, icon, IW_TONE_NONE);
  iw_fact_set_action (fact, "contact.open", g_variant_new_string (iw_document_get_id (document)));
}

static void
show_team (IwContactPage *self, IwSituation *situation, IwDocument *team)
{
  GPtrArray *facts = iw_facts_new ();
  g_autoptr (GPtrArray) members = iw_team_members (situation, iw_document_get_name (team));

  for (guint i = 0; i < members->len; i++)
    add_contact (facts, members->pdata[i], "avatar-default-symbolic");
  take_facts (self->people, facts);
  show_on_call (self, team);
  look_for_escalations (self, iw_document_get_name (team));
}

static void
show_person (IwContactPage *self, IwSituation *situation, IwDocument *person)
{
  GPtrArray *facts = iw_facts_new ();
  g_autoptr (GPtrArray) teams = iw_directory_rows (situation, "team");
  g_auto (GStrv) names = iw_document_get_list (person, "teams");

  for (guint i = 0; i < teams->len; i++)
    if (g_strv_contains ((const char *const *)names, iw_document_get_name (teams->pdata[i])))
      add_contact (facts, teams->pdata[i], "system-users-symbolic");
  take_facts (self->people, facts);
}

static void
drop_fact (GPtrArray *facts, const char *key)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (((IwFact *)facts->pdata[i])->key, key))
      {
        g_ptr_array_remove_index (facts, i);
        return;
      }
}

/* On-call has a group of its own, and so have teams that the directory knows. */
static GPtrArray *
plain_fields (IwDocument *document, GTimeZone *zone)
{
  GPtrArray *facts = iw_subject_fields (document, zone);

  drop_fact (facts, "name");
  drop_fact (facts, "on_call_now");
  drop_fact (facts, "on_call_next");
  drop_fact (facts, "on_call_until");
  return facts;
}

static void
leave (IwContactPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) ==
                          ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
update (IwContactPage *self)
{
  IwSituation *situation = iw_directory_get_situation (self->directory);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, self->docid) : NULL;

  if (situation != NULL && document == NULL)
    leave (self);
  if (document == NULL)
    return;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), iw_document_get_name (document));
  take_facts (self->fields, plain_fields (document, iw_directory_get_zone (self->directory)));
  if (g_str_equal (iw_document_get_type_name (document), "team"))
    {
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->people), _ ("People"));
      show_team (self, situation, document);
    }
  else
    {
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->people), _ ("Teams"));
      show_person (self, situation, document);
    }
}

/* ---- actions ---- */

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwContactPage *self = IW_CONTACT_PAGE (widget);

  iw_form_dialog_present_edit (widget, iw_directory_get_workspace (self->directory), self->docid);
}

static void
remove_it (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwContactPage *self = IW_CONTACT_PAGE (widget);
  IwSituation *situation = iw_directory_get_situation (self->directory);
  IwDocument *document = situation != NULL ? iw_situation_find (situation, self->docid) : NULL;

  if (document != NULL)
    iw_subject_remove (widget, iw_directory_get_workspace (self->directory), document);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  iw_ui_toast (widget, _ ("Copied"));
}

static void
open_contact (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IwContactPage *self = IW_CONTACT_PAGE (widget);
  GtkWidget *view = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL)
    adw_navigation_view_push (
        ADW_NAVIGATION_VIEW (view),
        iw_contact_page_new (self->directory, g_variant_get_string (parameter, NULL)));
}

/* ---- the object ---- */

static void
iw_contact_page_dispose (GObject *object)
{
  IwContactPage *self = IW_CONTACT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->directory != NULL)
    g_signal_handlers_disconnect_by_data (self->directory, self);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->docid, g_free);
  g_clear_pointer (&self->searched, g_free);
  G_OBJECT_CLASS (iw_contact_page_parent_class)->dispose (object);
}

static void
iw_contact_page_class_init (IwContactPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_contact_page_dispose;
  gtk_widget_class_install_action (widget_class, "contact.edit", NULL, edit);
  gtk_widget_class_install_action (widget_class, "contact.remove", NULL, remove_it);
  gtk_widget_class_install_action (widget_class, "contact.open", "s", open_contact);
  /* The name under which facts of fields copy. */
  gtk_widget_class_install_action (widget_class, "subject.copy", "s", copy);
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
add_group (IwContactPage *self, const char *place, const char *title)
{
  GtkWidget *group = iw_fact_group_new (place, title);

  gtk_widget_set_visible (group, FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  return IW_FACT_GROUP (group);
}

static void
iw_contact_page_init (IwContactPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *bar = adw_header_bar_new ();

  adw_header_bar_pack_end (ADW_HEADER_BAR (bar),
                           new_button ("user-trash-symbolic", _ ("Remove"), "contact.remove"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar),
                           new_button ("document-edit-symbolic", _ ("Edit…"), "contact.edit"));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  self->page = adw_preferences_page_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), self->page);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), toasts);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  self->cancellable = g_cancellable_new ();
  self->escalations = add_group (self, "escalations", _ ("Waiting for an Answer"));
  self->on_call = add_group (self, "on-call", _ ("On Call"));
  self->fields = add_group (self, "fields", _ ("Details"));
  self->people = add_group (self, "people", _ ("People"));
}

AdwNavigationPage *
iw_contact_page_new (IwDirectory *directory, const char *docid)
{
  IwContactPage *self = g_object_new (IW_TYPE_CONTACT_PAGE, "title", _ ("Contact"), NULL);
  gboolean writable = !iw_workspace_get_read_only (iw_directory_get_workspace (directory));

  self->directory = g_object_ref (directory);
  self->docid = g_strdup (docid);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contact.edit", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contact.remove", writable);
  g_signal_connect_object (directory, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (directory, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}
