#include "config.h"

#include "iw-meanwhile.h"

#include <glib/gi18n-lib.h>

#define HOLD_KEY "iw-meanwhile-hold"

typedef struct
{
  GWeakRef banner;
  char *docid;
  JsonObject *base;
} Watch;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *watch = data;

  g_weak_ref_clear (&watch->banner);
  g_free (watch->docid);
  json_object_unref (watch->base);
  g_free (watch);
}

/* Who wrote and when says nothing of what was written. */
static gboolean
same_content (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (b, name);

      if (!g_str_has_prefix (name, "modified_") &&
          (other == NULL || !json_node_equal (value, other)))
        return FALSE;
    }
  json_object_iter_init (&iter, b);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_str_has_prefix (name, "modified_") && !json_object_has_member (a, name))
      return FALSE;
  return TRUE;
}

char *
iw_meanwhile_words (JsonObject *now)
{
  const char *by =
      now != NULL ? json_object_get_string_member_with_default (now, "modified_by", "") : "";

  if (now == NULL)
    return g_strdup (_ ("Deleted meanwhile by somebody else; what you typed is kept"));
  if (*by == '\0')
    return g_strdup (_ ("Changed meanwhile by somebody else; what you typed is kept"));
  /* Translators: %s is a person's name */
  return g_strdup_printf (_ ("Changed meanwhile by %s; what you typed is kept"), by);
}

static void
on_changed (IwWorkspace *workspace, char **docids, gpointer data)
{
  Watch *watch = data;
  g_autoptr (AdwBanner) banner = g_weak_ref_get (&watch->banner);
  g_autoptr (JsonObject) now = NULL;
  g_autofree char *words = NULL;

  if (banner == NULL || !g_strv_contains ((const char *const *)docids, watch->docid))
    return;
  if (g_object_get_data (G_OBJECT (banner), HOLD_KEY) != NULL)
    return;
  now = iw_store_get (iw_workspace_get_store (workspace), watch->docid, NULL, NULL);
  if (now != NULL && same_content (now, watch->base))
    return;
  words = iw_meanwhile_words (now);
  adw_banner_set_use_markup (banner, FALSE);
  adw_banner_set_title (banner, words);
  adw_banner_set_revealed (banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (banner), words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_banner_gone (gpointer data, GObject *banner)
{
  GClosure *closure = data;

  g_closure_invalidate (closure);
  g_closure_unref (closure);
}

void
iw_meanwhile_watch (AdwBanner *banner, IwWorkspace *workspace, const char *docid, JsonObject *base)
{
  Watch *watch = g_new0 (Watch, 1);
  GClosure *closure;

  g_weak_ref_init (&watch->banner, banner);
  watch->docid = g_strdup (docid);
  watch->base = json_object_ref (base);
  closure = g_cclosure_new (G_CALLBACK (on_changed), watch, watch_free);
  g_object_weak_ref (G_OBJECT (banner), on_banner_gone, g_closure_ref (closure));
  g_signal_connect_closure (workspace, "changed", closure, FALSE);
}

void
iw_meanwhile_hold (AdwBanner *banner, gboolean hold)
{
  g_object_set_data (G_OBJECT (banner), HOLD_KEY, GINT_TO_POINTER (hold));
}
