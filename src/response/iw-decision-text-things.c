/* Words of decisions about documents: notices, scope, evidence, indicators, tasks, entries. */
#include "iw-decision-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Words by the value of "to"; the last is for values that are none of them. */
typedef struct
{
  const char *to;
  const char *words; /* msgid with context "decision" */
} Word;

static char *
find_word (const IwDecisionWords *words, const Word *known)
{
  while (known->to != NULL && !iw_decision_words_is (words, "to", known->to))
    known++;
  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "decision", known->words));
}

char *
iw_decision_word_notice (const IwDecisionWords *words)
{
  static const Word known[] = {
    { "draft", NC_ ("decision", "Notice is a draft again") },
    { "in-review", NC_ ("decision", "Notice given into review") },
    { "approved", NC_ ("decision", "Notice approved") },
    { "deferred", NC_ ("decision", "Notice deferred") },
    { NULL, NC_ ("decision", "Notice changed") },
  };
  guint n = iw_decision_words_count (words, "recipients");

  if (iw_decision_words_is (words, "to", "sent"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Notice sent to %u recipient",
                                         "Notice sent to %u recipients", n),
                            n);
  return find_word (words, known);
}

char *
iw_decision_word_scope (const IwDecisionWords *words)
{
  static const Word known[] = {
    { "suspected", NC_ ("decision", "Suspected to be affected") },
    { "confirmed", NC_ ("decision", "Confirmed as affected") },
    { "ruled-out", NC_ ("decision", "Ruled out as affected") },
    { NULL, NC_ ("decision", "Scope changed") },
  };

  return find_word (words, known);
}

char *
iw_decision_word_custody (const IwDecisionWords *words)
{
  static const Word known[] = {
    { "collected", NC_ ("decision", "Evidence collected") },
    { "verified", NC_ ("decision", "Evidence verified") },
    { "disposed", NC_ ("decision", "Evidence disposed of") },
    { NULL, NC_ ("decision", "Custody of evidence recorded") },
  };
  const char *to = iw_decision_words_get (words, "to_person");

  if (iw_decision_words_is (words, "to", "handed-over"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("Evidence handed over to %s"), to);
  if (iw_decision_words_is (words, "to", "returned"))
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("Evidence returned to %s"), to);
  return find_word (words, known);
}

char *
iw_decision_word_marking (const IwDecisionWords *words)
{
  g_auto (GStrv) marks = iw_form_value_lines (iw_decision_words_get (words, "marks"));
  const IwFormField *field = iw_form_kind_field (words->kind, "marks");
  g_autofree char *list = NULL;

  if (marks[0] == NULL)
    return g_strdup (_ ("Evidence is no longer marked"));
  for (guint i = 0; marks[i] != NULL; i++)
    g_set_str (&marks[i], iw_form_field_choice_label (field, marks[i]));
  /* Translators: stands between the items of a list. */
  list = g_strjoinv (C_ ("list", ", "), marks);
  /* Translators: %s is a list of marks such as "Sensitive, Customer Data". */
  return g_strdup_printf (_ ("Evidence marked as %s"), list);
}

char *
iw_decision_word_approval (const IwDecisionWords *words)
{
  guint n = iw_decision_words_count (words, "items");

  /* Translators: a number of files (%1$u), who may have them (%2$s), who approved it (%3$s). */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Release of %1$u file to %2$s approved by %3$s",
                   "Release of %1$u files to %2$s approved by %3$s", n),
      n, iw_decision_words_get (words, "recipient"), iw_decision_words_get (words, "approved_by"));
}

char *
iw_decision_word_release (const IwDecisionWords *words)
{
  guint n = iw_decision_words_count (words, "items");
  guint withheld = iw_decision_words_count (words, "withheld");
  g_autofree char *files = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u file released", "%u files released", n), n);

  if (withheld == 0)
    return g_steal_pointer (&files);
  /* Translators: what was released (%1$s, a whole phrase), and how many files were not (%2$u). */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%1$s, %2$u withheld", "%1$s, %2$u withheld", withheld), files,
      withheld);
}

char *
iw_decision_word_sweep (const IwDecisionWords *words)
{
  guint n = iw_decision_words_count (words, "found");

  if (n == 0)
    /* Translators: %s is where it was searched. */
    return g_strdup_printf (_ ("Sweep of %s found nothing"),
                            iw_decision_words_get (words, "where"));
  /* Translators: where it was searched (%1$s) and a number of indicators (%2$u). */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Sweep of %1$s found %2$u indicator",
                                       "Sweep of %1$s found %2$u indicators", n),
                          iw_decision_words_get (words, "where"), n);
}

char *
iw_decision_word_task (const IwDecisionWords *words)
{
  static const Word known[] = {
    { "planned", NC_ ("decision", "Task is planned again") },
    { "in-progress", NC_ ("decision", "Task started") },
    { "done", NC_ ("decision", "Task done") },
    { "dropped", NC_ ("decision", "Task dropped") },
    { NULL, NC_ ("decision", "Task changed") },
  };

  return find_word (words, known);
}

char *
iw_decision_word_withdrawal (const IwDecisionWords *words)
{
  return g_strdup (_ ("Decision withdrawn"));
}
