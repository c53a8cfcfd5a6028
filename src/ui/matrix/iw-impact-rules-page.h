/* iw-impact-rules-page.h: the page of the preferences for the rules from impact to severity and
 * priority.
 *
 * Each change is kept at once in the workspace, and can be undone. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_IMPACT_RULES_PAGE (iw_impact_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (IwImpactRulesPage,
                      iw_impact_rules_page,
                      IW,
                      IMPACT_RULES_PAGE,
                      AdwPreferencesPage)

AdwPreferencesPage *iw_impact_rules_page_new (IwWorkspace *workspace);

G_END_DECLS
