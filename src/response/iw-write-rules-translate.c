/* What a server said, in the user's language. */
#include "iw-write-rules.h"

#include <string.h>

#include "iw-write-reasons.h"

static const char *const sentences[] = {
  IW_REASON_SIGN_IN,        IW_REASON_DESIGN,
  IW_REASON_READ_ONLY,      IW_REASON_TYPE,
  IW_REASON_ERASURE,        IW_REASON_CHANGED,
  IW_REASON_DELETED,        IW_REASON_BECOMES,
  IW_REASON_ENTRY,          IW_REASON_EVIDENCE,
  IW_REASON_INCIDENT,       IW_REASON_SCOPE,
  IW_REASON_NO_AUTHOR,      IW_REASON_CREATED,
  IW_REASON_DECLARE,        IW_REASON_APPROVE_EVIDENCE,
  IW_REASON_APPROVE_NOTICE, IW_REASON_APPROVE_REGULATOR,
  IW_REASON_DEFER,          IW_REASON_DEFER_NAMES,
  IW_REASON_WITHDRAW,       IW_REASON_WITHDRAW_UNSAID,
};

/* What stands in @reason where @pattern has its "%s"; NULL where it is of another pattern.
 * (transfer full) */
static char *
fill_of (const char *reason, const char *pattern)
{
  const char *hole = strstr (pattern, "%s");
  gsize head = hole - pattern, tail = strlen (hole + 2), length = strlen (reason);

  if (length < head + tail || strncmp (reason, pattern, head) != 0 ||
      strcmp (reason + length - tail, hole + 2) != 0)
    return NULL;
  return g_strndup (reason + head, length - head - tail);
}

char *
iw_write_rules_translate (const char *reason)
{
  g_autofree char *field = NULL;
  g_autofree char *author = NULL;

  g_return_val_if_fail (reason != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (reason, sentences[i]) == 0)
      return g_strdup (_ (sentences[i]));
  field = fill_of (reason, IW_REASON_FIELD);
  if (field != NULL)
    return g_strdup_printf (_ (IW_REASON_FIELD), field);
  author = fill_of (reason, IW_REASON_AUTHOR);
  if (author != NULL)
    return g_strdup_printf (_ (IW_REASON_AUTHOR), author);
  return g_strdup (reason);
}
