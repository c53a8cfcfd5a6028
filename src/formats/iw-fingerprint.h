/* iw-fingerprint.h: 128 bits by which equal records are found.
 *
 * SipHash-2-4 with a key of its own for each use: nobody can prepare a file whose different records
 * look like duplicates of each other.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 k0, k1;
} IwFingerprintKey;

/* A key from the system's random source. */
void
iw_fingerprint_key_init (IwFingerprintKey *key);
/* The fingerprint of @length bytes at @data. */
void
iw_fingerprint (const IwFingerprintKey *key, const char *data, gsize length, guint8 out[16]);

G_END_DECLS
