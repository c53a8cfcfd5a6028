/* iw-notice-eml.h: a notice as mail messages (RFC 5322): one for each customer's contact, so that
 * no customer learns of another, or one with all of them hidden.
 *
 * The messages are drafts (X-Unsent): a mail program opens them to be sent by a person. Pure but
 * for iw_notice_eml_save(). Any thread.
 */
#pragma once

#include "iw-notice-letter.h"

G_BEGIN_DECLS

/* Who gets or sends it. */
typedef struct
{
  char *name; /* "" if it has none */
  char *mail;
} IwNoticeAddress;
/* @name: NULL for none; line breaks and tabs in it become spaces. @mail is not checked: see
 * iw_notice_address_is_usable(). (transfer full) */
IwNoticeAddress *iw_notice_address_new (const char *name, const char *mail);
void iw_notice_address_free (IwNoticeAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwNoticeAddress, iw_notice_address_free)
/* "A. Sato <sato@example.org>" or an address alone; NULL where it holds no usable address.
 * (transfer full) */
IwNoticeAddress *iw_notice_address_parse (const char *text);
/* One address, and nothing that could be taken for more than one. */
gboolean iw_notice_address_is_usable (const char *mail);

/* One message. @from: NULL leaves it to the mail program. @to, @bcc: (element-type
 * IwNoticeAddress), NULL for none; without @to it goes to "undisclosed recipients". @date: µs. @id:
 * what its Message-ID is made of, the same for the same message each time. Addresses that are not
 * usable are left out. (transfer full) */
GBytes *iw_notice_eml (const IwNoticeLetter *letter,
                       const IwNoticeAddress *from,
                       GPtrArray *to,
                       GPtrArray *bcc,
                       gint64 date,
                       const char *id);

/* One message for each of @recipients (element-type IwNoticeAddress) into a new folder or a .zip at
 * @path, whole or not at all. @notice: document id, for Message-IDs. IW_EVIDENCE_ERROR_PLACE where
 * a folder is there already, and where a file is. Those without a usable address get none.
 * @n_written: optional. */
gboolean iw_notice_eml_save (const IwNoticeLetter *letter,
                             const IwNoticeAddress *from,
                             GPtrArray *recipients,
                             gint64 date,
                             const char *notice,
                             const char *path,
                             gboolean zip,
                             guint *n_written,
                             GError **error);

G_END_DECLS
