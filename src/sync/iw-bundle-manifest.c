/* manifest.json: what a bundle holds, and the hash of each part of it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-bundle-private.h"

#define MAX_MADE_BY 1000

static void
member_free (gpointer data)
{
  IwBundleMember *member = data;

  g_free (member->name);
  g_free (member->sha256);
  g_free (member);
}

IwBundleManifest *
iw_bundle_manifest_new (void)
{
  IwBundleManifest *self = g_new0 (IwBundleManifest, 1);

  self->incidents = g_ptr_array_new_with_free_func (g_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, member_free);
  return self;
}

void
iw_bundle_manifest_free (IwBundleManifest *self)
{
  if (self == NULL)
    return;
  g_free (self->made_by);
  g_ptr_array_unref (self->incidents);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

gboolean
iw_bundle_manifest_add (IwBundleManifest *self, const char *name, const char *sha256, gint64 length)
{
  IwBundleMember *member;

  if (g_hash_table_contains (self->by_name, name))
    return FALSE;
  member = g_new0 (IwBundleMember, 1);
  member->name = g_strdup (name);
  member->sha256 = g_strdup (sha256);
  member->length = length;
  self->total += length;
  if (g_str_has_prefix (name, IW_BUNDLE_ATTACHMENTS))
    self->attached += length;
  g_hash_table_insert (self->by_name, member->name, member);
  return TRUE;
}

const IwBundleMember *
iw_bundle_manifest_find (IwBundleManifest *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

/* ---- writing ---- */

static void
append_member (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "  \"%s\": ", name);
  iw_canonical_append_string (out, value);
  g_string_append (out, ",\n");
}

static void
append_incidents (IwBundleManifest *self, GString *out)
{
  g_string_append (out, "  \"incidents\": [");
  for (guint i = 0; i + 1 < self->incidents->len; i += 2)
    {
      g_string_append (out, i > 0 ? ",\n    {\"id\": " : "\n    {\"id\": ");
      iw_canonical_append_string (out, self->incidents->pdata[i]);
      g_string_append (out, ", \"title\": ");
      iw_canonical_append_string (out, self->incidents->pdata[i + 1]);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "],\n");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (((const IwBundleMember *)a)->name, ((const IwBundleMember *)b)->name);
}

static void
append_members (IwBundleManifest *self, GString *out)
{
  g_autoptr (GPtrArray) members = g_hash_table_get_values_as_ptr_array (self->by_name);

  g_ptr_array_sort_values (members, compare_names);
  g_string_append (out, "  \"members\": [");
  for (guint i = 0; i < members->len; i++)
    {
      const IwBundleMember *member = members->pdata[i];

      g_string_append_printf (
          out, "%s\n    {\"name\": \"%s\", \"length\": %" G_GINT64_FORMAT ", \"sha256\": \"%s\"}",
          i > 0 ? "," : "", member->name, member->length, member->sha256);
    }
  g_string_append (out, "]\n}\n");
}

char *
iw_bundle_manifest_write (IwBundleManifest *self)
{
  GString *out = g_string_new ("{\n");
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (self->made_at);
  g_autofree char *made_at = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  append_member (out, "format", IW_BUNDLE_FORMAT);
  g_string_append_printf (out, "  \"version\": %d,\n", IW_BUNDLE_VERSION);
  append_member (out, "program", "incident-workbench " PACKAGE_VERSION);
  if (made_at != NULL)
    append_member (out, "made_at", made_at);
  if (self->made_by != NULL)
    append_member (out, "made_by", self->made_by);
  append_incidents (self, out);
  g_string_append_printf (out, "  \"documents\": %" G_GINT64_FORMAT ",\n", self->n_documents);
  g_string_append_printf (out, "  \"revisions\": %" G_GINT64_FORMAT ",\n", self->n_revisions);
  append_members (self, out);
  return g_string_free (out, FALSE);
}

/* ---- reading ---- */

static gboolean
fail (GError **error, const char *what)
{
  return iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE,
                         /* Translators: %s is the name of a member, as it is in the file. */
                         _ ("This is no bundle: “%s” of its manifest is missing or wrong."), what);
}

static const char *
get_text (yyjson_val *object, const char *name)
{
  yyjson_val *value = yyjson_obj_get (object, name);
  const char *text = yyjson_get_str (value);

  return text != NULL && strlen (text) == yyjson_get_len (value) ? text : NULL;
}

static gboolean
get_number (yyjson_val *object, const char *name, gint64 *out)
{
  yyjson_val *value = yyjson_obj_get (object, name);

  if (!yyjson_is_uint (value) || yyjson_get_uint (value) > IW_BUNDLE_MAX_TOTAL)
    return FALSE;
  *out = yyjson_get_uint (value);
  return TRUE;
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* Nothing else can be in a bundle: a name never is a path. */
static gboolean
is_name (const char *name, const char *sha256)
{
  if (name == NULL || strcmp (name, IW_BUNDLE_DOCUMENTS) == 0)
    return name != NULL;
  return g_str_has_prefix (name, IW_BUNDLE_ATTACHMENTS) &&
         strcmp (name + strlen (IW_BUNDLE_ATTACHMENTS), sha256) == 0;
}

static gboolean
read_member (IwBundleManifest *self, yyjson_val *object, GError **error)
{
  const char *sha256 = get_text (object, "sha256");
  const char *name = get_text (object, "name");
  gint64 length;

  if (!is_sha256 (sha256) || !is_name (name, sha256) || !get_number (object, "length", &length) ||
      !iw_bundle_manifest_add (self, name, sha256, length))
    return fail (error, "members");
  if (self->total > IW_BUNDLE_MAX_TOTAL)
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_TOO_LARGE,
                           _ ("The bundle says that it holds more than can be."));
  return TRUE;
}

static gboolean
read_members (IwBundleManifest *self, yyjson_val *root, GError **error)
{
  yyjson_val *members = yyjson_obj_get (root, "members");
  gsize i, max;
  yyjson_val *member;

  if (!yyjson_is_arr (members))
    return fail (error, "members");
  if (yyjson_arr_size (members) > IW_BUNDLE_MAX_MEMBERS)
    return iw_bundle_fail (error, IW_BUNDLE_ERROR_TOO_LARGE, _ ("The bundle has too many parts."));
  yyjson_arr_foreach (members, i, max, member)
  {
    if (!read_member (self, member, error))
      return FALSE;
  }
  return iw_bundle_manifest_find (self, IW_BUNDLE_DOCUMENTS) != NULL || fail (error, "members");
}

static gboolean
read_version (yyjson_val *root, GError **error)
{
  gint64 version;

  if (g_strcmp0 (get_text (root, "format"), IW_BUNDLE_FORMAT) != 0)
    return fail (error, "format");
  if (!get_number (root, "version", &version) || version < 1)
    return fail (error, "version");
  if (version > IW_BUNDLE_VERSION)
    return iw_bundle_fail (
        error, IW_BUNDLE_ERROR_NEWER,
        _ ("The bundle was made by a newer version of Incident Workbench. Update this one."));
  return TRUE;
}

static void
read_maker (IwBundleManifest *self, yyjson_val *root)
{
  const char *made_by = get_text (root, "made_by");
  const char *made_at = get_text (root, "made_at");
  g_autoptr (GDateTime) time =
      made_at != NULL ? g_date_time_new_from_iso8601 (made_at, NULL) : NULL;

  if (made_by != NULL && *made_by != '\0')
    self->made_by = g_utf8_make_valid (made_by, MIN (strlen (made_by), MAX_MADE_BY));
  if (time != NULL)
    self->made_at = g_date_time_to_unix_usec (time);
}

IwBundleManifest *
iw_bundle_manifest_read (const char *text, gsize length, GError **error)
{
  g_autoptr (yyjson_doc) json = iw_canonical_read (text, length, NULL);
  yyjson_val *root = yyjson_doc_get_root (json);
  g_autoptr (IwBundleManifest) self = iw_bundle_manifest_new ();

  if (!yyjson_is_obj (root))
    {
      iw_bundle_fail (error, IW_BUNDLE_ERROR_NOT_A_BUNDLE,
                      _ ("This is no bundle: its manifest cannot be read."));
      return NULL;
    }
  if (!read_version (root, error))
    return NULL;
  if (!get_number (root, "documents", &self->n_documents) ||
      !get_number (root, "revisions", &self->n_revisions))
    {
      fail (error, "documents");
      return NULL;
    }
  read_maker (self, root);
  return read_members (self, root, error) ? g_steal_pointer (&self) : NULL;
}
