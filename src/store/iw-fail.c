#include "config.h"

#include "iw-fail.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

gboolean
iw_fail (GError **error, IwStoreError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (IW_STORE_ERROR, code, format, args));
  va_end (args);
  return FALSE;
}

gboolean
iw_fail_errno (GError **error, const char *format, ...)
{
  int code = errno;
  g_autofree char *what = NULL;
  va_list args;

  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    return iw_fail (error, IW_STORE_ERROR_FULL, "%s",
                    _ ("The disk is full. Nothing was changed; free some space and try again."));
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: what went wrong, then the system's reason. */
               C_ ("error", "%s: %s"), what, g_strerror (code));
  return FALSE;
}
