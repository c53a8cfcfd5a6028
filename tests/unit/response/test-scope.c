/* What is affected, how sure that is, and who can be told. */
#include "decision-fixture.h"

#include "iw-document.h"
#include "iw-scope.h"

static void
add_item (GPtrArray *documents,
          const char *id,
          const char *kind,
          const char *name,
          const char *mail,
          const char *phone)
{
  g_autoptr (JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "type", "scope");
  json_object_set_string_member (body, "scope_kind", kind);
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "mail", mail);
  json_object_set_string_member (body, "phone", phone);
  g_ptr_array_add (documents, iw_document_new (id, NULL, body));
}

static GPtrArray *
documents_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
}

static IwEntry *
put_scope (Entries *entries, gint64 n, const char *subject, const char *to)
{
  return put (
      entries, n,
      iw_decision_new (INCIDENT, "scope-state", "subject", subject, "to", to, "why", "w", NULL));
}

static void
test_fold (void)
{
  g_autoptr (GPtrArray) documents = documents_new ();
  g_autoptr (Entries) entries = entries_new ();
  g_autoptr (IwDecisions) decisions = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (JsonObject) task = json_object_new ();
  IwEntry *confirmed;
  const IwScopeItem *item;

  json_object_set_string_member (task, "type", "task");
  g_ptr_array_add (documents, iw_document_new ("t", NULL, task));
  add_item (documents, "s4", "data", "Addresses", "", "");
  add_item (documents, "s3", "service", "mail", "", "");
  add_item (documents, "s2", "customer", "contoso", "a@contoso.example", "");
  add_item (documents, "s1", "customer", "Adatum", "", "");
  add_item (documents, "s5", "planet", "Mars", "", "");
  put_scope (entries, 1, "s2", "suspected");
  confirmed = put_scope (entries, 2, "s2", "confirmed");
  put_scope (entries, 1, "s1", "ruled-out");
  iw_entry_set_field (put_scope (entries, 3, "s3", "confirmed"), "why", NULL); /* on no ground */
  decisions = iw_decisions_new (entries);
  items = iw_scope_fold (documents, decisions);
  g_assert_cmpuint (items->len, ==, 5);
  item = items->pdata[0];
  g_assert_cmpstr (item->name, ==, "Adatum");
  g_assert_cmpint (item->state, ==, IW_SCOPE_RULED_OUT);
  item = items->pdata[1];
  g_assert_cmpstr (item->docid, ==, "s2");
  g_assert_cmpstr (item->mail, ==, "a@contoso.example");
  g_assert_cmpint (item->state, ==, IW_SCOPE_CONFIRMED);
  g_assert_true (item->entry == confirmed);
  item = items->pdata[2];
  g_assert_cmpint (item->kind, ==, IW_SCOPE_SERVICE);
  g_assert_cmpint (item->state, ==, IW_SCOPE_UNSET);
  g_assert_null (item->entry);
  item = items->pdata[3]; /* of a kind that only a newer version knows */
  g_assert_cmpstr (item->name, ==, "Mars");
  g_assert_cmpint (item->kind, ==, IW_SCOPE_SYSTEM);
}

static void
test_notified (void)
{
  IwScopeItem item = { .kind = IW_SCOPE_CUSTOMER };

  g_assert_false (iw_scope_item_is_notified (&item));
  item.state = IW_SCOPE_SUSPECTED;
  g_assert_true (iw_scope_item_is_notified (&item));
  item.state = IW_SCOPE_CONFIRMED;
  g_assert_true (iw_scope_item_is_notified (&item));
  item.state = IW_SCOPE_RULED_OUT;
  g_assert_false (iw_scope_item_is_notified (&item));
  item.kind = IW_SCOPE_SERVICE;
  item.state = IW_SCOPE_CONFIRMED;
  g_assert_false (iw_scope_item_is_notified (&item));
}

static gboolean
lacks (IwScopeKind kind, const char *mail, const char *phone)
{
  IwScopeItem item = { .kind = kind, .mail = (char *)mail, .phone = (char *)phone };

  return iw_scope_item_lacks_contact (&item);
}

static void
test_contact (void)
{
  g_assert_true (lacks (IW_SCOPE_CUSTOMER, "", ""));
  g_assert_true (lacks (IW_SCOPE_CUSTOMER, "unknown", "tbd"));
  g_assert_true (lacks (IW_SCOPE_CUSTOMER, "@contoso", " "));
  g_assert_true (lacks (IW_SCOPE_CUSTOMER, "admin@", ""));
  g_assert_false (lacks (IW_SCOPE_CUSTOMER, "admin@contoso.example", ""));
  g_assert_false (lacks (IW_SCOPE_CUSTOMER, "", "+49 30 1234"));
  g_assert_false (lacks (IW_SCOPE_SERVICE, "", ""));
}

static void
test_words (void)
{
  for (int i = 0; i < IW_N_SCOPE_KINDS; i++)
    {
      IwScopeKind kind = IW_N_SCOPE_KINDS;

      g_assert_true (iw_scope_kind_from_string (iw_scope_kind_to_string (i), &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (iw_scope_kind_label (i), !=, "");
    }
  for (int i = 0; i < IW_N_SCOPE_STATES; i++)
    {
      IwScopeState state = IW_N_SCOPE_STATES;

      g_assert_true (iw_scope_state_from_string (iw_scope_state_to_string (i), &state));
      g_assert_cmpint (state, ==, i);
      g_assert_cmpstr (iw_scope_state_label (i), !=, "");
    }
  g_assert_false (iw_scope_kind_from_string ("x", &(IwScopeKind){ 0 }));
  g_assert_false (iw_scope_state_from_string ("x", &(IwScopeState){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/scope/fold", test_fold);
  g_test_add_func ("/scope/notified", test_notified);
  g_test_add_func ("/scope/contact", test_contact);
  g_test_add_func ("/scope/words", test_words);
  return g_test_run ();
}
