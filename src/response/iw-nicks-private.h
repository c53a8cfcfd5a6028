/* iw-nicks-private.h: what the values of an enumeration are called, in documents and for people. */
#pragma once

#include <glib/gi18n-lib.h>

G_BEGIN_DECLS

/* A row for each value, in their order. */
typedef struct
{
  const char *nick;  /* in documents: "in-review" */
  const char *label; /* for people, marked with NC_() */
} IwNick;

/* Defines prefix_to_string(), prefix_from_string() and prefix_label(), which a header documents,
 * from the rows @nicks. @fallback: the value that one out of range is taken for. @context: of the
 * labels. */
#define IW_DEFINE_NICKS(Type, prefix, nicks, fallback, context)                                    \
  static const IwNick *prefix##_nick (Type value)                                                  \
  {                                                                                                \
    return &nicks[(guint)value < G_N_ELEMENTS (nicks) ? value : fallback];                         \
  }                                                                                                \
                                                                                                   \
  const char *prefix##_to_string (Type value)                                                      \
  {                                                                                                \
    return prefix##_nick (value)->nick;                                                            \
  }                                                                                                \
                                                                                                   \
  gboolean prefix##_from_string (const char *text, Type *out)                                      \
  {                                                                                                \
    for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)                                               \
      if (g_strcmp0 (nicks[i].nick, text) == 0)                                                    \
        {                                                                                          \
          *out = (Type)i;                                                                          \
          return TRUE;                                                                             \
        }                                                                                          \
    return FALSE;                                                                                  \
  }                                                                                                \
                                                                                                   \
  const char *prefix##_label (Type value)                                                          \
  {                                                                                                \
    return g_dpgettext2 (GETTEXT_PACKAGE, context, prefix##_nick (value)->label);                  \
  }

G_END_DECLS
