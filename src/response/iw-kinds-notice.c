/* Notices and where they stand (process.md N2 to N5). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice states[] = {
  /* Translators: the state of a notice. */
  { "draft", NC_ ("choice", "Draft") },       { "in-review", NC_ ("choice", "In Review") },
  { "approved", NC_ ("choice", "Approved") }, { "sent", NC_ ("choice", "Sent") },
  { "deferred", NC_ ("choice", "Deferred") }, { NULL, NULL },
};

static const IwChoice audiences[] = {
  { "customers", NC_ ("choice", "Customers") },
  /* Translators: the persons whose data it is (GDPR Article 34). */
  { "data-subjects", NC_ ("choice", "Data Subjects") },
  { "regulator", NC_ ("choice", "Regulator") },
  { "internal", NC_ ("choice", "Internal") },
  { NULL, NULL },
};

static const IwChoice methods[] = {
  { "mail", NC_ ("choice", "Mail") },
  { "portal", NC_ ("choice", "Portal") },
  { "phone", NC_ ("choice", "Phone") },
  /* Translators: by letter. */
  { "post", NC_ ("choice", "Post") },
  { "other", NC_ ("choice", "Other") },
  { NULL, NULL },
};

static const IwChoice grounds[] = {
  { "risk-to-others", NC_ ("choice", "Notifying Would Raise the Risk to Other Customers") },
  { "extraordinary", NC_ ("choice", "Other Extraordinary Circumstances") },
  { NULL, NULL },
};

static const IwFormField state_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Notice"),
    .items_type = "notice" },
  { .name = "audience",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED | IW_HIDDEN,
    .label = NC_ ("field", "Audience"),
    .choices = audiences },
  { .name = "from",
    .input = IW_INPUT_CHOICE,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Previous State"),
    .choices = states },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "State"),
    .choices = states },
  { .name = "digest",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED | IW_HIDDEN,
    /* Translators: the SHA-256 sum of a text. */
    .label = NC_ ("field", "Sum of the Text"),
    .when_field = "to",
    .when_values = "approved|sent" },
  { .name = "reviewer",
    .input = IW_INPUT_PERSON,
    .label = NC_ ("field", "Reviewer"),
    .when_field = "to",
    .when_values = "in-review" },
  { .name = "method",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Sent By"),
    .help = NC_ ("field help", "How it went out."),
    .choices = methods,
    .when_field = "to",
    .when_values = "sent" },
  { .name = "recipients",
    .input = IW_INPUT_LINES,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Sent To"),
    .help = NC_ ("field help", "Who got it, one a line."),
    .when_field = "to",
    .when_values = "sent" },
  { .name = "reference",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Reference"),
    .help = NC_ ("field help", "A message id or the number that the portal gave."),
    .when_field = "to",
    .when_values = "sent" },
  { .name = "grounds",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Grounds"),
    .choices = grounds,
    .when_field = "to",
    .when_values = "deferred" },
  { .name = "legal",
    .input = IW_INPUT_PERSON,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Vetted by Legal"),
    .help = NC_ ("field help", "The name of the legal adviser."),
    .when_field = "to",
    .when_values = "deferred" },
  { .name = "executive",
    .input = IW_INPUT_PERSON,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Vetted by the Executive"),
    .help = NC_ ("field help", "The name of the executive incident manager."),
    .when_field = "to",
    .when_values = "deferred" },
  { .name = "until",
    .input = IW_INPUT_TIME,
    .flags = IW_AHEAD,
    .label = NC_ ("field", "Until"),
    .help = NC_ ("field help", "When the deferral is looked at again."),
    .when_field = "to",
    .when_values = "deferred" },
  { .name = "why",
    .input = IW_INPUT_LONG,
    .label = NC_ ("field", "Reason"),
    .when_field = "to",
    .when_values = "draft|deferred" },
};

static gboolean
is_digest (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
check_state (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  const char *from = get (source, "from"), *to = get (source, "to");
  const char *digest = get (source, "digest");

  if (iw_form_value_is_among (to, "approved|sent") && *digest != '\0' && !is_digest (digest))
    iw_problems_add (problems, "digest", g_strdup (_ ("The sum of the text is no SHA-256.")));
  if (!iw_form_value_is_empty (get (source, "why")))
    return;
  if (strcmp (to, "deferred") == 0)
    iw_problems_add (problems, "why", g_strdup (_ ("A deferral needs a reason.")));
  if (strcmp (to, "draft") == 0 && strcmp (from, "approved") == 0)
    iw_problems_add (problems, "why", g_strdup (_ ("Taking an approval back needs a reason.")));
}

const IwFormKind iw_kind_notice_state = {
  .name = "notice-state",
  .entry_kind = IW_ENTRY_NOTICE,
  .title = NC_ ("form", "Notice"),
  .verb = NC_ ("form", "Record"),
  .action = N_ ("Change Notice"),
  .fields = state_fields,
  .n_fields = G_N_ELEMENTS (state_fields),
  .check = check_state,
};

static const IwFormField notice_fields[] = {
  { .name = "title",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Title"),
    .help = NC_ ("field help", "For you alone; recipients do not see it.") },
  { .name = "audience",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Audience"),
    .choices = audiences },
  { .name = "language",
    .input = IW_INPUT_TEXT,
    .label = NC_ ("field", "Language"),
    .help = NC_ ("field help", "A language tag such as “en” or “de”.") },
  { .name = "template",
    .input = IW_INPUT_TEXT,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Template") },
  { .name = "subject",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    /* Translators: the subject line of a message. */
    .label = NC_ ("field", "Subject") },
  { .name = "body", .input = IW_INPUT_LONG, .flags = IW_REQUIRED, .label = NC_ ("field", "Text") },
  { .name = "recipients",
    .input = IW_INPUT_ITEMS,
    .label = NC_ ("field", "Recipients"),
    .help = NC_ ("field help", "The administrative contacts of affected customers."),
    .items_type = "scope" },
  { .name = "internal",
    .input = IW_INPUT_LINES,
    .label = NC_ ("field", "Internal Recipients"),
    .help = NC_ ("field help", "Customer service, account managers; one a line.") },
};

const IwFormKind iw_kind_notice = {
  .name = "notice",
  .entry_kind = IW_ENTRY_UNKNOWN,
  .doc_type = "notice",
  .title = NC_ ("form", "New Notice"),
  .edit_title = NC_ ("form", "Edit Notice"),
  .verb = NC_ ("form", "Save"),
  .action = N_ ("Edit Notice"),
  .new_action = N_ ("Add Notice"),
  .fields = notice_fields,
  .n_fields = G_N_ELEMENTS (notice_fields),
};
