/* The text of a notice: typed, kept as a draft, written at a pause, brought up to date. */
#include "config.h"

#include "iw-notice-page-private.h"

#include <glib/gi18n-lib.h>

#include "iw-apply.h"
#include "iw-model-json.h"
#include "iw-ui.h"

/* A pause in typing after which the document is written. */
#define SAVE_PAUSE_MS 3000
/* After which the checklist looks at the text again. */
#define CHECK_PAUSE_MS 400

char *
iw_notice_page_draft_key (IwNoticePage *self)
{
  return g_strconcat ("notice-text:", self->docid, NULL);
}

char *
iw_notice_page_to_text (JsonObject *notice)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), notice);

  return json_to_string (node, FALSE);
}

JsonObject *
iw_notice_page_from_text (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_ref (json_node_get_object (node));
}

/* ---- the fields ---- */

static char *
body_text (IwNoticePage *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* Replaces only what differs, so that the cursor stays where it can, and Ctrl+Z brings it back. */
static void
set_body (IwNoticePage *self, const char *text)
{
  g_autofree char *before = body_text (self);
  glong same = 0, end = 0, n_before, n_after;
  GtkTextIter from, to;
  g_autofree char *middle = NULL;
  g_autofree gunichar *a = NULL, *b = NULL;

  if (g_str_equal (before, text))
    return;
  a = g_utf8_to_ucs4_fast (before, -1, &n_before);
  b = g_utf8_to_ucs4_fast (text, -1, &n_after);
  while (same < n_before && same < n_after && a[same] == b[same])
    same++;
  while (end < n_before - same && end < n_after - same &&
         a[n_before - 1 - end] == b[n_after - 1 - end])
    end++;
  middle = g_ucs4_to_utf8 (b + same, n_after - same - end, NULL, NULL, NULL);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int)same);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int)(n_before - end));
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, middle, -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

void
iw_notice_page_show_fields (IwNoticePage *self, gboolean first)
{
  const char *subject = iw_model_json_get_text (self->notice, "subject");
  GtkTextBuffer *buffer = self->buffer;

  self->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->subject)), subject))
    gtk_editable_set_text (GTK_EDITABLE (self->subject), subject);
  if (first)
    {
      GtkTextIter start;

      gtk_text_buffer_begin_irreversible_action (buffer);
      gtk_text_buffer_set_text (buffer, iw_model_json_get_text (self->notice, "body"), -1);
      gtk_text_buffer_end_irreversible_action (buffer);
      gtk_text_buffer_get_start_iter (buffer, &start);
      gtk_text_buffer_place_cursor (buffer, &start);
    }
  else
    set_body (self, iw_model_json_get_text (self->notice, "body"));
  self->showing = FALSE;
}

void
iw_notice_page_say_saved (IwNoticePage *self)
{
  const char *words;

  if (!iw_notice_page_is_editable (self))
    words = _ ("It can only be read");
  else if (*iw_model_json_get_text (self->notice, "subject") == '\0' ||
           *iw_model_json_get_text (self->notice, "body") == '\0')
    words = _ ("Kept as a draft: a notice needs a subject and a text");
  else if (self->dirty || self->saving)
    words = _ ("Saving at the next pause…");
  else
    words = _ ("Saved");
  gtk_label_set_text (self->saved_label, words);
}

/* ---- saving ---- */

static gboolean
is_complete (IwNoticePage *self)
{
  g_autofree char *subject = g_strdup (iw_model_json_get_text (self->notice, "subject"));
  g_autofree char *body = g_strdup (iw_model_json_get_text (self->notice, "body"));

  return *g_strstrip (subject) != '\0' && *g_strstrip (body) != '\0';
}

void
iw_notice_page_keep_draft (IwNoticePage *self)
{
  g_autofree char *key = iw_notice_page_draft_key (self);
  g_autoptr (JsonObject) draft = json_object_new ();
  g_autofree char *notice = NULL;
  g_autofree char *text = NULL;

  if (!self->dirty)
    {
      iw_workspace_put_draft (iw_notice_page_get_workspace (self), key, NULL);
      return;
    }
  notice = iw_notice_page_to_text (self->notice);
  json_object_set_string_member (draft, "rev", self->rev);
  json_object_set_string_member (draft, "notice", notice);
  text = iw_notice_page_to_text (draft);
  iw_workspace_put_draft (iw_notice_page_get_workspace (self), key, text);
}

static void
after_save (IwNoticePage *self)
{
  int step = self->wanted_step;

  iw_notice_page_say_saved (self);
  if (self->dirty)
    {
      iw_notice_page_save (self);
      return;
    }
  self->wanted_step = -1;
  if (step >= 0)
    iw_notice_page_open_form (self, (IwNoticeStatus)step);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwNoticePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = iw_workspace_apply_finish_rev (IW_WORKSPACE (source), result, &error);
  g_autoptr (JsonObject) sent = g_steal_pointer (&self->sent);

  self->saving = FALSE;
  if (self->gone)
    return;
  if (error != NULL)
    {
      g_autofree char *words = iw_ui_describe_error (error);

      /* What is typed stays here and as a draft; it is tried again at the next pause. */
      self->dirty = TRUE;
      self->wanted_step = -1;
      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner, TRUE);
      iw_notice_page_keep_draft (self);
      iw_notice_page_say_saved (self);
      return;
    }
  adw_banner_set_revealed (self->error_banner, FALSE);
  g_clear_pointer (&self->base, json_object_unref);
  self->base = g_steal_pointer (&sent);
  g_set_str (&self->rev, rev);
  iw_notice_page_look_again (self);
  iw_notice_page_keep_draft (self);
  after_save (self);
}

void
iw_notice_page_save (IwNoticePage *self)
{
  IwChange change = { self->docid, self->notice, self->rev };

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->dirty || self->saving || !is_complete (self) || !iw_notice_page_is_editable (self))
    return;
  self->dirty = FALSE;
  self->saving = TRUE;
  g_clear_pointer (&self->sent, json_object_unref);
  self->sent = iw_model_json_copy (self->notice);
  iw_workspace_apply_async (iw_notice_page_get_workspace (self), N_ ("Edit Notice"), &change, 1, 1,
                            on_saved, g_object_ref (self));
  iw_notice_page_say_saved (self);
}

static gboolean
on_save_pause (gpointer data)
{
  IwNoticePage *self = data;

  self->save_id = 0;
  iw_notice_page_save (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_check_pause (gpointer data)
{
  IwNoticePage *self = data;

  self->check_id = 0;
  iw_notice_page_update (self);
  return G_SOURCE_REMOVE;
}

void
iw_notice_page_touch (IwNoticePage *self, gboolean now)
{
  self->dirty = TRUE;
  iw_notice_page_keep_draft (self);
  iw_notice_page_say_saved (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (now)
    iw_notice_page_save (self);
  else
    self->save_id = g_timeout_add (SAVE_PAUSE_MS, on_save_pause, self);
  if (self->check_id == 0)
    self->check_id = g_timeout_add (CHECK_PAUSE_MS, on_check_pause, self);
}

static void
on_body_changed (IwNoticePage *self)
{
  g_autofree char *text = NULL;

  if (self->showing || self->notice == NULL)
    return;
  text = body_text (self);
  json_object_set_string_member (self->notice, "body", text);
  iw_notice_page_touch (self, FALSE);
}

void
iw_notice_page_refill (IwNoticePage *self)
{
  IwSituation *situation = iw_notice_page_get_situation (self);
  guint n_updated, n_edited;
  JsonObject *refilled;
  g_autofree char *words = NULL;

  if (situation == NULL || self->notice == NULL || !iw_notice_page_is_editable (self))
    return;
  refilled = iw_notice_document_refill (self->notice, situation, &n_updated, &n_edited);
  json_object_unref (self->notice);
  self->notice = refilled;
  iw_notice_page_show_fields (self, FALSE);
  iw_notice_page_touch (self, TRUE);
  words = g_strdup_printf (
      ngettext ("%u line says something new", "%u lines say something new", n_updated), n_updated);
  if (n_edited > 0)
    {
      g_autofree char *kept =
          g_strdup_printf (ngettext ("%u that was written by hand was left",
                                     "%u that were written by hand were left", n_edited),
                           n_edited);
      g_autofree char *both = g_strdup_printf (
          /* Translators: “3 lines say something new, 1 that was written by hand was left”. */
          C_ ("notice", "%s, %s"), words, kept);

      iw_apply_toast (GTK_WIDGET (self), both);
    }
  else
    iw_apply_toast (GTK_WIDGET (self), words);
}

/* ---- once ---- */

static void
on_dark_changed (GtkSourceBuffer *buffer)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (
                                                  schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

/* Leaving the text is a pause. */
static void
on_focus_left (IwNoticePage *self)
{
  if (self->notice != NULL)
    iw_notice_page_save (self);
}

static void
set_margins (GtkTextView *view)
{
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 12);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
}

void
iw_notice_page_make_text (IwNoticePage *self)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkSourceBuffer *buffer = gtk_source_buffer_new (NULL);
  GtkWidget *view = gtk_source_view_new_with_buffer (buffer);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = GTK_TEXT_VIEW (view);
  self->buffer = GTK_TEXT_BUFFER (buffer);
  set_margins (self->view);
  gtk_widget_add_css_class (view, "iw-card-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text of the notice"), -1);
  gtk_source_buffer_set_language (buffer,
                                  gtk_source_language_manager_get_language (languages, "markdown"));
  gtk_scrolled_window_set_child (self->text_frame, view);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_body_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, focus);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (on_dark_changed), buffer, G_CONNECT_SWAPPED);
  on_dark_changed (buffer);
  g_object_unref (buffer);
}
