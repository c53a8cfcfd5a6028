/* iw-notice-template.h: texts that a notice begins with (process.md N2, N5): one for each audience
 * and language, with what the incident knows filled in.
 *
 * A template is a subject and a Markdown body with {{placeholders}} and sections, "## Heading
 * {#id}". The ids do not stay in the text: a section of a notice is known again by its heading (see
 * iw-notice-check.h). What is not known yet leaves a mark in the notice's language, "[Likely
 * consequences: not known yet]", that nobody overlooks and the checklist reports. Pure; any thread.
 */
#pragma once

#include "iw-notice.h"

G_BEGIN_DECLS

typedef struct _IwNoticeTemplate IwNoticeTemplate;

/* A section that the template has: what it is about, and what it is called in its language. */
typedef struct
{
  char *id;      /* "nature", "consequences", "contact" … */
  char *heading; /* "What happened" */
} IwNoticeSection;

/* The languages there are templates in: BCP 47 tags. (transfer none) */
const char *const *iw_notice_languages (void);
/* What a language is called in itself: "Deutsch"; the tag where it is none of those. (transfer
 * full) */
char *iw_notice_language_name (const char *language);
/* The one of iw_notice_languages() that serves a tag best: "de" for "de-AT"; "en" for what there is
 * none of, for "" and for NULL. (transfer none) */
const char *iw_notice_language_nearest (const char *tag);

/* @language: any tag, see iw_notice_language_nearest(). Never NULL. (transfer full) */
IwNoticeTemplate *iw_notice_template_load (IwAudience audience, const char *language);
void iw_notice_template_free (IwNoticeTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwNoticeTemplate, iw_notice_template_free)

const char *iw_notice_template_get_language (const IwNoticeTemplate *self); /* of iw_notice_languages(); static */
/* (element-type IwNoticeSection) (transfer none), in order */
GPtrArray *iw_notice_template_get_sections (const IwNoticeTemplate *self);

/* ---- facts ---- */

/* The names that placeholders have: "title", "summary", "detected" …; ended by NULL. (transfer
 * none) */
const char *const *iw_notice_fact_names (void);
/* What a fact is called in a language: "Likely consequences". (transfer full) */
char *iw_notice_fact_label (const char *language, const char *name);
/* The mark for one that is not known yet. (transfer full) */
char *iw_notice_fact_mark (const char *language, const char *name);
/* What stands above a text that must not go out yet, in its language: "Draft, not approved".
 * (transfer full) */
char *iw_notice_draft_mark (const char *language);
/* The marks that stand in a text, in whatever language: what each is about, in order and without
 * repetition: "Likely consequences". (transfer full), maybe empty */
char **iw_notice_find_marks (const char *text);

/* ---- filling in ---- */

/* @facts: (element-type utf8 utf8) name -> text; one that is not there is not known. (transfer
 * full) */
char *iw_notice_template_subject (const IwNoticeTemplate *self, GHashTable *facts);
char *iw_notice_template_body (const IwNoticeTemplate *self, GHashTable *facts);

/* What became of a text into which the facts were filled in again. */
typedef struct
{
  char *text;
  guint n_updated; /* lines that say something new now */
  guint n_edited;  /* lines that would, but were written otherwise since: they stay */
} IwNoticeRefill;
void iw_notice_refill_clear (IwNoticeRefill *self);

/* Fills in @now where @before stood, line by line: what was written by hand is never touched.
 * @body: what is refilled, the body, or the subject where FALSE. */
void iw_notice_template_refill (const IwNoticeTemplate *self,
                                gboolean body,
                                const char *text,
                                GHashTable *before,
                                GHashTable *now,
                                IwNoticeRefill *out);

G_END_DECLS
