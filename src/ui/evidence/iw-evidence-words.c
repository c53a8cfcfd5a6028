#include "config.h"

#include "iw-evidence-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-evidence-gate.h"
#include "iw-form-kind.h"

#define SHORT_HASH 12

/* ---- a file ---- */

const char *
iw_evidence_words_icon (IwEvidence *evidence)
{
  static const struct
  {
    const char *prefix;
    const char *icon;
  } icons[] = {
    { "image/", "image-x-generic-symbolic" },
    { "audio/", "audio-x-generic-symbolic" },
    { "video/", "video-x-generic-symbolic" },
    { "text/", "text-x-generic-symbolic" },
    { "application/json", "text-x-generic-symbolic" },
    { "application/xml", "text-x-generic-symbolic" },
    { "message/", "mail-unread-symbolic" },
    { "application/zip", "package-x-generic-symbolic" },
    { "application/gzip", "package-x-generic-symbolic" },
    { "application/x-7z", "package-x-generic-symbolic" },
    { "application/x-tar", "package-x-generic-symbolic" },
    { "application/x-compressed", "package-x-generic-symbolic" },
    { "application/x-executable", "application-x-executable-symbolic" },
    { "application/x-sharedlib", "application-x-executable-symbolic" },
    { "application/vnd.microsoft.portable-executable", "application-x-executable-symbolic" },
  };
  const char *type = iw_evidence_get_media_type (evidence);

  if (iw_evidence_is_timeline (evidence))
    return "iw-machine-event-symbolic";
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_has_prefix (type, icons[i].prefix))
      return icons[i].icon;
  return "x-office-document-symbolic";
}

char *
iw_evidence_words_collected_at (IwEvidence *evidence, GTimeZone *zone)
{
  IwTime time = iw_evidence_get_collected_at (evidence);

  /* The clock of an import knows microseconds, which nobody asks for here. */
  time.precision = MIN (time.precision, IW_PRECISION_SECOND);
  return iw_time_format (time, zone, TRUE);
}

static char *
collected_words (IwEvidence *evidence, GTimeZone *zone)
{
  g_autofree char *when = iw_evidence_words_collected_at (evidence, zone);
  const char *who = iw_evidence_get_collected_by (evidence);

  if (*when != '\0' && *who != '\0')
    /* Translators: a time, then a person's name. */
    return g_strdup_printf (_ ("collected %s by %s"), when, who);
  if (*when != '\0')
    /* Translators: %s is a time. */
    return g_strdup_printf (_ ("collected %s"), when);
  /* Translators: %s is a person's name. */
  return *who != '\0' ? g_strdup_printf (_ ("collected by %s"), who) : g_strdup ("");
}

/* "a · b · c" without those that are empty. */
static char *
join (const char *const *parts, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, parts[i]);
    }
  return g_string_free (text, FALSE);
}

char *
iw_evidence_words_summary (IwEvidence *evidence, GTimeZone *zone)
{
  g_autofree char *size = g_format_size ((guint64)iw_evidence_get_length (evidence));
  g_autofree char *collected = collected_words (evidence, zone);
  const char *const parts[] = { size, collected, iw_evidence_get_origin (evidence) };

  return join (parts, G_N_ELEMENTS (parts));
}

char *
iw_evidence_words_short_hash (IwEvidence *evidence)
{
  return g_strdup_printf ("%.*s…", SHORT_HASH, iw_evidence_get_sha256 (evidence));
}

char *
iw_evidence_words_marks (IwSituation *situation, const char *docid)
{
  g_auto (GStrv) marks = iw_evidence_marks (situation, docid);
  g_autoptr (GPtrArray) approvals = g_ptr_array_new ();
  g_autofree char *reason = NULL;
  g_autofree char *words = NULL;

  if (*marks == NULL)
    return NULL;
  words = iw_evidence_marks_words ((const char *const *)marks);
  reason = iw_evidence_gate (situation, docid, NULL, approvals);
  if (reason != NULL || approvals->len == 0)
    /* Translators: %s are marks: "Sensitive, Customer Data". */
    return g_strdup_printf (_ ("%s (release not approved)"), words);
  /* Translators: %1$s are marks, %2$s says who may get the file. */
  return g_strdup_printf (_ ("%1$s (release approved for %2$s)"), words,
                          iw_entry_get_field (approvals->pdata[0], "recipient"));
}

const char *
iw_evidence_words_holder (IwSituation *situation, const char *docid)
{
  g_autoptr (GPtrArray) chain = iw_situation_get_custody (situation, docid);

  for (guint i = chain->len; i > 0; i--)
    {
      const char *to = iw_entry_get_field (chain->pdata[i - 1], "to_person");

      if (iw_entry_get_kind (chain->pdata[i - 1]) == IW_ENTRY_CUSTODY && to != NULL)
        return to;
    }
  return "";
}

/* ---- the chain of custody ---- */

static const char *
field (IwEntry *entry, const char *name)
{
  const char *value = iw_entry_get_field (entry, name);

  return value != NULL ? value : "";
}

/* "Handed over", as the form says it. */
static const char *
state_words (IwEntry *entry)
{
  const IwFormKind *kind = iw_form_kind_find ("custody");
  const IwFormField *to = kind != NULL ? iw_form_kind_field (kind, "to") : NULL;

  return to != NULL ? iw_form_field_choice_label (to, field (entry, "to")) : field (entry, "to");
}

static char *
custody_words (IwEntry *entry)
{
  const char *state = state_words (entry);
  const char *from = field (entry, "from_person"), *to = field (entry, "to_person");

  if (*from != '\0' && *to != '\0')
    /* Translators: what happened to a file, then from whom and to whom: "Handed over: from A. Sato
     * to B. Kim". */
    return g_strdup_printf (_ ("%1$s: from %2$s to %3$s"), state, from, to);
  if (*to != '\0')
    /* Translators: what happened to a file, then to whom: "Handed over: to B. Kim". */
    return g_strdup_printf (_ ("%1$s: to %2$s"), state, to);
  if (*from != '\0')
    /* Translators: what happened to a file, then from whom: "Collected: from A. Sato". */
    return g_strdup_printf (_ ("%1$s: from %2$s"), state, from);
  return g_strdup (state);
}

static char *
marking_words (IwEntry *entry)
{
  g_auto (GStrv) marks = iw_entry_get_list (entry, "marks");
  g_autofree char *words = iw_evidence_marks_words ((const char *const *)marks);

  if (*marks == NULL)
    return g_strdup (_ ("Marks removed"));
  /* Translators: %s are marks: "Sensitive, Customer Data". */
  return g_strdup_printf (_ ("Marked: %s"), words);
}

static char *
release_words (IwEntry *entry, const char *docid)
{
  g_auto (GStrv) items = iw_entry_get_list (entry, "items");
  const char *recipient = field (entry, "recipient");

  if (!g_strv_contains ((const char *const *)items, docid))
    /* Translators: %s got an export that this file was not in. */
    return g_strdup_printf (_ ("Withheld from a release to %s"), recipient);
  /* Translators: %s got an export that this file was in. */
  return g_strdup_printf (_ ("Released to %s"), recipient);
}

char *
iw_evidence_words_step (IwEntry *entry, const char *docid)
{
  switch ((int)iw_entry_get_kind (entry))
    {
    case IW_ENTRY_CUSTODY:
      return custody_words (entry);
    case IW_ENTRY_MARKING:
      return marking_words (entry);
    case IW_ENTRY_APPROVAL:
      /* Translators: who may get it, then who said so. */
      return g_strdup_printf (_ ("Release to %1$s approved by %2$s"), field (entry, "recipient"),
                              field (entry, "approved_by"));
    case IW_ENTRY_RELEASE:
      return release_words (entry, docid);
    default:
      return g_strdup (iw_entry_kind_label (iw_entry_get_kind (entry)));
    }
}

char *
iw_evidence_words_step_details (IwEntry *entry, GTimeZone *zone)
{
  IwTime time = { iw_entry_get_sort_time (entry), iw_entry_get_sort_precision (entry) };
  g_autofree char *when = iw_time_format (time, zone, TRUE);
  const char *why = iw_entry_get_kind (entry) == IW_ENTRY_APPROVAL ? field (entry, "purpose")
                                                                   : field (entry, "why");
  const char *const parts[] = { when, iw_entry_get_actor (entry), field (entry, "place"), why };

  return join (parts, G_N_ELEMENTS (parts));
}

const char *
iw_evidence_words_step_icon (IwEntry *entry)
{
  const char *to = field (entry, "to");

  switch ((int)iw_entry_get_kind (entry))
    {
    case IW_ENTRY_MARKING:
      return "changes-prevent-symbolic";
    case IW_ENTRY_APPROVAL:
      return "changes-allow-symbolic";
    case IW_ENTRY_RELEASE:
      return "document-send-symbolic";
    case IW_ENTRY_CUSTODY:
      if (strcmp (to, "verified") == 0)
        return "object-select-symbolic";
      if (strcmp (to, "disposed") == 0)
        return "user-trash-symbolic";
      return strcmp (to, "collected") == 0 ? "list-add-symbolic" : "avatar-default-symbolic";
    default:
      return "x-office-document-symbolic";
    }
}

/* ---- checks ---- */

const char *
iw_evidence_words_condition_icon (IwEvidenceCondition condition)
{
  switch (condition)
    {
    case IW_EVIDENCE_INTACT:
      return "object-select-symbolic";
    case IW_EVIDENCE_UNREADABLE:
      return "dialog-warning-symbolic";
    case IW_EVIDENCE_DAMAGED:
    case IW_EVIDENCE_MISSING:
    default:
      return "dialog-error-symbolic";
    }
}

IwTone
iw_evidence_words_condition_tone (IwEvidenceCondition condition)
{
  switch (condition)
    {
    case IW_EVIDENCE_INTACT:
      return IW_TONE_GOOD;
    case IW_EVIDENCE_UNREADABLE:
      return IW_TONE_ATTENTION;
    case IW_EVIDENCE_DAMAGED:
    case IW_EVIDENCE_MISSING:
    default:
      return IW_TONE_BAD;
    }
}
