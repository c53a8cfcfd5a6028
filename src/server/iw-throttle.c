#include "config.h"

#include "iw-throttle.h"

#include <gio/gio.h>
#include <string.h>

#define FORGET_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* How many failures are free, and the longest wait after more. */
typedef struct
{
  guint free;
  guint longest_s;
} Patience;

static const Patience with_both = { 5, 60 };
static const Patience with_address = { 20, 60 };
static const Patience with_name = { 50, 5 };

typedef struct
{
  guint n_failed;
  gint64 last;
} Record;

struct _IwThrottle
{
  const IwContext *context;
  GHashTable *records; /* key → Record */
  guint max;
};

IwThrottle *
iw_throttle_new (const IwContext *context, guint max)
{
  IwThrottle *self = g_new0 (IwThrottle, 1);

  self->context = context;
  self->max = max;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
iw_throttle_free (IwThrottle *self)
{
  g_hash_table_unref (self->records);
  g_free (self);
}

/* Whoever has one IPv6 address has all of its network. */
static char *
place_of (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  guint8 bytes[16];
  g_autoptr (GInetAddress) network = NULL;

  if (inet == NULL || g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (address);
  memcpy (bytes, g_inet_address_to_bytes (inet), sizeof bytes);
  if (memcmp (bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) != 0)
    memset (bytes + 8, 0, 8);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}

static guint
wait_of (IwThrottle *self, const char *key, const Patience *patience, gint64 now)
{
  Record *record = g_hash_table_lookup (self->records, key);
  guint over;
  gint64 wait_us;
  gint64 left;

  if (record == NULL || record->n_failed < patience->free || now - record->last > FORGET_US)
    return 0;
  over = MIN (record->n_failed - patience->free, 10);
  wait_us = MIN (1u << over, patience->longest_s) * G_USEC_PER_SEC;
  left = record->last + wait_us - now;
  return left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

guint
iw_throttle_wait (IwThrottle *self, const char *name, const char *address)
{
  gint64 now = iw_context_now (self->context);
  g_autofree char *place = place_of (address);
  g_autofree char *both = g_strdup_printf ("b%s %s", place, name != NULL ? name : "");
  g_autofree char *from = g_strconcat ("a", place, NULL);
  g_autofree char *of = g_strconcat ("n", name, NULL);
  guint wait =
      MAX (wait_of (self, both, &with_both, now), wait_of (self, from, &with_address, now));

  return name != NULL ? MAX (wait, wait_of (self, of, &with_name, now)) : wait;
}

static gboolean
is_forgotten (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *)now - ((Record *)value)->last > FORGET_US;
}

/* Makes room: what is over, else what failed longest ago. */
static void
make_room (IwThrottle *self, gint64 now)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  gpointer oldest = NULL;
  gint64 when = G_MAXINT64;

  if (g_hash_table_size (self->records) < self->max)
    return;
  if (g_hash_table_foreach_remove (self->records, is_forgotten, &now) > 0)
    return;
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Record *)value)->last < when)
      {
        oldest = key;
        when = ((Record *)value)->last;
      }
  if (oldest != NULL)
    g_hash_table_remove (self->records, oldest);
}

static void
note (IwThrottle *self, char *key, gint64 now)
{
  Record *record = g_hash_table_lookup (self->records, key);

  if (record == NULL)
    {
      make_room (self, now);
      record = g_new0 (Record, 1);
      g_hash_table_insert (self->records, g_strdup (key), record);
    }
  if (now - record->last > FORGET_US)
    record->n_failed = 0;
  record->n_failed++;
  record->last = now;
  g_free (key);
}

void
iw_throttle_failed (IwThrottle *self, const char *name, const char *address)
{
  gint64 now = iw_context_now (self->context);
  g_autofree char *place = place_of (address);

  note (self, g_strdup_printf ("b%s %s", place, name != NULL ? name : ""), now);
  note (self, g_strconcat ("a", place, NULL), now);
  if (name != NULL)
    note (self, g_strconcat ("n", name, NULL), now);
}

void
iw_throttle_succeeded (IwThrottle *self, const char *name, const char *address)
{
  g_autofree char *place = place_of (address);
  g_autofree char *both = g_strdup_printf ("b%s %s", place, name);

  g_hash_table_remove (self->records, both);
}

guint
iw_throttle_size (IwThrottle *self)
{
  return g_hash_table_size (self->records);
}
