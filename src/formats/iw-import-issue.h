/* iw-import-issue.h: what an import of whole incidents has to say of a record. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 row;        /* 1 for the first record */
  gint64 line;       /* in the file, 1-based */
  gboolean rejected; /* the record was left out; else it was imported all the same */
  char *field;       /* where in the record: "timeline.incident"; "" for the whole */
  char *reason;      /* a sentence */
  char *value;       /* what stands there, cut to 200 characters */
} IwImportIssue;

void iw_import_issue_free (IwImportIssue *issue); /* NULL is fine */
/* Appends one. @reason: (transfer full). @value may be NULL. */
void iw_import_issues_add (GPtrArray *issues,
                           gint64 row,
                           gint64 line,
                           gboolean rejected,
                           const char *field,
                           char *reason,
                           const char *value);
/* (element-type IwImportIssue) (transfer full) */
GPtrArray *iw_import_issues_new (void);

G_END_DECLS
