#include "config.h"

#include "iw-rate.h"

#define BUCKET_S 10

typedef struct
{
  double left;
  gint64 at;
} Bucket;

struct _IwRate
{
  guint per_second;
  guint max;
  GHashTable *buckets; /* address → Bucket */
};

IwRate *
iw_rate_new (guint per_second, guint max)
{
  IwRate *self = g_new0 (IwRate, 1);

  self->per_second = per_second;
  self->max = max;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
iw_rate_free (IwRate *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static gboolean
is_full_by (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *)now - ((Bucket *)value)->at > BUCKET_S * G_USEC_PER_SEC;
}

gboolean
iw_rate_take (IwRate *self, const char *address, gint64 now)
{
  double whole = (double)self->per_second * BUCKET_S;
  Bucket *bucket;

  if (self->per_second == 0)
    return TRUE;
  bucket = g_hash_table_lookup (self->buckets, address);
  if (bucket == NULL)
    {
      /* A bucket that is full again need not be remembered; of the others all start anew. */
      if (g_hash_table_size (self->buckets) >= self->max &&
          g_hash_table_foreach_remove (self->buckets, is_full_by, &now) == 0)
        g_hash_table_remove_all (self->buckets);
      bucket = g_new0 (Bucket, 1);
      bucket->left = whole;
      bucket->at = now;
      g_hash_table_insert (self->buckets, g_strdup (address), bucket);
    }
  bucket->left =
      MIN (whole, bucket->left + (double)(now - bucket->at) * self->per_second / G_USEC_PER_SEC);
  bucket->at = now;
  if (bucket->left < 1)
    return FALSE;
  bucket->left -= 1;
  return TRUE;
}
