/* iw-form.h: a form as a value: what the fields held at first, what they hold now, what is wrong.
 *
 * Immutable and counted: setters return another one. Every field is text as it is typed. The dialogs and
 * the commands only show it and fill it in; it alone decides what may be written. Any one thread.
 */
#pragma once

#include "iw-form-kind.h"
#include "iw-id.h"
#include "iw-situation.h"
#include "iw-write-rules.h"

G_BEGIN_DECLS

typedef struct _IwForm IwForm;

/* A new decision or document, filled with what is usual: "from" from what is in force, the user's name, the
 * usual next step. @subject: the document it is about; for a kind without a subject, what it is opened for: a
 * value of one of its choices ("legal" of a role, "closed" of a stage), a document for its list (the evidence
 * of an approval), or an entry or file to cite. NULL or "" for none. @situation: NULL only for workspace
 * documents. @author may be NULL. (transfer full) */
IwForm *iw_form_new (const IwFormKind *kind, IwSituation *situation, const char *subject, const char *author);
/* Decides again: a new decision of the kind of @entry with what the one in force holds, which is @entry or what
 * has taken its place; but who and when, and a step that is taken already, are left as in any new one. It is
 * changed from what it began with. NULL where @entry is no decision. (transfer full) */
IwForm *iw_form_new_again (IwSituation *situation, IwEntry *entry, const char *author);
/* Edits a document that exists. (transfer full) */
IwForm *iw_form_new_edit (const IwFormKind *kind, IwSituation *situation, IwDocument *document, const char *author);
IwForm *iw_form_ref (IwForm *self);
void iw_form_unref (IwForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwForm, iw_form_unref)

const IwFormKind *iw_form_get_kind (IwForm *self); /* static */
IwSituation *iw_form_get_situation (IwForm *self); /* (transfer none); NULL where it was made without */
const char *iw_form_get_document (IwForm *self);       /* the id of the one that is edited; NULL for a new one */
gboolean iw_form_is_changed (IwForm *self);            /* from what it began with */
/* What a field holds; "" if it is empty or unknown. Lists a line each. (transfer none) */
const char *iw_form_get (IwForm *self, const char *field);
const char *iw_form_get_original (IwForm *self, const char *field);
/* @value NULL is "". An unknown field is a programmer's error. (transfer full) */
IwForm *iw_form_set (IwForm *self, const char *field, const char *value);
/* The fields that are asked for with what it holds now, in order, the common ones last. Hidden ones and
 * the subject are not among them. (element-type IwFormField) (transfer container) */
GPtrArray *iw_form_get_fields (IwForm *self);
/* The choices of a field as they are offered now (a stage that cannot be reached is not among them);
 * ended by a NULL value; words that are no msgid are names. (transfer full): free with g_free(), not after the form */
IwChoice *iw_form_get_choices (IwForm *self, const IwFormField *field);
/* A title that fits what it holds: "Change Stage", "Edit Team"; what the button says: "Declare",
 * "Escalate to Legal". (transfer full) */
char *iw_form_get_title (IwForm *self);
char *iw_form_get_verb (IwForm *self);
/* The msgid of the undo label of what it writes: "Change Stage", "Add Task", "Edit Task". (transfer none), static */
const char *iw_form_get_action (IwForm *self);

/* What stands in the way, each at its field and in words; empty where it can be written. Includes what only
 * the situation tells: nothing to close with open notices, no approval of one's own text, a notice that is
 * not approved. @now: µs. (element-type IwProblem) (transfer full) */
GPtrArray *iw_form_get_problems (IwForm *self, gint64 now);
/* What the user should know before the button is pressed, a sentence each: how a time was understood, which
 * rule proposes what, which clocks it starts or stops. @zone: in which times are said; NULL: the incident's.
 * (transfer full), maybe empty */
char **iw_form_get_notes (IwForm *self, gint64 now, GTimeZone *zone);

/* Why a server would not take what it writes now from @account, as a sentence for the user; NULL where it would, or
 * while there are problems. What is written all the same stays here, held back (sync.md "Write rules"). @author: who
 * writes, as iw_store_set_author() has it. @context: as in iw_form_write(). (transfer full) */
char *iw_form_get_refusal (IwForm *self, const IwContext *context, const char *author, const IwAccount *account);

/* What to write: entries and documents, with ids; the first is the one that the form is about. Some kinds
 * write several (an impact also severity and priority, a false positive its follow-up task).
 * A time that was left empty is the present, to the second; a clock without a start starts then. What is said
 * to be in force before ("from"), the sum of a notice and the proposal of an impact are always those of the
 * situation, whatever a caller has set.
 * IW_MODEL_ERROR_INVALID with the problems where there are any. @context: ids and the present.
 * (element-type IwDocument) (transfer full) */
GPtrArray *iw_form_write (IwForm *self, const IwContext *context, GError **error);

/* All that differs from what the form began with, and from which revision, as a text for the store's drafts, and back:
 * what is written then goes on from that revision (IwChange), also where @self shows a later one. Restoring a
 * draft of another kind, or one that is no draft, gives the form as it is. (transfer full) */
char *iw_form_to_draft (IwForm *self);
IwForm *iw_form_restore_draft (IwForm *self, const char *draft);

G_END_DECLS
