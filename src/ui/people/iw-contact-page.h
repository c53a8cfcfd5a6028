/* iw-contact-page.h: a team or a person of the directory with all that is known: how to reach it,
 * who is on call, who is in it, what waits for it. A page for the window's AdwNavigationView. Main
 * thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-directory.h"

G_BEGIN_DECLS

#define IW_TYPE_CONTACT_PAGE (iw_contact_page_get_type ())
G_DECLARE_FINAL_TYPE (IwContactPage, iw_contact_page, IW, CONTACT_PAGE, AdwNavigationPage)

/* @docid: a document of type "team" or "person". The page goes where it is deleted. (transfer
 * floating) */
AdwNavigationPage *iw_contact_page_new (IwDirectory *directory, const char *docid);

G_END_DECLS
