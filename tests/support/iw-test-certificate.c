#include "iw-test-certificate.h"

#include <gnutls/x509.h>
#include <time.h>

static void
check (int code)
{
  g_assert_cmpint (code, >=, 0);
}

GTlsCertificate *
iw_test_certificate (gint64 from, gint64 until)
{
  static const guint8 loopback[4] = { 127, 0, 0, 1 };
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t crt;
  gnutls_datum_t pem_key, pem_crt;
  g_autofree char *both = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  guint32 serial = g_random_int () >> 1 | 1;

  check (gnutls_x509_privkey_init (&key));
  check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
  check (gnutls_x509_crt_init (&crt));
  check (gnutls_x509_crt_set_version (crt, 3));
  check (gnutls_x509_crt_set_serial (crt, &serial, sizeof serial));
  check (gnutls_x509_crt_set_activation_time (crt, time (NULL) + from));
  check (gnutls_x509_crt_set_expiration_time (crt, time (NULL) + until));
  check (gnutls_x509_crt_set_dn (crt, "CN=localhost", NULL));
  check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, "localhost", 9,
                                               GNUTLS_FSAN_SET));
  check (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback,
                                               GNUTLS_FSAN_APPEND));
  check (gnutls_x509_crt_set_key (crt, key));
  check (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0));
  check (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &pem_crt));
  check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                            &pem_key));
  both = g_strdup_printf ("%s%s", (char *)pem_crt.data, (char *)pem_key.data);
  certificate = g_tls_certificate_new_from_pem (both, -1, &error);
  g_assert_no_error (error);
  gnutls_free (pem_crt.data);
  gnutls_free (pem_key.data);
  gnutls_x509_crt_deinit (crt);
  gnutls_x509_privkey_deinit (key);
  return certificate;
}
