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

static char *
draft_key (IwNoticePage *self)
{
  return g_strconcat ("notice-text:", self->docid, NULL);
}

static char *
to_text (JsonObject *notice)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), notice);

  return json_to_string (node, FALSE);
}

static JsonObject *
from_text (const char *text)
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

static void
show_fields (IwNoticePage *self, gboolean first)
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

static void
keep_draft (IwNoticePage *self)
{
  g_autofree char *key = draft_key (self);
  g_autoptr (JsonObject) draft = json_object_new ();
  g_autofree char *notice = NULL;
  g_autofree char *text = NULL;

  if (!self->dirty)
    {
      iw_workspace_put_draft (iw_notice_page_get_workspace (self), key, NULL);
      return;
    }
  notice = to_text (self->notice);
  json_object_set_string_member (draft, "rev", self->rev);
  json_object_set_string_member (draft, "notice", notice);
  text = to_text (draft);
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
  gboolean good = iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error);

  self->saving = FALSE;
  if (self->gone)
    return;
  if (!good)
    {
      g_autofree char *words = iw_ui_describe_error (error);

      /* What is typed stays here and as a draft; it is tried again at the next pause. */
      self->dirty = TRUE;
      self->wanted_step = -1;
      adw_banner_set_title (self->error_banner, words);
      adw_banner_set_revealed (self->error_banner, TRUE);
      keep_draft (self);
      iw_notice_page_say_saved (self);
      return;
    }
  adw_banner_set_revealed (self->error_banner, FALSE);
  adw_banner_set_revealed (self->conflict_banner, FALSE);
  if (!self->dirty)
    keep_draft (self);
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
  g_free (self->sent_to_store);
  self->sent_to_store = to_text (self->notice);
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
  keep_draft (self);
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

/* ---- other versions ---- */

/* What the draft says, where there is one that says something else. */
static void
restore_draft (IwNoticePage *self)
{
  g_autofree char *key = draft_key (self);
  g_autofree char *text = iw_workspace_get_draft (iw_notice_page_get_workspace (self), key);
  g_autoptr (JsonObject) draft = text != NULL ? from_text (text) : NULL;
  g_autoptr (JsonObject) notice = NULL;

  if (draft == NULL || !iw_notice_page_is_editable (self))
    return;
  notice = from_text (iw_model_json_get_text (draft, "notice"));
  if (notice == NULL)
    return;
  /* Only what is typed: who gets it may have changed meanwhile. */
  json_object_set_string_member (self->notice, "subject",
                                 iw_model_json_get_text (notice, "subject"));
  json_object_set_string_member (self->notice, "body", iw_model_json_get_text (notice, "body"));
  if (!g_str_equal (iw_model_json_get_text (draft, "rev"), self->rev))
    adw_banner_set_revealed (self->conflict_banner, TRUE);
  iw_notice_page_touch (self, FALSE);
}

static void
take_document (IwNoticePage *self, IwDocument *document)
{
  g_clear_pointer (&self->notice, json_object_unref);
  self->notice = iw_model_json_copy (iw_document_get_body (document));
}

static gboolean
says_the_same (JsonObject *a, JsonObject *b)
{
  return g_str_equal (iw_model_json_get_text (a, "subject"),
                      iw_model_json_get_text (b, "subject")) &&
         g_str_equal (iw_model_json_get_text (a, "body"), iw_model_json_get_text (b, "body"));
}

/* Whether the store has what was last written here. */
static gboolean
is_our_own (IwNoticePage *self, JsonObject *body)
{
  g_autoptr (JsonObject) sent =
      self->sent_to_store != NULL ? from_text (self->sent_to_store) : NULL;

  return sent != NULL && says_the_same (sent, body);
}

void
iw_notice_page_adopt (IwNoticePage *self, IwDocument *document)
{
  JsonObject *body = iw_document_get_body (document);
  gboolean first = self->notice == NULL;

  if (!first && g_strcmp0 (self->rev, iw_document_get_rev (document)) == 0)
    return;
  g_set_str (&self->rev, iw_document_get_rev (document));
  g_free (self->stored);
  self->stored = to_text (body);
  if (first || (!self->dirty && !self->saving))
    {
      take_document (self, document);
      show_fields (self, first);
      if (first)
        {
          restore_draft (self);
          show_fields (self, TRUE);
        }
    }
  else if (!is_our_own (self, body) && !says_the_same (self->notice, body))
    adw_banner_set_revealed (self->conflict_banner, TRUE);
  iw_notice_page_say_saved (self);
}

void
iw_notice_page_use_theirs (IwNoticePage *self)
{
  g_autoptr (JsonObject) theirs = self->stored != NULL ? from_text (self->stored) : NULL;

  if (theirs == NULL)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_pointer (&self->notice, json_object_unref);
  self->notice = g_steal_pointer (&theirs);
  self->dirty = FALSE;
  keep_draft (self);
  show_fields (self, FALSE);
  adw_banner_set_revealed (self->conflict_banner, FALSE);
  iw_notice_page_say_saved (self);
  iw_notice_page_update (self);
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
  show_fields (self, FALSE);
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
