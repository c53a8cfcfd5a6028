/* iw-incident-item.h: a row of the list of incidents as an object that lists can hold.
 *
 * The row may be replaced while the object stays, so that a change in the store keeps selection,
 * focus and scroll position. Main thread.
 */
#pragma once

#include "iw-queries.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENT_ITEM (iw_incident_item_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentItem, iw_incident_item, IW, INCIDENT_ITEM, GObject)

/* Signal: "changed": the row says something else now. */

/* @row: copied. (transfer full) */
IwIncidentItem *iw_incident_item_new (const IwIncidentRow *row);
const IwIncidentRow *
iw_incident_item_get_row (IwIncidentItem *self);                  /* (transfer none), never NULL */
const char *iw_incident_item_get_incident (IwIncidentItem *self); /* its UUID */
/* Takes a newer row; emits "changed" where it differs. @row: copied. */
void iw_incident_item_set_row (IwIncidentItem *self, const IwIncidentRow *row);
/* The present moved: emits "changed", so that ages and what is left are written again. */
void iw_incident_item_tick (IwIncidentItem *self);

/* The name of the icon whose shape stands for the severity. Static. */
const char *iw_incident_severity_icon (IwSeverity severity);
/* The style class that colours it: it never stands alone. Static. */
const char *iw_incident_severity_class (IwSeverity severity);
/* "Open for 3 h" or "Closed after 2 d"; "" where it is not known. @now: µs. (transfer full) */
char *iw_incident_age_words (const IwIncidentRow *row, gint64 now);
/* What the second line of a list row says: "High · 41 h left", "High · overdue by 2 h", and where
 * nothing runs "High · Diagnose · 3 h". (transfer full) */
char *iw_incident_row_words (const IwIncidentRow *row, gint64 now);
/* The same for those who do not see the marks beside it. (transfer full) */
char *iw_incident_row_spoken (const IwIncidentRow *row, gint64 now);
/* How what is due next stands: "41 h left"; "" where nothing runs or it is closed. (transfer full)
 */
char *iw_incident_due_words (const IwIncidentRow *row, gint64 now);
/* The same with its name: "Customer notice: 41 h left". (transfer full) */
char *iw_incident_due_hint (const IwIncidentRow *row, gint64 now);
/* Open, and something is past due. */
gboolean iw_incident_is_overdue (const IwIncidentRow *row, gint64 now);
/* How it was detected; "Source not recorded" for "" and NULL. Static. */
const char *iw_incident_source_words (const char *source);
/* The severity's label, "No severity" where it is unset. Static. */
const char *iw_incident_severity_words (IwSeverity severity);
/* The classification's label, "Not classified" where it is unset. Static. */
const char *iw_incident_classification_words (IwClassification classification);

G_END_DECLS
