#include "iw-filter.h"

#include "iw-filter-private.h"

#include <stdlib.h>
#include <string.h>

#define ALL_KINDS ((1u << IW_N_ENTRY_KINDS) - 1)

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* A set of its own: sorted, each value once, so that equal sets are equal arrays. */
static char **
make_set (const char *const *values)
{
  char **set = values != NULL ? g_strdupv ((char **)values) : g_new0 (char *, 1);
  guint n = g_strv_length (set), kept = 0;

  qsort (set, n, sizeof *set, compare_strings);
  for (guint i = 0; i < n; i++)
    {
      if (kept > 0 && strcmp (set[kept - 1], set[i]) == 0)
        g_free (set[i]);
      else
        set[kept++] = set[i];
    }
  set[kept] = NULL;
  return set;
}

static void
replace_set (char ***place, const char *const *values)
{
  char **set = make_set (values);

  g_strfreev (*place);
  *place = set;
}

IwFilter *
iw_filter_new (void)
{
  IwFilter *self = g_new0 (IwFilter, 1);

  self->sources = make_set (NULL);
  self->actors = make_set (NULL);
  self->teams = make_set (NULL);
  self->text = g_strdup ("");
  return self;
}

IwFilter *
iw_filter_copy (const IwFilter *self)
{
  IwFilter *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->sources = g_strdupv (self->sources);
  copy->actors = g_strdupv (self->actors);
  copy->teams = g_strdupv (self->teams);
  copy->text = g_strdup (self->text);
  return copy;
}

void
iw_filter_free (IwFilter *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->sources);
  g_strfreev (self->actors);
  g_strfreev (self->teams);
  g_free (self->text);
  g_free (self);
}

static gboolean
equal_sets (char **a, char **b)
{
  return g_strv_equal ((const char *const *)a, (const char *const *)b);
}

gboolean
iw_filter_equal (const IwFilter *a, const IwFilter *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kinds == b->kinds && a->machine == b->machine &&
         a->min_confidence == b->min_confidence && a->key_only == b->key_only &&
         a->start == b->start && a->end == b->end && a->events_mode == b->events_mode &&
         a->hide_duplicates == b->hide_duplicates && strcmp (a->text, b->text) == 0 &&
         equal_sets (a->sources, b->sources) && equal_sets (a->actors, b->actors) &&
         equal_sets (a->teams, b->teams);
}

gboolean
iw_filter_is_empty (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->kinds == 0 && !self->machine && self->sources[0] == NULL &&
         self->actors[0] == NULL && self->teams[0] == NULL &&
         self->min_confidence == IW_CONFIDENCE_UNSET && !self->key_only && *self->text == '\0' &&
         self->start == self->end && !self->hide_duplicates;
}

void
iw_filter_set_kinds (IwFilter *self, guint32 kinds_mask, gboolean machine)
{
  g_return_if_fail (self != NULL);

  self->kinds = kinds_mask & ALL_KINDS;
  self->machine = !!machine;
}

guint32
iw_filter_get_kinds (const IwFilter *self, gboolean *machine)
{
  g_return_val_if_fail (self != NULL, 0);

  if (machine != NULL)
    *machine = self->machine;
  return self->kinds;
}

void
iw_filter_set_sources (IwFilter *self, const char *const *sources)
{
  g_return_if_fail (self != NULL);

  replace_set (&self->sources, sources);
}

const char *const *
iw_filter_get_sources (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->sources;
}

void
iw_filter_set_actors (IwFilter *self, const char *const *actors)
{
  g_return_if_fail (self != NULL);

  replace_set (&self->actors, actors);
}

const char *const *
iw_filter_get_actors (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->actors;
}

void
iw_filter_set_teams (IwFilter *self, const char *const *teams)
{
  g_return_if_fail (self != NULL);

  replace_set (&self->teams, teams);
}

const char *const *
iw_filter_get_teams (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->teams;
}

void
iw_filter_set_min_confidence (IwFilter *self, IwConfidence confidence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint)confidence < IW_N_CONFIDENCES);

  self->min_confidence = confidence;
}

IwConfidence
iw_filter_get_min_confidence (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, IW_CONFIDENCE_UNSET);

  return self->min_confidence;
}

void
iw_filter_set_key_only (IwFilter *self, gboolean key_only)
{
  g_return_if_fail (self != NULL);

  self->key_only = !!key_only;
}

gboolean
iw_filter_get_key_only (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->key_only;
}

void
iw_filter_set_text (IwFilter *self, const char *text)
{
  char *copy;

  g_return_if_fail (self != NULL);

  copy = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_free (self->text);
  self->text = g_strstrip (copy);
}

const char *
iw_filter_get_text (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->text;
}

void
iw_filter_set_range (IwFilter *self, gint64 start, gint64 end)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (start <= end);

  start = CLAMP (start, IW_TIME_MIN, IW_TIME_MAX);
  end = CLAMP (end, IW_TIME_MIN, IW_TIME_MAX);
  /* All ranges that restrict nothing are one, so that they compare as equal. */
  self->start = start == end ? 0 : start;
  self->end = start == end ? 0 : end;
}

gboolean
iw_filter_get_range (const IwFilter *self, gint64 *start, gint64 *end)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (start != NULL)
    *start = self->start;
  if (end != NULL)
    *end = self->end;
  return self->start != self->end;
}

void
iw_filter_set_events_mode (IwFilter *self, IwEventsMode mode)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint)mode <= IW_EVENTS_HIDDEN);

  self->events_mode = mode;
}

IwEventsMode
iw_filter_get_events_mode (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, IW_EVENTS_COLLAPSED);

  return self->events_mode;
}

void
iw_filter_set_hide_duplicates (IwFilter *self, gboolean hide)
{
  g_return_if_fail (self != NULL);

  self->hide_duplicates = !!hide;
}

gboolean
iw_filter_get_hide_duplicates (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->hide_duplicates;
}

gboolean
iw_filter_admits_events (const IwFilter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->events_mode != IW_EVENTS_HIDDEN && (self->kinds == 0 || self->machine) &&
         self->teams[0] == NULL && self->min_confidence == IW_CONFIDENCE_UNSET && !self->key_only;
}
