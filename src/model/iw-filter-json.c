/* A filter as a JSON object:
 *
 *   {"kinds": ["observation", "machine"], "sources": [], "actors": [], "teams": [],
 *    "min_confidence": "medium", "key_only": true, "text": "", "events": "collapsed",
 *    "start": "2026-11-03T03:04:00.000000Z", "end": …, "hide_duplicates": true}
 *
 * Each member may be absent, which restricts nothing. */
#include "iw-filter-private.h"
#include "iw-model-error.h"
#include "iw-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_VALUES 10000
#define MAX_VALUE (64 * 1024)
#define MACHINE "machine"

static const char *const modes[] = { "collapsed", "shown", "hidden" };

static void
kinds_to_json (const IwFilter *self, JsonObject *object)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (int i = 0; i < IW_N_ENTRY_KINDS; i++)
    if (self->kinds & (1u << i))
      g_strv_builder_add (builder, iw_entry_kind_to_string (i));
  if (self->machine)
    g_strv_builder_add (builder, MACHINE);
  names = g_strv_builder_end (builder);
  iw_model_json_set_strings (object, "kinds", (const char *const *)names);
}

static void
set_flag (JsonObject *object, const char *name, gboolean value)
{
  if (value)
    json_object_set_boolean_member (object, name, TRUE);
}

JsonObject *
iw_filter_to_json (const IwFilter *self)
{
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  kinds_to_json (self, object);
  iw_model_json_set_strings (object, "sources", (const char *const *)self->sources);
  iw_model_json_set_strings (object, "actors", (const char *const *)self->actors);
  iw_model_json_set_strings (object, "teams", (const char *const *)self->teams);
  iw_model_json_set_string (object, "min_confidence",
                            iw_confidence_to_string (self->min_confidence));
  set_flag (object, "key_only", self->key_only);
  iw_model_json_set_string (object, "text", self->text);
  if (self->start != self->end)
    {
      iw_model_json_set_time (object, "start", (IwTime){ self->start, IW_PRECISION_MICROSECOND });
      iw_model_json_set_time (object, "end", (IwTime){ self->end, IW_PRECISION_MICROSECOND });
    }
  json_object_set_string_member (object, "events", modes[self->events_mode]);
  set_flag (object, "hide_duplicates", self->hide_duplicates);
  return object;
}

static gboolean
check (JsonObject *object, GError **error)
{
  static const char *const sets[] = { "kinds", "sources", "actors", "teams", NULL };

  for (guint i = 0; sets[i] != NULL; i++)
    if (!iw_model_json_check_strings (object, sets[i], MAX_VALUES, MAX_VALUE, error))
      return FALSE;
  return iw_model_json_check_string (object, "min_confidence", MAX_VALUE, error) &&
         iw_model_json_check_boolean (object, "key_only", error) &&
         iw_model_json_check_string (object, "text", MAX_VALUE, error) &&
         iw_model_json_check_time (object, "start", error) &&
         iw_model_json_check_time (object, "end", error) &&
         iw_model_json_check_string (object, "events", MAX_VALUE, error) &&
         iw_model_json_check_boolean (object, "hide_duplicates", error);
}

static void
read_kinds (IwFilter *self, JsonObject *object)
{
  g_auto (GStrv) names = iw_model_json_get_strings (object, "kinds");

  for (guint i = 0; names[i] != NULL; i++)
    {
      /* The kinds of a newer version are the unknown ones of this. */
      if (strcmp (names[i], MACHINE) == 0)
        self->machine = TRUE;
      else
        self->kinds |= 1u << iw_entry_kind_from_string (names[i]);
    }
}

static gboolean
read_range (IwFilter *self, JsonObject *object, GError **error)
{
  IwTime start = iw_model_json_get_time (object, "start");
  IwTime end = iw_model_json_get_time (object, "end");

  if (!iw_time_is_set (start) && !iw_time_is_set (end))
    return TRUE;
  /* One end alone is open at the other. */
  start.us = iw_time_is_set (start) ? start.us : IW_TIME_MIN;
  end.us = iw_time_is_set (end) ? end.us : IW_TIME_MAX;
  if (start.us > end.us)
    {
      g_set_error_literal (error, IW_MODEL_ERROR, IW_MODEL_ERROR_INVALID,
                           _ ("Field “end” lies before “start”"));
      return FALSE;
    }
  iw_filter_set_range (self, start.us, end.us);
  return TRUE;
}

static gboolean
read_flag (JsonObject *object, const char *name)
{
  JsonNode *node = iw_model_json_get (object, name);

  return node != NULL && json_node_get_boolean (node);
}

static void
read_set (JsonObject *object,
          const char *name,
          IwFilter *self,
          void (*set) (IwFilter *, const char *const *))
{
  g_auto (GStrv) values = iw_model_json_get_strings (object, name);

  set (self, (const char *const *)values);
}

IwFilter *
iw_filter_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (IwFilter) self = NULL;
  const char *mode;

  g_return_val_if_fail (object != NULL, NULL);

  if (!check (object, error))
    return NULL;
  self = iw_filter_new ();
  if (!read_range (self, object, error))
    return NULL;
  read_kinds (self, object);
  read_set (object, "sources", self, iw_filter_set_sources);
  read_set (object, "actors", self, iw_filter_set_actors);
  read_set (object, "teams", self, iw_filter_set_teams);
  iw_filter_set_text (self, iw_model_json_get_string (object, "text"));
  self->min_confidence =
      iw_confidence_from_string (iw_model_json_get_string (object, "min_confidence"));
  self->key_only = read_flag (object, "key_only");
  self->hide_duplicates = read_flag (object, "hide_duplicates");
  mode = iw_model_json_get_string (object, "events");
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_strcmp0 (mode, modes[i]) == 0)
      self->events_mode = i;
  return g_steal_pointer (&self);
}
