#include "config.h"

#include "iw-revision-words.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *member;
  const char *words;
} fields[] = {
  { "kind", N_ ("the kind") },
  { "text", N_ ("the text") },
  { "occurred_at", N_ ("when it occurred") },
  { "occurred_end", N_ ("when it ended") },
  { "discovered_at", N_ ("when it was discovered") },
  { "occurred_zone", N_ ("the time zone") },
  { "actor", N_ ("the actor") },
  { "team", N_ ("the team") },
  { "source", N_ ("the source") },
  { "confidence", N_ ("the confidence") },
  { "key", N_ ("the key-event mark") },
  { "tags", N_ ("the tags") },
  { "links", N_ ("the links") },
};

static gboolean
differs (JsonObject *before, JsonObject *after, const char *member)
{
  JsonNode *a = json_object_get_member (before, member);
  JsonNode *b = json_object_get_member (after, member);

  if (a == NULL || b == NULL)
    return a != b;
  return !json_node_equal (a, b);
}

char *
iw_revision_words (JsonObject *before, JsonObject *after, gboolean deleted)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) changed = NULL;
  g_autofree char *list = NULL;

  if (deleted)
    return g_strdup (_ ("Deleted"));
  if (before == NULL || after == NULL)
    /* Translators: the first version of an entry */
    return g_strdup (C_ ("history", "Written"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (differs (before, after, fields[i].member))
      g_strv_builder_add (builder, _ (fields[i].words));
  changed = g_strv_builder_end (builder);
  if (changed[0] == NULL)
    return g_strdup (C_ ("history", "Saved without changes"));
  /* Translators: between the items of a list */
  list = g_strjoinv (C_ ("list", ", "), changed);
  /* Translators: %s is a list as in "the text, the team" */
  return g_strdup_printf (C_ ("history", "Changed %s"), list);
}
