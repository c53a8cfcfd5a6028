/* iw-certificate-dialog.h: shows a server's certificate that the system's authorities do not vouch for,
 * and asks whether to trust it from now on. One that differs from the one trusted before is told louder.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IW_TYPE_CERTIFICATE_DIALOG (iw_certificate_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwCertificateDialog, iw_certificate_dialog, IW, CERTIFICATE_DIALOG, AdwDialog)

/* Signal: "trusted" (const char *hash): 64 hex digits, to be pinned. Closing it trusts nothing. */

/* @pinned: the hash of the one that was trusted before; NULL for a server seen for the first time. */
AdwDialog *
iw_certificate_dialog_new (GTlsCertificate *certificate, const char *address, const char *pinned);

G_END_DECLS
