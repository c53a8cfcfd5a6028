#include "iw-customers.h"

#include <string.h>

#include "iw-entry.h"
#include "iw-form-kind.h"

#define INCIDENT "01890a5d-ac96-774b-bcce-b302099a8057"

static const IwCustomerRow *
row_at (GPtrArray *rows, guint index)
{
  g_assert_cmpuint (index, <, rows->len);
  return rows->pdata[index];
}

static void
assert_row (const IwCustomerRow *row,
            const char *name,
            const char *contact,
            const char *mail,
            const char *phone,
            const char *note)
{
  g_assert_null (row->problem);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_NAME], ==, name);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_CONTACT], ==, contact);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_MAIL], ==, mail);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_PHONE], ==, phone);
  g_assert_cmpstr (row->fields[IW_CUSTOMER_NOTE], ==, note);
}

static void
test_lines (void)
{
  g_autoptr (GPtrArray) rows =
      iw_customers_parse_lines ("Contoso, ada@contoso.example, +1 555 0100\n"
                                "\n"
                                "Fabrikam;+44 20 5550 199;bob@fabrikam.example;Bob Hart\r\n"
                                "\"Smith, Jones\"\tjones@example.com\n"
                                "Litware <it@litware.example>\n"
                                "Northwind\r"
                                "Wide World, Kim <kim@ww.example>, kim2@ww.example, gold");

  g_assert_cmpuint (rows->len, ==, 6);
  assert_row (row_at (rows, 0), "Contoso", "", "ada@contoso.example", "+1 555 0100", "");
  assert_row (row_at (rows, 1), "Fabrikam", "Bob Hart", "bob@fabrikam.example", "+44 20 5550 199",
              "");
  assert_row (row_at (rows, 2), "Smith, Jones", "", "jones@example.com", "", "");
  assert_row (row_at (rows, 3), "Litware", "", "it@litware.example", "", "");
  assert_row (row_at (rows, 4), "Northwind", "", "", "", "");
  assert_row (row_at (rows, 5), "Wide World", "Kim", "kim@ww.example", "", "kim2@ww.example, gold");
  g_assert_cmpint (row_at (rows, 0)->row, ==, 1);
  g_assert_cmpint (row_at (rows, 1)->row, ==, 3);
}

static void
test_problems (void)
{
  g_autoptr (GString) text = g_string_new ("a@b.example\n"
                                           ", ada@contoso.example\n"
                                           "Contoso, two@at@signs.example\n"
                                           "Fabrikam, x@y.example.\n"
                                           "Bell\a, ok@example.com\n"
                                           "Quote \"open, a@b.example\n");
  g_autoptr (GPtrArray) rows = NULL;
  static const int fields[] = {
    -2, IW_CUSTOMER_NAME, IW_CUSTOMER_MAIL, IW_CUSTOMER_MAIL, IW_CUSTOMER_NAME, -2
  };

  for (guint i = 0; i < 2000; i++)
    g_string_append_c (text, 'x');
  rows = iw_customers_parse_lines (text->str);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (fields) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i] == -2) /* a name is a name, even with an at sign */
        g_assert_null (row_at (rows, i)->problem);
      else
        {
          g_assert_nonnull (row_at (rows, i)->problem);
          g_assert_cmpint (row_at (rows, i)->problem_field, ==, fields[i]);
        }
    }
  g_assert_cmpint (row_at (rows, 6)->problem_field, ==, IW_CUSTOMER_NAME);
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;
  IwCustomersCount count;

  for (guint i = 0; i < IW_CUSTOMERS_MAX + 100; i++)
    g_string_append_printf (text, "c%u\n", i);
  rows = iw_customers_parse_lines (text->str);
  g_assert_cmpuint (rows->len, ==, IW_CUSTOMERS_MAX + 1);
  iw_customers_count (rows, &count);
  g_assert_cmpuint (count.n_new, ==, IW_CUSTOMERS_MAX);
  g_assert_cmpuint (count.n_problems, ==, 1);
}

static IwDocument *
new_customer (const char *kind, const char *name)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", "scope");
  json_object_set_string_member (body, "scope_kind", kind);
  json_object_set_string_member (body, "name", name);
  return iw_document_new_take (INCIDENT ":scope-1", NULL, body);
}

static void
test_known (void)
{
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) rows = iw_customers_parse_lines (
      "contoso ltd\nFabrikam\n FABRIKAM \nStraße\nstrasse\nBilling\n,x\n,x");
  IwCustomersCount count;

  g_ptr_array_add (documents, new_customer ("customer", "Contoso Ltd"));
  g_ptr_array_add (documents, new_customer ("system", "Billing"));
  known = iw_customers_known_new (documents);
  iw_customers_mark_known (rows, known);
  iw_customers_count (rows, &count);
  g_assert_true (row_at (rows, 0)->known);
  g_assert_false (row_at (rows, 1)->known);
  g_assert_true (row_at (rows, 2)->known);
  g_assert_true (row_at (rows, 4)->known);
  g_assert_false (row_at (rows, 5)->known);
  g_assert_cmpuint (count.n_new, ==, 3);
  g_assert_cmpuint (count.n_known, ==, 3);
  g_assert_cmpuint (count.n_problems, ==, 2);
}

static void
assert_document (IwDocument *document, const char *type)
{
  g_autoptr (GPtrArray) problems = iw_problems_new ();

  g_assert_cmpstr (iw_document_get_type_name (document), ==, type);
  g_assert_true (iw_document_check (type, iw_document_get_body (document), problems));
}

static void
test_documents (void)
{
  g_autofree IwContext *context =
      iw_context_new_fake (G_GINT64_CONSTANT (1790000000000000), 1000, 5);
  g_autoptr (GPtrArray) rows =
      iw_customers_parse_lines ("Contoso, ada@contoso.example, +1 555 0100, Ada\nx, a@\nContoso");
  g_autoptr (GPtrArray) plain = NULL;
  g_autoptr (GPtrArray) decided = NULL;
  g_autoptr (IwEntry) entry = NULL;
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_autoptr (GError) error = NULL;

  iw_customers_mark_known (rows, NULL);
  plain = iw_customers_to_documents (rows, INCIDENT, IW_SCOPE_UNSET, "", NULL, context);
  g_assert_cmpuint (plain->len, ==, 1);
  assert_document (plain->pdata[0], "scope");
  g_assert_cmpstr (iw_document_get_text (plain->pdata[0], "contact"), ==, "Ada");
  g_assert_cmpstr (iw_document_get_text (plain->pdata[0], "scope_kind"), ==, "customer");

  decided = iw_customers_to_documents (rows, INCIDENT, IW_SCOPE_CONFIRMED, "Read by the intruder",
                                       "A. Sato", context);
  g_assert_cmpuint (decided->len, ==, 2);
  entry = iw_entry_new_from_json (iw_document_get_id (decided->pdata[1]),
                                  iw_document_get_body (decided->pdata[1]), &error);
  g_assert_no_error (error);
  g_assert_true (iw_decision_check (entry, problems));
  g_assert_cmpstr (iw_entry_get_field (entry, "subject"), ==,
                   iw_document_get_id (decided->pdata[0]));
  g_assert_cmpstr (iw_entry_get_field (entry, "to"), ==, "confirmed");
  g_assert_cmpstr (iw_entry_get_actor (entry), ==, "A. Sato");
  g_assert_cmpstr (iw_entry_get_text (entry), ==,
                   "Confirmed as affected (Contoso): Read by the intruder");
}

static void
test_hostile_text (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) rows = NULL;

      for (guint n = g_rand_int_range (random, 0, 400); n > 0; n--)
        g_string_append_c (text, (char)(g_rand_boolean (random)
                                            ? "\",;\t\r\n<>@+ a"[g_rand_int_range (random, 0, 12)]
                                            : g_rand_int_range (random, 1, 256)));
      rows = iw_customers_parse_lines (text->str);
      for (guint r = 0; r < rows->len; r++)
        for (guint f = 0; f < IW_N_CUSTOMER_FIELDS; f++)
          g_assert_true (g_utf8_validate (row_at (rows, r)->fields[f], -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/customers/lines", test_lines);
  g_test_add_func ("/customers/problems", test_problems);
  g_test_add_func ("/customers/too-many", test_too_many);
  g_test_add_func ("/customers/known", test_known);
  g_test_add_func ("/customers/documents", test_documents);
  g_test_add_func ("/customers/hostile-text", test_hostile_text);
  return g_test_run ();
}
