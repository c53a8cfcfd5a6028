/* The detail pane's list of an entry's revisions: who, when, what. */
#include "config.h"

#include "iw-detail-pane-private.h"

#include <glib/gi18n-lib.h>

#include "iw-revision-words.h"

/* More than anybody reads; the rest stays in the store. */
#define MAX_SHOWN 50

static void
add_revision (IwDetailPane *self,
              AdwExpanderRow *expander,
              JsonObject *before,
              JsonObject *after,
              gboolean deleted)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = iw_revision_words (before, after, deleted);
  const char *by = json_object_get_string_member_with_default (after, "modified_by", "");
  const char *at = json_object_get_string_member_with_default (after, "modified_at", "");
  IwTime time = IW_TIME_NONE;
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;

  if (!iw_time_parse_rfc3339 (at, NULL, &time))
    time = IW_TIME_NONE;
  time.precision = MIN (time.precision, IW_PRECISION_SECOND);
  when = iw_detail_format_time (self, time);
  if (*by != '\0' && *when != '\0')
    /* Translators: when a version was written, and by whom */
    subtitle = g_strdup_printf (_ ("%s, %s"), when, by);
  else
    subtitle = g_strconcat (when, by, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (before != NULL && !deleted)
    gtk_widget_set_tooltip_text (row,
                                 json_object_get_string_member_with_default (before, "text", NULL));
  adw_expander_row_add_row (expander, row);
}

static void
on_expanded (AdwExpanderRow *expander, GParamSpec *pspec, gpointer data)
{
  IwDetailPane *self = data;
  IwStore *store = iw_workspace_get_store (self->workspace);
  const char *docid = g_object_get_data (G_OBJECT (expander), "docid");
  g_autofree char *rev = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_auto (GStrv) history = NULL;
  gboolean deleted = FALSE;

  if (!adw_expander_row_get_expanded (expander) ||
      g_object_get_data (G_OBJECT (expander), "filled") != NULL)
    return;
  g_object_set_data (G_OBJECT (expander), "filled", GINT_TO_POINTER (TRUE));
  body = iw_store_get (store, docid, &rev, NULL);
  if (body != NULL)
    history = iw_store_get_history (store, docid, rev, NULL);
  for (guint i = 0; history != NULL && history[i] != NULL && i < MAX_SHOWN && body != NULL; i++)
    {
      gboolean before_deleted = FALSE;
      g_autoptr (JsonObject) before =
          history[i + 1] != NULL
              ? iw_store_get_rev (store, docid, history[i + 1], &before_deleted, NULL)
              : NULL;

      add_revision (self, expander, before, body, deleted);
      g_clear_pointer (&body, json_object_unref);
      body = g_steal_pointer (&before);
      deleted = before_deleted;
    }
}

GtkWidget *
iw_detail_make_history (IwDetailPane *self, const char *docid)
{
  GtkListBox *list = iw_detail_make_facts ();
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("History"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), _ ("Who changed what, and when"));
  g_object_set_data_full (G_OBJECT (expander), "docid", g_strdup (docid), g_free);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (on_expanded), self, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("History"), -1);
  gtk_list_box_append (list, expander);
  return GTK_WIDGET (list);
}
