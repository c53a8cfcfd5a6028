/* iw-sync-status.h: how sync stands, as a value that the window and the command line show. Immutable, counted (atomic);
 * any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  IW_SYNC_OFF,         /* no account */
  IW_SYNC_OFFLINE_BY_CHOICE,
  IW_SYNC_CONNECTING,
  IW_SYNC_PUSHING,     /* done of total */
  IW_SYNC_PULLING,     /* done of total; total 0: not known */
  IW_SYNC_IDLE,        /* all is on both sides; listening where it is live */
  IW_SYNC_WAITING,     /* no connection; another try at retry_at */
  IW_SYNC_REFUSED,     /* sign-in or access: the user must act; message says what */
  IW_SYNC_CERTIFICATE, /* the user must look at the certificate */
  IW_SYNC_FAILED,      /* the server breaks the protocol, or the local disk is full …; message; another try at retry_at */
} IwSyncPhase;

typedef struct _IwSyncStatus IwSyncStatus;
struct _IwSyncStatus
{
  /*< private >*/
  gatomicrefcount refs;
  /*< public, never changed once made >*/
  IwSyncPhase phase;
  char *compartment;  /* that is being worked at, or concerned; NULL: none in particular */
  char *message;      /* a sentence for the user; NULL where the phase says it all */
  gint64 done, total; /* documents */
  gint64 bytes_done, bytes_total; /* of the large file that is on its way; 0: none is */
  gint64 synced_at;   /* µs; 0: never since the account was set up */
  gint64 retry_at;    /* µs; 0: no try is planned */
  guint n_waiting;    /* documents that are not on the server yet */
  guint n_parked;
  guint n_conflicts;  /* that need a review */
  char **compartments; /* that are replicated; NULL: not known yet */
  GTlsCertificate *certificate; /* with CERTIFICATE; else NULL */
};

IwSyncStatus *iw_sync_status_new (IwSyncPhase phase); /* fields are set before it is shared. (transfer full) */
IwSyncStatus *iw_sync_status_copy (const IwSyncStatus *status); /* a new one to be changed. (transfer full) */
IwSyncStatus *iw_sync_status_ref (IwSyncStatus *status);
void iw_sync_status_unref (IwSyncStatus *status); /* not NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwSyncStatus, iw_sync_status_unref)
#define IW_TYPE_SYNC_STATUS (iw_sync_status_get_type ())
GType iw_sync_status_get_type (void); /* boxed */

/* One sentence, translated: "Synced 12 seconds ago", "3 of 40 sent", "Waiting for a connection". @now: µs.
 * (transfer full) */
char *iw_sync_status_describe (const IwSyncStatus *status, gint64 now);

G_END_DECLS
