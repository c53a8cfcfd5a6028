/* When the workspace was last brought to the same state as its server, and what stood in the way
 * since: kept in it, for whoever asks without a replicator. */
#include "config.h"

#include "iw-replicator-private.h"

#include "iw-model-json.h"

#define NOTED_ID IW_SYNC_CHECKPOINT_PREFIX "synced"
#define NOTE_EVERY (60 * (gint64)G_USEC_PER_SEC)

static gint64
read_int (IwStore *store, const char *name)
{
  g_autoptr (JsonObject) body = iw_store_get_local (store, NOTED_ID, NULL);

  return body != NULL ? json_object_get_int_member_with_default (body, name, 0) : 0;
}

gint64
iw_replicator_last_synced (IwStore *store)
{
  return read_int (store, "at");
}

char *
iw_replicator_last_failure (IwStore *store, gint64 *at)
{
  g_autoptr (JsonObject) body = iw_store_get_local (store, NOTED_ID, NULL);
  const char *message = body != NULL ? iw_model_json_get_string (body, "failure") : NULL;

  *at = message != NULL ? json_object_get_int_member_with_default (body, "failed_at", 0) : 0;
  return g_strdup (message);
}

gint64
iw_replicator_count_waiting (IwStore *store)
{
  return iw_peer_count_changes (store, read_int (store, "seq"));
}

/* Now and then, and whenever something went over or had failed before. */
void
iw_replicator_note_synced (IwReplicator *self, gint64 seq, gboolean moved)
{
  gint64 now = g_get_monotonic_time (), failed_at;
  g_autofree char *failure = iw_replicator_last_failure (self->store, &failed_at);
  g_autoptr (JsonObject) body = NULL;

  self->synced_at = iw_context_now (iw_store_get_context (self->store));
  if (self->noted_at != 0 && now - self->noted_at < NOTE_EVERY && !moved && failure == NULL)
    return;
  body = json_object_new ();
  json_object_set_int_member (body, "at", self->synced_at);
  json_object_set_int_member (body, "seq", seq);
  if (iw_store_put_local (self->store, NOTED_ID, body, NULL))
    self->noted_at = now;
}

/* Since when stays as it is while something stands in the way, whatever it is by now. */
void
iw_replicator_note_failure (IwReplicator *self, const char *message)
{
  g_autoptr (JsonObject) body = iw_store_get_local (self->store, NOTED_ID, NULL);

  if (body == NULL)
    body = json_object_new ();
  if (g_strcmp0 (iw_model_json_get_string (body, "failure"), message) == 0)
    return;
  if (!json_object_has_member (body, "failed_at"))
    json_object_set_int_member (body, "failed_at",
                                iw_context_now (iw_store_get_context (self->store)));
  json_object_set_string_member (body, "failure", message);
  iw_store_put_local (self->store, NOTED_ID, body, NULL);
}
