/* iw-notice-letter.h: a notice as it leaves the workspace, and what its Markdown says.
 *
 * Notices are plain: paragraphs, headings, lists; **bold** and the like are read and not shown.
 * Pure; any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *subject;
  char *body;      /* Markdown */
  char *language;  /* BCP 47 */
  char *mark;      /* stands above all of it: "Draft: not approved"; NULL for what may be sent */
  char *reference; /* of the incident, for the foot of a page; NULL if none */
} IwNoticeLetter;

/* Copies all of it: subject and body made valid UTF-8, line breaks of @subject made spaces.
 * @mark, @reference: may be NULL. (transfer full) */
IwNoticeLetter *iw_notice_letter_new (const char *subject,
                                      const char *body,
                                      const char *language,
                                      const char *mark,
                                      const char *reference);
void iw_notice_letter_free (IwNoticeLetter *self); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwNoticeLetter, iw_notice_letter_free)

typedef enum
{
  IW_BLOCK_HEADING,
  IW_BLOCK_PARAGRAPH, /* its line breaks are meant */
  IW_BLOCK_ITEM,      /* of a list; @number is 0 for a bullet */
} IwBlockKind;

typedef struct
{
  IwBlockKind kind;
  guint level;  /* of a heading, 1 to 6; how deep an item lies, from 0 */
  guint number; /* of a numbered item */
  char *text;   /* plain: without marks of Markdown */
} IwBlock;

/* @markdown: made valid UTF-8 if it is not. (element-type IwBlock) (transfer full) */
GPtrArray *iw_notice_blocks (const char *markdown);
/* The body as plain text, for mail: headings as lines, bullets as "- ". (transfer full) */
char *iw_notice_plain (const char *markdown);
/* The whole letter as a text file in UTF-8: mark, subject, body. (transfer full) */
GBytes *iw_notice_text (const IwNoticeLetter *letter);

G_END_DECLS
