/* test-form-notice.c: a notice from draft to sent, and what stands in its way (process.md N2 to N5)
 */
#include "form-fixture.h"

#include "iw-notice-template-facts.h"

typedef struct
{
  World *world;
  const char *customer, *ruled_out, *notice;
} Case;

static Case
case_new (void)
{
  Case self = { .world = world_new () };

  self.customer = g_intern_string (world_do (self.world, "scope-item", "customer", "name",
                                             "Contoso", "mail", "it@contoso.example", NULL));
  self.ruled_out = g_intern_string (world_do (self.world, "scope-item", "customer", "name",
                                              "Fabrikam", "mail", "it@fabrikam.example", NULL));
  world_do (self.world, "scope-state", self.customer, "to", "confirmed", "why", "read", NULL);
  world_do (self.world, "scope-state", self.ruled_out, "to", "ruled-out", "why", "not read", NULL);
  self.notice = g_intern_string (world_do (self.world, "notice", NULL, "title", "To customers",
                                           "subject", "Your data", "body", "It was read.", NULL));
  return self;
}

static void
case_clear (Case *self)
{
  world_free (self->world);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
move (Case *self, const char *to)
{
  world_do (self->world, "notice-state", self->notice, "to", to, "why", "because", NULL);
}

/* The text as it is edited after somebody has seen it. */
static void
edit_body (Case *self, const char *text)
{
  for (guint i = 0; i < self->world->documents->len; i++)
    {
      IwDocument *document = self->world->documents->pdata[i];
      g_autoptr (IwSituation) situation = NULL;
      g_autoptr (IwForm) form = NULL;
      g_autoptr (GPtrArray) written = NULL;
      g_autoptr (GError) error = NULL;

      if (g_strcmp0 (iw_document_get_id (document), self->notice) != 0)
        continue;
      situation = world_situation (self->world);
      form = iw_form_new_edit (iw_form_kind_find ("notice"), situation, document, "A. Sato");
      set (&form, "body", text);
      written = iw_form_write (form, self->world->context, &error);
      g_assert_no_error (error);
      iw_document_unref (document);
      self->world->documents->pdata[i] = iw_document_ref (written->pdata[0]);
      return;
    }
  g_assert_not_reached ();
}

/* A new notice is for the customers that are affected, in the one language all are asked to know.
 */
static void
test_new (void)
{
  g_auto (Case) c = case_new ();
  g_autoptr (IwForm) form = world_form (c.world, "notice", NULL);

  g_assert_cmpstr (iw_form_get (form, "audience"), ==, "customers");
  g_assert_cmpstr (iw_form_get (form, "language"), ==, "en");
  g_assert_cmpstr (iw_form_get (form, "recipients"), ==, c.customer);
  set (&form, "title", "x");
  set (&form, "subject", "x");
  set (&form, "body", "x");
  assert_good (c.world, form);
  set (&form, "recipients", c.ruled_out);
  assert_problem (c.world, form, "recipients",
                  "Fabrikam is not an affected customer, so no notice goes there.");
}

/* Who approves is told what the law's list asks for and the text leaves open. */
static void
test_missing (void)
{
  g_auto (Case) c = case_new ();
  g_autoptr (IwSituation) situation = world_situation (c.world);
  g_autoptr (JsonObject) body =
      iw_notice_document_new (situation, IW_AUDIENCE_REGULATOR, "en", "To the authority");
  g_autofree char *docid = iw_id_new_document (c.world->context, INCIDENT, "notice");
  g_autoptr (IwForm) form = NULL;
  g_auto (GStrv) notes = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (c.world->documents, iw_document_new (docid, "1-a", body));
  form = world_form (c.world, "notice-state", docid);
  notes = iw_form_get_notes (form, c.world->now, NULL);
  text = g_strjoinv ("\n", notes);
  g_assert_null (strstr (text, "does not say"));
  set (&form, "to", "approved");
  g_clear_pointer (&notes, g_strfreev);
  g_clear_pointer (&text, g_free);
  notes = iw_form_get_notes (form, c.world->now, NULL);
  text = g_strjoinv ("\n", notes);
  g_assert_nonnull (strstr (text, "The text does not say: "));
  g_assert_nonnull (strstr (text, "Article 33(4)"));
}

static void
test_course (void)
{
  g_auto (Case) c = case_new ();
  g_autoptr (IwForm) form = world_form (c.world, "notice-state", c.notice);
  g_autoptr (IwSituation) situation = NULL;

  g_assert_cmpstr (iw_form_get (form, "to"), ==, "in-review");
  set (&form, "to", "sent");
  assert_problem (c.world, form, "to", "A notice cannot go from Draft to Sent.");
  set (&form, "to", "approved");
  assert_problem (c.world, form, "to", "A notice cannot go from Draft to Approved.");
  g_clear_pointer (&form, iw_form_unref);

  move (&c, "in-review");
  form = world_form (c.world, "notice-state", c.notice);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "approved");
  g_clear_pointer (&form, iw_form_unref);
  move (&c, "approved");

  form = world_form (c.world, "notice-state", c.notice);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "sent");
  assert_problem (c.world, form, "method", "“Sent By” is missing.");
  assert_problem (c.world, form, "recipients", "“Sent To” is missing.");
  set (&form, "method", "mail");
  set (&form, "recipients", "it@contoso.example\nIT@Fabrikam.example");
  assert_problem (c.world, form, "recipients",
                  "Fabrikam is not an affected customer, so no notice goes there.");
  set (&form, "recipients", "it@contoso.example");
  assert_good (c.world, form);
  world_write (c.world, form);
  situation = world_situation (c.world);
  g_assert_cmpint (iw_situation_get_notice (situation, c.notice)->status, ==, IW_NOTICE_SENT);
  g_clear_pointer (&form, iw_form_unref);

  /* What is sent is sent. */
  c.world->now += MINUTES (1);
  form = world_form (c.world, "notice-state", c.notice);
  g_assert_cmpstr (iw_form_get (form, "to"), ==, "");
  set (&form, "to", "deferred");
  assert_problem (c.world, form, "to", "A notice cannot go from Sent to Deferred.");
}

static void
test_changed_text (void)
{
  g_auto (Case) c = case_new ();
  g_autoptr (IwForm) form = NULL;

  move (&c, "in-review");
  move (&c, "approved");
  edit_body (&c, "Nothing was read.");
  form = world_form (c.world, "notice-state", c.notice);
  set (&form, "method", "mail");
  set (&form, "recipients", "it@contoso.example");
  assert_problem (c.world, form, "to",
                  "The text was changed after it was approved. Have it approved again.");
  edit_body (&c, "It was read.");
  iw_form_unref (form);
  form = world_form (c.world, "notice-state", c.notice);
  set (&form, "method", "mail");
  set (&form, "recipients", "it@contoso.example");
  assert_good (c.world, form);
}

/* A recipient that was ruled out since stands in the way of approval and of sending. */
static void
test_ruled_out_since (void)
{
  g_auto (Case) c = case_new ();
  g_autoptr (IwForm) form = NULL;

  move (&c, "in-review");
  world_do (c.world, "scope-state", c.customer, "to", "ruled-out", "why", "not theirs", NULL);
  form = world_form (c.world, "notice-state", c.notice);
  assert_problem (c.world, form, NULL,
                  "Contoso is not an affected customer, so no notice goes there.");
}

static void
test_deferral (void)
{
  g_auto (Case) c = case_new ();
  g_autoptr (IwForm) form = NULL;
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) notes = NULL;

  world_do (c.world, "role", "legal", "to", "J. Ortiz", NULL);
  form = world_form (c.world, "notice-state", c.notice);
  set (&form, "to", "deferred");
  g_assert_cmpstr (iw_form_get (form, "legal"), ==, "J. Ortiz");
  assert_problem (c.world, form, "executive", "“Vetted by the Executive” is missing.");
  assert_problem (c.world, form, "grounds", "“Grounds” is missing.");
  assert_problem (c.world, form, "why", "A deferral needs a reason.");
  set (&form, "executive", "M. Ito");
  set (&form, "grounds", "risk-to-others");
  set (&form, "why", "They would be warned");
  set (&form, "legal", "Somebody else");
  notes = iw_form_get_notes (form, c.world->now, NULL);
  g_assert_true (
      g_strv_contains ((const char *const *)notes, "J. Ortiz is Legal Adviser of this incident."));
  set (&form, "legal", " ");
  assert_problem (c.world, form, "legal", "“Vetted by Legal” is missing.");
  set (&form, "legal", "J. Ortiz");
  written = iw_form_write (form, c.world->context, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "audience"), ==, "customers");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "from"), ==, "draft");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "digest"), ==, "");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "text"), ==,
                   "Notice deferred (To customers): They would be warned");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form-notice/missing", test_missing);
  g_test_add_func ("/form-notice/new", test_new);
  g_test_add_func ("/form-notice/course", test_course);
  g_test_add_func ("/form-notice/changed-text", test_changed_text);
  g_test_add_func ("/form-notice/ruled-out-since", test_ruled_out_since);
  g_test_add_func ("/form-notice/deferral", test_deferral);
  return g_test_run ();
}
