/* _all_docs: documents by id. */
#include "config.h"

#include <string.h>

#include "iw-document-read.h"
#include "iw-handlers.h"
#include "iw-sequence.h"

typedef struct
{
  IwPagedHead head;
  char *start, *end; /* NULL: no bound */
  gboolean nothing;  /* a bound that no id can meet */
  gboolean bounded;  /* a bound was given, whatever it is */
  yyjson_doc *json;  /* that @keys is in */
  GBytes *body;      /* of a POST, until it is read */
  guint told;        /* by the address: bits by the place in MEMBERS */
  yyjson_val *keys;  /* an array; NULL: a range */
  gint64 limit;      /* rows that are left to give; -1: all */
  gint64 skip;
  gboolean descending, inclusive_end, include_docs, conflicts, attachments, update_seq;
  gsize next_key;
  char *last; /* the id given last */
  guint n;
  IwPage *page;
  IwStore *store;
} AllDocs;

static void
all_docs_free (gpointer data)
{
  AllDocs *self = data;

  g_free (self->start);
  g_free (self->end);
  g_free (self->last);
  g_clear_pointer (&self->json, yyjson_doc_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* ---- the question ---- */

/* What both the address and a body may say, and its other name in the address. */
static const struct
{
  const char *name, *other;
} MEMBERS[] = { { "keys" },
                { "include_docs" },
                { "conflicts" },
                { "descending" },
                { "startkey", "start_key" },
                { "endkey", "end_key" },
                { "limit" },
                { "skip" } };

static void
note_told (AllDocs *self, IwRequest *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    if (iw_request_get_query (request, MEMBERS[i].name) != NULL ||
        (MEMBERS[i].other != NULL && iw_request_get_query (request, MEMBERS[i].other) != NULL))
      self->told |= 1u << i;
}

/* NULL also where the address says it: that counts (CouchDB, "_all_docs"). */
static yyjson_val *
get_member (AllDocs *self, yyjson_val *root, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    if (strcmp (MEMBERS[i].name, name) == 0 && (self->told & 1u << i) != 0)
      return NULL;
  return yyjson_obj_get (root, name);
}

/* No id has a NUL, so a key with one lies between two ids: right behind what is before it. Clients
 * that go through pages add one to the last id they have seen. */
static void
read_gap (AllDocs *self, const char *before, gboolean is_start, char **out)
{
  if (!is_start)
    self->inclusive_end = !self->descending;
  else if (!self->descending)
    self->last = g_strdup (before);
  *out = g_strdup (before);
}

/* Ids are strings: in CouchDB's order null, booleans and numbers come before them, arrays and
 * objects after. */
static void
read_bound (AllDocs *self, yyjson_val *value, gboolean is_start, char **out)
{
  gboolean after = yyjson_is_arr (value) || yyjson_is_obj (value);

  self->bounded = TRUE;
  if (yyjson_is_str (value) && strlen (yyjson_get_str (value)) < yyjson_get_len (value))
    read_gap (self, yyjson_get_str (value), is_start, out);
  else if (yyjson_is_str (value))
    *out = g_strdup (yyjson_get_str (value));
  else if (after == (is_start != self->descending))
    self->nothing = TRUE;
}

static gboolean
read_key (AllDocs *self,
          IwRequest *request,
          const char *name,
          const char *other,
          gboolean is_start,
          char **out)
{
  g_autoptr (yyjson_doc) json = NULL;
  const char *text;

  if (iw_request_get_query (request, name) == NULL)
    name = other;
  text = iw_request_get_query (request, name);
  if (text == NULL)
    return TRUE;
  json = iw_canonical_read_list (text, strlen (text), NULL);
  if (json == NULL)
    return iw_request_get_query_json (request, name, &json); /* says what is wrong */
  read_bound (self, yyjson_doc_get_root (json), is_start, out);
  return TRUE;
}

static gboolean
read_single_key (AllDocs *self, IwRequest *request)
{
  g_autoptr (yyjson_doc) json = NULL;

  if (!iw_request_get_query_json (request, "key", &json))
    return FALSE;
  if (json == NULL)
    return TRUE;
  self->start = g_strdup (yyjson_get_str (yyjson_doc_get_root (json)));
  self->end = g_strdup (self->start);
  self->inclusive_end = self->bounded = TRUE;
  self->nothing = self->start == NULL;
  return TRUE;
}

static gboolean
read_keys (AllDocs *self, IwRequest *request)
{
  if (!iw_request_get_query_json (request, "keys", &self->json))
    return FALSE;
  if (self->json == NULL)
    return TRUE;
  self->keys = yyjson_doc_get_root (self->json);
  if (yyjson_is_arr (self->keys))
    return TRUE;
  iw_request_answer_error (request, 400, "bad_request", "`keys` parameter must be an array.");
  return FALSE;
}

static gboolean
read_query (AllDocs *self, IwRequest *request)
{
  return iw_request_get_query_bool (request, "descending", FALSE, &self->descending) &&
         iw_request_get_query_bool (request, "inclusive_end", TRUE, &self->inclusive_end) &&
         iw_request_get_query_bool (request, "include_docs", FALSE, &self->include_docs) &&
         iw_request_get_query_bool (request, "conflicts", FALSE, &self->conflicts) &&
         iw_request_get_query_bool (request, "attachments", FALSE, &self->attachments) &&
         iw_request_get_query_bool (request, "update_seq", FALSE, &self->update_seq) &&
         iw_request_get_query_int (request, "limit", 0, G_MAXINT32, -1, &self->limit) &&
         iw_request_get_query_int (request, "skip", 0, G_MAXINT32, 0, &self->skip) &&
         read_key (self, request, "startkey", "start_key", TRUE, &self->start) &&
         read_key (self, request, "endkey", "end_key", FALSE, &self->end) &&
         read_single_key (self, request) && read_keys (self, request);
}

/* @json: taken where its keys are asked for. */
static gboolean
read_body_members (AllDocs *self, yyjson_doc **json, GError **error)
{
  yyjson_val *root = yyjson_doc_get_root (*json);
  yyjson_val *value;

  if (!yyjson_is_obj (root))
    return iw_refuse (error, 400, "Request body must be a JSON object");
  value = get_member (self, root, "keys");
  if (value != NULL && !yyjson_is_arr (value))
    return iw_refuse (error, 400, "`keys` body member must be an array.");
  if (value != NULL && !iw_canonical_check (value, error))
    return FALSE;
  self->include_docs |= yyjson_get_bool (get_member (self, root, "include_docs"));
  self->conflicts |= yyjson_get_bool (get_member (self, root, "conflicts"));
  self->descending |= yyjson_get_bool (get_member (self, root, "descending"));
  if (value != NULL)
    {
      self->keys = value;
      self->json = g_steal_pointer (json);
    }
  if ((value = get_member (self, root, "startkey")) != NULL)
    read_bound (self, value, TRUE, &self->start);
  if ((value = get_member (self, root, "endkey")) != NULL)
    read_bound (self, value, FALSE, &self->end);
  if (yyjson_is_uint (value = get_member (self, root, "limit")))
    self->limit = MIN (yyjson_get_uint (value), G_MAXINT32);
  if (yyjson_is_uint (value = get_member (self, root, "skip")))
    self->skip = MIN (yyjson_get_uint (value), G_MAXINT32);
  return TRUE;
}

/* A POST says what it says in its body, too; where both say it, the address counts. */
static gboolean
read_body (AllDocs *self, GError **error)
{
  g_autoptr (GBytes) body = g_steal_pointer (&self->body);
  g_autoptr (yyjson_doc) json = NULL;
  gsize length;
  const char *text;

  if (body != NULL && g_bytes_get_size (body) > 0)
    {
      text = g_bytes_get_data (body, &length);
      json = iw_canonical_read_list (text, length, error);
      if (json == NULL || !read_body_members (self, &json, error))
        return FALSE;
    }
  if (self->keys == NULL || !self->bounded)
    return TRUE;
  g_set_error_literal (error, IW_STORE_ERROR, IW_STORE_ERROR_INVALID,
                       "query_parse_error: `keys` is incompatible with `key`, `start_key` and "
                       "`end_key`");
  return FALSE;
}

/* ---- rows ---- */

static char **
other_leaves (AllDocs *self, const IwPeerDoc *doc)
{
  g_autofree gboolean *deleted = NULL;
  g_auto (GStrv) leaves = iw_peer_leaves (self->store, doc->docid, &deleted, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; leaves != NULL && leaves[i] != NULL; i++)
    if (!deleted[i] && strcmp (leaves[i], doc->rev) != 0)
      g_strv_builder_add (builder, leaves[i]);
  return g_strv_builder_end (builder);
}

static gboolean
append_doc (AllDocs *self, const IwPeerDoc *doc, GError **error)
{
  g_auto (GStrv) conflicts = self->conflicts ? other_leaves (self, doc) : NULL;
  gboolean inline_data = self->attachments && iw_document_fits_a_list (doc);
  IwWireOptions options = { .conflicts = conflicts,
                            .dir = inline_data ? iw_store_get_dir (self->store) : NULL };

  g_string_append (self->page->text, ",\"doc\":");
  return iw_wire_append_doc (self->page->text, doc, &options, error);
}

static gboolean
append_row (AllDocs *self, const char *key, const IwPeerDoc *doc, GError **error)
{
  GString *out = self->page->text;

  g_string_append (out, self->n++ > 0 ? ",\n" : "\n");
  if (doc == NULL || doc->rev == NULL)
    {
      g_string_append (out, "{\"key\":");
      iw_canonical_append_string (out, key);
      g_string_append (out, ",\"error\":\"not_found\"}");
      return TRUE;
    }
  g_string_append (out, "{\"id\":");
  iw_canonical_append_string (out, doc->docid);
  g_string_append (out, ",\"key\":");
  iw_canonical_append_string (out, doc->docid);
  g_string_append_printf (out, ",\"value\":{\"rev\":\"%s\"%s}", doc->rev,
                          doc->deleted ? ",\"deleted\":true" : "");
  if (self->include_docs && doc->deleted)
    g_string_append (out, ",\"doc\":null");
  else if (self->include_docs && !append_doc (self, doc, error))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}

/* ---- by keys ---- */

static gboolean
add_key (AllDocs *self, yyjson_val *key, GError **error)
{
  const char *docid = yyjson_get_str (key);
  g_auto (IwPeerDoc) doc = { NULL };

  if (self->skip > 0)
    {
      self->skip--;
      return TRUE;
    }
  if (docid != NULL && !iw_peer_find (self->store, docid, NULL, &doc, error))
    return FALSE;
  if (self->limit > 0)
    self->limit--;
  return append_row (self, docid != NULL ? docid : "", &doc, error);
}

static gboolean
add_keys (AllDocs *self, GError **error)
{
  gsize n = yyjson_arr_size (self->keys);
  gsize i, max;
  yyjson_val *key;

  self->page->last = TRUE;
  yyjson_arr_foreach (self->keys, i, max, key)
  {
    if (i < self->next_key)
      continue;
    if (self->limit == 0)
      return TRUE;
    if (self->page->text->len >= IW_PAGE_BYTES)
      {
        self->next_key = i;
        self->page->last = FALSE;
        return TRUE;
      }
    if (!add_key (self, self->descending ? yyjson_arr_get (self->keys, n - 1 - i) : key, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- by range ---- */

#define MAX_GATHERED 200

typedef struct
{
  AllDocs *self;
  GPtrArray *docs; /* (IwPeerDoc) gathered where each needs another look at the store */
  gboolean ended;  /* by us, not by the end of the range */
  GError *error;
} Walk;

static IwPeerDoc *
copy_doc (const IwPeerDoc *doc)
{
  IwPeerDoc *copy = g_new0 (IwPeerDoc, 1);

  copy->docid = g_strdup (doc->docid);
  copy->rev = g_strdup (doc->rev);
  copy->body = g_strdup (doc->body);
  copy->attachments = doc->attachments != NULL ? g_ptr_array_ref (doc->attachments) : NULL;
  return copy;
}

static gboolean
add_doc (Walk *walk, const IwPeerDoc *doc)
{
  AllDocs *self = walk->self;

  if (self->skip > 0)
    {
      self->skip--;
      return TRUE;
    }
  if (self->limit > 0)
    self->limit--;
  if (!self->conflicts)
    return append_row (self, doc->docid, doc, &walk->error);
  g_ptr_array_add (walk->docs, copy_doc (doc));
  return TRUE;
}

static gboolean
on_doc (const IwPeerDoc *doc, gpointer data)
{
  Walk *walk = data;
  AllDocs *self = walk->self;

  if (g_strcmp0 (doc->docid, self->last) == 0)
    return TRUE; /* where the page before ended */
  if (!add_doc (walk, doc))
    return FALSE;
  g_free (self->last);
  self->last = g_strdup (doc->docid);
  walk->ended =
      self->limit == 0 || self->page->text->len >= IW_PAGE_BYTES || walk->docs->len >= MAX_GATHERED;
  return !walk->ended;
}

static gboolean
add_range (AllDocs *self, GError **error)
{
  g_autoptr (GPtrArray) docs = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_peer_doc_free);
  g_autofree char *before = g_strdup (self->last);
  Walk walk = { self, docs, FALSE, NULL };
  IwPeerRange range = { .start = before != NULL ? before : self->start,
                        .end = self->end,
                        .exclusive_end = !self->inclusive_end,
                        .descending = self->descending,
                        .bodies = self->include_docs };

  self->page->last = self->limit == 0 || self->nothing;
  if (self->page->last)
    return TRUE;
  if (!iw_peer_foreach_doc (self->store, &range, on_doc, &walk, error))
    return FALSE;
  if (walk.error != NULL)
    {
      g_propagate_error (error, walk.error);
      return FALSE;
    }
  for (guint i = 0; i < docs->len; i++)
    if (!append_row (self, NULL, docs->pdata[i], error))
      return FALSE;
  self->page->last = !walk.ended || self->limit == 0;
  return TRUE;
}

/* ---- pages ---- */

static gboolean
add_head (AllDocs *self, GError **error)
{
  GString *out = self->page->text;
  IwPeerInfo info;

  if (!read_body (self, error) || !iw_peer_get_info (self->store, &info, error))
    return FALSE;
  g_string_append_printf (out, "{\"total_rows\":%" G_GINT64_FORMAT, info.doc_count);
  if (self->update_seq)
    {
      g_string_append (out, ",\"update_seq\":");
      iw_sequence_append (out, info.update_seq, iw_store_get_uuid (self->store));
    }
  if (self->keys == NULL && self->start == NULL && !self->nothing)
    g_string_append_printf (out, ",\"offset\":%" G_GINT64_FORMAT, MIN (self->skip, info.doc_count));
  else
    g_string_append (out, ",\"offset\":null");
  g_string_append (out, ",\"rows\":[");
  return TRUE;
}

static gboolean
make_page (IwStore *store, IwPage *page, gpointer data, GError **error)
{
  AllDocs *self = data;
  gboolean first = self->page == NULL;

  self->page = page;
  self->store = store;
  if ((first && !add_head (self, error)) ||
      !(self->keys != NULL ? add_keys (self, error) : add_range (self, error)))
    return FALSE;
  if (page->last)
    g_string_append (page->text, "\n]}\n");
  return TRUE;
}

static void
handle (IwRequest *request, gboolean post, AllDocs *self)
{
  self->head.status = 200;
  self->head.content_type = "application/json";
  if (!read_query (self, request))
    {
      all_docs_free (self);
      g_object_unref (request);
      return;
    }
  note_told (self, request);
  if (post)
    self->body = iw_request_get_body (request);
  iw_paged_answer_start (request, &self->head, make_page, self, all_docs_free);
}

void
iw_handle_all_docs_get (IwRequest *request)
{
  handle (request, FALSE, g_new0 (AllDocs, 1));
}

void
iw_handle_all_docs_post (IwRequest *request)
{
  handle (request, TRUE, g_new0 (AllDocs, 1));
}

/* _all_docs of what begins with "_design/". */
void
iw_handle_design_docs (IwRequest *request)
{
  AllDocs *self = g_new0 (AllDocs, 1);

  self->start = g_strdup ("_design/");
  self->end = g_strdup ("_design0");
  handle (request, FALSE, self);
}
