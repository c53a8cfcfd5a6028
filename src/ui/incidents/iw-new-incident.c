#include "config.h"

#include "iw-new-incident.h"

void
iw_new_document_free (IwNewDocument *document)
{
  g_free (document->docid);
  g_clear_pointer (&document->body, json_object_unref);
  g_free (document);
}

static void
add (GPtrArray *documents, char *docid, JsonObject *body)
{
  IwNewDocument *document = g_new0 (IwNewDocument, 1);

  document->docid = docid;
  document->body = body;
  g_ptr_array_add (documents, document);
}

static void
add_decision (GPtrArray *documents,
              IwEntry *decision,
              const IwNewIncident *fields,
              gint64 now,
              const IwContext *context)
{
  IwTime time = { now, IW_PRECISION_SECOND };

  /* Whole seconds: what a person decides is not exact to the microsecond. */
  time.us -= time.us % IW_USEC_PER_SEC;
  iw_entry_set_occurred (decision, time);
  iw_entry_set_recorded (decision, (IwTime){ now, IW_PRECISION_MICROSECOND });
  iw_entry_set_actor (decision, fields->author);
  iw_entry_set_team (decision, fields->team);
  add (documents, iw_id_new_document (context, iw_entry_get_incident (decision), "entry"),
       iw_entry_to_json (decision));
}

GPtrArray *
iw_new_incident_documents (const IwNewIncident *fields,
                           const char *incident,
                           const IwContext *context)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_new_document_free);
  gint64 now = iw_context_now (context);
  g_autoptr (IwEntry) stage =
      iw_decision_new (incident, "stage", "to", iw_stage_to_string (IW_STAGE_DETECT), NULL);

  add (documents, iw_id_incident_document (incident),
       iw_incident_new_document (incident, fields->title, fields->summary, fields->zone));
  add_decision (documents, stage, fields, now, context);
  if (fields->severity != IW_SEVERITY_UNSET)
    {
      g_autoptr (IwEntry) severity = iw_decision_new (
          incident, "severity", "to", iw_severity_to_string (fields->severity), NULL);

      add_decision (documents, severity, fields, now, context);
    }
  return documents;
}
