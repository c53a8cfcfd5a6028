#include "iw-merge.h"

#include <string.h>

#include "iw-diff3.h"
#include "iw-test-support.h"

/* ---- texts ---- */

typedef struct
{
  const char *base, *ours, *theirs;
  const char *merged; /* NULL: meets */
} TextCase;

static const TextCase texts[] = {
  /* one side alone, both alike */
  { "a\n", "a\n", "b\n", "b\n" },
  { "a\n", "b\n", "b\n", "b\n" },
  { "", "", "new", "new" },
  { "gone", "", "", "" },
  { "", "same", "same", "same" },
  /* lines */
  { "1\n2\n3\n", "0\n1\n2\n3\n", "1\n2\n3\n4\n", "0\n1\n2\n3\n4\n" },
  { "1\n2\n3\n4\n5\n", "1\n3\n4\n5\n", "1\n2\n3\n4\nfive\n", "1\n3\n4\nfive\n" },
  { "a\nb\nc", "a\nb\nc\nd", "z\na\nb\nc", "z\na\nb\nc\nd" },
  /* words within one line, and in neighbouring lines */
  { "The host was rebooted", "The mail host was rebooted", "The host was rebooted twice",
    "The mail host was rebooted twice" },
  { "one two three four", "ONE two three four", "one two three FOUR", "ONE two three FOUR" },
  { "first line\nsecond line\n", "1st line\nsecond line\n", "first line\n2nd line\n",
    "1st line\n2nd line\n" },
  { "Größe und Maß stimmen", "Größe, Farbe und Maß stimmen", "Größe und Maß stimmen nicht",
    "Größe, Farbe und Maß stimmen nicht" },
  { "攻撃者は侵入した", "攻撃者は再び侵入した", "攻撃者は侵入しなかった",
    "攻撃者は再び侵入しなかった" },
  /* what meets */
  { "a", "b", "c", NULL },
  { "", "b", "c", NULL },
  { "list\n", "list\nmine\n", "list\nyours\n", NULL },
  { "The host was rebooted", "The host was patched", "The host was rebuilt", NULL },
  { "The host was rebooted", "All logs are gone", "The host was rebooted twice", NULL },
  { "one two three", "one", "one two THREE", NULL },
  { NULL, "a", "b", NULL },
  { NULL, "a", "a", "a" },
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const TextCase *c = &texts[i];
      g_autofree char *merged = iw_merge_text (c->base, c->ours, c->theirs);
      g_autofree char *turned = iw_merge_text (c->base, c->theirs, c->ours);

      g_test_message ("%u: %s", i, c->ours);
      g_assert_cmpstr (merged, ==, c->merged);
      g_assert_cmpstr (turned, ==, c->merged);
    }
}

/* A megabyte of lines that all changed, that moved about, or of one token alone takes no time to
 * speak of. */
static void
test_large (void)
{
  g_autoptr (GString) base = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);
  g_autoptr (GString) moved = g_string_new (NULL);
  g_autoptr (GString) blanks = g_string_new (NULL);
  g_autoptr (GString) mixed = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new ("first\n");
  g_autofree char *merged = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_printf (base, "line %u\n", i);
      g_string_append_printf (other, "other %u\n", i);
      g_string_append_printf (moved, "line %u\n", (i * 7919) % 100000);
      g_string_append (blanks, i % 3 == 0 ? "\n" : "a a\n");
      g_string_append (mixed, i % 2 == 0 ? "\n" : i % 5 == 0 ? "a a\n" : "b\n");
    }
  g_free (iw_merge_text (base->str, other->str, moved->str));
  g_free (iw_merge_text (blanks->str, mixed->str, moved->str));
  g_free (iw_merge_text (mixed->str, blanks->str, base->str));
  g_string_append (expected, base->str);
  g_string_append (expected, "last\n");
  {
    g_autofree char *ours = g_strconcat ("first\n", base->str, NULL);
    g_autofree char *theirs = g_strconcat (base->str, "last\n", NULL);

    merged = iw_merge_text (base->str, ours, theirs);
  }
  g_assert_true (g_strcmp0 (merged, expected->str) == 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static void
test_match (void)
{
  const guint32 a[] = { 1, 2, 3, 1, 2, 2, 1 }, b[] = { 3, 2, 1, 2, 1, 3 };
  g_autofree int *match = iw_diff_match (a, G_N_ELEMENTS (a), b, G_N_ELEMENTS (b), 4);
  guint n = 0;
  int last = -1;

  for (guint i = 0; i < G_N_ELEMENTS (a); i++)
    if (match[i] >= 0)
      {
        g_assert_cmpint (match[i], >, last);
        g_assert_cmpint (a[i], ==, b[match[i]]);
        last = match[i];
        n++;
      }
  /* Myers' own example: the longest common run has four. */
  g_assert_cmpuint (n, ==, 4);
}

/* ---- documents ---- */

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL)
    return NULL;
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static char *
text_of (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

typedef struct
{
  const char *name;
  const char *base, *ours, *theirs;
  const char *merged;
  const char *open; /* pointers with a space between them */
} Case;

static const Case cases[] = {
  { "one-side", "{'a':'1'}", "{'a':'1'}", "{'a':'2','b':true}", "{'a':'2','b':true}", "" },
  { "both-members", "{'a':'1','b':'1'}", "{'a':'2','b':'1'}", "{'a':'1','b':'2'}",
    "{'a':'2','b':'2'}", "" },
  { "both-alike", "{'a':'1'}", "{'a':'2'}", "{'a':'2'}", "{'a':'2'}", "" },
  { "removed", "{'a':'1','b':'1'}", "{'b':'1'}", "{'a':'1','b':'2'}", "{'b':'2'}", "" },
  { "removed-and-changed", "{'a':'1'}", "{}", "{'a':'2'}", "{}", "/a" },
  { "changed-and-removed", "{'a':'1'}", "{'a':'2'}", "{}", "{'a':'2'}", "/a" },
  { "word", "{'state':'open'}", "{'state':'shut'}", "{'state':'ajar'}", "{'state':'shut'}",
    "/state" },
  { "number", "{'n':1}", "{'n':2}", "{'n':3}", "{'n':2}", "/n" },
  { "types", "{'n':1}", "{'n':'x'}", "{'n':[]}", "{'n':'x'}", "/n" },
  { "nested", "{'o':{'a':1,'b':1}}", "{'o':{'a':2,'b':1}}", "{'o':{'a':1,'b':2}}",
    "{'o':{'a':2,'b':2}}", "" },
  { "nested-open", "{'o':{'a/b':1,'~':1}}", "{'o':{'a/b':2,'~':2}}", "{'o':{'a/b':3,'~':3}}",
    "{'o':{'a/b':2,'~':2}}", "/o/a~1b /o/~0" },
  { "text", "{'note':'The host was seen today'}", "{'note':'The mail host was seen today'}",
    "{'note':'The host was seen twice today'}", "{'note':'The mail host was seen twice today'}",
    "" },
  { "names-stay-whole", "{'owner':'Omar Levi'}", "{'owner':'Hana Levi'}", "{'owner':'Omar Cohen'}",
    "{'owner':'Hana Levi'}", "/owner" },
  { "set", "{'tags':['a','b','c']}", "{'tags':['a','c','z']}", "{'tags':['b','c','d','a']}",
    "{'tags':['a','c','d','z']}", "" },
  { "set-both-new", "{}", "{'tags':['b','a']}", "{'tags':['c','a']}", "{'tags':['a','b','c']}",
    "" },
  { "set-emptied", "{'tags':['a']}", "{'tags':[]}", "{'tags':['a','b']}", "{'tags':['b']}", "" },
  { "list-by-id", "{'l':[{'id':'x','v':1},{'id':'y','v':1}]}",
    "{'l':[{'id':'x','v':2},{'id':'y','v':1}]}", "{'l':[{'id':'x','v':1},{'id':'z','v':1}]}",
    "{'l':[{'id':'x','v':2},{'id':'z','v':1}]}", "" },
  { "list-by-id-open", "{'l':[{'name':'x','v':1}]}", "{'l':[{'name':'x','v':2}]}",
    "{'l':[{'name':'x','v':3}]}", "{'l':[{'name':'x','v':2}]}", "/l/0/v" },
  { "list-removed-and-changed", "{'l':[{'id':'x','v':1}]}", "{'l':[]}", "{'l':[{'id':'x','v':3}]}",
    "{'l':[]}", "/l" },
  { "list-of-numbers", "{'l':[1]}", "{'l':[1,2]}", "{'l':[1,3]}", "{'l':[1,2]}", "/l" },
  { "list-twice", "{'l':[]}", "{'l':[{'id':'x'},{'id':'x'}]}", "{'l':[{'id':'y'}]}",
    "{'l':[{'id':'x'},{'id':'x'}]}", "/l" },
  { "list-mixed", "{'l':[]}", "{'l':['x']}", "{'l':[{'id':'y'}]}", "{'l':['x']}", "/l" },
  { "stamps", "{'modified_at':'2026-11-02T03:00:00Z','modified_by':'A'}",
    "{'modified_at':'2026-11-02T04:00:00+02:00','modified_by':'B'}",
    "{'modified_at':'2026-11-02T03:30:00Z','modified_by':'C'}",
    "{'modified_at':'2026-11-02T03:30:00Z','modified_by':'C'}", "" },
  { "stamps-created", NULL,
    "{'created_at':'2026-11-02T03:00:00Z','created_by':'B','modified_at':'2026-11-02T03:00:00Z'}",
    "{'created_at':'2026-11-02T02:00:00Z','created_by':'A','modified_at':'2026-11-02T05:00:00Z','"
    "modified_by':'A'}",
    "{'created_at':'2026-11-02T02:00:00Z','created_by':'A','modified_at':'2026-11-02T05:00:00Z','"
    "modified_by':'A'}",
    "" },
  { "no-base", NULL, "{'a':1,'b':1,'t':'one two three four'}",
    "{'a':1,'c':1,'t':'one two three four five'}", "{'a':1,'b':1,'c':1,'t':'one two three four'}",
    "/t" },
  { "null-is-a-value", "{'a':1}", "{'a':null}", "{'a':1,'b':null}", "{'a':null,'b':null}", "" },
};

static JsonObject *
parse_single (const char *text)
{
  g_autofree char *json = text != NULL ? g_strdelimit (g_strdup (text), "'", '"') : NULL;

  return parse (json);
}

static void
test_documents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (JsonObject) base = parse_single (c->base);
      g_autoptr (JsonObject) ours = parse_single (c->ours);
      g_autoptr (JsonObject) theirs = parse_single (c->theirs);
      g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (JsonObject) merged = iw_merge_objects (base, ours, theirs, open);
      g_autofree char *before = text_of (ours);
      g_autofree char *text = text_of (merged);
      g_autofree char *pointers = NULL;
      g_autofree char *expected = g_strdelimit (g_strdup (c->merged), "'", '"');

      g_test_message ("%s", c->name);
      g_assert_cmpstr (text, ==, expected);
      g_ptr_array_add (open, NULL);
      pointers = g_strjoinv (" ", (char **)open->pdata);
      g_assert_cmpstr (pointers, ==, c->open);
      g_ptr_array_remove_index (open, open->len - 1);

      /* The other way round is the same, but for what is open. */
      {
        g_autoptr (GPtrArray) turned_open = g_ptr_array_new_with_free_func (g_free);
        g_autoptr (JsonObject) turned = iw_merge_objects (base, theirs, ours, turned_open);
        g_autofree char *turned_text = text_of (turned);
        g_autofree char *after = text_of (ours);

        g_assert_cmpuint (turned_open->len, ==, open->len);
        if (open->len == 0)
          g_assert_cmpstr (turned_text, ==, expected);
        g_assert_cmpstr (after, ==, before);
      }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/merge/texts", test_texts);
  g_test_add_func ("/merge/match", test_match);
  g_test_add_func ("/merge/large", test_large);
  g_test_add_func ("/merge/documents", test_documents);
  return g_test_run ();
}
