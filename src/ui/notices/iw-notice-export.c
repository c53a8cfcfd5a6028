#include "config.h"

#include "iw-notice-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-model-json.h"
#include "iw-notice-pdf.h"
#include "iw-notice-template-facts.h"
#include "iw-notice-words.h"

static const struct
{
  const char *name;
  const char *suffix;
} kinds[IW_N_NOTICE_EXPORTS] = {
  [IW_NOTICE_EXPORT_FOLDER] = { "folder", "" }, [IW_NOTICE_EXPORT_ZIP] = { "zip", ".zip" },
  [IW_NOTICE_EXPORT_MAIL] = { "mail", ".eml" }, [IW_NOTICE_EXPORT_PDF] = { "pdf", ".pdf" },
  [IW_NOTICE_EXPORT_TEXT] = { "text", ".txt" },
};

gboolean
iw_notice_export_kind_from_string (const char *text, IwNoticeExportKind *out)
{
  for (guint i = 0; i < IW_N_NOTICE_EXPORTS; i++)
    if (g_strcmp0 (kinds[i].name, text) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

char *
iw_notice_export_file_name (IwNoticeExportKind kind, const char *title)
{
  g_autofree char *name = g_strndup (title, 120);
  const char *end;

  /* Cut between characters, and without what file systems refuse. */
  g_utf8_validate (name, -1, &end);
  name[end - name] = '\0';
  g_strdelimit (name, "/\\:*?\"<>|\r\n\t", '-');
  g_strstrip (name);
  return g_strconcat (*name != '\0' && *name != '.' ? name : "notice", kinds[kind].suffix, NULL);
}

/* ---- who ---- */

static IwNoticeAddress *
find_author (IwSituation *situation, const char *author)
{
  g_autoptr (GPtrArray) people = iw_situation_get_documents (situation, "person");

  for (guint i = 0; author != NULL && i < people->len; i++)
    {
      IwDocument *person = people->pdata[i];
      const char *mail = iw_document_get_text (person, "mail");

      if (g_str_equal (iw_document_get_text (person, "name"), author) &&
          iw_notice_address_is_usable (mail))
        return iw_notice_address_new (author, mail);
    }
  return NULL;
}

static void
add_customers (IwNoticeExport *self, JsonObject *notice, IwSituation *situation)
{
  g_autoptr (GPtrArray) items = iw_notice_recipients (notice, situation);
  g_auto (GStrv) listed = iw_model_json_get_strings (notice, "recipients");

  self->n_ruled_out = g_strv_length (listed) - items->len;
  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      if (iw_notice_address_is_usable (item->mail))
        g_ptr_array_add (self->recipients,
                         iw_notice_address_new (*item->contact != '\0' ? item->contact : item->name,
                                                item->mail));
      else
        self->n_unreachable++;
    }
}

static void
add_others (IwNoticeExport *self, JsonObject *notice)
{
  g_auto (GStrv) others = iw_model_json_get_strings (notice, "internal");

  for (guint i = 0; others[i] != NULL; i++)
    {
      IwNoticeAddress *address = iw_notice_address_parse (others[i]);

      if (address != NULL)
        g_ptr_array_add (self->recipients, address);
    }
}

IwNoticeExport *
iw_notice_export_new (IwNoticeExportKind kind,
                      const char *docid,
                      JsonObject *notice,
                      IwSituation *situation,
                      const char *author)
{
  IwNoticeExport *self = g_new0 (IwNoticeExport, 1);
  const IwNoticeState *state = iw_situation_get_notice (situation, docid);
  const char *language = iw_model_json_get_text (notice, "language");
  g_autofree char *mark = state != NULL && iw_notice_is_cleared (state, notice)
                              ? NULL
                              : iw_notice_draft_mark (language);
  g_autofree char *reference = g_strndup (iw_situation_get_incident (situation), 13);

  self->kind = kind;
  self->docid = g_strdup (docid);
  self->author = g_strdup (author);
  self->letter =
      iw_notice_letter_new (iw_model_json_get_text (notice, "subject"),
                            iw_model_json_get_text (notice, "body"), language, mark, reference);
  self->from = find_author (situation, author);
  self->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_notice_address_free);
  if (iw_notice_document_audience (notice) == IW_AUDIENCE_CUSTOMERS)
    add_customers (self, notice, situation);
  add_others (self, notice);
  return self;
}

void
iw_notice_export_free (gpointer data)
{
  IwNoticeExport *self = data;

  g_clear_pointer (&self->letter, iw_notice_letter_free);
  g_clear_pointer (&self->from, iw_notice_address_free);
  g_clear_pointer (&self->recipients, g_ptr_array_unref);
  g_free (self->docid);
  g_free (self->author);
  g_free (self->path);
  g_free (self);
}

/* ---- words ---- */

static gboolean
is_mail (IwNoticeExportKind kind)
{
  return kind == IW_NOTICE_EXPORT_FOLDER || kind == IW_NOTICE_EXPORT_ZIP ||
         kind == IW_NOTICE_EXPORT_MAIL;
}

const char *
iw_notice_export_problem (const IwNoticeExport *self)
{
  return is_mail (self->kind) && self->recipients->len == 0 ? _ ("No recipient has a mail address")
                                                            : NULL;
}

char *
iw_notice_export_words (const IwNoticeExport *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (!is_mail (self->kind))
    return g_strdup (_ ("Notice exported"));
  g_strv_builder_take (builder, g_strdup_printf (ngettext ("%u message written",
                                                           "%u messages written", self->n_written),
                                                 self->n_written));
  if (self->n_unreachable > 0)
    g_strv_builder_take (builder, g_strdup_printf (ngettext ("%u recipient has no mail address",
                                                             "%u recipients have no mail address",
                                                             self->n_unreachable),
                                                   self->n_unreachable));
  if (self->n_ruled_out > 0)
    g_strv_builder_take (
        builder, g_strdup_printf (ngettext ("%u recipient is no longer affected and gets none",
                                            "%u recipients are no longer affected and get none",
                                            self->n_ruled_out),
                                  self->n_ruled_out));
  parts = g_strv_builder_end (builder);
  return g_strjoinv (". ", parts);
}

/* ---- writing ---- */

static GBytes *
make_file (IwNoticeExport *self, GError **error)
{
  gint64 now = g_get_real_time ();

  switch (self->kind)
    {
    case IW_NOTICE_EXPORT_MAIL:
      self->n_written = 1;
      return iw_notice_eml (self->letter, self->from, NULL, self->recipients, now, self->docid);
    case IW_NOTICE_EXPORT_PDF:
      return iw_notice_pdf (self->letter, self->author, now, error);
    case IW_NOTICE_EXPORT_TEXT:
    case IW_NOTICE_EXPORT_FOLDER:
    case IW_NOTICE_EXPORT_ZIP:
    case IW_N_NOTICE_EXPORTS:
    default:
      return iw_notice_text (self->letter);
    }
}

gboolean
iw_notice_export_run (IwStore *store,
                      gpointer job,
                      IwProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  IwNoticeExport *self = job;
  g_autoptr (GBytes) bytes = NULL;
  const char *data;
  gsize size;

  if (self->kind == IW_NOTICE_EXPORT_FOLDER || self->kind == IW_NOTICE_EXPORT_ZIP)
    return iw_notice_eml_save (self->letter, self->from, self->recipients, g_get_real_time (),
                               self->docid, self->path, self->kind == IW_NOTICE_EXPORT_ZIP,
                               &self->n_written, error);
  bytes = make_file (self, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  /* Beside its place and then moved there: nobody ever sees half of one, not even of a new file. */
  return g_file_set_contents_full (self->path, data, (gssize)size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}
