/* iw-subject-page.h: one thing of an incident with all that is known of it: something affected, an
 * indicator, an asset. A page to be pushed on an AdwNavigationView. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_SUBJECT_PAGE (iw_subject_page_get_type ())
G_DECLARE_FINAL_TYPE (IwSubjectPage, iw_subject_page, IW, SUBJECT_PAGE, AdwNavigationPage)

/* @docid: a document of type "scope", "indicator" or "asset". The page goes where it is deleted.
 * (transfer floating) */
AdwNavigationPage *iw_subject_page_new (IwLiveIncident *live, const char *docid);
const char *iw_subject_page_get_docid (IwSubjectPage *self);

G_END_DECLS
