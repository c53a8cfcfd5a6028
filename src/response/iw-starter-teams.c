#include "iw-starter-teams.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *purpose;
  const char *contacts;
} StarterTeam;

/* Who takes part in a response, after process.md R1. Addresses are each organisation's own. */
static const StarterTeam teams[IW_N_STARTER_TEAMS] = {
  { NC_ ("team", "Security Response Center"),
    NC_ ("team purpose",
         "Takes in reports of vulnerabilities and abuse from outside, and answers those who sent "
         "them."),
    NC_ ("team contacts", "The public page on reporting security problems.") },
  { NC_ ("team", "Cyber Defense Operations Center"),
    NC_ ("team purpose",
         "Watches around the clock, sorts alerts, sweeps for indicators and hunts for breaches."),
    NC_ ("team contacts", "The duty roster of the operations center.") },
  { NC_ ("team", "Security Response Team"),
    NC_ ("team purpose",
         "Leads the response: assesses, investigates, and decides on containment with the service "
         "teams."),
    NC_ ("team contacts", "The on-call roster of the response team.") },
  { NC_ ("team", "Legal and Regulatory Affairs"),
    NC_ ("team purpose",
         "Advises on duties to notify, on contracts, and on work with law enforcement and "
         "regulators."),
    NC_ ("team contacts", "The list of advisers by country and subject.") },
  { NC_ ("team", "Governance, Risk and Compliance"),
    NC_ ("team purpose",
         "Keeps the response in line with policies and certifications; answers auditors."),
    NC_ ("team contacts", "The register of controls and their owners.") },
  { NC_ ("team", "Data Center Security"),
    NC_ ("team purpose",
         "Guards buildings and equipment: access, cameras, media, and forensics on site."),
    NC_ ("team contacts", "The guard desk of each site.") },
  { NC_ ("team", "Service Team"),
    NC_ ("team purpose",
         "Runs the service that is affected: knows how it works, carries out containment, "
         "eradication and recovery."),
    NC_ ("team contacts", "The service catalog with the engineers on call.") },
  { NC_ ("team", "Operations Managers"),
    NC_ ("team purpose",
         "Coordinate changes, outages and people across services while the incident lasts."),
    NC_ ("team contacts", "The roster of managers on duty.") },
  { NC_ ("team", "Threat Intelligence"),
    NC_ ("team purpose",
         "Tells who might be behind it, what they usually do next, and which indicators to look "
         "for."),
    NC_ ("team contacts", "The sharing communities that the team is a member of.") },
  { NC_ ("team", "Partner Security Teams"),
    NC_ ("team purpose",
         "Security teams of suppliers, partners and sister companies that share systems or data."),
    NC_ ("team contacts", "The security contacts named in contracts.") },
  { NC_ ("team", "Customer Communication"),
    NC_ (
        "team purpose",
        "Writes and sends notices to customers, and briefs customer service and account managers."),
    NC_ ("team contacts", "The list of account managers by customer.") },
};

static JsonObject *
new_body (const StarterTeam *team, const char *name)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "type", "team");
  json_object_set_int_member (body, "v", 1);
  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "purpose",
                                 g_dpgettext2 (GETTEXT_PACKAGE, "team purpose", team->purpose));
  json_object_set_string_member (body, "contacts",
                                 g_dpgettext2 (GETTEXT_PACKAGE, "team contacts", team->contacts));
  return body;
}

GPtrArray *
iw_starter_teams (const IwContext *context, const char *const *known)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      const char *name = g_dpgettext2 (GETTEXT_PACKAGE, "team", teams[i].name);
      g_autofree char *docid = NULL;

      if (known != NULL && g_strv_contains (known, name))
        continue;
      docid = iw_id_new_document (context, NULL, "team");
      g_ptr_array_add (documents, iw_document_new_take (docid, NULL, new_body (&teams[i], name)));
    }
  return documents;
}
