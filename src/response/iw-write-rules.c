/* Who may write what. The same rules for any CouchDB: data/couchdb/validate.js; both are held to
 * tests/data/write-rules.json, so a change here is one in three places.
 */
#include "iw-write-rules.h"

#include <string.h>

#include "iw-form-kind-private.h"
#include "iw-id.h"
#include "iw-evidence.h"
#include "iw-model-json.h"
#include "iw-write-reasons.h"

#define AUTHOR_ROLE "author:"

/* ---- accounts ---- */

gboolean
iw_account_has_role (const IwAccount *account, const char *role)
{
  return account->roles != NULL && g_strv_contains (account->roles, role);
}

gboolean
iw_account_is_admin (const IwAccount *account)
{
  return iw_account_has_role (account, "admin") || iw_account_has_role (account, "_admin");
}

/* @roles: "a|b"; an administrator could give any of them to anyone. */
static gboolean
has_any (const IwAccount *account, const char *roles)
{
  g_auto (GStrv) parts = g_strsplit (roles, "|", -1);

  if (iw_account_is_admin (account))
    return TRUE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (iw_account_has_role (account, parts[i]))
      return TRUE;
  return FALSE;
}

static gboolean
may_write (const IwAccount *account)
{
  return has_any (account, "responder|incident-manager|legal|executive");
}

static gboolean
is_read_only (const IwAccount *account)
{
  return !may_write (account) && has_any (account, "reader|auditor");
}

/* Whether a document that @author wrote may come from @account. */
static gboolean
is_own_name (const IwAccount *account, const char *author)
{
  g_autofree char *role = g_strconcat (AUTHOR_ROLE, author, NULL);

  return strcmp (author, account->name) == 0 || iw_account_has_role (account, role);
}

/* ---- what a document is ---- */

static gboolean
is_known (const char *type)
{
  static const char *const others[] = { "incident", "entry",   "evidence", "matrix",
                                        "filter",   "erasure", NULL };

  return g_strv_contains (others, type) || iw_form_kind_of_document (type) != NULL;
}

gboolean
iw_write_rules_concern (const char *docid, const char *type)
{
  return g_str_has_prefix (docid, "_design/") || (type != NULL && is_known (type));
}

static gboolean
is_decision (JsonObject *body)
{
  IwEntryKind kind;

  if (strcmp (iw_model_json_get_text (body, "type"), "entry") != 0)
    return FALSE;
  kind = iw_entry_kind_from_string (iw_model_json_get_text (body, "kind"));
  return kind != IW_ENTRY_UNKNOWN && iw_entry_kind_is_decision (kind);
}

/* ---- what a document must hold ---- */

static char *
refuse (const char *reason)
{
  return g_strdup (reason);
}

static char *
refuse_field (GPtrArray *problems)
{
  const IwProblem *first = g_ptr_array_index (problems, 0);

  return g_strdup_printf (IW_REASON_FIELD, first->field != NULL ? first->field : "");
}

static char *
check_entry (JsonObject *body)
{
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_autoptr (IwEntry) entry = iw_entry_new_from_json (NULL, body, NULL);

  if (entry == NULL)
    return refuse (IW_REASON_ENTRY);
  return iw_decision_check (entry, problems) ? NULL : refuse_field (problems);
}

static char *
check_evidence (JsonObject *body)
{
  g_autoptr (IwEvidence) evidence = iw_evidence_new_from_json (NULL, body, NULL);

  return evidence != NULL ? NULL : refuse (IW_REASON_EVIDENCE);
}

static char *
check_incident (JsonObject *body)
{
  static const char *const texts[] = { "title", "summary", "zone", NULL };

  if (!iw_id_is_uuid (iw_model_json_get_text (body, "incident")))
    return refuse (IW_REASON_INCIDENT);
  for (guint i = 0; texts[i] != NULL; i++)
    if (!iw_model_json_check_string (body, texts[i], G_MAXINT32, NULL))
      return refuse (IW_REASON_INCIDENT);
  return NULL;
}

/* The fields alone: what an indicator looks like is for the form, and can be told by no table. */
static char *
check_form (const char *type, JsonObject *body)
{
  const IwFormKind *kind = iw_form_kind_of_document (type);
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_auto (IwFieldSource) source = { 0 };
  IwFormKind plain;

  if (kind == NULL)
    return NULL;
  plain = *kind;
  plain.check = NULL;
  iw_field_source_init (&source, &plain, NULL, body);
  iw_form_kind_check (&plain, iw_field_source_get, &source, problems);
  return problems->len == 0 ? NULL : refuse_field (problems);
}

/* A document of one incident under the id of another would be seen by those who may see that. */
static gboolean
agrees_with_id (const char *docid, JsonObject *body)
{
  g_autofree char *incident = iw_id_incident_of (docid);
  const char *said = iw_model_json_get_string (body, "incident");

  return incident == NULL || said == NULL || strcmp (incident, said) == 0;
}

static char *
check_content (const char *docid, JsonObject *body)
{
  const char *type = iw_model_json_get_text (body, "type");

  if (!agrees_with_id (docid, body))
    return refuse (IW_REASON_SCOPE);
  if (strcmp (type, "entry") == 0)
    return check_entry (body);
  if (strcmp (type, "evidence") == 0)
    return check_evidence (body);
  if (strcmp (type, "incident") == 0)
    return check_incident (body);
  return check_form (type, body);
}

/* ---- who wrote it ---- */

/* A merge says which revisions it is of, and bears the stamps of the later: nobody's own words
 * (sync.md "Merging"). */
static gboolean
is_merge (JsonObject *body)
{
  JsonNode *node = iw_model_json_get (body, "merged");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
         json_array_get_length (json_node_get_array (node)) >= 2 && !is_decision (body);
}

static char *
check_created (JsonObject *before, JsonObject *after)
{
  const char *by = iw_model_json_get_text (after, "created_by");

  if (before != NULL)
    return strcmp (iw_model_json_get_text (before, "created_at"),
                   iw_model_json_get_text (after, "created_at")) == 0 &&
                   strcmp (iw_model_json_get_text (before, "created_by"), by) == 0
               ? NULL
               : refuse (IW_REASON_CREATED);
  /* Made and not changed since: by one person. What comes back after it was deleted was made by
   * somebody else. */
  if (*by != '\0' &&
      strcmp (iw_model_json_get_text (after, "created_at"),
              iw_model_json_get_text (after, "modified_at")) == 0 &&
      strcmp (by, iw_model_json_get_text (after, "modified_by")) != 0)
    return g_strdup_printf (IW_REASON_AUTHOR, by);
  return NULL;
}

static char *
check_author (JsonObject *before, JsonObject *after, gboolean deleted, const IwAccount *account)
{
  const char *by = iw_model_json_get_text (after, "modified_by");

  if (iw_account_is_admin (account) || is_merge (after))
    return NULL;
  /* A plain deletion of the protocol has no body. */
  if (*by == '\0')
    return deleted ? NULL : refuse (IW_REASON_NO_AUTHOR);
  if (!is_own_name (account, by))
    return g_strdup_printf (IW_REASON_AUTHOR, by);
  return deleted ? NULL : check_created (before, after);
}

/* ---- what needs a role (process.md) ---- */

/* N2: what goes to a regulator is for those who answer to it (R6). */
static char *
check_notice_approval (JsonObject *body, const IwAccount *account)
{
  if (strcmp (iw_model_json_get_text (body, "audience"), "regulator") == 0)
    return has_any (account, "legal|executive") ? NULL : refuse (IW_REASON_APPROVE_REGULATOR);
  return has_any (account, "incident-manager|legal|executive") ? NULL
                                                               : refuse (IW_REASON_APPROVE_NOTICE);
}

/* N3: vetted by legal and by the executive incident manager, both named; one of them writes it
 * down. */
static char *
check_deferral (JsonObject *body, const IwAccount *account)
{
  const char *legal = iw_model_json_get_text (body, "legal"),
             *executive = iw_model_json_get_text (body, "executive");

  if (strcmp (legal, executive) == 0)
    return refuse (IW_REASON_DEFER_NAMES);
  if (iw_account_is_admin (account) ||
      (iw_account_has_role (account, "legal") && is_own_name (account, legal)) ||
      (iw_account_has_role (account, "executive") && is_own_name (account, executive)))
    return NULL;
  return refuse (IW_REASON_DEFER);
}

/* Which decision it is of only the fold can look up: there one that says it wrongly counts for
 * nothing. */
static char *
check_withdrawal (JsonObject *body, const IwAccount *account)
{
  static const struct
  {
    const char *of;
    const char *roles;
  } guarded[] = {
    { "classification/crsi", "incident-manager|executive" },
    { "approval", "incident-manager" },
    { "notice/approved/regulator", "legal|executive" },
    { "notice/approved/", "incident-manager|legal|executive" },
    { "notice/deferred/", "legal|executive" },
  };
  const char *of = iw_model_json_get_text (body, "of");

  if (*of == '\0' || strcmp (of, "withdrawal") == 0)
    return has_any (account, "incident-manager") ? NULL : refuse (IW_REASON_WITHDRAW_UNSAID);
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    if (g_str_has_prefix (of, guarded[i].of))
      return has_any (account, guarded[i].roles) ? NULL : refuse (IW_REASON_WITHDRAW);
  return NULL;
}

static char *
check_role (JsonObject *body, const IwAccount *account)
{
  const char *to = iw_model_json_get_text (body, "to");

  switch (iw_entry_kind_from_string (iw_model_json_get_text (body, "kind")))
    {
    case IW_ENTRY_CLASSIFICATION: /* C3 */
      return strcmp (to, "crsi") != 0 || has_any (account, "incident-manager|executive")
                 ? NULL
                 : refuse (IW_REASON_DECLARE);
    case IW_ENTRY_APPROVAL: /* E3 */
      return has_any (account, "incident-manager") ? NULL : refuse (IW_REASON_APPROVE_EVIDENCE);
    case IW_ENTRY_NOTICE:
      if (strcmp (to, "approved") == 0)
        return check_notice_approval (body, account);
      return strcmp (to, "deferred") == 0 ? check_deferral (body, account) : NULL;
    case IW_ENTRY_WITHDRAWAL:
      return check_withdrawal (body, account);
    default:
      return NULL;
    }
}

/* ---- all of it ---- */

static char *
check_known (const char *docid,
             JsonObject *before,
             JsonObject *after,
             gboolean deleted,
             const IwAccount *account)
{
  g_autofree char *reason = NULL;

  if (!may_write (account))
    return refuse (IW_REASON_READ_ONLY);
  if (is_decision (before))
    return refuse (deleted ? IW_REASON_DELETED : IW_REASON_CHANGED);
  if (strcmp (iw_model_json_get_text (before, "type"), "erasure") == 0 ||
      strcmp (iw_model_json_get_text (after, "type"), "erasure") == 0)
    return iw_account_is_admin (account) ? NULL : refuse (IW_REASON_ERASURE);
  if (deleted)
    return check_author (before, after, TRUE, account);
  if (before != NULL &&
      strcmp (iw_model_json_get_text (before, "type"), iw_model_json_get_text (after, "type")) != 0)
    return refuse (IW_REASON_TYPE);
  if (before != NULL && is_decision (after))
    return refuse (IW_REASON_BECOMES);
  reason = check_content (docid, after);
  if (reason == NULL)
    reason = check_author (before, after, FALSE, account);
  if (reason == NULL && is_decision (after))
    reason = check_role (after, account);
  return g_steal_pointer (&reason);
}

char *
iw_write_rules_check (const char *docid,
                      JsonObject *before,
                      JsonObject *after,
                      gboolean deleted,
                      const IwAccount *account)
{
  g_return_val_if_fail (docid != NULL, NULL);
  g_return_val_if_fail (account != NULL, NULL);

  if (account->name == NULL || *account->name == '\0')
    return refuse (IW_REASON_SIGN_IN);
  if (g_str_has_prefix (docid, "_design/"))
    return iw_account_is_admin (account) ? NULL : refuse (IW_REASON_DESIGN);
  if (is_read_only (account))
    return refuse (IW_REASON_READ_ONLY);
  if (!is_known (iw_model_json_get_text (before, "type")) &&
      !is_known (iw_model_json_get_text (after, "type")))
    return NULL;
  return check_known (docid, before, after, deleted, account);
}
