/* iw-notice-export.h: a notice into files, in a thread. */
#pragma once

#include "iw-notice-eml.h"
#include "iw-situation.h"
#include "iw-store.h"

G_BEGIN_DECLS

typedef enum
{
  IW_NOTICE_EXPORT_FOLDER, /* a mail message for each recipient */
  IW_NOTICE_EXPORT_ZIP,    /* the same */
  IW_NOTICE_EXPORT_MAIL,   /* one message, recipients hidden */
  IW_NOTICE_EXPORT_PDF,
  IW_NOTICE_EXPORT_TEXT,
  IW_N_NOTICE_EXPORTS
} IwNoticeExportKind;

/* "folder", "zip", "mail", "pdf", "text". */
gboolean iw_notice_export_kind_from_string (const char *text, IwNoticeExportKind *out);
/* What a file of it is called by default: "Customers (English).pdf". (transfer full) */
char *iw_notice_export_file_name (IwNoticeExportKind kind, const char *title);

typedef struct
{
  IwNoticeExportKind kind;
  IwNoticeLetter *letter;
  IwNoticeAddress *from; /* NULL where the writer's address is not known */
  GPtrArray *recipients; /* (element-type IwNoticeAddress) */
  char *docid;
  char *author;
  char *path;          /* set before it is run */
  guint n_ruled_out;   /* recipients that are no longer affected: they get nothing */
  guint n_unreachable; /* recipients without a mail address */
  guint n_written;     /* messages, once it has run */
} IwNoticeExport;

/* @notice: as it is written now. @author: who sends it; may be NULL. (transfer full) */
IwNoticeExport *iw_notice_export_new (IwNoticeExportKind kind,
                                      const char *docid,
                                      JsonObject *notice,
                                      IwSituation *situation,
                                      const char *author);
void iw_notice_export_free (gpointer self);
/* Why there is nothing to write, a sentence: no recipient has a mail address. NULL where there is.
 * (transfer none) */
const char *iw_notice_export_problem (const IwNoticeExport *self);
/* What was written, and who gets nothing: “2 messages written. 1 recipient has no mail address”.
 * (transfer full) */
char *iw_notice_export_words (const IwNoticeExport *self);
/* An IwWorkspaceJob; its data is the export. A file is whole or as it was before. */
gboolean iw_notice_export_run (IwStore *store,
                               gpointer self,
                               IwProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
