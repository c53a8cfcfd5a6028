#include "iw-id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define IW_UUID_LENGTH 36

static gint64
system_now (gpointer data)
{
  return g_get_real_time ();
}

static void
system_random (guint8 *bytes, gsize n, gpointer data)
{
  while (n > 0)
    {
      gssize got = getrandom (bytes, MIN (n, 256), 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0) /* a sandbox that forbids the call: GLib's generator must do */
        {
          for (gsize i = 0; i < n; i++)
            bytes[i] = g_random_int_range (0, 256);
          return;
        }
      bytes += got;
      n -= got;
    }
}

const IwContext *
iw_context_system (void)
{
  static const IwContext context = { system_now, system_random, NULL };

  return &context;
}

/* The context and what it counts on, in one piece so that g_free() frees it whole. */
typedef struct
{
  IwContext context;
  gint64 time;
  gint64 step;
  guint64 state;
} FakeContext;

static gint64
fake_now (gpointer data)
{
  FakeContext *self = data;
  gint64 time = self->time;

  self->time += self->step;
  return time;
}

/* A 64-bit linear congruential generator (constants of Knuth's MMIX); its high bits are used. */
static void
fake_random (guint8 *bytes, gsize n, gpointer data)
{
  FakeContext *self = data;

  for (gsize i = 0; i < n; i++)
    {
      self->state = self->state * G_GUINT64_CONSTANT (6364136223846793005) +
                    G_GUINT64_CONSTANT (1442695040888963407);
      bytes[i] = self->state >> 56;
    }
}

IwContext *
iw_context_new_fake (gint64 start, gint64 step, guint32 seed)
{
  FakeContext *self = g_new0 (FakeContext, 1);

  self->context = (IwContext){ fake_now, fake_random, self };
  self->time = start;
  self->step = step;
  self->state = seed;
  return &self->context;
}

gint64
iw_context_now (const IwContext *context)
{
  g_return_val_if_fail (context != NULL, 0);

  return context->now (context->data);
}

/* RFC 9562 section 5.7, with the part of the millisecond in rand_a (section 6.2, method 3), so that
 * the ids of one millisecond still sort by when they were made. */
static void
make_uuid_bytes (const IwContext *context, guint8 bytes[16])
{
  gint64 now = MAX (iw_context_now (context), 0);
  guint64 ms = now / 1000;
  guint fraction = (now % 1000) * 4096 / 1000;

  context->random (bytes, 16, context->data);
  for (int i = 0; i < 6; i++)
    bytes[i] = ms >> (40 - 8 * i);
  bytes[6] = 0x70 | (fraction >> 8);
  bytes[7] = fraction & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
}

char *
iw_id_new (const IwContext *context)
{
  static const char hex[] = "0123456789abcdef";
  guint8 bytes[16];
  char *text, *p;

  g_return_val_if_fail (context != NULL, NULL);

  make_uuid_bytes (context, bytes);
  text = p = g_malloc (IW_UUID_LENGTH + 1);
  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[bytes[i] >> 4];
      *p++ = hex[bytes[i] & 0xf];
    }
  *p = '\0';
  return text;
}

char *
iw_id_new_document (const IwContext *context, const char *incident, const char *kind)
{
  g_autofree char *uuid = NULL;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (kind != NULL && *kind != '\0', NULL);

  uuid = iw_id_new (context);
  return g_strconcat (incident != NULL ? incident : "workspace", ":", kind, "-", uuid, NULL);
}

char *
iw_id_incident_document (const char *incident)
{
  g_return_val_if_fail (incident != NULL, NULL);

  return g_strconcat (incident, ":incident", NULL);
}

/* Whether @text begins with the canonical form of a UUID. */
static gboolean
starts_with_uuid (const char *text)
{
  for (int i = 0; i < IW_UUID_LENGTH; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text[i];

      if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
        return FALSE;
    }
  return TRUE;
}

char *
iw_id_incident_of (const char *docid)
{
  if (docid == NULL || !starts_with_uuid (docid) || docid[IW_UUID_LENGTH] != ':' ||
      docid[IW_UUID_LENGTH + 1] == '\0')
    return NULL;
  return g_strndup (docid, IW_UUID_LENGTH);
}

gboolean
iw_id_is_uuid (const char *text)
{
  return text != NULL && starts_with_uuid (text) && text[IW_UUID_LENGTH] == '\0';
}
