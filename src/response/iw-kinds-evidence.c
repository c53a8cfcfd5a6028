/* Who had a piece of evidence, what it is marked as, and what lets it out (process.md E2, E3). */
#include "iw-form-kind-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const IwChoice steps[] = {
  /* Translators: what happened to a piece of evidence. */
  { "collected", NC_ ("choice", "Collected") },  { "handed-over", NC_ ("choice", "Handed Over") },
  { "returned", NC_ ("choice", "Returned") },    { "verified", NC_ ("choice", "Verified") },
  { "disposed", NC_ ("choice", "Disposed Of") }, { NULL, NULL },
};

static const IwFormField custody_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Evidence"),
    .items_type = "evidence" },
  { .name = "to",
    .input = IW_INPUT_CHOICE,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "What Happened"),
    .choices = steps },
  { .name = "from_person",
    .input = IW_INPUT_PERSON,
    /* Translators: who had the evidence so far. */
    .label = NC_ ("field", "Handed By") },
  { .name = "to_person",
    .input = IW_INPUT_PERSON,
    .flags = IW_REQUIRED,
    /* Translators: who has the evidence from now on. */
    .label = NC_ ("field", "Handed To"),
    .when_field = "to",
    .when_values = "handed-over|returned" },
  { .name = "place", .input = IW_INPUT_TEXT, .label = NC_ ("field", "Place") },
  { .name = "why", .input = IW_INPUT_LONG, .label = NC_ ("field", "Reason") },
};

const IwFormKind iw_kind_custody = {
  .name = "custody",
  .entry_kind = IW_ENTRY_CUSTODY,
  .title = NC_ ("form", "Chain of Custody"),
  .verb = NC_ ("form", "Record"),
  .action = N_ ("Record Custody"),
  .fields = custody_fields,
  .n_fields = G_N_ELEMENTS (custody_fields),
};

static const IwChoice marks[] = {
  { "sensitive", NC_ ("choice", "Sensitive") },
  { "confidential", NC_ ("choice", "Confidential") },
  { "customer-data", NC_ ("choice", "Customer Data") },
  { NULL, NULL },
};

static const IwFormField marking_fields[] = {
  { .name = "subject",
    .input = IW_INPUT_SUBJECT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Evidence"),
    .items_type = "evidence" },
  { .name = "marks",
    .input = IW_INPUT_SET,
    .label = NC_ ("field", "Marks"),
    .help = NC_ ("field help", "What is marked leaves only with approval."),
    .choices = marks },
  { .name = "why", .input = IW_INPUT_LONG, .flags = IW_REQUIRED, .label = NC_ ("field", "Reason") },
};

const IwFormKind iw_kind_marking = {
  .name = "marking",
  .entry_kind = IW_ENTRY_MARKING,
  .title = NC_ ("form", "Mark Evidence"),
  /* Translators: the button that marks evidence as sensitive and so on. */
  .verb = NC_ ("form", "Mark"),
  .action = N_ ("Mark Evidence"),
  .fields = marking_fields,
  .n_fields = G_N_ELEMENTS (marking_fields),
};

static const IwFormField approval_fields[] = {
  { .name = "items",
    .input = IW_INPUT_ITEMS,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Evidence"),
    .items_type = "evidence" },
  { .name = "recipient",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Recipient"),
    .help = NC_ ("field help", "Who may have it.") },
  { .name = "purpose",
    .input = IW_INPUT_LONG,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Purpose") },
  { .name = "approved_by",
    .input = IW_INPUT_PERSON,
    .flags = IW_REQUIRED,
    .label = NC_ ("field", "Approved By"),
    .help = NC_ ("field help", "The security incident manager.") },
};

const IwFormKind iw_kind_approval = {
  .name = "approval",
  .entry_kind = IW_ENTRY_APPROVAL,
  .title = NC_ ("form", "Approve Release"),
  .verb = NC_ ("form", "Approve"),
  .action = N_ ("Approve Release"),
  .fields = approval_fields,
  .n_fields = G_N_ELEMENTS (approval_fields),
};

/* Written by the export, which knows all of it: nothing is asked. */
static const IwFormField release_fields[] = {
  { .name = "items",
    .input = IW_INPUT_ITEMS,
    .flags = IW_REQUIRED | IW_HIDDEN,
    .label = NC_ ("field", "Evidence"),
    .items_type = "evidence" },
  { .name = "withheld",
    .input = IW_INPUT_ITEMS,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Withheld"),
    .items_type = "evidence" },
  { .name = "recipient",
    .input = IW_INPUT_TEXT,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Recipient") },
  { .name = "approvals",
    .input = IW_INPUT_ITEMS,
    .flags = IW_HIDDEN,
    .label = NC_ ("field", "Approvals"),
    .items_type = "approval" },
  { .name = "manifest",
    .input = IW_INPUT_TEXT,
    .flags = IW_REQUIRED | IW_HIDDEN,
    /* Translators: the SHA-256 sum of the list of exported files. */
    .label = NC_ ("field", "Sum of the Manifest") },
};

static void
check_release (IwFieldGetter get, gpointer source, GPtrArray *problems)
{
  const char *manifest = get (source, "manifest");

  if (*manifest != '\0' && (strlen (manifest) != 64 || strspn (manifest, "0123456789abcdef") != 64))
    iw_problems_add (problems, "manifest", g_strdup (_ ("The sum of the manifest is no SHA-256.")));
}

const IwFormKind iw_kind_release = {
  .name = "release",
  .entry_kind = IW_ENTRY_RELEASE,
  .title = NC_ ("form", "Evidence Released"),
  .verb = NC_ ("form", "Record"),
  .action = N_ ("Release Evidence"),
  .fields = release_fields,
  .n_fields = G_N_ELEMENTS (release_fields),
  .check = check_release,
};
