/* What should be known at this stage: how it was found, who answers for it, who was told. */
#include "iw-gap-private.h"

#include "iw-response-private.h"

#include <glib/gi18n-lib.h>

static void
want (IwGapFinder *f, const char *place, const char *subject, const char *text)
{
  iw_gap_add (f, IW_GAP_WANTED, place, subject, g_strdup (text));
}

/* What turned out to be no incident of the team's own needs little more than its record. */
static gboolean
is_handled_elsewhere (const IwIncidentState *state)
{
  const char *realm = state->detection != NULL ? iw_response_field (state->detection, "realm") : "";
  const char *outcome =
      state->assessment != NULL ? iw_response_field (state->assessment, "to") : "";

  if (state->classification == IW_CLASSIFICATION_FALSE_POSITIVE)
    return TRUE;
  if (state->classification != IW_CLASSIFICATION_UNSET)
    return FALSE;
  return g_str_equal (realm, "customer-only") || g_str_equal (realm, "third-party") ||
         g_str_equal (outcome, "do-not-escalate");
}

static void
want_detection (IwGapFinder *f)
{
  if (f->state->detection == NULL)
    want (f, "detection", NULL, _ ("How it was detected is not recorded."));
  else if (*iw_response_field (f->state->detection, "realm") == '\0')
    want (f, "detection", NULL, _ ("In whose responsibility it lies is not recorded."));
}

static void
want_assessment (IwGapFinder *f)
{
  if (f->state->assessment == NULL)
    want (f, "assessment", NULL, _ ("It has not been assessed: escalate or not, and why."));
  else if (g_str_equal (iw_response_field (f->state->assessment, "to"), "escalate") &&
           iw_situation_get_escalations (f->situation)->len == 0)
    want (f, "escalations", NULL, _ ("The assessment says to escalate, but nobody was asked."));
}

static void
want_impact (IwGapFinder *f)
{
  if (f->state->impact == NULL)
    want (f, "impact", NULL, _ ("The impact is not recorded."));
  else if (f->state->severity == IW_SEVERITY_UNSET)
    want (f, "impact", NULL, _ ("No severity is set."));
  else if (f->state->priority == IW_PRIORITY_UNSET)
    want (f, "impact", NULL, _ ("No priority is set."));
}

static void
want_role (IwGapFinder *f, const char *role, const char *text)
{
  if (*iw_situation_get_role (f->situation, role) == '\0')
    want (f, "roles", NULL, text);
}

static void
want_roles (IwGapFinder *f)
{
  want_role (f, "incident-manager", _ ("Nobody is the incident manager."));
  if (f->state->stage >= IW_STAGE_DIAGNOSE)
    want_role (f, "response-lead", _ ("Nobody leads the response."));
  if (f->state->stage >= IW_STAGE_STABILISE)
    want_role (f, "incident-owner", _ ("Nobody owns the incident for the service."));
  if (f->state->classification != IW_CLASSIFICATION_CRSI)
    return;
  want_role (f, "executive", _ ("A reportable incident needs an executive incident manager."));
  want_role (f, "legal", _ ("A reportable incident needs a legal adviser."));
  want_role (f, "communications", _ ("A reportable incident needs a communications lead."));
}

/* Somebody said no, and nobody was asked after that. */
static void
want_answers (IwGapFinder *f)
{
  GPtrArray *escalations = iw_situation_get_escalations (f->situation);
  gint64 last_asked = G_MININT64;

  for (guint i = 0; i < escalations->len; i++)
    last_asked = MAX (last_asked, ((IwEscalation *)escalations->pdata[i])->asked);
  for (guint i = 0; i < escalations->len; i++)
    {
      const IwEscalation *escalation = escalations->pdata[i];

      if (escalation->acknowledged != 0 && !escalation->accepted &&
          escalation->acknowledged >= last_asked)
        iw_gap_add (f, IW_GAP_WANTED, "escalations", escalation->id,
                    /* Translators: a team or person. */
                    g_strdup_printf (_ ("%s declined the escalation, and nobody else was asked."),
                                     escalation->to));
    }
}

/* ---- notices ---- */

static void
want_notice_to_move (IwGapFinder *f, IwDocument *notice)
{
  const char *id = iw_document_get_id (notice);
  const IwNoticeState *state = iw_situation_get_notice (f->situation, id);
  g_autofree char *name = iw_situation_name (f->situation, id);
  g_autofree char *digest = NULL;

  if (state->status == IW_NOTICE_IN_REVIEW)
    /* Translators: a notice. */
    iw_gap_add (f, IW_GAP_WANTED, "notices", id,
                g_strdup_printf (_ ("The notice “%s” waits for its review."), name));
  if (state->status != IW_NOTICE_APPROVED)
    return;
  digest = iw_notice_digest (iw_document_get_body (notice));
  if (!g_str_equal (digest, state->digest))
    /* Translators: a notice. */
    iw_gap_add (f, IW_GAP_WANTED, "notices", id,
                g_strdup_printf (_ ("The notice “%s” was changed after it was approved."), name));
  else
    /* Translators: a notice. */
    iw_gap_add (f, IW_GAP_WANTED, "notices", id,
                g_strdup_printf (_ ("The notice “%s” is approved but not sent."), name));
}

static gboolean
personal_data_was_breached (const IwIncidentState *state)
{
  return state->classification == IW_CLASSIFICATION_PRIVACY ||
         (state->impact != NULL &&
          g_str_equal (iw_response_field (state->impact, "information"), "privacy-breach"));
}

static gboolean
tells_persons (IwGapFinder *f)
{
  return iw_gap_has_notice (f, IW_AUDIENCE_CUSTOMERS, -1) ||
         iw_gap_has_notice (f, IW_AUDIENCE_DATA_SUBJECTS, -1);
}

/* Controllers are told whatever the risk (GDPR Article 33(2)), persons where it is high (Article
 * 34(1)). */
static void
want_notices (IwGapFinder *f)
{
  g_autoptr (GPtrArray) notices = iw_situation_get_documents (f->situation, "notice");

  if (f->state->classification == IW_CLASSIFICATION_CRSI &&
      !iw_gap_has_notice (f, IW_AUDIENCE_CUSTOMERS, -1))
    want (f, "notices", NULL, _ ("No notice to customers is drafted."));
  if (personal_data_was_breached (f->state) && !iw_gap_has_notice (f, IW_AUDIENCE_REGULATOR, -1))
    want (f, "notices", NULL,
          _ ("Personal data was breached, and no notice to a regulator is drafted."));
  if (personal_data_was_breached (f->state) && f->state->urgent &&
      f->state->classification != IW_CLASSIFICATION_CRSI && !tells_persons (f))
    want (f, "notices", NULL,
          _ ("Customer data is at risk, and no notice to customers or to the persons concerned is "
             "drafted."));
  for (guint i = 0; i < notices->len; i++)
    want_notice_to_move (f, notices->pdata[i]);
}

/* ---- decisions that do not count ---- */

/* More than this are somebody's attack or a broken import, and the timeline shows them all. */
#define MAX_INVALID 20

static gboolean
must_be_valid (IwEntryKind kind)
{
  return kind == IW_ENTRY_STAGE || kind == IW_ENTRY_CLASSIFICATION || kind == IW_ENTRY_NOTICE ||
         kind == IW_ENTRY_APPROVAL;
}

/* From the last on, since a wrong one that another followed matters to nobody any more. */
static void
want_valid_decisions (IwGapFinder *f)
{
  IwDecisions *decisions = iw_situation_get_decisions (f->situation);
  g_autoptr (GHashTable) followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint found = 0;

  for (guint i = iw_decisions_get_n (decisions); i > 0 && found < MAX_INVALID; i--)
    {
      IwEntry *entry = iw_decisions_get (decisions, i - 1);
      const char *problem = iw_decisions_get_problem (decisions, i - 1);
      IwEntryKind kind = iw_entry_get_kind (entry);
      const char *subject = iw_response_field (entry, "subject");

      if (!must_be_valid (kind) || iw_decisions_get_withdrawal (decisions, i - 1) != NULL ||
          !g_hash_table_add (followed, g_strdup_printf ("%d %s", kind, subject)) || problem == NULL)
        continue;
      found++;
      iw_gap_add (f, IW_GAP_WANTED, "timeline", iw_response_id (entry),
                  /* Translators: a kind of decision, such as "Classification", and the reason. */
                  g_strdup_printf (_ ("%1$s is on the timeline but not in force: %2$s"),
                                   iw_entry_kind_label (kind), problem));
    }
}

void
iw_gap_find_wanted (IwGapFinder *f)
{
  want_detection (f);
  want_valid_decisions (f);
  want_answers (f);
  if (f->state->classification == IW_CLASSIFICATION_FALSE_POSITIVE && f->state->urgent)
    want (f, "impact", NULL,
          _ ("It is classified as a false positive, but the impact still tells of risk to customer "
             "data."));
  if (is_handled_elsewhere (f->state))
    return;
  if (f->state->stage >= IW_STAGE_ASSESS)
    {
      want_assessment (f);
      want_impact (f);
      want_roles (f);
    }
  want_notices (f);
  iw_gap_find_wanted_scope (f);
}
