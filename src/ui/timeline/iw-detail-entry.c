/* The detail pane's page of an entry. */
#include "config.h"

#include "iw-detail-pane-private.h"

#include <glib/gi18n-lib.h>

#include "iw-markdown.h"

/* What people wrote can be changed; a decision is only followed by another. */
static void
add_edit_buttons (GtkBox *box)
{
  gtk_box_append (
      box, iw_detail_make_button ("document-edit-symbolic", _ ("Edit Entry"), "timeline.edit"));
  gtk_box_append (box, iw_detail_make_button ("edit-copy-symbolic", _ ("Duplicate Entry"),
                                              "timeline.duplicate"));
  gtk_box_append (
      box, iw_detail_make_button ("user-trash-symbolic", _ ("Delete Entry"), "timeline.delete"));
}

static GtkWidget *
make_head (IwEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  IwEntryKind kind = iw_entry_get_kind (entry);
  g_autofree char *words = iw_entry_get_key (entry)
                               /* Translators: the kind of an entry that is marked as a key event */
                               ? g_strdup_printf (_ ("%s, Key Event"), iw_entry_kind_label (kind))
                               : g_strdup (iw_entry_kind_label (kind));
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (!iw_entry_kind_is_decision (kind))
    add_edit_buttons (GTK_BOX (box));
  return box;
}

static GtkWidget *
make_text (IwEntry *entry, gboolean in_force)
{
  GtkWidget *label = iw_detail_make_text (NULL);
  g_autofree char *markup = iw_markdown_to_markup (iw_entry_get_text (entry));
  g_autofree char *struck = in_force ? NULL : g_strconcat ("<s>", markup, "</s>", NULL);

  gtk_label_set_markup (GTK_LABEL (label), struck != NULL ? struck : markup);
  if (!in_force)
    gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static void
add_time (IwDetailPane *self, GtkListBox *facts, const char *title, IwTime time)
{
  g_autofree char *text = iw_detail_format_time (self, time);

  iw_detail_add_fact (facts, title, text);
}

static GtkWidget *
make_facts (IwDetailPane *self, IwEntry *entry)
{
  GtkListBox *facts = iw_detail_make_facts ();
  IwTime recorded = iw_entry_get_recorded (entry);
  g_autofree char *tags = g_strjoinv (", ", (char **)iw_entry_get_tags (entry));

  add_time (self, facts, _ ("Occurred"), iw_entry_get_occurred (entry));
  add_time (self, facts, _ ("Until"), iw_entry_get_occurred_end (entry));
  add_time (self, facts, _ ("Discovered"), iw_entry_get_discovered (entry));
  /* written by the computer's clock: its fractions tell nobody anything */
  recorded.precision = MIN (recorded.precision, IW_PRECISION_SECOND);
  add_time (self, facts, _ ("Recorded"), recorded);
  iw_detail_add_fact (facts, _ ("Time Zone of the Source"), iw_entry_get_zone (entry));
  iw_detail_add_fact (facts, _ ("Actor"), iw_entry_get_actor (entry));
  iw_detail_add_fact (facts, _ ("Team"), iw_entry_get_team (entry));
  iw_detail_add_fact (facts, _ ("Source"), iw_entry_get_source (entry));
  iw_detail_add_fact (facts, _ ("Confidence"),
                      iw_confidence_label (iw_entry_get_confidence (entry)));
  iw_detail_add_decision (self, facts, entry);
  iw_detail_add_fact (facts, _ ("Tags"), tags);
  iw_detail_add_fact (facts, _ ("Written By"), iw_entry_get_field (entry, "created_by"));
  return GTK_WIDGET (facts);
}

/* ---- links ---- */

char *
iw_detail_name (const char *docid, gpointer data)
{
  IwDetailPane *self = data;
  g_autoptr (JsonObject) body =
      iw_store_get (iw_workspace_get_store (self->workspace), docid, NULL, NULL);
  static const char *const members[] = { "name", "title", "value", "subject", "text" };

  if (body == NULL)
    return g_strdup (_ ("Something that is no longer there"));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *name = json_object_get_string_member_with_default (body, members[i], "");

      /* The subject of a decision is an id. */
      if (*name != '\0' && strchr (name, ':') != name + 36)
        return g_strndup (name, strcspn (name, "\r\n"));
    }
  return g_strdup (docid);
}

static char *
link_key (const IwEntryLink *link)
{
  if (link->row > 0)
    return g_strdup_printf ("event:%s:%" G_GINT64_FORMAT, link->docid, link->row);
  if (strstr (link->docid, ":entry-") != NULL)
    return g_strdup_printf ("entry:%s", link->docid);
  return NULL;
}

static void
on_link (AdwActionRow *row, gpointer data)
{
  g_signal_emit_by_name (data, "jump", g_object_get_data (G_OBJECT (row), "key"));
}

static GtkWidget *
make_link (IwDetailPane *self, const IwEntryLink *link)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = iw_detail_name (link->docid, self);
  char *key = link_key (link);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (link->row > 0)
    {
      g_autofree char *subtitle = g_strdup_printf (_ ("Row %'" G_GINT64_FORMAT), link->row);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    }
  if (key != NULL)
    {
      g_object_set_data_full (G_OBJECT (row), "key", key, g_free);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect (row, "activated", G_CALLBACK (on_link), self);
    }
  else if (strstr (link->docid, ":evidence-") != NULL)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", "evidence");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "incident.goto");
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    }
  return row;
}

static void
add_links (IwDetailPane *self, GtkBox *box, IwEntry *entry)
{
  GArray *links = iw_entry_get_links (entry);
  GtkListBox *list;

  if (links->len == 0)
    return;
  gtk_box_append (box, iw_detail_make_heading (_ ("Evidence and Links")));
  list = iw_detail_make_facts ();
  for (guint i = 0; i < links->len; i++)
    gtk_list_box_append (list, make_link (self, &g_array_index (links, IwEntryLink, i)));
  gtk_box_append (box, GTK_WIDGET (list));
}

GtkWidget *
iw_detail_make_entry (IwDetailPane *self, IwEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  const char *problem = iw_timeline_row_get_problem (self->row);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), make_head (entry));
  gtk_box_append (GTK_BOX (box), make_text (entry, problem == NULL));
  if (iw_entry_kind_is_decision (iw_entry_get_kind (entry)))
    gtk_box_append (GTK_BOX (box), iw_detail_make_decision_head (self, entry, problem));
  gtk_box_append (GTK_BOX (box), make_facts (self, entry));
  add_links (self, GTK_BOX (box), entry);
  if (iw_entry_get_id (entry) != NULL)
    gtk_box_append (GTK_BOX (box), iw_detail_make_history (self, iw_entry_get_id (entry)));
  return box;
}
