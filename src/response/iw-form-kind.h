/* iw-form-kind.h: what can be decided or written down, as data: one table a topic.
 *
 * A form kind lists the fields of one decision entry (or of one document) with their types, when they
 * are asked for and when they must be filled in, and the rules that no field says alone. The window's
 * dialogs, the command line, imports and the store's gate are all driven by it, so that what one refuses
 * no other lets through.
 *
 * Static data; any thread. To add a kind: a table in a file of its topic and a line in iw-form-kind.c.
 */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

typedef enum
{
  IW_INPUT_TEXT,     /* one line */
  IW_INPUT_LONG,     /* several lines */
  IW_INPUT_CHOICE,   /* one of the field's choices */
  IW_INPUT_SET,      /* any of the field's choices: a list in the document */
  IW_INPUT_TICK,     /* "true" or "" */
  IW_INPUT_TIME,     /* as the quick-add line reads times, or RFC 3339; RFC 3339 in the document */
  IW_INPUT_DURATION, /* "45 min", "72 h", "3 d", a plain number is hours; minutes, as text, in the document */
  IW_INPUT_NUMBER,   /* a whole number from 0 on */
  IW_INPUT_PERSON,   /* a person's name, completed from the directory */
  IW_INPUT_TEAM,     /* a team, role or person by name, completed from the directory */
  IW_INPUT_HOLDER,   /* one of those who hold a role now, or the one choice that the field has: "" */
  IW_INPUT_LINES,    /* a list of texts, a line each: a list in the document */
  IW_INPUT_ITEMS,    /* a list of document ids, a line each: a list in the document */
  IW_INPUT_LINKS,    /* entries and evidence cited, "docid" or "docid row" a line: the entry's links */
  IW_INPUT_SUBJECT,  /* the id of the document that is decided upon; given by who opens the form */
} IwInput;

typedef struct
{
  const char *value;
  const char *label; /* msgid with context "choice" */
} IwChoice;

typedef enum
{
  IW_FORM_FIELD_DEFAULT = 0,
  IW_FORM_FIELD_REQUIRED = 1 << 0, /* must be filled in wherever it is asked for */
  IW_FORM_FIELD_HIDDEN = 1 << 1,   /* never shown: set by the program ("from") */
  IW_FORM_FIELD_AHEAD = 1 << 2,    /* a time that is still to come: no "Now" */
} IwFormFieldFlags;

typedef struct
{
  const char *name;        /* in the document: "to", "why", "root_cause" */
  IwInput input;
  IwFormFieldFlags flags;
  const char *label;       /* msgid with context "field", Header Capitalization */
  const char *help;        /* msgid with context "field help", a sentence, or NULL */
  const IwChoice *choices; /* ended by a NULL value; for CHOICE, SET and HOLDER, else NULL */
  /* Asked for only while the field @when_field has one of @when_values ("crsi|privacy"); NULL: always.
   * What is not asked for is not written. */
  const char *when_field;
  const char *when_values;
  const char *items_type;  /* of SUBJECT and ITEMS: the type or entry kind of the documents meant */
} IwFormField;

/* A field that is wrong or missing, or (with @field NULL) the whole. */
typedef struct
{
  char *field;   /* its name, or NULL */
  char *message; /* a sentence in the user's language */
  /* Where it is mended, for a link: "response", "notices", "scope", "plan", "evidence", "classification" …
   * (the places of iw-gap.h) or NULL. */
  const char *place;
} IwProblem;
void iw_problem_free (IwProblem *problem);
/* @message: (transfer full) */
void iw_problems_add (GPtrArray *problems, const char *field, char *message);
/* (element-type IwProblem) (transfer full) */
GPtrArray *iw_problems_new (void);

/* Gives a field's value as text (lists a line each), "" where it is empty. What checks read, so that the
 * same rule serves a form that is filled in and an entry that was read. */
typedef const char *(*IwFieldGetter) (gpointer source, const char *field);
/* What a getter may know beside the fields: the name of what "subject" means, for the words of a decision. */
#define IW_DECISION_SUBJECT_NAME "subject name"

typedef struct
{
  const char *name;       /* of the form and of the command: "stage", "declaration", "team" */
  IwEntryKind entry_kind; /* what it writes; IW_ENTRY_UNKNOWN for a document */
  const char *doc_type;   /* of a document: "team"; NULL for an entry */
  gboolean workspace;     /* a document of the workspace, not of an incident */
  const char *title;      /* msgid with context "form": "Change Stage" */
  const char *edit_title; /* of a document that exists: "Edit Team"; NULL for an entry */
  const char *verb;       /* msgid with context "form": what the button says: "Declare" */
  const char *action;     /* msgid of the undo label: "Change Stage" */
  const char *new_action; /* the same of a document that is made: "Add Task"; NULL for an entry */
  const IwFormField *fields;
  guint n_fields;
  /* Rules that go beyond single fields and need nothing but the fields: these hold for every entry of
   * this kind, wherever it comes from. May be NULL. */
  void (*check) (IwFieldGetter get, gpointer source, GPtrArray *problems);
} IwFormKind;

/* The common fields of every decision form, after the kind's own: "occurred_at" (When, TIME, the present
 * by default) and "actor" (Who, PERSON, the user by default). They are in @fields of no table. */
const IwFormField *iw_form_common_fields (guint *n);

/* All kinds. (array length=n) (transfer none) */
const IwFormKind *const *iw_form_kinds (guint *n);
/* By name; NULL if there is none. */
const IwFormKind *iw_form_kind_find (const char *name);
/* The kind that rules an entry: "declaration" for a classification to crsi, else by the entry's kind.
 * NULL for entries that are no decision and for unknown ones. */
const IwFormKind *iw_form_kind_of_entry (IwEntry *entry);
/* By the type of a document; NULL if it has no form. */
const IwFormKind *iw_form_kind_of_document (const char *type);
/* Also looks among the common fields where it is a decision's. NULL if there is none. */
const IwFormField *iw_form_kind_field (const IwFormKind *kind, const char *name);
/* Whether a field's items_type names documents ("task", "evidence"), not decisions ("escalation"): a decision
 * about a task is of the kind "task" as well. */
gboolean iw_form_items_are_documents (const char *items_type);
/* Whether @field is asked for with these values. */
gboolean iw_form_field_is_wanted (const IwFormField *field, IwFieldGetter get, gpointer source);
/* Translated; static. */
const char *iw_form_kind_title (const IwFormKind *kind, gboolean edit);
const char *iw_form_kind_verb (const IwFormKind *kind);
const char *iw_form_field_label (const IwFormField *field);
const char *iw_form_field_help (const IwFormField *field); /* "" if none */
/* The words of a value of a CHOICE or SET; the value itself where it is none of the choices. */
const char *iw_form_field_choice_label (const IwFormField *field, const char *value);

/* Checks a decision entry against its kind: required fields, choices, times, lengths, the kind's rules.
 * Entries that are no decision pass, and so do kinds of a newer version. Who and when are asked for by forms
 * alone. Appends to @problems; TRUE where there are none. This is what keeps
 * a CRSI without determination, a deferral without vetting or a closing without verification from being
 * in force, whatever road they came by: the store refuses to write them, the fold leaves them out. */
gboolean iw_decision_check (IwEntry *entry, GPtrArray *problems);
/* The same for a document's body ("team", "task", …); types without a form pass. */
gboolean iw_document_check (const char *type, JsonObject *body, GPtrArray *problems);
/* The problems as one line for an error message: "Reason is missing. …" (transfer full) */
char *iw_problems_to_text (GPtrArray *problems);

G_END_DECLS
