#include "edits.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "iw-conflicts.h"
#include "iw-entry.h"
#include "iw-evidence.h"
#include "iw-incident.h"

#define MAX_FILE (200 * 1024)

void
conv_note (int notes, const char *format, ...)
{
  va_list args;
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat (words, "\n", NULL);
  if (write (notes, line, strlen (line)) < 0)
    g_error ("notes cannot be taken");
}

void
editor_init (Editor *self,
             IwStore *store,
             guint32 seed,
             int notes,
             const char *mark,
             gboolean alone)
{
  memset (self, 0, sizeof *self);
  self->store = store;
  self->rand = g_rand_new_with_seed (seed);
  self->notes = notes;
  self->mark = g_strdup (mark);
  self->alone = alone;
  self->done = g_ptr_array_new_with_free_func (g_free);
}

void
editor_clear (Editor *self)
{
  g_rand_free (self->rand);
  g_free (self->mark);
  g_ptr_array_unref (self->done);
}

static guint
roll (Editor *self, guint sides)
{
  return g_rand_int_range (self->rand, 0, sides);
}

static char *
new_token (Editor *self)
{
  return g_strdup_printf ("%s-%u.", self->mark, self->n++);
}

/* ---- what was confirmed ---- */

static char *
text_of (IwStore *store, const char *docid, const char *rev)
{
  g_autoptr (JsonObject) body = iw_store_get_rev (store, docid, rev, NULL, NULL);
  g_autoptr (JsonNode) node = NULL;

  if (body == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), body);
  return json_to_string (node, FALSE);
}

/* The first revision that has the token: what comes after may have it too. */
static char *
find_rev (Editor *self, const char *docid, const char *token)
{
  g_auto (GStrv) leaves = iw_store_get_leaves (self->store, docid, TRUE, NULL);
  g_autofree char *found = NULL;
  gint64 lowest = G_MAXINT64;

  for (guint i = 0; leaves != NULL && leaves[i] != NULL; i++)
    {
      g_auto (GStrv) history = iw_store_get_history (self->store, docid, leaves[i], NULL);

      for (guint j = 0; history != NULL && history[j] != NULL; j++)
        {
          gint64 generation = g_ascii_strtoll (history[j], NULL, 10);
          g_autofree char *text =
              generation < lowest ? text_of (self->store, docid, history[j]) : NULL;

          if (text == NULL || strstr (text, token) == NULL)
            continue;
          lowest = generation;
          g_set_str (&found, history[j]);
        }
    }
  return g_steal_pointer (&found);
}

static gboolean
is_fair (const GError *error)
{
  /* The one who syncs may have been quicker. */
  return g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_CONFLICT) ||
         g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_BUSY) ||
         g_error_matches (error, IW_STORE_ERROR, IW_STORE_ERROR_NOT_FOUND);
}

static gboolean
apply (Editor *self, const char *docid, JsonObject *body, const char *base)
{
  IwChange change = { docid, body, base };
  g_autoptr (GError) error = NULL;

  self->can_redo = FALSE;
  if (iw_store_apply (self->store, "Change", &change, 1, 1, &error))
    {
      g_ptr_array_add (self->done, g_strdup (docid));
      return TRUE;
    }
  if (!is_fair (error))
    conv_note (self->notes, "!\t%s cannot be written: %s", docid, error->message);
  return FALSE;
}

/* @body with @token in it. @base: the revision that it was made from; NULL: none. */
static void
write_body (Editor *self,
            const char *docid,
            JsonObject *body,
            const char *base,
            const char *token,
            const char *kind)
{
  g_autofree char *rev = NULL;

  if (!apply (self, docid, body, base))
    return;
  rev = find_rev (self, docid, token);
  if (rev != NULL)
    conv_note (self->notes, "+\t%s\t%s\t%s\t%s", docid, rev, token, kind);
  else
    conv_note (self->notes, "!\t%s was confirmed and is not there: %s", docid, token);
}

/* ---- choosing ---- */

typedef struct
{
  const char *part; /* of the id */
  GPtrArray *docids;
} Search;

static gboolean
look_at (const char *docid, const char *rev, JsonObject *body, gpointer data)
{
  Search *search = data;
  const char *kind = json_object_get_string_member_with_default (body, "kind", "observation");

  /* Decisions are written once. */
  if (strstr (docid, search->part) != NULL && g_str_equal (kind, "observation"))
    g_ptr_array_add (search->docids, g_strdup (docid));
  return TRUE;
}

/* A live document with @part in its id; NULL where there is none. */
static char *
choose (Editor *self, const char *part)
{
  g_autoptr (GPtrArray) docids = g_ptr_array_new_with_free_func (g_free);
  Search search = { part, docids };

  iw_store_foreach (self->store, "", look_at, &search, NULL);
  return docids->len > 0 ? g_strdup (docids->pdata[roll (self, docids->len)]) : NULL;
}

static void
add_incident (Editor *self)
{
  const IwContext *context = iw_store_get_context (self->store);
  g_autofree char *incident = iw_id_new (context);
  g_autofree char *docid = iw_id_incident_document (incident);
  g_autofree char *token = new_token (self);
  g_autoptr (JsonObject) body = iw_incident_new_document (incident, token, "", "UTC");

  write_body (self, docid, body, NULL, token, "field");
}

/* The incident of a document that is here; there is one at least afterwards. */
static char *
choose_incident (Editor *self)
{
  g_autofree char *docid = choose (self, ":incident");

  if (docid == NULL)
    {
      add_incident (self);
      docid = choose (self, ":incident");
    }
  return docid != NULL ? iw_id_incident_of (docid) : NULL;
}

/* ---- new documents ---- */

static IwTime
now (Editor *self)
{
  return (IwTime){ iw_context_now (iw_store_get_context (self->store)), IW_PRECISION_SECOND };
}

static void
add_entry (Editor *self, const char *incident, IwEntry *entry, const char *token, const char *kind)
{
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), incident, "entry");
  g_autoptr (JsonObject) body = NULL;

  iw_entry_set_occurred (entry, now (self));
  iw_entry_set_recorded (entry, now (self));
  body = iw_entry_to_json (entry);
  write_body (self, docid, body, NULL, token, kind);
}

static void
add_observation (Editor *self, const char *incident)
{
  g_autofree char *token = new_token (self);
  g_autofree char *text = g_strdup_printf ("%s apple one two", token);
  g_autoptr (IwEntry) entry = iw_entry_new (incident, IW_ENTRY_OBSERVATION, text);

  add_entry (self, incident, entry, token, "text");
}

static void
add_decision (Editor *self, const char *incident)
{
  static const char *const severities[] = { "low", "medium", "high" };
  g_autofree char *token = new_token (self);
  g_autoptr (IwEntry) entry =
      iw_decision_new (incident, "severity", "to", severities[roll (self, 3)], "why", token, NULL);

  add_entry (self, incident, entry, token, "text");
}

static void
add_task (Editor *self, const char *incident)
{
  g_autofree char *token = new_token (self);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), incident, "task");
  g_autofree char *note = g_strdup_printf ("first apple line\n%s\nlast line", token);
  g_autoptr (JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "type", "task");
  json_object_set_string_member (body, "incident", incident);
  json_object_set_string_member (body, "title", "Look at it");
  json_object_set_string_member (body, "phase", "recovery");
  json_object_set_string_member (body, "note", note);
  write_body (self, docid, body, NULL, token, "text");
}

/* Of a type that only a newer version knows. */
static void
add_foreign (Editor *self, const char *incident)
{
  g_autofree char *token = new_token (self);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), incident, "future");
  g_autoptr (JsonObject) body = json_object_new ();
  JsonObject *inner = json_object_new ();

  json_object_set_string_member (body, "type", "future");
  json_object_set_string_member (body, "note", token);
  json_object_set_double_member (inner, "number", g_rand_double (self->rand));
  json_object_set_null_member (inner, "nothing");
  json_object_set_object_member (body, "inner", inner);
  write_body (self, docid, body, NULL, token, "text");
}

/* The file's hash; (transfer full), NULL where it could not be kept. */
static char *
stage_file (Editor *self, gint64 *length)
{
  gsize size = roll (self, 4) == 0 ? roll (self, MAX_FILE) : roll (self, 2000);
  guint8 *bytes = g_malloc (size + 1);
  g_autoptr (GInputStream) stream = NULL;
  const char *dir = iw_store_get_dir (self->store);
  char sha256[65];
  g_autofree char *staged = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    bytes[i] = g_rand_int (self->rand) >> 24;
  stream = g_memory_input_stream_new_from_data (bytes, size, g_free);
  staged = iw_blobs_stage (dir, stream, size, NULL, NULL, NULL, sha256, length, &error);
  if (staged != NULL && iw_blobs_commit (dir, staged, sha256, &error))
    return g_strdup (sha256);
  conv_note (self->notes, "!\ta file cannot be kept: %s", error->message);
  return NULL;
}

static void
add_evidence (Editor *self, const char *incident)
{
  gint64 length;
  g_autofree char *sha256 = stage_file (self, &length);
  g_autofree char *token = new_token (self);
  g_autofree char *docid =
      iw_id_new_document (iw_store_get_context (self->store), incident, "evidence");
  g_autoptr (IwEvidence) evidence = NULL;
  g_autoptr (JsonObject) body = NULL;

  if (sha256 == NULL)
    return;
  evidence = iw_evidence_new (incident, "disk.img", sha256, length);
  iw_evidence_set_origin (evidence, token);
  body = iw_evidence_to_json (evidence);
  write_body (self, docid, body, NULL, token, "text");
}

/* ---- changes ---- */

static char *
change_words (Editor *self, const char *text)
{
  const char *from = strstr (text, "apple") != NULL ? "apple" : "pear";
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  return g_strjoinv (*from == 'a' ? "pear" : "apple", parts);
}

static char *
insert_line (Editor *self, const char *text, const char *token)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint at = roll (self, g_strv_length (lines) + 1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i == 0 || lines[i - 1] != NULL; i++)
    {
      if (i == at)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", token);
      if (lines[i] != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", lines[i]);
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static void
edit_text (Editor *self, const char *part, const char *member)
{
  g_autofree char *docid = choose (self, part);
  g_autofree char *base = NULL;
  g_autoptr (JsonObject) body =
      docid != NULL ? iw_store_get (self->store, docid, &base, NULL) : NULL;
  g_autofree char *token = new_token (self);
  g_autofree char *text = NULL;

  if (body == NULL)
    return;
  text = insert_line (self, json_object_get_string_member_with_default (body, member, ""), token);
  if (roll (self, 5) == 0)
    {
      g_autofree char *changed = change_words (self, text);

      g_set_str (&text, changed);
    }
  json_object_set_string_member (body, member, text);
  write_body (self, docid, body, base, token, "text");
}

static void
edit_field (Editor *self, const char *part, const char *member)
{
  g_autofree char *docid = choose (self, part);
  g_autofree char *base = NULL;
  g_autoptr (JsonObject) body =
      docid != NULL ? iw_store_get (self->store, docid, &base, NULL) : NULL;
  g_autofree char *token = new_token (self);

  if (body == NULL)
    return;
  json_object_set_string_member (body, member, token);
  write_body (self, docid, body, base, token, "field");
}

static void
edit_tags (Editor *self)
{
  g_autofree char *docid = choose (self, ":entry-");
  g_autofree char *base = NULL;
  g_autoptr (JsonObject) body =
      docid != NULL ? iw_store_get (self->store, docid, &base, NULL) : NULL;
  g_autofree char *token = new_token (self);
  JsonArray *tags;

  if (body == NULL)
    return;
  if (!json_object_has_member (body, "tags"))
    json_object_set_array_member (body, "tags", json_array_new ());
  tags = json_object_get_array_member (body, "tags");
  json_array_add_string_element (tags, token);
  write_body (self, docid, body, base, token, "text");
}

/* ---- what takes away ---- */

/* The leaves of @docid that are not among @before are ours. */
static void
note_new_leaves (Editor *self, const char *docid, char **before)
{
  g_auto (GStrv) leaves = iw_store_get_leaves (self->store, docid, TRUE, NULL);

  for (guint i = 0; self->alone && leaves != NULL && leaves[i] != NULL; i++)
    if (before == NULL || !g_strv_contains ((const char *const *)before, leaves[i]))
      conv_note (self->notes, "+\t%s\t%s\t-\tend", docid, leaves[i]);
}

static void
delete_one (Editor *self)
{
  static const char *const parts[] = { ":entry-", ":task-", ":evidence-", ":future-" };
  g_autofree char *docid = choose (self, parts[roll (self, G_N_ELEMENTS (parts))]);
  g_autofree char *base = NULL;
  g_autoptr (JsonObject) body =
      docid != NULL ? iw_store_get (self->store, docid, &base, NULL) : NULL;
  g_auto (GStrv) before = NULL;

  if (body == NULL)
    return;
  conv_note (self->notes, "?\t%s", docid);
  before = iw_store_get_leaves (self->store, docid, TRUE, NULL);
  if (apply (self, docid, NULL, base))
    note_new_leaves (self, docid, before);
}

static void
undo (Editor *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *docid = NULL;
  g_auto (GStrv) before = NULL;

  if (self->done->len == 0)
    return;
  docid = g_ptr_array_steal_index (self->done, self->done->len - 1);
  conv_note (self->notes, "?\t%s", docid);
  before = iw_store_get_leaves (self->store, docid, TRUE, NULL);
  self->can_redo = iw_store_undo (self->store, NULL, &error);
  if (self->can_redo)
    note_new_leaves (self, docid, before);
  else if (!is_fair (error))
    conv_note (self->notes, "!\tundo: %s", error->message);
  if (self->can_redo && roll (self, 2) == 0)
    {
      g_clear_error (&error);
      if (!iw_store_redo (self->store, NULL, &error) && !is_fair (error))
        conv_note (self->notes, "!\tredo: %s", error->message);
    }
}

static void
resolve (Editor *self)
{
  g_auto (GStrv) docids = iw_conflicts_list (self->store, NULL);
  guint n = docids != NULL ? g_strv_length (docids) : 0;
  const char *docid = n > 0 ? docids[roll (self, n)] : NULL;
  g_autoptr (IwConflict) conflict =
      docid != NULL ? iw_conflict_read (self->store, docid, NULL) : NULL;
  g_auto (GStrv) before = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *body;

  if (conflict == NULL)
    return;
  if (roll (self, 2) == 0)
    body = iw_conflict_get_merged (conflict);
  else
    body = iw_conflict_is_deletion (conflict) ? NULL : iw_conflict_get_other_body (conflict);
  conv_note (self->notes, "?\t%s", docid);
  before = iw_store_get_leaves (self->store, docid, TRUE, NULL);
  if (iw_conflict_resolve (self->store, conflict, body, &error))
    {
      g_ptr_array_add (self->done, g_strdup (docid));
      note_new_leaves (self, docid, before);
    }
  else if (!is_fair (error))
    conv_note (self->notes, "!\t%s cannot be resolved: %s", docid, error->message);
}

/* ---- one thing ---- */

static void
add (Editor *self)
{
  void (*const adds[]) (Editor *self, const char *incident) = {
    add_observation, add_observation, add_task, add_task, add_decision, add_evidence, add_foreign,
  };
  g_autofree char *incident = choose_incident (self);

  if (incident != NULL)
    adds[roll (self, G_N_ELEMENTS (adds))](self, incident);
}

void
editor_act (Editor *self)
{
  guint what = roll (self, 100);

  if (what < 40)
    add (self);
  else if (what < 52)
    edit_text (self, ":entry-", "text");
  else if (what < 66)
    edit_text (self, ":task-", "note");
  else if (what < 72)
    edit_field (self, ":task-", "title");
  else if (what < 76)
    edit_field (self, ":evidence-", "name");
  else if (what < 80)
    edit_tags (self);
  else if (what < 84)
    edit_field (self, ":incident", "title");
  else if (what < 85)
    add_incident (self);
  else if (what < 91)
    delete_one (self);
  else if (what < 95)
    resolve (self);
  else if (self->alone)
    undo (self);
}
