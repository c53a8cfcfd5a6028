/* iw-cli-notice.c: notices from templates, their checklist, and as files. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "iw-cli-find.h"
#include "iw-cli-output.h"
#include "iw-cli-words.h"
#include "iw-notice-check.h"
#include "iw-notice-eml.h"
#include "iw-notice-pdf.h"
#include "iw-notice-template-facts.h"

/* ---- draft ---- */

/* A regulator must not be written to in another language than the one that was asked for. */
static gboolean
is_language (const char *tag)
{
  const char *nearest = iw_notice_language_nearest (tag);
  g_autofree char *list = NULL;
  gsize length = strlen (nearest);

  if (g_ascii_strncasecmp (tag, nearest, length) == 0 && !g_ascii_isalnum (tag[length]))
    return TRUE;
  list = g_strjoinv (", ", (char **)iw_notice_languages ());
  iw_cli_complain (_ ("There is no template in “%s”. There are: %s."), tag, list);
  return FALSE;
}

IwExit
iw_cli_notice_draft (IwCli *cli, int argc, char **argv)
{
  g_autofree char *audience_name = NULL, *language = NULL, *title = NULL, *docid = NULL;
  const GOptionEntry entries[] = {
    { "audience", 'a', 0, G_OPTION_ARG_STRING, &audience_name,
      N_ ("customers, data-subjects, regulator or internal"), N_ ("AUDIENCE") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &language, N_ ("Such as en, de or ja"), N_ ("TAG") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_ ("What lists call it"), N_ ("TEXT") },
    G_OPTION_ENTRY_NULL
  };
  IwAudience audience = IW_AUDIENCE_CUSTOMERS;
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  IwExit code;

  if (!iw_cli_parse (cli, entries, NULL, _ ("INCIDENT"),
                     _ ("Writes a notice from the template of an audience and a language, with the "
                        "facts of the "
                        "incident."),
                     &argc, &argv, 1, 1))
    return IW_EXIT_USAGE;
  if (audience_name != NULL && !iw_audience_from_string (audience_name, &audience))
    {
      iw_cli_complain (
          _ ("There is no audience “%s”: customers, data-subjects, regulator or internal."),
          audience_name);
      return IW_EXIT_USAGE;
    }
  if (language != NULL && !is_language (language))
    return IW_EXIT_USAGE;
  store = iw_cli_open (cli, IW_CLI_WRITE, &code);
  situation = store != NULL ? iw_cli_read_situation (store, argv[1], &code) : NULL;
  if (situation == NULL)
    return code;
  docid = iw_id_new_document (iw_store_get_context (store), iw_situation_get_incident (situation),
                              "notice");
  g_ptr_array_add (
      documents, iw_document_new_take (docid, NULL,
                                       iw_notice_document_new (
                                           situation, audience, language != NULL ? language : "en",
                                           title != NULL ? title : iw_audience_label (audience))));
  return iw_cli_write_documents (cli, store, N_ ("New Notice"), 1, documents);
}

/* ---- check ---- */

/* Reads the notice that two words name. (transfer full) */
static IwDocument *
read_notice (IwCli *cli, char **argv, IwStore **store, IwSituation **situation, IwExit *code)
{
  g_autofree char *docid = NULL;
  IwDocument *notice;

  *store = iw_cli_open (cli, IW_CLI_READ, code);
  if (*store == NULL || (*situation = iw_cli_read_situation (*store, argv[1], code)) == NULL)
    return NULL;
  docid = iw_cli_find_document (*store, *situation, "notice", argv[2]);
  notice = docid != NULL ? iw_situation_find (*situation, docid) : NULL;
  if (notice == NULL)
    *code = IW_EXIT_NOT_FOUND;
  return notice != NULL ? iw_document_ref (notice) : NULL;
}

static const char *
state_word (IwCheckState state)
{
  return state == IW_CHECK_PRESENT ? "present" : state == IW_CHECK_MISSING ? "missing" : "not-sure";
}

static void
print_check (IwCli *cli, GPtrArray *items)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const IwCheckItem *item = items->pdata[i];
      JsonObject *object;

      if (!cli->json)
        {
          g_autofree char *reason = iw_cli_one_line (item->reason);

          printf ("%-10s %s%s%s: %s\n", iw_check_state_label (item->state), item->label,
                  *item->source != '\0' ? ", " : "", item->source, reason);
          continue;
        }
      object = json_object_new ();
      json_object_set_string_member (object, "id", item->id);
      json_object_set_string_member (object, "state", state_word (item->state));
      json_object_set_string_member (object, "source", item->source);
      json_object_set_string_member (object, "reason", item->reason);
      json_array_add_object_element (array, object);
    }
  if (cli->json)
    iw_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

IwExit
iw_cli_notice_check (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (IwDocument) notice = NULL;
  g_autoptr (GPtrArray) items = NULL;
  IwExit code = IW_EXIT_OK;

  if (!iw_cli_parse (
          cli, NULL, NULL, _ ("INCIDENT NOTICE"),
          _ ("Says what a notice must carry, and whether it does (GDPR Articles 33 and 34)."),
          &argc, &argv, 2, 2))
    return IW_EXIT_USAGE;
  notice = read_notice (cli, argv, &store, &situation, &code);
  if (notice == NULL)
    return code;
  items = iw_notice_check (iw_document_get_body (notice), situation);
  print_check (cli, items);
  return IW_EXIT_OK;
}

/* ---- export ---- */

/* Says on the paper itself that it may not go out yet. */
static IwNoticeLetter *
make_letter (IwDocument *notice, IwSituation *situation)
{
  const IwNoticeState *state = iw_situation_get_notice (situation, iw_document_get_id (notice));
  g_autofree char *digest = iw_notice_digest (iw_document_get_body (notice));
  gboolean good = (state->status == IW_NOTICE_APPROVED || state->status == IW_NOTICE_SENT) &&
                  g_strcmp0 (state->digest, digest) == 0;

  return iw_notice_letter_new (
      iw_document_get_text (notice, "subject"), iw_document_get_text (notice, "body"),
      iw_document_get_text (notice, "language"), good ? NULL : _ ("Draft: not approved"),
      iw_situation_get_incident (situation));
}

/* Customers that notices go to, of those that the notice names; who is left out is said.
 * (element-type IwNoticeAddress) */
static GPtrArray *
addresses (IwDocument *notice, IwSituation *situation)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_notice_address_free);
  g_auto (GStrv) recipients = iw_document_get_list (notice, "recipients");
  GPtrArray *scope = iw_situation_get_scope (situation);

  for (guint i = 0; i < scope->len; i++)
    {
      const IwScopeItem *item = scope->pdata[i];

      if (!g_strv_contains ((const char *const *)recipients, item->docid))
        continue;
      if (!iw_scope_item_is_notified (item))
        iw_cli_complain (_ ("“%s” is neither suspected nor confirmed to be affected."), item->name);
      else if (iw_notice_address_is_usable (item->mail))
        g_ptr_array_add (found, iw_notice_address_new (item->contact, item->mail));
      else
        iw_cli_complain (_ ("“%s” has no usable mail address."), item->name);
    }
  if (found->len == 0)
    iw_cli_complain ("%s", _ ("The notice has no recipient that a mail could go to."));
  return found;
}

static gboolean
export_mail (IwCli *cli,
             IwDocument *notice,
             IwSituation *situation,
             const IwNoticeLetter *letter,
             const char *path,
             gboolean zip,
             GError **error)
{
  g_autoptr (GPtrArray) recipients = addresses (notice, situation);
  gint64 now = iw_situation_get_now (situation);
  guint n = 0;
  gboolean ok;

  if (g_str_has_suffix (path, ".eml"))
    {
      g_autoptr (GBytes) bytes =
          iw_notice_eml (letter, NULL, NULL, recipients, now, iw_document_get_id (notice));

      return iw_cli_write_file (path, bytes, error);
    }
  ok = iw_notice_eml_save (letter, NULL, recipients, now, iw_document_get_id (notice), path, zip,
                           &n, error);
  if (ok)
    iw_cli_complain (ngettext ("%u message written.", "%u messages written.", n), n);
  return ok;
}

static gboolean
export_notice (IwCli *cli,
               IwDocument *notice,
               IwSituation *situation,
               const char *path,
               GError **error)
{
  g_autoptr (IwNoticeLetter) letter = make_letter (notice, situation);
  g_autoptr (GBytes) bytes = NULL;

  if (g_str_has_suffix (path, ".pdf"))
    bytes = iw_notice_pdf (letter, iw_cli_author (cli), iw_situation_get_now (situation), error);
  else if (g_str_has_suffix (path, ".txt") || strcmp (path, "-") == 0)
    bytes = iw_notice_text (letter);
  else
    return export_mail (cli, notice, situation, letter, path, g_str_has_suffix (path, ".zip"),
                        error);
  return bytes != NULL && iw_cli_write_file (path, bytes, error);
}

IwExit
iw_cli_notice_export (IwCli *cli, int argc, char **argv)
{
  g_autoptr (IwStore) store = NULL;
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (IwDocument) notice = NULL;
  g_autoptr (GError) error = NULL;
  IwExit code = IW_EXIT_OK;

  if (!iw_cli_parse (cli, NULL, NULL, _ ("INCIDENT NOTICE FILE"),
                     _ ("Writes a notice: as PDF to a .pdf, as text to a .txt or to - (standard "
                        "output), as one "
                        "mail\nto all, hidden from each other, to a .eml, as a mail for each "
                        "customer to a .zip "
                        "or a folder.\nWhat is not approved says so at its top."),
                     &argc, &argv, 3, 3))
    return IW_EXIT_USAGE;
  notice = read_notice (cli, argv, &store, &situation, &code);
  if (notice == NULL)
    return code;
  if (!export_notice (cli, notice, situation, argv[3], &error))
    return iw_cli_fail (error);
  return IW_EXIT_OK;
}
