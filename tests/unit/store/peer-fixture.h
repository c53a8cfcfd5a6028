/* peer-fixture.h: short ways to store and look at revisions of a peer. */
#pragma once

#include "iw-peer.h"
#include "store-fixture.h"

static inline void
set_up_peer (Fixture *fixture, gconstpointer data)
{
  fixture->dir = iw_test_make_dir ();
  fixture->context = iw_context_new_fake (TEST_START, 1000, 42);
  fixture->store = open_at (fixture->dir, IW_STORE_OPEN_PEER, fixture->context);
}

#define add_peer_test(path, func) g_test_add (path, Fixture, NULL, set_up_peer, func, tear_down)

static inline void
begin (IwStore *store)
{
  g_autoptr (GError) error = NULL;

  iw_peer_begin (store, &error);
  g_assert_no_error (error);
}

static inline void
commit (IwStore *store)
{
  g_autoptr (GError) error = NULL;

  iw_peer_commit (store, &error);
  g_assert_no_error (error);
}

/* "3-c 2-b 1-a"; g_strsplit() takes quadratic time under a sanitizer. (transfer full) */
static inline char **
split_path (const char *path)
{
  g_autoptr (GStrvBuilder) revs = g_strv_builder_new ();
  const char *p = path;

  for (;;)
    {
      gsize n = 0;

      while (p[n] != ' ' && p[n] != '\0')
        n++;
      g_strv_builder_take (revs, g_strndup (p, n));
      if (p[n] == '\0')
        return g_strv_builder_end (revs);
      p += n + 1;
    }
}

/* One revision with its history, "3-c 2-b 1-a"; its body says which it is. Within a transaction. */
static inline gboolean
try_put (IwStore *store,
         const char *docid,
         const char *path,
         gboolean deleted,
         gboolean *stored,
         GError **error)
{
  g_auto (GStrv) revs = split_path (path);
  g_autofree char *body = g_strdup_printf ("{\"text\":\"%s\"}", revs[0]);
  IwPeerRev rev = { docid, (const char *const *)revs, body, deleted, NULL };

  return iw_peer_put (store, &rev, stored, error);
}

/* The same in a transaction of its own; whether it was stored. */
static inline gboolean
put_rev (IwStore *store, const char *docid, const char *path, gboolean deleted)
{
  g_autoptr (GError) error = NULL;
  gboolean stored;

  begin (store);
  try_put (store, docid, path, deleted, &stored, &error);
  g_assert_no_error (error);
  commit (store);
  return stored;
}

/* An edit in a transaction of its own. (transfer full) */
static inline char *
edit (IwStore *store, const char *docid, const char *parent, const char *body, gboolean deleted)
{
  g_autoptr (GError) error = NULL;
  char *rev = NULL;

  begin (store);
  iw_peer_edit (store, docid, parent, body, deleted, NULL, &rev, &error);
  g_assert_no_error (error);
  commit (store);
  return rev;
}

static inline char *
joined_leaves (IwStore *store, const char *docid)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) leaves = iw_peer_leaves (store, docid, NULL, &error);

  g_assert_no_error (error);
  return g_strjoinv (" ", leaves);
}

#define assert_peer_leaves(store, docid, expected)                                                  \
  G_STMT_START                                                                                      \
  {                                                                                                 \
    g_autofree char *leaves_ = joined_leaves (store, docid);                                        \
    g_assert_cmpstr (leaves_, ==, expected);                                                        \
  }                                                                                                 \
  G_STMT_END

/* Nothing is wrong with the store. */
static inline void
assert_sound (IwStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  iw_store_check (store, TRUE, problems, NULL, &error);
  g_assert_no_error (error);
  if (problems->len > 0)
    g_assert_cmpstr (problems->pdata[0], ==, NULL);
}
