/* test-form-draft.c: documents edited, and what was typed kept and brought back */
#include "form-fixture.h"

static void
test_there_and_back (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "declaration", NULL);
  g_autoptr (IwForm) fresh = world_form (world, "declaration", NULL);
  g_autoptr (IwForm) restored = NULL;
  g_autofree char *draft = NULL, *again = NULL;

  set (&form, "statement", "The \"log\"\nshows it — 認証");
  set (&form, "declared_by", "");
  set (&form, "occurred_at", "not yet a time");
  draft = iw_form_to_draft (form);
  restored = iw_form_restore_draft (fresh, draft);
  g_assert_cmpstr (iw_form_get (restored, "statement"), ==, "The \"log\"\nshows it — 認証");
  g_assert_cmpstr (iw_form_get (restored, "declared_by"), ==, "");
  g_assert_cmpstr (iw_form_get (restored, "occurred_at"), ==, "not yet a time");
  g_assert_true (iw_form_is_changed (restored));
  again = iw_form_to_draft (restored);
  g_assert_cmpstr (again, ==, draft);
}

/* Only what differs is kept: a draft does not hold on to what was usual then. */
static void
test_small (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "containment", NULL);
  g_autofree char *draft = iw_form_to_draft (form);

  g_assert_cmpstr (draft, ==, "{\"form\":\"containment\",\"values\":{}}");
}

static void
test_refused (void)
{
  static const char *const drafts[] = {
    "",
    "x",
    "{}",
    "[]",
    "null",
    "3",
    "{\"form\":\"containment\"}",
    "{\"form\":\"stage\",\"values\":{\"what\":\"x\"}}",
    "{\"form\":\"containment\",\"values\":[]}",
    "{\"form\":\"containment\",\"values\":{\"what\":3,\"no_such\":\"x\",\"to\":{}}}",
    "{\"form\":3,\"values\":{\"what\":\"x\"}}",
    "{\"form\":\"containment\",\"values\":{\"what\":\"x\"}",
  };
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "containment", NULL);
  g_autoptr (IwForm) none = iw_form_restore_draft (form, NULL);

  g_assert_true (none == form);
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autoptr (IwForm) restored = iw_form_restore_draft (form, drafts[i]);

      g_assert_false (iw_form_is_changed (restored));
    }
}

/* A draft cannot say what it is about, nor what is the program's to say. */
static void
test_not_hidden (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "notice-state", INCIDENT ":notice-1");
  g_autoptr (IwForm) restored = iw_form_restore_draft (
      form, "{\"form\":\"notice-state\",\"values\":{\"subject\":\"x\",\"digest\":\"x\","
            "\"from\":\"approved\",\"reference\":\"kept\"}}");

  g_assert_cmpstr (iw_form_get (restored, "subject"), ==, INCIDENT ":notice-1");
  g_assert_cmpstr (iw_form_get (restored, "digest"), ==, "");
  g_assert_cmpstr (iw_form_get (restored, "from"), !=, "approved");
  g_assert_cmpstr (iw_form_get (restored, "reference"), ==, "kept");
}

/* ---- documents ---- */

static void
test_workspace_document (void)
{
  g_autoptr (IwForm) form = iw_form_new (iw_form_kind_find ("team"), NULL, NULL, "A. Sato");
  g_autofree IwContext *context = iw_context_new_fake (NOW, 1000, 1);
  g_autoptr (GPtrArray) problems = iw_form_get_problems (form, NOW);
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = iw_form_get_title (form);
  g_auto (GStrv) notes = iw_form_get_notes (form, NOW, NULL);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (problem_at (problems, "name"), ==, "“Name” is missing.");
  g_assert_cmpstr (title, ==, "New Team");
  g_assert_null (notes[0]);
  set (&form, "name", " CDOC ");
  set (&form, "on_call_until", "2026-11-04T08:00:00Z");
  written = iw_form_write (form, context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 1);
  g_assert_true (g_str_has_prefix (iw_document_get_id (written->pdata[0]), "workspace:team-"));
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "name"), ==, "CDOC");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "type"), ==, "team");
  g_assert_false (json_object_has_member (iw_document_get_body (written->pdata[0]), "incident"));
  g_assert_null (iw_document_get_rev (written->pdata[0]));
}

/* What a newer version wrote stays; what is no longer asked for goes; the rest is as it was typed.
 */
static void
test_edit (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwSituation) situation = world_situation (world);
  g_autoptr (JsonNode) node = json_from_string (
      "{\"type\":\"scope\",\"v\":1,\"incident\":\"" INCIDENT "\",\"scope_kind\":\"customer\","
      "\"name\":\"Contoso\",\"mail\":\"it@contoso.example\",\"shape\":{\"a\":[1]},"
      "\"external\":\"crm:7\"}",
      NULL);
  g_autoptr (IwDocument) document =
      iw_document_new (INCIDENT ":scope-1", "3-c", json_node_get_object (node));
  g_autoptr (IwForm) form =
      iw_form_new_edit (iw_form_kind_find ("scope-item"), situation, document, "A. Sato");
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (IwForm) other =
      iw_form_new (iw_form_kind_find ("scope-item"), situation, NULL, "A. Sato");
  g_autofree char *title = iw_form_get_title (form);
  IwDocument *result;

  g_assert_cmpstr (title, ==, "Edit Part of the Scope");
  g_assert_cmpstr (iw_form_get_action (form), ==, "Edit Scope");
  g_assert_cmpstr (iw_form_get_action (other), ==, "Add to Scope");
  g_assert_cmpstr (iw_form_get_document (form), ==, INCIDENT ":scope-1");
  g_assert_cmpstr (iw_form_get (form, "mail"), ==, "it@contoso.example");
  g_assert_false (iw_form_is_changed (form));
  set (&form, "scope_kind", "service");
  set (&form, "note", "Was none");
  written = iw_form_write (form, world->context, &error);
  g_assert_no_error (error);
  result = written->pdata[0];
  g_assert_cmpstr (iw_document_get_id (result), ==, INCIDENT ":scope-1");
  g_assert_cmpstr (iw_document_get_rev (result), ==, "3-c");
  g_assert_cmpstr (iw_document_get_text (result, "scope_kind"), ==, "service");
  g_assert_cmpstr (iw_document_get_text (result, "note"), ==, "Was none");
  g_assert_cmpstr (iw_document_get_text (result, "external"), ==, "crm:7");
  g_assert_true (json_object_has_member (iw_document_get_body (result), "shape"));
  g_assert_false (json_object_has_member (iw_document_get_body (result), "mail"));
  /* The one it was read from is as it was. */
  g_assert_cmpstr (iw_document_get_text (document, "scope_kind"), ==, "customer");
}

static void
test_indicator (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (IwForm) form = world_form (world, "indicator", "domain");
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;

  set (&form, "value", "EVIL[.]example");
  written = iw_form_write (form, world->context, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "value"), ==, "evil.example");
  set (&form, "indicator_type", "ip");
  assert_problem (world, form, "value", "“EVIL[.]example” is not of the type IP Address.");
}

/* What was typed goes on from the revision it was typed on, though others have written since. */
static void
test_base (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (JsonObject) old = json_object_new ();
  g_autoptr (JsonObject) new = json_object_new ();
  g_autoptr (IwDocument) before = iw_document_new ("workspace:team-1", "2-b", old);
  g_autoptr (IwDocument) after = iw_document_new ("workspace:team-1", "3-c", new);
  const IwFormKind *kind = iw_form_kind_find ("team");
  g_autoptr (IwForm) form = NULL;
  g_autoptr (IwForm) fresh = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *draft = NULL;
  g_autoptr (IwForm) untouched = NULL;
  g_autoptr (IwForm) restored = NULL;
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GPtrArray) as_it_is = NULL;

  json_object_set_string_member (old, "name", "Legal");
  json_object_set_string_member (new, "name", "Legal Counsel");
  form = iw_form_new_edit (kind, NULL, before, "A. Sato");
  nothing = iw_form_to_draft (form);
  fresh = iw_form_new_edit (kind, NULL, after, "A. Sato");
  set (&form, "on_call_now", "H. Novak");
  draft = iw_form_to_draft (form);
  restored = iw_form_restore_draft (fresh, draft);
  written = iw_form_write (restored, world->context, NULL);
  g_assert_cmpstr (iw_document_get_rev (written->pdata[0]), ==, "2-b");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "name"), ==, "Legal Counsel");
  g_assert_cmpstr (iw_document_get_text (written->pdata[0], "on_call_now"), ==, "H. Novak");
  untouched = iw_form_restore_draft (fresh, nothing);
  as_it_is = iw_form_write (untouched, world->context, NULL);
  g_assert_cmpstr (iw_document_get_rev (as_it_is->pdata[0]), ==, "3-c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form-draft/there-and-back", test_there_and_back);
  g_test_add_func ("/form-draft/small", test_small);
  g_test_add_func ("/form-draft/refused", test_refused);
  g_test_add_func ("/form-draft/not-hidden", test_not_hidden);
  g_test_add_func ("/form-draft/workspace-document", test_workspace_document);
  g_test_add_func ("/form-draft/edit", test_edit);
  g_test_add_func ("/form-draft/indicator", test_indicator);
  g_test_add_func ("/form-draft/base", test_base);
  return g_test_run ();
}
