#include "iw-evidence-gate.h"

#include "iw-decisions.h"
#include "iw-form-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- who bears the same content ---- */

static void
add_once (GPtrArray *ids, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, (char *)id);
}

/* Documents that were removed left the hash in the entry that says that they were collected. */
static void
add_removed (IwSituation *situation, const char *sha256, GPtrArray *bearers)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  guint n = iw_decisions_get_n (decisions);

  for (guint i = 0; i < n; i++)
    {
      IwEntry *entry = iw_decisions_get (decisions, i);
      const char *subject = iw_entry_get_field (entry, "subject");

      if (iw_entry_get_kind (entry) == IW_ENTRY_CUSTODY && subject != NULL &&
          g_strcmp0 (iw_entry_get_field (entry, "sha256"), sha256) == 0)
        add_once (bearers, subject);
    }
}

/* Ids of all evidence with the content of @docid, itself first. (transfer container) */
static GPtrArray *
find_bearers (IwSituation *situation, const char *docid)
{
  GPtrArray *bearers = g_ptr_array_new ();
  IwDocument *document = iw_situation_find (situation, docid);
  const char *sha256 = document != NULL ? iw_document_get_text (document, "sha256") : "";
  g_autoptr (GPtrArray) evidence = NULL;

  g_ptr_array_add (bearers, (char *)docid);
  if (*sha256 == '\0')
    return bearers;
  evidence = iw_situation_get_documents (situation, "evidence");
  for (guint i = 0; i < evidence->len; i++)
    if (strcmp (iw_document_get_text (evidence->pdata[i], "sha256"), sha256) == 0)
      add_once (bearers, iw_document_get_id (evidence->pdata[i]));
  add_removed (situation, sha256, bearers);
  return bearers;
}

/* ---- marks ---- */

static void
collect_marks (IwSituation *situation, GPtrArray *bearers, GPtrArray *marks)
{
  for (guint i = 0; i < bearers->len; i++)
    {
      g_auto (GStrv) own = iw_situation_get_marks (situation, bearers->pdata[i]);

      for (char **mark = own; *mark != NULL; mark++)
        if (!g_ptr_array_find_with_equal_func (marks, *mark, g_str_equal, NULL))
          g_ptr_array_add (marks, g_strdup (*mark));
    }
}

static char **
marks_of (IwSituation *situation, GPtrArray *bearers)
{
  GPtrArray *marks = g_ptr_array_new ();

  collect_marks (situation, bearers, marks);
  g_ptr_array_add (marks, NULL);
  return (char **)g_ptr_array_free (marks, FALSE);
}

char **
iw_evidence_marks (IwSituation *situation, const char *docid)
{
  g_autoptr (GPtrArray) bearers = find_bearers (situation, docid);

  return marks_of (situation, bearers);
}

const char *
iw_evidence_mark_label (const char *mark)
{
  const IwFormKind *kind = iw_form_kind_find ("marking");
  const IwFormField *field = kind != NULL ? iw_form_kind_field (kind, "marks") : NULL;

  return field != NULL ? iw_form_field_choice_label (field, mark) : mark;
}

char *
iw_evidence_marks_words (const char *const *marks)
{
  GString *words = g_string_new (NULL);

  for (; *marks != NULL; marks++)
    {
      if (words->len > 0)
        /* Translators: between the marks of a file: "Sensitive, Customer Data". */
        g_string_append (words, C_ ("between marks", ", "));
      g_string_append (words, iw_evidence_mark_label (*marks));
    }
  return g_string_free (words, FALSE);
}

/* ---- approvals ---- */

static gboolean
covers (IwEntry *approval, GPtrArray *bearers)
{
  g_auto (GStrv) items = iw_entry_get_list (approval, "items");

  for (char **item = items; *item != NULL; item++)
    if (g_ptr_array_find_with_equal_func (bearers, *item, g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* Case and spaces apart. (transfer full) */
static char *
normalize (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *composed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
  g_auto (GStrv) words = g_strsplit_set (composed != NULL ? composed : folded, " \t\r\n", -1);
  GString *text = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", *word);
  return g_string_free (text, FALSE);
}

static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *left = normalize (a);
  g_autofree char *right = normalize (b);

  return strcmp (left, right) == 0;
}

static gboolean
is_for (IwEntry *approval, const char *recipient)
{
  const char *approved = iw_entry_get_field (approval, "recipient");

  return recipient == NULL || (approved != NULL && is_same_name (approved, recipient));
}

/* An approval does not speak of marks that were made afterwards, also where such an entry claims an
 * earlier time. */
static gboolean
is_after_marking (IwSituation *situation, IwEntry *approval, const char *bearer)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  int position = iw_decisions_index_of (decisions, iw_entry_get_id (approval));
  IwEntry *marking;

  for (guint i = 0;
       (marking = iw_decisions_next (decisions, &i, IW_ENTRY_MARKING, bearer)) != NULL;)
    {
      g_auto (GStrv) marks = iw_entry_get_list (marking, "marks");

      if (*marks == NULL)
        continue;
      if (iw_decisions_index_of (decisions, iw_entry_get_id (marking)) > position ||
          iw_entry_get_recorded (marking).us > iw_entry_get_recorded (approval).us)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_after_all_markings (IwSituation *situation, IwEntry *approval, GPtrArray *bearers)
{
  for (guint i = 0; i < bearers->len; i++)
    if (!is_after_marking (situation, approval, bearers->pdata[i]))
      return FALSE;
  return TRUE;
}

/* The situation's own word on it stands above what is found here. */
static gboolean
situation_approves (IwSituation *situation, GPtrArray *bearers)
{
  for (guint i = 0; i < bearers->len; i++)
    if (iw_situation_get_approval (situation, bearers->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether the approval is the word of who held the role then; @manager: "" for nobody. */
static gboolean
is_of_manager (IwEntry *approval, const char *manager)
{
  const char *by = iw_entry_get_field (approval, "approved_by");

  return *manager == '\0' || (by != NULL && is_same_name (manager, by));
}

static gboolean
lets_out (IwSituation *situation, IwEntry *approval, GPtrArray *bearers, const char *manager)
{
  return covers (approval, bearers) && is_of_manager (approval, manager) &&
         is_after_all_markings (situation, approval, bearers);
}

/* The last that lets it go to @recipient; @other gets one that names another recipient. */
static IwEntry *
find_approval (IwSituation *situation, GPtrArray *bearers, const char *recipient, IwEntry **other)
{
  IwDecisions *decisions = iw_situation_get_decisions (situation);
  const char *manager = "";
  IwEntry *found = NULL, *entry;

  *other = NULL;
  if (!situation_approves (situation, bearers))
    return NULL;
  for (guint i = 0; (entry = iw_decisions_next (decisions, &i, IW_ENTRY_UNKNOWN, NULL)) != NULL;)
    {
      const char *to = iw_entry_get_field (entry, "to");

      if (iw_entry_get_kind (entry) == IW_ENTRY_ROLE &&
          g_strcmp0 (iw_entry_get_field (entry, "role"), "incident-manager") == 0)
        manager = to != NULL ? to : "";
      if (iw_entry_get_kind (entry) != IW_ENTRY_APPROVAL ||
          !lets_out (situation, entry, bearers, manager))
        continue;
      if (is_for (entry, recipient))
        found = entry;
      else
        *other = entry;
    }
  return found;
}

char *
iw_evidence_gate (IwSituation *situation,
                  const char *docid,
                  const char *recipient,
                  GPtrArray *approvals)
{
  g_autoptr (GPtrArray) bearers = find_bearers (situation, docid);
  g_auto (GStrv) marks = marks_of (situation, bearers);
  g_autofree char *words = NULL;
  IwEntry *approval, *other;

  if (*marks == NULL)
    return NULL;
  approval = find_approval (situation, bearers, recipient, &other);
  if (approval != NULL)
    {
      if (approvals != NULL && !g_ptr_array_find (approvals, approval, NULL))
        g_ptr_array_add (approvals, approval);
      return NULL;
    }
  words = iw_evidence_marks_words ((const char *const *)marks);
  if (other != NULL)
    /* Translators: %1$s are marks ("Sensitive, Customer Data"), %2$s says who may get the file. */
    return g_strdup_printf (_ ("It is marked (%1$s), and its approval is for “%2$s” alone."), words,
                            iw_entry_get_field (other, "recipient"));
  /* Translators: %s are marks: "Sensitive, Customer Data". */
  return g_strdup_printf (_ ("It is marked (%s), and no approval in force lets it out."), words);
}
