/* iw-notice-page.h: one notice: its text, who gets it, what it lacks, and how far it is. A page to
 * be pushed on an AdwNavigationView inside an incident. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_NOTICE_PAGE (iw_notice_page_get_type ())
G_DECLARE_FINAL_TYPE (IwNoticePage, iw_notice_page, IW, NOTICE_PAGE, AdwNavigationPage)

/* @docid: a document of type "notice". What is typed is kept as a draft at each keystroke and
 * written to the document at a pause, as one action that can be undone. The page goes where the
 * notice is deleted. (transfer floating) */
AdwNavigationPage *iw_notice_page_new (IwLiveIncident *live, const char *docid);
const char *iw_notice_page_get_docid (IwNoticePage *self);

G_END_DECLS
