#include "iw-sync-account.h"

#include <string.h>

#include "iw-test-support.h"

typedef struct
{
  const char *text;
  const char *url; /* NULL: refused */
} Case;

static const Case cases[] = {
  { "host", "https://host:6984/" },
  { " sync.example.org \n", "https://sync.example.org:6984/" },
  { "Sync.Example.ORG", "https://sync.example.org:6984/" },
  { "host:7000", "https://host:7000/" },
  { "host:443", "https://host/" },
  { "host/team", "https://host:6984/team/" },
  { "https://host", "https://host/" },
  { "HTTPS://Host/", "https://host/" },
  { "https://host:443", "https://host/" },
  { "https://host:6984", "https://host:6984/" },
  { "https://host//couch//db", "https://host/couch/db/" },
  { "https://host/a%20b/", "https://host/a%20b/" },
  { "bücher.example", "https://xn--bcher-kva.example:6984/" },
  { "192.0.2.7", "https://192.0.2.7:6984/" },
  { "192.0.2.7:1", "https://192.0.2.7:1/" },
  { "::1", "https://[::1]:6984/" },
  { "2001:DB8::1", "https://[2001:db8::1]:6984/" },
  { "[::1]:5984", "https://[::1]:5984/" },
  { "http://localhost:5984", "http://localhost:5984/" },
  { "http://LOCALHOST", "http://localhost/" },
  { "http://couch.localhost:5984/", "http://couch.localhost:5984/" },
  { "http://127.0.0.1:5984/x", "http://127.0.0.1:5984/x/" },
  { "http://127.8.8.8", "http://127.8.8.8/" },
  { "http://[::1]:80", "http://[::1]/" },

  { "", NULL },
  { "   ", NULL },
  { "https://", NULL },
  { "https:///db", NULL },
  { "http://host", NULL },
  { "http://localhost.example.org", NULL },
  { "http://127.0.0.1.example.org", NULL },
  { "http://10.0.0.1", NULL },
  { "http://[2001:db8::1]", NULL },
  { "http://notlocalhost", NULL },
  { "ftp://host", NULL },
  { "file:///etc/passwd", NULL },
  { "javascript://host", NULL },
  { "user:secret@host", NULL },
  { "https://user:secret@host/", NULL },
  { "https://user@host/", NULL },
  { "https://:secret@host/", NULL },
  { "https://host/?a=b", NULL },
  { "https://host/#a", NULL },
  { "https://host:0/", NULL },
  { "https://host:65536/", NULL },
  { "https://host:port/", NULL },
  { "https://ho st/", NULL },
  { "https://ho\nst/", NULL },
  { "https://host..org/", NULL },
  { "https://.host/", NULL },
  { "https://ho%00st/", NULL },
  { "https://ho%2fst/", NULL },
  { "\xff\xfe", NULL },
};

static void
test_normalize (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = iw_sync_account_normalize_url (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (url, ==, cases[i].url);
      if (cases[i].url == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      else
        g_assert_no_error (error);
    }
}

/* A normal form is its own normal form, and libsoup takes it. */
static void
test_twice (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *again = NULL;

      if (cases[i].url == NULL)
        continue;
      again = iw_sync_account_normalize_url (cases[i].url, NULL);
      g_assert_cmpstr (again, ==, cases[i].url);
      g_assert_true (g_uri_is_valid (again, G_URI_FLAGS_NONE, NULL));
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (3000, 'a');

  g_assert_null (iw_sync_account_normalize_url (text, NULL));
}

/* What is said of an address must not repeat a password. */
static void
test_secret (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iw_sync_account_normalize_url ("https://a:hunter2@host/", &error));
  g_assert_null (strstr (error->message, "hunter2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync-url/normalize", test_normalize);
  g_test_add_func ("/sync-url/twice", test_twice);
  g_test_add_func ("/sync-url/long", test_long);
  g_test_add_func ("/sync-url/secret", test_secret);
  return g_test_run ();
}
