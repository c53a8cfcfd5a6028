/* iw-new-incident.h: the documents that opening an incident makes. Pure; any thread. */
#pragma once

#include "iw-incident.h"

#include "iw-id.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *summary;
  const char *zone; /* IANA name; "" for none */
  IwSeverity severity; /* UNSET: not decided yet */
  const char *author; /* who decides */
  const char *team;
} IwNewIncident;

typedef struct
{
  char *docid;
  JsonObject *body;
} IwNewDocument;
void iw_new_document_free (IwNewDocument *document);

/* The incident itself, the decision that it is in stage Detect, and the severity where it is decided.
 * @incident: the UUID it is to have. (element-type IwNewDocument) (transfer full) */
GPtrArray *iw_new_incident_documents (const IwNewIncident *fields, const char *incident,
                                      const IwContext *context);

G_END_DECLS
