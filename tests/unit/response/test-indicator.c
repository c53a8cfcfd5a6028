/* Indicators as people paste them. */
#include "iw-indicator.h"

#include <locale.h>
#include <string.h>

static void
test_refang (void)
{
  static const char *const cases[][2] = {
    { "hxxp://evil[.]example/a", "http://evil.example/a" },
    { "hXXps[:]//evil(.)example", "https://evil.example" },
    { "HXXPS://evil{.}example", "https://evil.example" },
    { "hxxp[://]evil[dot]example", "http://evil.example" },
    { "h**p://evil[DOT]example", "http://evil.example" },
    { "meow://evil.example", "http://evil.example" },
    { "fxp://files[.]evil[.]example", "ftp://files.evil.example" },
    { "192[.]0[.]2[.]1", "192.0.2.1" },
    { "192.0.2[.1", "192.0.2.1" },
    { "192.0.2.]1", "192.0.2.1" },
    { "2001[:]db8::1", "2001:db8::1" },
    { "a[@]evil[.]example", "a@evil.example" },
    { "a(at)evil(dot)example", "a@evil.example" },
    { "evil\\.example", "evil.example" },
    { "C:\\Users\\.ssh\\id", "C:\\Users\\.ssh\\id" },
    { "\\\\web01\\.hidden", "\\\\web01\\.hidden" },
    { "e\xE2\x80\x8Bvil.exam\xC2\xADple", "evil.example" },
    { "http://[2001:db8::1]/", "http://[2001:db8::1]/" },
    { "plain (see below) [1]", "plain (see below) [1]" },
    { "shxxp", "shxxp" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = iw_indicator_refang (cases[i][0]);

      g_assert_cmpstr (plain, ==, cases[i][1]);
    }
}

#define NONE IW_N_INDICATOR_TYPES

static void
test_guess (void)
{
  static const struct
  {
    const char *text;
    IwIndicatorType type;
  } cases[] = {
    { "192.0.2.1", IW_INDICATOR_IP },
    { "192.0.2.0/24", IW_INDICATOR_IP },
    { "192.0.2.1:443", IW_INDICATOR_IP },
    { "2001:DB8::1", IW_INDICATOR_IP },
    { "2001:db8::/32", IW_INDICATOR_IP },
    { "[2001:db8::1]:443", IW_INDICATOR_IP },
    { "192.0.2.256", NONE },
    { "192.0.2.0/33", NONE },
    { "1.2.3", NONE },
    { "03:14:15", NONE },
    { "00:1b:44:11:3a:b7", NONE },
    { "evil.example", IW_INDICATOR_DOMAIN },
    { "Evil.Example.", IW_INDICATOR_DOMAIN },
    { "*.evil.example", IW_INDICATOR_DOMAIN },
    { "evil.example:8080", IW_INDICATOR_DOMAIN },
    { "_dmarc.evil.example", IW_INDICATOR_DOMAIN },
    { "bücher.example", IW_INDICATOR_DOMAIN },
    { "xn--bcher-kva.example", IW_INDICATOR_DOMAIN },
    { "пример.испытание", IW_INDICATOR_DOMAIN },
    { "-evil.example", NONE },
    { "evil..example", NONE },
    { "evil.e", NONE },
    { "evil", NONE },
    { "http://evil.example", IW_INDICATOR_URL },
    { "https://user:pw@evil.example:8443/a?b#c", IW_INDICATOR_URL },
    { "http://[2001:db8::1]:8080/x", IW_INDICATOR_URL },
    { "http://web01/admin", IW_INDICATOR_URL },
    { "evil.example/payload.exe", IW_INDICATOR_URL },
    { "192.0.2.1/drop.sh", IW_INDICATOR_URL },
    { "192.0.2.1:8080/drop.sh", IW_INDICATOR_URL },
    { "http://", NONE },
    { "http:///etc", NONE },
    { "and/or", NONE },
    { "d41d8cd98f00b204e9800998ecf8427e", IW_INDICATOR_HASH },
    { "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", IW_INDICATOR_HASH },
    { "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      IW_INDICATOR_HASH },
    { "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d287"
      "7eec2f63b931bd47417a81a538327af927da3e",
      IW_INDICATOR_HASH },
    { "d41d8cd98f00b204e9800998ecf8427", NONE },
    { "g41d8cd98f00b204e9800998ecf8427e", NONE },
    { "C:\\Windows\\Temp\\a b.exe", IW_INDICATOR_FILE },
    { "c:/temp/a.exe", IW_INDICATOR_FILE },
    { "\\\\web01\\share\\a.exe", IW_INDICATOR_FILE },
    { "\\\\web01\\share", IW_INDICATOR_FILE },
    { "/etc/passwd", IW_INDICATOR_FILE },
    { "~/.ssh/id_rsa", IW_INDICATOR_FILE },
    { "%APPDATA%\\evil.dll", IW_INDICATOR_FILE },
    { "invoice.zip", IW_INDICATOR_FILE },
    { "evil.exe", IW_INDICATOR_FILE },
    { "bin/evil.exe", IW_INDICATOR_FILE },
    { "Temp\\evil.exe", IW_INDICATOR_FILE },
    { "//", NONE },
    { "/", NONE },
    { "\\\\web01", IW_INDICATOR_HOST },
    { "\\\\web01\\", IW_INDICATOR_HOST },
    { "CORP\\j.doe", IW_INDICATOR_ACCOUNT },
    { "root@web01", IW_INDICATOR_ACCOUNT },
    { "j.doe@evil.example", IW_INDICATOR_MAIL },
    { "mailto:j.doe@evil.example", IW_INDICATOR_MAIL },
    { "a@b@evil.example", NONE },
    { "@evil.example", NONE },
    { "", NONE },
    { "a\nb.example", NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IwIndicatorType type = NONE;
      gboolean guessed = iw_indicator_guess (cases[i].text, &type);

      g_assert_cmpint (type, ==, cases[i].type);
      g_assert_true (guessed == (cases[i].type != NONE));
    }
  g_assert_false (iw_indicator_guess (NULL, &(IwIndicatorType){ 0 }));
  g_assert_false (iw_indicator_guess ("\xff\xfe", &(IwIndicatorType){ 0 }));
}

static void
test_normalise (void)
{
  static const struct
  {
    IwIndicatorType type;
    const char *text, *normal;
  } cases[] = {
    { IW_INDICATOR_IP, " 192[.]0[.]2[.]1 ", "192.0.2.1" },
    { IW_INDICATOR_IP, "192.0.2.1:443", "192.0.2.1" },
    { IW_INDICATOR_IP, "192.0.2.1/32", "192.0.2.1" },
    { IW_INDICATOR_IP, "192.0.2.7/24", "192.0.2.7/24" },
    { IW_INDICATOR_IP, "2001:0DB8:0:0:0:0:0:1", "2001:db8::1" },
    { IW_INDICATOR_IP, "[2001:db8::1]:443", "2001:db8::1" },
    { IW_INDICATOR_IP, "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
    { IW_INDICATOR_IP, "fe80::1%eth0", "fe80::1" },
    { IW_INDICATOR_IP, "2001:db8::1/128", "2001:db8::1" },
    { IW_INDICATOR_IP, "evil.example", NULL },
    { IW_INDICATOR_IP, "010.0.0.1.2", NULL },
    { IW_INDICATOR_IP, "192.0.2.1/", NULL },
    { IW_INDICATOR_IP, "[2001:db8::1", NULL },
    { IW_INDICATOR_IP, "[2001:db8::1]x:443", NULL },
    { IW_INDICATOR_DOMAIN, "Evil[.]EXAMPLE.", "evil.example" },
    { IW_INDICATOR_DOMAIN, "*.Evil.example", "evil.example" },
    { IW_INDICATOR_DOMAIN, "evil.example:443", "evil.example" },
    { IW_INDICATOR_DOMAIN, "BÜCHER.example", "bücher.example" },
    { IW_INDICATOR_DOMAIN, "evil", NULL },
    { IW_INDICATOR_DOMAIN, "evil example.org", NULL },
    { IW_INDICATOR_URL, "HXXP://Evil[.]Example/Path?Q=A#F", "http://evil.example/Path?Q=A#F" },
    { IW_INDICATOR_URL, "http://evil.example", "http://evil.example/" },
    { IW_INDICATOR_URL, "http://evil.example?x", "http://evil.example/?x" },
    { IW_INDICATOR_URL, "http://evil.example:80/", "http://evil.example/" },
    { IW_INDICATOR_URL, "https://evil.example:8443/", "https://evil.example:8443/" },
    { IW_INDICATOR_URL, "http://User:Pw@Evil.example/", "http://User:Pw@evil.example/" },
    { IW_INDICATOR_URL, "http://evil.example@192.0.2.1/", "http://evil.example@192.0.2.1/" },
    { IW_INDICATOR_URL, "http://[2001:DB8:0::1]:80/a", "http://[2001:db8::1]/a" },
    { IW_INDICATOR_URL, "evil.example/a", "http://evil.example/a" },
    { IW_INDICATOR_URL, "evil.example", "http://evil.example/" },
    { IW_INDICATOR_URL, "<http://evil.example/a>", "http://evil.example/a" },
    { IW_INDICATOR_URL, "http://bücher.example/ß", "http://bücher.example/ß" },
    { IW_INDICATOR_URL, "http://evil.example:99999/", NULL },
    { IW_INDICATOR_URL, "http://evil .example/", NULL },
    { IW_INDICATOR_URL, "javascript:alert(1)", NULL },
    { IW_INDICATOR_URL, "evil", NULL },
    { IW_INDICATOR_HASH, "MD5:D41D8CD98F00B204E9800998ECF8427E",
      "d41d8cd98f00b204e9800998ecf8427e" },
    { IW_INDICATOR_HASH, "d41d", NULL },
    { IW_INDICATOR_FILE, " \"C:\\Temp\\A.EXE\" ", "C:\\Temp\\A.EXE" },
    { IW_INDICATOR_FILE, "anything at all", "anything at all" },
    { IW_INDICATOR_FILE, "a\tb", NULL },
    { IW_INDICATOR_FILE, "  ", NULL },
    { IW_INDICATOR_ACCOUNT, " CORP\\J.Doe ", "CORP\\J.Doe" },
    { IW_INDICATOR_ACCOUNT, "Guest User", "Guest User" },
    { IW_INDICATOR_HOST, "\\\\WEB01", "web01" },
    { IW_INDICATOR_HOST, "WEB01.Corp.", "web01.corp" },
    { IW_INDICATOR_HOST, "web 01", NULL },
    { IW_INDICATOR_MAIL, "<J.Doe@Evil.Example>", "j.doe@evil.example" },
    { IW_INDICATOR_MAIL, "mailto:J.Doe@Evil[.]Example", "j.doe@evil.example" },
    { IW_INDICATOR_MAIL, "root@web01", NULL },
    { IW_N_INDICATOR_TYPES, "x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *normal = iw_indicator_normalise (cases[i].type, cases[i].text);

      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
  g_assert_null (iw_indicator_normalise (IW_INDICATOR_IP, NULL));
}

/* Where an I becomes a dotless i in lower case, names are the same all the same. */
static void
test_any_language (void)
{
  g_autofree char *domain = NULL;
  g_autofree char *link = NULL;

  if (setlocale (LC_ALL, "tr_TR.UTF-8") == NULL)
    g_test_message ("no Turkish locale here; the C one must do");
  domain = iw_indicator_normalise (IW_INDICATOR_DOMAIN, "EVIL.EXAMPLE");
  link = iw_indicator_normalise (IW_INDICATOR_URL, "HTTP://EVIL.EXAMPLE/I");
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (domain, ==, "evil.example");
  g_assert_cmpstr (link, ==, "http://evil.example/I");
}

/* ---- whole texts ---- */

/* @expected: "type value" a line each. @left: the words that are none, with spaces. */
static void
assert_parsed (const char *text, const char *expected, const char *left)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = iw_indicators_parse (text, rest);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < found->len; i++)
    {
      const IwIndicatorFound *one = found->pdata[i];

      g_assert_cmpstr (one->found, !=, "");
      g_string_append_printf (lines, "%s%s %s", i > 0 ? "\n" : "",
                              iw_indicator_type_to_string (one->type), one->value);
    }
  g_ptr_array_add (rest, NULL);
  words = g_strjoinv (" ", (char **)rest->pdata);
  g_assert_cmpstr (lines->str, ==, expected);
  g_assert_cmpstr (words, ==, left);
}

static void
test_parse_lists (void)
{
  assert_parsed ("", "", "");
  assert_parsed ("  \n\r\n\t\n", "", "");
  assert_parsed ("192.0.2.1\r\nevil[.]example\n\nhxxp://evil[.]example/a\n",
                 "ip 192.0.2.1\ndomain evil.example\nurl http://evil.example/a", "");
  assert_parsed ("192.0.2.1, 192.0.2.2,192.0.2.3;192.0.2.4|192.0.2.5",
                 "ip 192.0.2.1\nip 192.0.2.2\nip 192.0.2.3\nip 192.0.2.4\nip 192.0.2.5", "");
  assert_parsed ("192.0.2.1 192[.]0[.]2[.]1 192.0.2.1:80 192.0.2.1/32", "ip 192.0.2.1", "");
  assert_parsed ("- evil.example\n* bad.example\n1. worse.example",
                 "domain evil.example\ndomain bad.example\ndomain worse.example", "1.");
  assert_parsed ("evil [.] example", "domain evil.example", "");
}

static void
test_parse_prose (void)
{
  assert_parsed ("We saw (192.0.2.1) talk to <evil.example>, then \"bad.example\".",
                 "ip 192.0.2.1\ndomain evil.example\ndomain bad.example", "We saw talk to then");
  assert_parsed ("Look at http://evil.example/a. Or http://evil.example/b!",
                 "url http://evil.example/a\nurl http://evil.example/b", "Look at Or");
  assert_parsed ("[evil.example](https://evil.example/x)",
                 "domain evil.example\nurl https://evil.example/x", "");
  assert_parsed ("Contact: \"J. Doe\" <j.doe@evil.example>", "mail j.doe@evil.example",
                 "Contact: \"J. Doe\"");
  assert_parsed ("http://wiki.example/A_(b)", "url http://wiki.example/A_(b)", "");
  assert_parsed ("[2001:db8::1]:443 and [192.0.2.1]", "ip 2001:db8::1\nip 192.0.2.1", "and");
}

static void
test_parse_tables (void)
{
  assert_parsed ("type,value,note\nip,192.0.2.1,seen twice\nurl,http://evil.example/a,c2",
                 "ip 192.0.2.1\nurl http://evil.example/a", "type value note ip seen twice url c2");
  assert_parsed ("http://evil.example/a,b,c", "url http://evil.example/a,b,c", "");
  assert_parsed ("http://evil.example/a,192.0.2.1", "url http://evil.example/a\nip 192.0.2.1", "");
  assert_parsed ("http://a.example/x,http://b.example/y",
                 "url http://a.example/x\nurl http://b.example/y", "");
  assert_parsed ("\"192.0.2.1\";\"evil.example\"", "ip 192.0.2.1\ndomain evil.example", "");
  assert_parsed ("src=192.0.2.1 dst:192.0.2.2 sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b9"
                 "34ca495991b7852b855",
                 "ip 192.0.2.1\nip 192.0.2.2\nhash e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"
                 "a495991b7852b855",
                 "");
  assert_parsed ("MD5\td41d8cd98f00b204e9800998ecf8427e\tempty",
                 "hash d41d8cd98f00b204e9800998ecf8427e", "MD5 empty");
}

static void
test_parse_files (void)
{
  assert_parsed ("d41d8cd98f00b204e9800998ecf8427e  evil.exe\n"
                 "da39a3ee5e6b4b0d3255bfef95601890afd80709 *my file.pdf\n",
                 "hash d41d8cd98f00b204e9800998ecf8427e\nfile evil.exe\n"
                 "hash da39a3ee5e6b4b0d3255bfef95601890afd80709\nfile my file.pdf",
                 "");
  assert_parsed ("d41d8cd98f00b204e9800998ecf8427e  an empty file",
                 "hash d41d8cd98f00b204e9800998ecf8427e", "an empty file");
  assert_parsed ("C:\\Program Files\\Evil\\a.exe", "file C:\\Program Files\\Evil\\a.exe", "");
  assert_parsed ("\"C:\\Program Files\\a.exe\", 192.0.2.1",
                 "file C:\\Program Files\\a.exe\nip 192.0.2.1", "");
  assert_parsed ("CORP\\j.doe on \\\\web01 ran \\\\fs01\\share\\a.exe as root@web02",
                 "account CORP\\j.doe\nhost web01\nfile \\\\fs01\\share\\a.exe\n"
                 "account root@web02",
                 "on ran as");
}

static void
test_parse_found (void)
{
  g_autoptr (GPtrArray) found = iw_indicators_parse ("see hxxp://Evil[.]example/a!", NULL);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((IwIndicatorFound *)found->pdata[0])->found, ==, "hxxp://Evil[.]example/a!");
  g_assert_cmpstr (((IwIndicatorFound *)found->pdata[0])->value, ==, "http://evil.example/a");
}

/* ---- hostile texts ---- */

static char *
random_text (GRand *rand)
{
  static const char *const pieces[] = {
    "hxxp",
    "http",
    "://",
    "[:]//",
    "[.]",
    "[.",
    ".]",
    "(dot)",
    "[[.]]",
    ".",
    ",",
    ";",
    " ",
    "\n",
    "\t",
    "@",
    "[@]",
    "\\",
    "\\\\",
    "/",
    ":",
    "443",
    "evil",
    "EXAMPLE",
    "example",
    "com",
    "192",
    "0",
    "2001:db8",
    "::",
    "%eth0",
    "/24",
    "d41d8cd98f00b204e9800998ecf8427e",
    "exe",
    "<",
    ">",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "ü",
    "İ",
    "\xE2\x80\x8B",
    "\xff",
    "*",
    "-",
    "_",
    "=",
    "md5:",
    "mailto:",
    "C:\\",
    "\r",
    "\x01",
    "~",
    "xn--",
    "日本",
  };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 14); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free_and_steal (text);
}

/* The normal form is one: doing it again changes nothing, whatever the text; and what is found is
 * in it. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);
  guint hits = 0;

  for (int round = 0; round < 60000; round++)
    {
      g_autofree char *text = random_text (rand);
      g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) found = iw_indicators_parse (text, rest);
      IwIndicatorType type = g_rand_int_range (rand, 0, IW_N_INDICATOR_TYPES);
      g_autofree char *normal = iw_indicator_normalise (type, text);

      if (normal != NULL)
        {
          g_autofree char *again = iw_indicator_normalise (type, normal);

          g_assert_cmpstr (again, ==, normal);
        }
      for (guint i = 0; i < found->len; i++)
        {
          const IwIndicatorFound *one = found->pdata[i];
          g_autofree char *again = iw_indicator_normalise (one->type, one->value);

          g_assert_true (g_utf8_validate (one->value, -1, NULL));
          g_assert_cmpstr (again, ==, one->value);
          hits++;
        }
      for (guint i = 0; i < rest->len; i++)
        g_assert_true (g_utf8_validate (rest->pdata[i], -1, NULL));
    }
  g_assert_cmpuint (hits, >, 1000);
}

/* Texts made to be slow are not. */
static void
test_slow (void)
{
  static const char *const pieces[] = { "[",  "((", "[[.]]", "hxxp", "a.",  "\\.",
                                        "\"", "a@", "a,",    "://",  "[.] " };
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) found = NULL;
      g_autofree char *normal = NULL;

      while (text->len < 400000)
        {
          g_string_append (text, pieces[i]);
          if (text->len % 8100 < strlen (pieces[i]))
            g_string_append_c (text, ' ');
        }
      found = iw_indicators_parse (text->str, NULL);
      g_string_truncate (text, 8000);
      normal = iw_indicator_normalise (IW_INDICATOR_FILE, text->str);
    }
  g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < 100100; i++)
    g_string_append_printf (text, "h%u.example\n", i);
  found = iw_indicators_parse (text->str, NULL);
  g_assert_cmpuint (found->len, ==, 100000);
}

static void
test_types (void)
{
  for (int i = 0; i < IW_N_INDICATOR_TYPES; i++)
    {
      IwIndicatorType type = IW_N_INDICATOR_TYPES;

      g_assert_true (iw_indicator_type_from_string (iw_indicator_type_to_string (i), &type));
      g_assert_cmpint (type, ==, i);
      g_assert_cmpstr (iw_indicator_type_label (i), !=, "");
    }
  g_assert_false (iw_indicator_type_from_string ("x", &(IwIndicatorType){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/indicator/refang", test_refang);
  g_test_add_func ("/indicator/guess", test_guess);
  g_test_add_func ("/indicator/normalise", test_normalise);
  g_test_add_func ("/indicator/any-language", test_any_language);
  g_test_add_func ("/indicator/parse/lists", test_parse_lists);
  g_test_add_func ("/indicator/parse/prose", test_parse_prose);
  g_test_add_func ("/indicator/parse/tables", test_parse_tables);
  g_test_add_func ("/indicator/parse/files", test_parse_files);
  g_test_add_func ("/indicator/parse/found", test_parse_found);
  g_test_add_func ("/indicator/random", test_random);
  g_test_add_func ("/indicator/slow", test_slow);
  g_test_add_func ("/indicator/many", test_many);
  g_test_add_func ("/indicator/types", test_types);
  return g_test_run ();
}
