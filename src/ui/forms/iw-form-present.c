/* Forms from anywhere: what they need is read in a thread first. */
#include "config.h"

#include "iw-form-dialog.h"
#include "iw-form-read.h"
#include "iw-ui.h"

#define PENDING "iw-form-pending"

typedef struct
{
  GtkWidget *parent;      /* (ref) */
  const IwFormKind *kind; /* NULL: that of the document */
  char *subject;
  char *again; /* the decision that is taken again */
  GStrv values;
} Present;

static void
present_free (Present *present)
{
  g_object_set_data (G_OBJECT (present->parent), PENDING, NULL);
  g_object_unref (present->parent);
  g_free (present->subject);
  g_free (present->again);
  g_strfreev (present->values);
  g_free (present);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Present, present_free)

static IwForm *
lay_over (IwForm *form, GStrv values)
{
  for (char **pair = values; pair != NULL && pair[0] != NULL && pair[1] != NULL; pair += 2)
    {
      IwForm *next = iw_form_set (form, pair[0], pair[1]);

      iw_form_unref (form);
      form = next;
    }
  return form;
}

/* NULL: it is gone. */
static IwForm *
make_again (Present *present, IwSituation *situation, const char *author)
{
  IwEntry *entry = iw_decisions_find (iw_situation_get_decisions (situation), present->again);

  return entry != NULL ? iw_form_new_again (situation, entry, author) : NULL;
}

static IwForm *
make_form (Present *present, IwSituation *situation, IwDocument *document)
{
  g_autofree char *author = iw_ui_author ();
  const IwFormKind *kind = document != NULL
                               ? iw_form_kind_of_document (iw_document_get_type_name (document))
                               : present->kind;

  if (present->again != NULL)
    return make_again (present, situation, author);
  if (kind == NULL)
    return NULL;
  return document != NULL ? iw_form_new_edit (kind, situation, document, author)
                          : iw_form_new (kind, situation, present->subject, author);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Present) present = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwDocument) document = NULL;
  g_autoptr (IwSituation) situation =
      iw_form_read_finish (IW_WORKSPACE (source), result, &document, &error);
  g_autoptr (IwForm) form = NULL;

  /* It went away meanwhile. */
  if (gtk_widget_get_root (present->parent) == NULL)
    return;
  if (situation == NULL)
    {
      g_autofree char *words = iw_ui_describe_error (error);

      iw_ui_toast (present->parent, words);
      return;
    }
  form = make_form (present, situation, document);
  if (form == NULL)
    return;
  form = lay_over (g_steal_pointer (&form), present->values);
  adw_dialog_present (iw_form_dialog_new (IW_WORKSPACE (source), form), present->parent);
}

/* One at a time: a second press while the first is read would open a second dialog. */
static void
start (GtkWidget *parent,
       IwWorkspace *workspace,
       const char *incident,
       const char *docid,
       Present *present)
{
  gboolean pending = g_object_get_data (G_OBJECT (parent), PENDING) != NULL;

  present->parent = g_object_ref (parent);
  if (pending || iw_workspace_get_read_only (workspace))
    {
      present_free (present);
      if (pending)
        g_object_set_data (G_OBJECT (parent), PENDING, GINT_TO_POINTER (TRUE));
      return;
    }
  g_object_set_data (G_OBJECT (parent), PENDING, GINT_TO_POINTER (TRUE));
  iw_form_read_async (workspace, incident, docid, on_read, present);
}

void
iw_form_dialog_present (GtkWidget *parent,
                        IwWorkspace *workspace,
                        const char *incident,
                        const char *kind,
                        const char *subject,
                        const char *const *values)
{
  const IwFormKind *found = iw_form_kind_find (kind);
  Present *present;

  if (found == NULL)
    {
      g_warning ("There is no form “%s”", kind);
      return;
    }
  present = g_new0 (Present, 1);
  present->kind = found;
  present->subject = subject != NULL && *subject != '\0' ? g_strdup (subject) : NULL;
  present->values = g_strdupv ((char **)values);
  start (parent, workspace, found->workspace ? NULL : incident, NULL, present);
}

void
iw_form_dialog_present_again (GtkWidget *parent,
                              IwWorkspace *workspace,
                              const char *incident,
                              const char *entry)
{
  Present *present = g_new0 (Present, 1);

  present->again = g_strdup (entry);
  start (parent, workspace, incident, NULL, present);
}

void
iw_form_dialog_present_edit (GtkWidget *parent, IwWorkspace *workspace, const char *docid)
{
  g_autofree char *incident = iw_id_incident_of (docid);

  start (parent, workspace, incident, docid, g_new0 (Present, 1));
}
