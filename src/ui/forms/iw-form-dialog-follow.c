/* The form dialog: what changes while it is open. */
#include "config.h"

#include "iw-form-dialog-private.h"

#include "iw-entries-read.h"
#include "iw-form-read.h"
#include "iw-meanwhile.h"
#include "iw-ui.h"

static IwForm *
make_again (IwFormDialog *self, IwForm *form, IwSituation *situation, IwDocument *document)
{
  const IwFormKind *kind = iw_form_get_kind (form);
  const char *subject = iw_form_dialog_get_subject (form);
  g_autofree char *typed = iw_form_to_draft (form);
  g_autofree char *author = iw_ui_author ();
  g_autoptr (IwForm) fresh = document != NULL ? iw_form_new_edit (kind, situation, document, author)
                                              : iw_form_new (kind, situation, subject, author);

  return iw_form_restore_draft (fresh, typed);
}

/* ---- what may be cited ---- */

static void
on_entries (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwFormDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = iw_entries_read_finish (IW_WORKSPACE (source), result, &error);

  if (entries == NULL)
    {
      g_warning ("The entries could not be read: %s", error->message);
      return;
    }
  if (self->form == NULL)
    return;
  g_clear_pointer (&self->context.entries, g_ptr_array_unref);
  self->context.entries = g_steal_pointer (&entries);
  /* What is cited already can be called by its name now. */
  for (guint i = 0; i < self->rows->len; i++)
    {
      const IwFormField *field = iw_form_row_get_field (self->rows->pdata[i]);

      if (field->input == IW_INPUT_LINKS)
        iw_form_row_set_value (self->rows->pdata[i], iw_form_get (self->form, field->name));
    }
}

static void
start_entries (IwFormDialog *self)
{
  const IwFormKind *kind = iw_form_get_kind (self->form);
  const char *incident = iw_form_dialog_get_incident (self);
  gboolean cites = FALSE;

  for (guint i = 0; i < kind->n_fields; i++)
    cites |= kind->fields[i].input == IW_INPUT_LINKS;
  if (!cites || incident == NULL)
    return;
  iw_entries_read_async (self->workspace, incident, NULL, on_entries, g_object_ref (self));
}

/* ---- the incident ---- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (IwFormDialog) self = data;
  g_autoptr (IwDocument) document = NULL;
  g_autoptr (IwSituation) situation =
      iw_form_read_finish (IW_WORKSPACE (source), result, &document, NULL);
  g_autoptr (IwForm) pristine = NULL;
  g_autoptr (IwForm) form = NULL;

  self->reading = FALSE;
  /* What is gone says so when it is saved. */
  if (situation == NULL || self->form == NULL || self->saving)
    return;
  pristine = make_again (self, self->pristine, situation, document);
  form = make_again (self, self->form, situation, document);
  iw_form_unref (self->pristine);
  self->pristine = g_steal_pointer (&pristine);
  iw_form_dialog_set_form (self, form);
}

static void
on_workspace_changed (IwFormDialog *self, char **docids)
{
  const char *incident = iw_form_dialog_get_incident (self);

  if (self->reading || self->saving)
    return;
  for (char **docid = docids; *docid != NULL; docid++)
    if ((incident != NULL && g_str_has_prefix (*docid, incident)) ||
        g_str_has_prefix (*docid, "workspace:"))
      {
        self->reading = TRUE;
        start_entries (self);
        iw_form_read_async (self->workspace, incident, iw_form_get_document (self->form), on_read,
                            g_object_ref (self));
        return;
      }
}

/* The form takes over what they wrote where nothing was typed. */
static void
watch_document (IwFormDialog *self)
{
  const char *docid = iw_form_get_document (self->form);
  g_autoptr (JsonObject) base = NULL;

  if (docid != NULL)
    base = iw_store_get (iw_workspace_get_store (self->workspace), docid, NULL, NULL);
  if (base != NULL)
    iw_meanwhile_watch (self->meanwhile, self->workspace, docid, base);
}

void
iw_form_dialog_follow (IwFormDialog *self)
{
  start_entries (self);
  watch_document (self);
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (on_workspace_changed), self,
                           G_CONNECT_SWAPPED);
}
