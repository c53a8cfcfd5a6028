/* Which decisions are withdrawn, and the one order of what an entry says. */
#include "iw-decisions-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- withdrawals ---- */

/* Each withdrawal names one subject, so that they make trees, some of which grow on a circle. What
 * none names that is still unsettled is settled; so is what one that counts withdraws. What is left
 * over are circles that nothing from outside breaks. */
typedef struct
{
  GArray *decisions;
  int *subjects;    /* of a withdrawal that may count: what it names; else -1 */
  guint *unsettled; /* how many withdrawals that name it are not settled yet */
  gboolean *settled;
  GArray *queue; /* (element-type guint) */
} Withdrawals;

static IwDecision *
decision_at (Withdrawals *w, guint index)
{
  return &g_array_index (w->decisions, IwDecision, index);
}

static void
settle (Withdrawals *w, guint index)
{
  if (w->settled[index])
    return;
  w->settled[index] = TRUE;
  g_array_append_val (w->queue, index);
}

/* Passes on to what a settled withdrawal names whether it counts. */
static void
pass_on (Withdrawals *w, guint index)
{
  int subject = w->subjects[index];
  IwDecision *named;

  if (subject < 0)
    return;
  named = decision_at (w, subject);
  w->unsettled[subject]--;
  if (decision_at (w, index)->withdrawal < 0)
    {
      /* Of several the last in order is named, whichever was settled first. */
      named->withdrawal = MAX (named->withdrawal, (int)index);
      settle (w, subject);
    }
  else if (w->unsettled[subject] == 0)
    settle (w, subject);
}

static const char *
field_of (IwEntry *entry, const char *name)
{
  const char *value = iw_entry_get_field (entry, name);

  return value != NULL ? value : "";
}

char *
iw_withdrawal_of (IwEntry *subject)
{
  IwEntryKind kind;
  const char *name, *of;

  g_return_val_if_fail (IW_IS_ENTRY (subject), NULL);

  kind = iw_entry_get_kind (subject);
  name = iw_entry_kind_to_string (kind);
  if (kind == IW_ENTRY_CLASSIFICATION)
    return g_strconcat (name, "/", field_of (subject, "to"), NULL);
  if (kind == IW_ENTRY_NOTICE)
    return g_strconcat (name, "/", field_of (subject, "to"), "/", field_of (subject, "audience"),
                        NULL);
  of = kind == IW_ENTRY_WITHDRAWAL ? field_of (subject, "of") : "";
  return g_strdup (*of != '\0' ? of : name);
}

/* Whether it says of @subject what that is, or nothing. */
static gboolean
fits (const IwDecision *withdrawal, const IwDecision *subject)
{
  const char *said = field_of (withdrawal->entry, "of");
  g_autofree char *of = *said != '\0' ? iw_withdrawal_of (subject->entry) : NULL;

  return of == NULL || strcmp (said, of) == 0;
}

static void
find_subjects (Withdrawals *w, GHashTable *by_id)
{
  for (guint i = 0; i < w->decisions->len; i++)
    {
      IwDecision *decision = decision_at (w, i);
      gpointer subject;

      w->subjects[i] = -1;
      if (decision->kind != IW_ENTRY_WITHDRAWAL || decision->problem != NULL ||
          !g_hash_table_lookup_extended (by_id, decision->subject, NULL, &subject))
        continue;
      if (!fits (decision, decision_at (w, GPOINTER_TO_UINT (subject))))
        {
          decision->problem =
              g_strdup (_ ("It says that it withdraws a decision of another kind."));
          continue;
        }
      w->subjects[i] = GPOINTER_TO_UINT (subject);
      w->unsettled[w->subjects[i]]++;
    }
}

static char *
withdrawn_words (IwEntry *withdrawal)
{
  const char *actor = iw_entry_get_actor (withdrawal);
  const char *why = iw_entry_get_field (withdrawal, "why");

  if (*actor == '\0')
    /* Translators: a decision was withdrawn; the reason follows. */
    return g_strdup_printf (_ ("Withdrawn: %s"), why != NULL ? why : "");
  /* Translators: a decision was withdrawn by a person (%1$s) for a reason (%2$s). */
  return g_strdup_printf (_ ("Withdrawn by %1$s: %2$s"), actor, why != NULL ? why : "");
}

static void
tell (Withdrawals *w, guint index)
{
  IwDecision *decision = decision_at (w, index);

  if (decision->problem != NULL)
    return;
  if (decision->withdrawal >= 0)
    decision->problem = withdrawn_words (decision_at (w, decision->withdrawal)->entry);
  else if (!w->settled[index] && w->subjects[index] == (int)index)
    decision->problem = g_strdup (_ ("It withdraws itself, so it counts for nothing."));
  else if (!w->settled[index])
    decision->problem =
        g_strdup (_ ("Withdrawals that withdraw each other in a circle count for nothing."));
}

void
iw_decisions_settle_withdrawals (GArray *decisions, GHashTable *by_id)
{
  guint n = decisions->len;
  g_autofree int *subjects = g_new (int, n);
  g_autofree guint *unsettled = g_new0 (guint, n);
  g_autofree gboolean *settled = g_new0 (gboolean, n);
  g_autoptr (GArray) queue = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  Withdrawals w = { decisions, subjects, unsettled, settled, queue };

  find_subjects (&w, by_id);
  for (guint i = 0; i < n; i++)
    if (unsettled[i] == 0)
      settle (&w, i);
  for (guint i = 0; i < queue->len; i++)
    pass_on (&w, g_array_index (queue, guint, i));
  for (guint i = 0; i < n; i++)
    tell (&w, i);
}

/* ---- what an entry says ---- */

static void append_node (GString *text, JsonNode *node);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_object (GString *text, JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

  g_string_append_c (text, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_string_append (text, l->data);
      g_string_append_c (text, ':');
      append_node (text, json_object_get_member (object, l->data));
    }
  g_string_append_c (text, '}');
}

static void
append_array (GString *text, JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    append_node (text, json_array_get_element (array, i));
  g_string_append_c (text, ']');
}

static void
append_node (GString *text, JsonNode *node)
{
  g_autofree char *value = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (text, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (text, json_node_get_array (node));
  else
    {
      value = json_to_string (node, FALSE);
      g_string_append (text, value);
    }
  g_string_append_c (text, ',');
}

char *
iw_decision_canonical_text (IwEntry *entry)
{
  g_autoptr (JsonObject) body = iw_entry_to_json (entry);
  GString *text = g_string_new (NULL);

  append_object (text, body);
  return g_string_free_and_steal (text);
}
