#include "config.h"

#include "iw-sync-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-entry.h"
#include "iw-model-json.h"
#include "iw-remote.h"
#include "iw-time.h"
#include "iw-write-rules.h"

/* How much of a text a title shows. */
#define TITLE_CHARS 120
#define HASH_DIGITS 64

/* ---- errors ---- */

/* What the user needs to know; NULL where the message itself says it. */
static const char *
remote_words (int code)
{
  switch (code)
    {
    case IW_REMOTE_ERROR_OFFLINE:
      return _ ("The server cannot be reached. Check the address and the network.");
    case IW_REMOTE_ERROR_CERTIFICATE:
      return _ ("Nobody this computer trusts vouches for the server’s certificate.");
    case IW_REMOTE_ERROR_UNAUTHORIZED:
      return _ ("The server does not accept this account and password.");
    case IW_REMOTE_ERROR_FORBIDDEN:
      return _ ("The server does not let this account in. Ask who runs it.");
    case IW_REMOTE_ERROR_NOT_FOUND:
      return _ ("There is no such server at this address.");
    case IW_REMOTE_ERROR_BUSY:
    case IW_REMOTE_ERROR_FAILED:
      return _ ("The server is busy. Try again in a moment.");
    default:
      return NULL;
    }
}

char *
iw_sync_words_error (const GError *error)
{
  const char *words = NULL;

  if (error == NULL)
    return g_strdup (_ ("Sync stopped without saying why."));
  if (error->domain == IW_REMOTE_ERROR)
    words = remote_words (error->code);
  return g_strdup (words != NULL ? words : error->message);
}

/* ---- documents ---- */

static const struct
{
  const char *type;
  const char *words;
} types[] = {
  { "incident", NC_ ("document", "Incident") },
  { "entry", NC_ ("document", "Entry") },
  { "evidence", NC_ ("document", "Evidence") },
  { "task", NC_ ("document", "Task") },
  { "notice", NC_ ("document", "Notice") },
  { "scope", NC_ ("document", "Scope") },
  { "indicator", NC_ ("document", "Indicator") },
  { "asset", NC_ ("document", "Asset") },
  { "team", NC_ ("document", "Team") },
  { "person", NC_ ("document", "Person") },
  { "filter", NC_ ("document", "Filter") },
  { "matrix", NC_ ("document", "Impact Rules") },
  { "impact-matrix", NC_ ("document", "Impact Rules") },
};

gboolean
iw_sync_words_is_decision (JsonObject *body)
{
  return g_str_equal (iw_model_json_get_text (body, "type"), "entry") &&
         iw_entry_kind_is_decision (
             iw_entry_kind_from_string (iw_model_json_get_text (body, "kind")));
}

/* A body that is not here: what the id says, which is type and UUID after the colon. */
static char *
type_of (const char *docid, JsonObject *body)
{
  const char *colon = strchr (docid, ':');
  const char *type = iw_model_json_get_text (body, "type");
  const char *dash;

  if (*type != '\0')
    return g_strdup (type);
  if (colon == NULL)
    return g_strdup ("");
  dash = strchr (colon, '-');
  return dash != NULL ? g_strndup (colon + 1, (gsize)(dash - colon - 1)) : g_strdup (colon + 1);
}

char *
iw_sync_words_kind (const char *docid, JsonObject *body)
{
  g_autofree char *type = type_of (docid, body);

  if (iw_sync_words_is_decision (body))
    {
      IwEntryKind kind = iw_entry_kind_from_string (iw_model_json_get_text (body, "kind"));

      if (kind == IW_ENTRY_UNKNOWN || kind == IW_ENTRY_DECISION)
        return g_strdup (C_ ("document", "Decision"));
      /* Translators: %s is what was decided about: "Decision: Severity". */
      return g_strdup_printf (C_ ("document", "Decision: %s"), iw_entry_kind_label (kind));
    }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].type, type))
      return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "document", types[i].words));
  return g_strdup (C_ ("document", "Document"));
}

char *
iw_sync_words_title (JsonObject *body)
{
  static const char *const members[] = { "title", "name", "text", "value", "subject" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = iw_model_json_get_text (body, members[i]);
      g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));

      if (*g_strstrip (line) == '\0')
        continue;
      if (g_utf8_strlen (line, -1) > TITLE_CHARS)
        {
          g_autofree char *head = g_utf8_substring (line, 0, TITLE_CHARS - 1);

          return g_strconcat (head, "…", NULL);
        }
      return g_steal_pointer (&line);
    }
  return g_strdup ("");
}

char *
iw_sync_words_reason (const IwParked *parked)
{
  if (parked->reason != NULL && *parked->reason != '\0')
    return iw_write_rules_translate (parked->reason);
  if (g_strcmp0 (parked->error, "forbidden") == 0)
    return g_strdup (_ ("The server does not allow it."));
  if (g_strcmp0 (parked->error, "unauthorized") == 0)
    return g_strdup (_ ("This account may not write it."));
  if (parked->incoming)
    return g_strdup (_ ("What the server sent cannot be kept here."));
  return g_strdup (_ ("The server did not say why."));
}

char *
iw_sync_words_written (JsonObject *body, GTimeZone *zone)
{
  const char *by = iw_model_json_get_text (body, "modified_by");
  IwTime time = IW_TIME_NONE;
  g_autofree char *when = NULL;

  if (!iw_time_parse_rfc3339 (iw_model_json_get_text (body, "modified_at"), NULL, &time))
    time = IW_TIME_NONE;
  time.precision = MIN (time.precision, IW_PRECISION_SECOND);
  when = iw_time_format_with_zone (time, zone);
  if (*by != '\0' && *when != '\0')
    /* Translators: who wrote a version, and when */
    return g_strdup_printf (C_ ("version", "%s, %s"), by, when);
  return g_strconcat (by, when, NULL);
}

char *
iw_sync_words_json (JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, body);
  return json_to_string (node, TRUE);
}

/* ---- certificates ---- */

char *
iw_sync_words_fingerprint (const char *hash)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = hash != NULL ? strlen (hash) : 0;

  if (length != HASH_DIGITS)
    return g_strdup (hash != NULL ? hash : "");
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && i % 16 == 0)
        g_string_append_c (text, '\n');
      else if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hash[i]));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* ---- the status ---- */

const char *
iw_sync_words_icon (const IwSyncStatus *status)
{
  switch (status->phase)
    {
    case IW_SYNC_REFUSED:
    case IW_SYNC_FAILED:
      return "dialog-warning-symbolic";
    case IW_SYNC_CERTIFICATE:
      return "channel-insecure-symbolic";
    case IW_SYNC_OFF:
      return status->n_conflicts > 0 ? "dialog-warning-symbolic" : "network-offline-symbolic";
    case IW_SYNC_OFFLINE_BY_CHOICE:
      return "network-offline-symbolic";
    case IW_SYNC_WAITING:
      return "network-no-route-symbolic";
    case IW_SYNC_PUSHING:
      return "network-transmit-symbolic";
    case IW_SYNC_PULLING:
      return "network-receive-symbolic";
    case IW_SYNC_CONNECTING:
      return "network-idle-symbolic";
    case IW_SYNC_IDLE:
    default:
      return status->n_parked > 0 || status->n_conflicts > 0 ? "dialog-warning-symbolic"
                                                             : "object-select-symbolic";
    }
}

char *
iw_sync_words_attention (const IwSyncStatus *status)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (status->n_parked > 0)
    g_string_append_printf (
        text, ngettext ("%u document is held back", "%u documents are held back", status->n_parked),
        status->n_parked);
  if (status->n_conflicts > 0)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (
          text, ngettext ("%u conflict to review", "%u conflicts to review", status->n_conflicts),
          status->n_conflicts);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}
