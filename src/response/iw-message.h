/* iw-message.h: an escalation as a message that is ready to be sent (process.md R4), in the
 * recipient's language.
 *
 * The words of messages are a table of their own, because the recipient's language need not be one
 * that this computer is set up for; what people typed stays as it is. Times are UTC and written so
 * that they read the same in each language. Pure functions; any one thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject; /* one line */
  char *body;    /* lines ended by LF */
} IwMessage;
void iw_message_free (IwMessage *message); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwMessage, iw_message_free)

/* The languages that messages can be written in, as BCP 47 codes, English first. Static. */
const char *const *iw_message_languages (void);
/* What a language calls itself: "Deutsch". Static; the code itself where it is none of them. */
const char *iw_message_language_name (const char *language);
/* The first of @wanted that messages can be written in: codes or locales between commas, spaces or
 * lines ("de-AT, en"); "en" where there is none. @wanted may be NULL. Static. */
const char *iw_message_language_for (const char *wanted);

/* Team, person or holder of a role of that name in the directory; NULL if there is none. (transfer
 * none) */
IwDocument *iw_message_recipient (IwSituation *situation, const char *name);

/* What is asked, by when and why; title, stage, severity, classification and running clocks; the
 * link "incident-workbench:UUID". (transfer full) */
IwMessage *iw_message_new_escalation (IwSituation *situation,
                                      const IwEscalation *escalation,
                                      const char *language);

/* The longest address that mail programs are known to take from a link. */
#define IW_MESSAGE_MAILTO_MAX 8000

/* The message as a "mailto:" address (RFC 6068), at most @max bytes long: a longer body is cut
 * where a character ends, marked with "…". @to: an address, "" for none; one that is no mail
 * address counts as none. @was_cut (out, optional). (transfer full) */
char *iw_message_to_mailto (const IwMessage *message, const char *to, gsize max, gboolean *was_cut);

/* The link that opens an incident in the program, and back: NULL where @link is none. (transfer
 * full) */
char *iw_message_incident_link (const char *incident);
/* Whether it is one of ours, also one that leads nowhere. */
gboolean iw_message_is_link (const char *link);
char *iw_message_incident_of_link (const char *link);

G_END_DECLS
