/* iw-situation-json.h: a situation as JSON, for the command line and for whoever replays the decisions.
 *
 * All of it follows from entries and documents by the rules of process.md; none of it is stored. Times
 * are RFC 3339 in UTC, to the microsecond where there is one; what is not set is left out, unless said
 * otherwise. Lists of documents stand in the order in which screens show them.
 *
 * {
 *   "incident": uuid, "title": text, "now": time,
 *   "stage": "detect"…, "severity": ""|"low"…, "set_severity", "priority": ""|"p4"…, "set_priority",
 *   "classification": ""|"crsi"…,
 *   "urgent": bool, "containing": bool, "opened_at", "closed_at": time,
 *   "bands": [{"stage", "start", "end"}], "containment": [{"start", "end"}]   ("end" is left out: it lasts)
 *   "detection", "assessment", "classified", "impact": docid of the entry in force,
 *   "roles": {role: person} (of several experts the first), "experts": [person],
 *   "activities": {activity: {"state", "assignee", "entry"}},
 *   "escalations": [{"id", "from", "to", "asked", "due", "acknowledged", "acknowledged_by", "accepted": bool,
 *                    "late": bool (answered after it was due), "overdue": bool}],
 *   "clocks": [{"id", "kind", "name", "start", "due", "ends_on", "state": "running"|"met"|"stopped", "ended",
 *               "why", "overdue": bool}],
 *   "notices": [{"id", "audience", "status", "since", "first_sent", "by", "digest", "entry"}] (drafts too),
 *   "scope": [{"id", "kind", "name", "state": ""|"suspected"…, "entry"}],
 *   "tasks": [{"id", "title", "phase", "emergency": bool, "state"}],
 *   "evidence": [{"id", "name", "marks": [mark], "approval": docid}],
 *   "gaps": [{"weight": "overdue"|"closing"|"wanted", "place", "subject", "text", "closing": bool}],
 *   "decisions": [docid of each that counts, in order],
 *   "not_in_force": [{"id", "kind", "problem", "withdrawn_by": docid}]
 * }
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

/* (transfer full) */
JsonObject *iw_situation_to_json (IwSituation *situation);

G_END_DECLS
