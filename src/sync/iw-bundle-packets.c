/* The first packets of an OpenPGP message (RFC 9580 sections 4.2 and 5): enough to tell what it
 * takes to open it. */
#include "config.h"

#include "iw-bundle-private.h"

#define PKESK 1 /* a session key for a public key */
#define SIGNATURE 2
#define SKESK 3 /* a session key for a passphrase */
#define ONE_PASS_SIGNATURE 4
#define COMPRESSED 8
#define ENCRYPTED 9
#define MARKER 10
#define LITERAL 11
#define ENCRYPTED_PROTECTED 18
#define ENCRYPTED_AEAD 20

#define MAX_PACKETS 1000

/* A header at *@at, which moves behind it; *@length of what follows, 0 where that is not told
 * beforehand. */
static gboolean
read_header (const guint8 *bytes, gsize n, gsize *at, guint *tag, gsize *length)
{
  gsize n_length, i = *at;
  guint8 first;

  if (i >= n || (bytes[i] & 0x80) == 0)
    return FALSE;
  first = bytes[i++];
  *length = 0;
  if (first & 0x40)
    {
      *tag = first & 0x3f;
      if (i >= n)
        return FALSE;
      first = bytes[i++];
      n_length = first < 192 ? 0 : first < 224 ? 1 : first == 255 ? 4 : 0;
      if (first < 192)
        *length = first;
      else if (first < 224)
        *length = ((first - 192) << 8) + 192;
    }
  else
    {
      *tag = (first >> 2) & 0xf;
      n_length = (first & 3) == 3 ? 0 : (gsize)1 << (first & 3);
      first = 255;
    }
  if (n - i < n_length)
    return FALSE;
  if (first == 255)
    for (gsize j = 0; j < n_length; j++)
      *length = *length << 8 | bytes[i + j];
  else if (n_length == 1)
    *length += bytes[i];
  *at = i + n_length;
  return TRUE;
}

void
iw_bundle_look_at_packets (const guint8 *bytes, gsize n, IwBundlePackets *packets)
{
  gsize at = 0, length;
  guint tag;

  for (guint i = 0; i < MAX_PACKETS && read_header (bytes, n, &at, &tag, &length); i++)
    {
      packets->for_keys |= tag == PKESK;
      packets->by_passphrase |= tag == SKESK;
      packets->encrypted |= tag == PKESK || tag == SKESK || tag == ENCRYPTED ||
                            tag == ENCRYPTED_PROTECTED || tag == ENCRYPTED_AEAD;
      packets->openpgp |= packets->encrypted || tag == SIGNATURE || tag == ONE_PASS_SIGNATURE ||
                          tag == COMPRESSED || tag == LITERAL;
      if ((tag != PKESK && tag != SKESK && tag != MARKER) || length > n - at)
        return;
      at += length;
    }
}
