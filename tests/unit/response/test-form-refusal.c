/* What a server will not take, said before it is written (sync.md "Write rules"). */
#include "form-fixture.h"

static const char *const responder[] = { "responder", "author:A. Sato", NULL };

/* (transfer full) */
static char *
refusal (World *world, IwForm *form, const char *author, const char *const *roles)
{
  return iw_form_get_refusal (form, world->context, author, &(const IwAccount){ "sato", roles });
}

static void
assert_refusal (World *world,
                IwForm *form,
                const char *author,
                const char *const *roles,
                const char *part)
{
  g_autofree char *reason = refusal (world, form, author, roles);

  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, part));
}

static void
assert_taken (World *world, IwForm *form, const char *author, const char *const *roles)
{
  g_autofree char *reason = refusal (world, form, author, roles);

  g_assert_cmpstr (reason, ==, NULL);
}

static void
test_refusal (void)
{
  static const char *const manager[] = { "incident-manager", "author:A. Sato", NULL };
  static const char *const reader[] = { "reader", NULL };
  g_autoptr (World) world = world_new ();
  const char *evidence = world_add_evidence (world, "disk.img");
  g_autoptr (IwForm) containment = world_form (world, "containment", NULL);
  g_autoptr (IwForm) approval = world_form (world, "approval", evidence);

  /* Not before it can be written at all. */
  assert_taken (world, containment, "A. Sato", reader);
  set (&containment, "to", "started");
  set (&containment, "what", "Quarantine");
  assert_good (world, containment);
  assert_taken (world, containment, "A. Sato", responder);
  assert_refusal (world, containment, "A. Sato", reader, "may read");
  assert_refusal (world, containment, "B. Levi", responder, "B. Levi");

  set (&approval, "recipient", "The police");
  set (&approval, "purpose", "Prosecution");
  assert_good (world, approval);
  assert_refusal (world, approval, "A. Sato", responder, "incident manager");
  assert_taken (world, approval, "A. Sato", manager);
}

/* What a merge wrote becomes somebody's own words again. */
static void
test_merged (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (JsonNode) node =
      json_from_string ("{\"type\":\"team\",\"name\":\"Legal\",\"merged\":[\"2-b\"]}", NULL);
  g_autoptr (IwDocument) team =
      iw_document_new ("workspace:team-1", "3-c", json_node_get_object (node));
  g_autoptr (IwForm) edit = iw_form_new_edit (iw_form_kind_find ("team"), NULL, team, "B. Levi");

  set (&edit, "name", "Counsel");
  assert_refusal (world, edit, "B. Levi", responder, "B. Levi");
  assert_taken (world, edit, "A. Sato", responder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/form-refusal/roles", test_refusal);
  g_test_add_func ("/form-refusal/merged", test_merged);
  return g_test_run ();
}
