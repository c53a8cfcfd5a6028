/* iw-fingerprint.c: SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, 2012) */
#include "iw-fingerprint.h"

#include "iw-id.h"

#include <string.h>

typedef struct
{
  guint64 v0, v1, v2, v3;
} State;

static inline guint64
rotate (guint64 x, guint n)
{
  return (x << n) | (x >> (64 - n));
}

static inline void
sip_round (State *s)
{
  s->v0 += s->v1;
  s->v1 = rotate (s->v1, 13) ^ s->v0;
  s->v0 = rotate (s->v0, 32);
  s->v2 += s->v3;
  s->v3 = rotate (s->v3, 16) ^ s->v2;
  s->v0 += s->v3;
  s->v3 = rotate (s->v3, 21) ^ s->v0;
  s->v2 += s->v1;
  s->v1 = rotate (s->v1, 17) ^ s->v2;
  s->v2 = rotate (s->v2, 32);
}

static inline void
absorb (State *s, guint64 m)
{
  s->v3 ^= m;
  sip_round (s);
  sip_round (s);
  s->v0 ^= m;
}

static guint64
squeeze (State *s)
{
  for (guint i = 0; i < 4; i++)
    sip_round (s);
  return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

void
iw_fingerprint_key_init (IwFingerprintKey *key)
{
  const IwContext *context = iw_context_system ();

  context->random ((guint8 *)key, sizeof *key, context->data);
}

void
iw_fingerprint (const IwFingerprintKey *key, const char *data, gsize length, guint8 out[16])
{
  State s = { key->k0 ^ G_GUINT64_CONSTANT (0x736f6d6570736575),
              key->k1 ^ G_GUINT64_CONSTANT (0x646f72616e646f6d) ^ 0xee,
              key->k0 ^ G_GUINT64_CONSTANT (0x6c7967656e657261),
              key->k1 ^ G_GUINT64_CONSTANT (0x7465646279746573) };
  gsize i;
  guint64 word, tail = 0;

  for (i = 0; i + 8 <= length; i += 8)
    {
      memcpy (&word, data + i, 8);
      absorb (&s, GUINT64_FROM_LE (word));
    }
  memcpy (&tail, data + i, length - i);
  absorb (&s, GUINT64_FROM_LE (tail) | (guint64)length << 56);
  s.v2 ^= 0xee;
  word = GUINT64_TO_LE (squeeze (&s));
  memcpy (out, &word, 8);
  s.v1 ^= 0xdd;
  word = GUINT64_TO_LE (squeeze (&s));
  memcpy (out + 8, &word, 8);
}
