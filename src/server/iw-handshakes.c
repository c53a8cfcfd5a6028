#include "config.h"

#include "iw-handshakes.h"

typedef struct
{
  GSourceOnceFunc func;
  gpointer who;
} Waiting;

/* An address with somebody in it. */
typedef struct
{
  GHashTable *going; /* who */
  GQueue waiting;    /* (Waiting) */
} Place;

struct _IwHandshakes
{
  GHashTable *places; /* address → Place */
  guint max;
};

static void
place_free (gpointer data)
{
  Place *place = data;

  g_hash_table_unref (place->going);
  g_queue_clear_full (&place->waiting, g_free);
  g_free (place);
}

IwHandshakes *
iw_handshakes_new (guint max)
{
  IwHandshakes *self = g_new0 (IwHandshakes, 1);

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
  self->max = max;
  return self;
}

void
iw_handshakes_free (IwHandshakes *self)
{
  g_hash_table_unref (self->places);
  g_free (self);
}

static Place *
get_place (IwHandshakes *self, const char *address)
{
  Place *place = g_hash_table_lookup (self->places, address);

  if (place != NULL)
    return place;
  place = g_new0 (Place, 1);
  place->going = g_hash_table_new (NULL, NULL);
  g_queue_init (&place->waiting);
  g_hash_table_insert (self->places, g_strdup (address), place);
  return place;
}

void
iw_handshakes_enter (IwHandshakes *self, const char *address, GSourceOnceFunc func, gpointer who)
{
  Place *place = get_place (self, address);
  Waiting *waiting;

  if (g_hash_table_size (place->going) < self->max)
    {
      g_hash_table_add (place->going, who);
      func (who);
      return;
    }
  waiting = g_new (Waiting, 1);
  *waiting = (Waiting){ func, who };
  g_queue_push_tail (&place->waiting, waiting);
}

static void
stop_waiting (Place *place, gpointer who)
{
  for (GList *l = place->waiting.head; l != NULL; l = l->next)
    if (((Waiting *)l->data)->who == who)
      {
        g_free (l->data);
        g_queue_delete_link (&place->waiting, l);
        return;
      }
}

void
iw_handshakes_leave (IwHandshakes *self, const char *address, gpointer who)
{
  Place *place = g_hash_table_lookup (self->places, address);
  g_autofree Waiting *next = NULL;

  if (place == NULL)
    return;
  if (g_hash_table_remove (place->going, who))
    next = g_queue_pop_head (&place->waiting);
  else
    stop_waiting (place, who);
  if (next != NULL)
    {
      g_hash_table_add (place->going, next->who);
      next->func (next->who);
    }
  else if (g_hash_table_size (place->going) == 0)
    g_hash_table_remove (self->places, address);
}
