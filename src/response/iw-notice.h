/* iw-notice.h: notices: their states (process.md N2, N3), what they must carry (N5), who gets them (N4).
 *
 * A notice is a document (audience, language, recipients, subject, body) that is edited like a text; its
 * state is the fold of the notice entries about it. An approval and a sending cite the SHA-256 of the text
 * they are about (iw_notice_digest()): a text changed afterwards is no longer approved.
 */
#pragma once

#include "iw-decisions.h"

G_BEGIN_DECLS

typedef enum
{
  IW_NOTICE_DRAFT,
  IW_NOTICE_IN_REVIEW,
  IW_NOTICE_APPROVED,
  IW_NOTICE_SENT,
  IW_NOTICE_DEFERRED,
  IW_N_NOTICE_STATUSES
} IwNoticeStatus;

typedef enum
{
  IW_AUDIENCE_CUSTOMERS,
  IW_AUDIENCE_DATA_SUBJECTS, /* GDPR Article 34 */
  IW_AUDIENCE_REGULATOR,     /* GDPR Article 33 */
  IW_AUDIENCE_INTERNAL,
  IW_N_AUDIENCES
} IwAudience;

/* What the entries say of one notice. */
typedef struct
{
  char *notice;          /* document id */
  IwAudience audience;   /* written into each notice entry ("audience"), so that clocks need no documents */
  IwNoticeStatus status;
  gint64 since;          /* µs */
  char *digest;          /* of the text that was approved or sent; "" if none */
  char *by;              /* who brought it there */
  IwEntry *entry;        /* the one in force (ref) */
  gint64 first_sent;     /* µs, 0 if never */
} IwNoticeState;
void iw_notice_state_free (IwNoticeState *state);
/* Of each notice that was decided upon, by id. What was sent stays sent, whatever somebody elsewhere decided
 * about it meanwhile; only a withdrawal takes that back. (element-type IwNoticeState) (transfer full) */
GPtrArray *iw_notices_fold (IwDecisions *decisions);

/* What documents hold ("in-review", "data-subjects"), static; FALSE where @text is none of that, @out stays; labels
 * are translated, static. */
const char *iw_notice_status_to_string (IwNoticeStatus status);
gboolean iw_notice_status_from_string (const char *text, IwNoticeStatus *out);
const char *iw_notice_status_label (IwNoticeStatus status);
const char *iw_audience_to_string (IwAudience audience);
gboolean iw_audience_from_string (const char *text, IwAudience *out);
const char *iw_audience_label (IwAudience audience);

/* Where a notice may go from @from: a set of 1 << IwNoticeStatus. Approved needs review, sent needs
 * approval; deferred and draft can be reached from all but sent; from sent nowhere. */
guint iw_notice_next (IwNoticeStatus from);

/* SHA-256 (hex) over what an approval is about: audience, language, subject, body and recipients. (transfer full) */
char *iw_notice_digest (JsonObject *notice);

G_END_DECLS
