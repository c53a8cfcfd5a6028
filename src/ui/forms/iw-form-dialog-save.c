/* The form dialog: drafts, and saving. */
#include "config.h"

#include "iw-form-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "iw-meanwhile.h"
#include "iw-ui.h"
#include "iw-window.h"

/* How much of what was decided a toast says. */
#define SAID_CHARS 100

/* ---- drafts ---- */

/* What was typed about one thing must not turn up in a form about another: the key says what it is
 * about and what the caller laid over it. */
static char *
make_draft_key (IwFormDialog *self)
{
  const IwFormKind *kind = iw_form_get_kind (self->pristine);
  const char *incident = iw_form_dialog_get_incident (self);
  const char *docid = iw_form_get_document (self->pristine);
  const char *subject = iw_form_dialog_get_subject (self->pristine);
  g_autofree char *begun = NULL;
  g_autofree char *sum = NULL;

  if (docid != NULL)
    return g_strconcat ("form:", kind->name, ":", docid, NULL);
  if (iw_form_is_changed (self->pristine))
    {
      begun = iw_form_to_draft (self->pristine);
      sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, begun, -1);
      sum[16] = '\0';
    }
  return g_strconcat ("form:", kind->name, ":", incident != NULL ? incident : "workspace", ":",
                      subject, sum != NULL ? ":" : NULL, sum, NULL);
}

static gboolean
is_typed (IwFormDialog *self, IwForm *form)
{
  g_autofree char *begun = iw_form_to_draft (self->pristine);
  g_autofree char *now = iw_form_to_draft (form);

  return g_strcmp0 (begun, now) != 0;
}

void
iw_form_dialog_find_draft (IwFormDialog *self)
{
  g_autofree char *key = make_draft_key (self);
  g_autofree char *draft = iw_workspace_get_draft (self->workspace, key);

  if (draft != NULL)
    {
      g_autoptr (IwForm) restored = iw_form_restore_draft (self->pristine, draft);

      if (is_typed (self, restored))
        {
          iw_form_dialog_set_form (self, restored);
          adw_banner_set_revealed (self->banner, TRUE);
        }
    }
  self->draft_key = g_steal_pointer (&key);
}

void
iw_form_dialog_keep_draft (IwFormDialog *self)
{
  g_autofree char *draft = NULL;

  if (self->draft_key == NULL || self->saving)
    return;
  if (is_typed (self, self->form))
    draft = iw_form_to_draft (self->form);
  iw_workspace_put_draft (self->workspace, self->draft_key, draft);
}

void
iw_form_dialog_discard_draft (IwFormDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  self->tried = FALSE;
  g_hash_table_remove_all (self->touched);
  iw_form_dialog_set_form (self, self->pristine);
}

/* ---- saving ---- */

static char *
make_said (GPtrArray *documents)
{
  IwDocument *first = documents->pdata[0];
  const char *text = iw_document_get_text (first, "text");
  g_autofree char *line = NULL;

  if (*text == '\0')
    /* Translators: %s is the name of what was saved, such as a team. */
    return g_strdup_printf (_ ("Saved “%s”"), iw_document_get_name (first));
  line = g_strndup (text, strcspn (text, "\r\n"));
  if (g_utf8_strlen (line, -1) > SAID_CHARS)
    {
      g_autofree char *head = g_utf8_substring (line, 0, SAID_CHARS - 1);

      return g_strconcat (head, "…", NULL);
    }
  return g_steal_pointer (&line);
}

static void
show_error (IwFormDialog *self, const GError *error)
{
  g_autofree char *words = iw_ui_describe_error (error);

  adw_banner_set_title (self->error_banner, words);
  adw_banner_set_revealed (self->error_banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwFormDialog) self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!iw_workspace_apply_finish (IW_WORKSPACE (source), result, &error))
    {
      self->saving = FALSE;
      iw_meanwhile_hold (self->meanwhile, FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->fields), TRUE);
      show_error (self, error);
      iw_form_dialog_show_problems (self);
      return;
    }
  iw_workspace_put_draft (IW_WORKSPACE (source), self->draft_key, NULL);
  if (IW_IS_WINDOW (root))
    iw_window_add_undo_toast (IW_WINDOW (root), self->said);
  g_signal_emit_by_name (self, "written", self->written);
  adw_dialog_force_close (ADW_DIALOG (self));
}

void
iw_form_dialog_save (IwFormDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree IwChange *changes = NULL;

  if (self->saving || !gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  documents = iw_form_write (self->form, iw_context_system (), &error);
  if (documents == NULL)
    {
      show_error (self, error);
      iw_form_dialog_go_to_first (self);
      return;
    }
  changes = iw_store_changes_of (documents);
  self->saving = TRUE;
  iw_meanwhile_hold (self->meanwhile, TRUE);
  g_set_str (&self->written, iw_document_get_id (documents->pdata[0]));
  g_free (self->said);
  self->said = make_said (documents);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields), FALSE);
  iw_workspace_apply_async (self->workspace, iw_form_get_action (self->form), changes,
                            documents->len, 1, on_saved, g_object_ref (self));
}
