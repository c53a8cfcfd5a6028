/* iw-document-picker.h: documents of an incident to pick from: evidence, indicators, customers.
 * Main thread.
 */
#pragma once

#include "iw-picker-page.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* @type: of documents ("evidence", "scope", "indicator"), or the kind of entries ("escalation").
 * @chosen: ids. (transfer floating) */
AdwNavigationPage *
iw_document_picker_new (IwSituation *situation, const char *type, const char *const *chosen);
/* What tells a document from others of the same name: "Customer, Confirmed", "Domain", "2.1 MB".
 * (transfer full), "" if nothing */
char *iw_document_picker_describe (IwSituation *situation, const char *docid);

G_END_DECLS
