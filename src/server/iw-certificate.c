#include "config.h"

#include "iw-certificate.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#include "iw-password.h"

#define TEN_YEARS_S (60 * 60 * 24 * 3652)
/* Clients' clocks are not all right. */
#define BEFORE_S (60 * 60 * 24)

static gboolean
check (int code, GError **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The certificate could not be made: %s",
               gnutls_strerror (code));
  return FALSE;
}

static gboolean
add_name (gnutls_x509_crt_t certificate, const char *name, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (name);

  if (address == NULL)
    return check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, name,
                                                        strlen (name), GNUTLS_FSAN_APPEND),
                  error);
  return check (gnutls_x509_crt_set_subject_alt_name (
                    certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
                    g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND),
                error);
}

static gboolean
fill_in (gnutls_x509_crt_t certificate,
         gnutls_x509_privkey_t key,
         const char *const *names,
         GError **error)
{
  time_t now = time (NULL);
  guint8 serial[16];

  iw_secret_random (serial, sizeof serial);
  serial[0] &= 0x7f;
  for (guint i = 0; names[i] != NULL; i++)
    if (!add_name (certificate, names[i], error))
      return FALSE;
  return check (gnutls_x509_crt_set_version (certificate, 3), error) &&
         check (gnutls_x509_crt_set_key (certificate, key), error) &&
         check (gnutls_x509_crt_set_serial (certificate, serial, sizeof serial), error) &&
         check (gnutls_x509_crt_set_activation_time (certificate, now - BEFORE_S), error) &&
         check (gnutls_x509_crt_set_expiration_time (certificate, now + TEN_YEARS_S), error) &&
         check (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                               names[0], MIN (strlen (names[0]), 64)),
                error) &&
         check (gnutls_x509_crt_set_basic_constraints (certificate, 0, -1), error) &&
         check (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE), error) &&
         check (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0),
                error) &&
         check (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0), error);
}

static char *
take_text (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *)datum->data, datum->size);

  explicit_bzero (datum->data, datum->size);
  gnutls_free (datum->data);
  return text;
}

gboolean
iw_certificate_make (const char *const *names, char **certificate, char **key, GError **error)
{
  gnutls_x509_privkey_t private = NULL;
  gnutls_x509_crt_t public = NULL;
  gnutls_datum_t private_pem = { 0 };
  gnutls_datum_t public_pem = { 0 };
  gboolean ok =
      check (gnutls_x509_privkey_init (&private), error) &&
      check (gnutls_x509_crt_init (&public), error) &&
      check (gnutls_x509_privkey_generate (private, GNUTLS_PK_ECDSA,
                                           GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
             error) &&
      fill_in (public, private, names, error) &&
      check (gnutls_x509_privkey_export2_pkcs8 (private, GNUTLS_X509_FMT_PEM, NULL,
                                                GNUTLS_PKCS_PLAIN, &private_pem),
             error) &&
      check (gnutls_x509_crt_export2 (public, GNUTLS_X509_FMT_PEM, &public_pem), error);

  if (ok)
    {
      *key = take_text (&private_pem);
      *certificate = take_text (&public_pem);
    }
  g_clear_pointer (&private, gnutls_x509_privkey_deinit);
  g_clear_pointer (&public, gnutls_x509_crt_deinit);
  return ok;
}

char *
iw_certificate_fingerprint (const char *path, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, error);
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *hash = NULL;
  GString *text;

  if (certificate == NULL)
    return NULL;
  g_object_get (certificate, "certificate", &der, NULL);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  text = g_string_new (NULL);
  for (guint i = 0; hash[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hash[i]));
    }
  return g_string_free (text, FALSE);
}
