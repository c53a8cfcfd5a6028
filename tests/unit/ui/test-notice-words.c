#include <glib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "iw-model-json.h"
#include "iw-notice-export.h"
#include "iw-notice-template-facts.h"
#include "iw-notice-words.h"
#include "iw-test-support.h"

#define INCIDENT "01933f60-1c00-7000-8000-000000000001"
#define NOTICE INCIDENT ":notice-1"
#define NOW G_GINT64_CONSTANT (1793675040000000)

typedef struct
{
  GPtrArray *entries, *documents;
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  return self;
}

static void
fixture_free (Fixture *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->documents);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
add_document (Fixture *self, const char *id, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autofree char *docid = g_strdup_printf (INCIDENT ":%s", id);

  g_ptr_array_add (
      self->documents,
      iw_document_new_take (docid, "1-0", json_object_ref (json_node_get_object (node))));
}

static void
decide (Fixture *self,
        const char *id,
        IwEntryKind kind,
        gint64 when,
        const char *subject,
        const char *to,
        const char *digest)
{
  IwEntry *entry = iw_entry_new (INCIDENT, kind, "");
  g_autofree char *docid = g_strdup_printf (INCIDENT ":entry-%s", id);
  g_autofree char *about = g_strdup_printf (INCIDENT ":%s", subject);

  iw_entry_set_id (entry, docid);
  iw_entry_set_occurred (entry, (IwTime){ when, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (entry, "A. Sato");
  iw_entry_set_field (entry, "subject", about);
  iw_entry_set_field (entry, "to", to);
  iw_entry_set_field (entry, "why", "the log");
  if (kind == IW_ENTRY_NOTICE)
    iw_entry_set_field (entry, "audience", "customers");
  iw_entry_set_field (entry, "digest", digest);
  g_ptr_array_add (self->entries, entry);
}

static IwSituation *
situation_of (Fixture *self)
{
  g_autoptr (GPtrArray) directory = g_ptr_array_new ();

  return iw_situation_new (INCIDENT, self->entries, self->documents, directory, NOW);
}

/* Three customers: one that can be written to, one that cannot, one that was ruled out. */
static Fixture *
fixture_with_customers (void)
{
  Fixture *self = fixture_new ();

  add_document (self, "scope-1",
                "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Contoso\",\"contact\":"
                "\"K. Berg\","
                "\"mail\":\"k.berg@contoso.example\",\"language\":\"de\"}");
  add_document (self, "scope-2",
                "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Fabrikam\",\"phone\":"
                "\"+49 30 1\"}");
  add_document (self, "scope-3",
                "{\"type\":\"scope\",\"scope_kind\":\"customer\",\"name\":\"Tailspin\","
                "\"mail\":\"it@tailspin.example\"}");
  decide (self, "s1", IW_ENTRY_SCOPE, NOW, "scope-1", "confirmed", NULL);
  decide (self, "s2", IW_ENTRY_SCOPE, NOW, "scope-2", "suspected", NULL);
  decide (self, "s3", IW_ENTRY_SCOPE, NOW, "scope-3", "ruled-out", NULL);
  return self;
}

static const char *const notice_json =
    "{\"type\":\"notice\",\"title\":\"Customers\",\"audience\":\"customers\",\"language\":\"de\","
    "\"subject\":\"S\","
    "\"body\":\"B\",\"recipients\":[\"" INCIDENT ":scope-1\",\"" INCIDENT ":scope-2\",\"" INCIDENT
    ":scope-3\"],"
    "\"internal\":[\"Help <help@example.org>\"]}";

static const char *const regulator_json =
    "{\"type\":\"notice\",\"title\":\"Regulator\",\"audience\":\"regulator\",\"language\":\"en\","
    "\"subject\":\"S\",\"body\":\"B\"}";

static JsonObject *
notice_from (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return json_object_ref (json_node_get_object (node));
}

static JsonObject *
notice_new (void)
{
  return notice_from (notice_json);
}

static void
assert_summary (JsonObject *notice, IwSituation *situation, const char *expected)
{
  g_autofree char *summary =
      iw_notice_summary (notice, iw_situation_get_notice (situation, NOTICE), situation);

  g_assert_cmpstr (summary, ==, expected);
}

static void
test_recipients (void)
{
  g_autoptr (Fixture) fixture = fixture_with_customers ();
  g_autoptr (JsonObject) notice = notice_new ();
  g_autoptr (IwSituation) situation = NULL;
  g_autoptr (GPtrArray) recipients = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *languages = NULL;

  add_document (fixture, "notice-1", notice_json);
  situation = situation_of (fixture);
  recipients = iw_notice_recipients (notice, situation);
  contact = iw_notice_contact_words (recipients->pdata[0]);
  languages = iw_notice_languages_words (situation);
  g_assert_cmpuint (recipients->len, ==, 2);
  assert_summary (notice, situation, "Customers · Deutsch · 3 recipients");
  g_assert_cmpstr (contact, ==, "K. Berg · k.berg@contoso.example");
  g_assert_cmpstr (languages, ==, "Affected customers read: Deutsch 1");
}

/* An authority is named, not counted. */
static void
test_regulator (void)
{
  static const char *const named[] = { "Data Protection Commission <info@dpc.example>", NULL };
  static const char *const mail[] = { "info@dpc.example", NULL };
  g_autoptr (Fixture) fixture = fixture_with_customers ();
  g_autoptr (JsonObject) notice = notice_from (regulator_json);
  g_autoptr (IwSituation) situation = NULL;

  add_document (fixture, "notice-1", regulator_json);
  situation = situation_of (fixture);
  assert_summary (notice, situation, "Regulator · English · No address of the authority");
  iw_model_json_set_strings (notice, "internal", named);
  assert_summary (notice, situation, "Regulator · English · Data Protection Commission");
  iw_model_json_set_strings (notice, "internal", mail);
  assert_summary (notice, situation, "Regulator · English · info@dpc.example");
}

/* What was recorded when it was sent, not what the notice would say today. */
static void
test_sent (void)
{
  g_autoptr (Fixture) fixture = fixture_with_customers ();
  g_autoptr (JsonObject) notice = notice_from (regulator_json);
  g_autoptr (IwSituation) situation = NULL;
  g_autofree char *digest = iw_notice_digest (notice);

  add_document (fixture, "notice-1", regulator_json);
  decide (fixture, "n1", IW_ENTRY_NOTICE, NOW, "notice-1", "in-review", NULL);
  decide (fixture, "n2", IW_ENTRY_NOTICE, NOW + 1, "notice-1", "approved", digest);
  decide (fixture, "n3", IW_ENTRY_NOTICE, NOW + 2, "notice-1", "sent", digest);
  iw_entry_set_field (fixture->entries->pdata[fixture->entries->len - 1], "method", "portal");
  iw_entry_set_list (fixture->entries->pdata[fixture->entries->len - 1], "recipients",
                     (const char *const[]){ "Data Protection Commission", NULL });
  situation = situation_of (fixture);
  g_assert_cmpint (iw_situation_get_notice (situation, NOTICE)->status, ==, IW_NOTICE_SENT);
  assert_summary (notice, situation, "Regulator · English · Data Protection Commission");
}

static void
test_stale (void)
{
  g_autoptr (Fixture) fixture = fixture_with_customers ();
  g_autoptr (JsonObject) notice = notice_new ();
  g_autofree char *digest = iw_notice_digest (notice);
  g_autofree char *words = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (IwSituation) situation = NULL;
  const IwNoticeState *state;

  add_document (fixture, "notice-1", notice_json);
  decide (fixture, "n1", IW_ENTRY_NOTICE, NOW, "notice-1", "in-review", NULL);
  decide (fixture, "n2", IW_ENTRY_NOTICE, NOW + 1, "notice-1", "approved", digest);
  situation = situation_of (fixture);
  state = iw_situation_get_notice (situation, NOTICE);
  g_assert_cmpint (state->status, ==, IW_NOTICE_APPROVED);
  g_assert_true (iw_notice_is_cleared (state, notice));
  words = iw_notice_state_words (state, notice);
  g_assert_cmpstr (words, ==, "Approved");

  json_object_set_string_member (notice, "body", "C");
  g_assert_true (iw_notice_is_stale (state, notice));
  g_assert_false (iw_notice_is_cleared (state, notice));
  changed = iw_notice_state_words (state, notice);
  g_assert_cmpstr (changed, ==, "Changed since it was approved");
}

/* The step that is offered first is one that can be taken. */
static void
test_usual_steps (void)
{
  for (IwNoticeStatus from = 0; from < IW_N_NOTICE_STATUSES; from++)
    {
      int step = iw_notice_usual_step (from);

      g_assert_true (step < 0 ? iw_notice_next (from) == 0
                              : (iw_notice_next (from) & (1u << step)) != 0);
      g_assert_cmpstr (iw_notice_step_title (from), !=, "");
      g_assert_cmpstr (iw_notice_step_meaning (from), !=, "");
      g_assert_cmpstr (iw_notice_status_icon (from), !=, "");
    }
}

static void
test_export_who (void)
{
  g_autoptr (Fixture) fixture = fixture_with_customers ();
  g_autoptr (IwSituation) situation = situation_of (fixture);
  g_autoptr (JsonObject) notice = notice_new ();
  IwNoticeExport *export =
      iw_notice_export_new (IW_NOTICE_EXPORT_ZIP, NOTICE, notice, situation, NULL);
  g_autofree char *words = NULL;

  g_assert_cmpuint (export->recipients->len, ==, 2);
  g_assert_cmpstr (((IwNoticeAddress *)export->recipients->pdata[0])->mail, ==,
                   "k.berg@contoso.example");
  g_assert_cmpstr (((IwNoticeAddress *)export->recipients->pdata[1])->mail, ==, "help@example.org");
  g_assert_null (iw_notice_export_problem (export));
  export->n_written = 2;
  words = iw_notice_export_words (export);
  g_assert_cmpstr (words, ==,
                   "2 messages written. 1 recipient has no mail address. "
                   "1 recipient is no longer affected and gets none");
  /* Nobody decided upon it: a draft says so on its face. */
  g_assert_cmpstr (export->letter->mark, ==, "Entwurf, nicht freigegeben");
  iw_notice_export_free (export);
}

/* A message to nobody is not written as if it were one. */
static void
test_export_to_nobody (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (IwSituation) situation = situation_of (fixture);
  g_autoptr (JsonObject) notice = notice_new ();
  const IwNoticeExportKind mails[] = { IW_NOTICE_EXPORT_FOLDER, IW_NOTICE_EXPORT_ZIP,
                                       IW_NOTICE_EXPORT_MAIL };
  IwNoticeExport *pdf;

  json_object_remove_member (notice, "internal");
  for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      IwNoticeExport *export = iw_notice_export_new (mails[i], NOTICE, notice, situation, NULL);

      g_assert_nonnull (iw_notice_export_problem (export));
      iw_notice_export_free (export);
    }
  pdf = iw_notice_export_new (IW_NOTICE_EXPORT_PDF, NOTICE, notice, situation, NULL);
  g_assert_null (iw_notice_export_problem (pdf));
  iw_notice_export_free (pdf);
}

static void
test_export_file (void)
{
  g_autofree char *dir = iw_test_make_dir ();
  g_autoptr (Fixture) fixture = fixture_with_customers ();
  g_autoptr (IwSituation) situation = situation_of (fixture);
  g_autoptr (JsonObject) notice = notice_new ();
  IwNoticeExport *export =
      iw_notice_export_new (IW_NOTICE_EXPORT_TEXT, NOTICE, notice, situation, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  export->path = g_build_filename (dir, "notice.txt", NULL);
  g_assert_true (iw_notice_export_run (NULL, export, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (export->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Entwurf, nicht freigegeben\n\nS\n\nB\n");
  iw_notice_export_free (export);
  iw_test_remove_dir (dir);
}

static void
test_file_names (void)
{
  g_autofree char *plain = iw_notice_export_file_name (IW_NOTICE_EXPORT_PDF, "Customers (日本語)");
  g_autofree char *path = iw_notice_export_file_name (IW_NOTICE_EXPORT_ZIP, "../a/b:c\n");
  g_autofree char *empty = iw_notice_export_file_name (IW_NOTICE_EXPORT_TEXT, "  ");

  g_assert_cmpstr (plain, ==, "Customers (日本語).pdf");
  g_assert_null (strpbrk (path, "/\\:\n"));
  g_assert_cmpint (*path, !=, '.');
  g_assert_cmpstr (empty, ==, "notice.txt");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/notice-words/recipients", test_recipients);
  g_test_add_func ("/notice-words/regulator", test_regulator);
  g_test_add_func ("/notice-words/sent", test_sent);
  g_test_add_func ("/notice-words/stale", test_stale);
  g_test_add_func ("/notice-words/usual-steps", test_usual_steps);
  g_test_add_func ("/notice-words/export-who", test_export_who);
  g_test_add_func ("/notice-words/export-to-nobody", test_export_to_nobody);
  g_test_add_func ("/notice-words/export-file", test_export_file);
  g_test_add_func ("/notice-words/file-names", test_file_names);
  return g_test_run ();
}
