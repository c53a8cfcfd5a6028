#include "config.h"

#include "iw-plan-order.h"

#include <string.h>

#include "iw-model-json.h"
#include "iw-order.h"
#include "iw-situation.h"

static const char *const phases[IW_N_PLAN_PHASES] = { "containment", "eradication", "recovery",
                                                      "longer-term", "follow-up" };

const char *
iw_plan_phase (guint index)
{
  return phases[index];
}

static IwDocument *
find (GPtrArray *plan, const char *docid)
{
  for (guint i = 0; i < plan->len; i++)
    if (g_str_equal (iw_document_get_id (plan->pdata[i]), docid))
      return plan->pdata[i];
  return NULL;
}

/* The tasks that @task is ordered among in @phase, without itself. */
static GPtrArray *
siblings (GPtrArray *plan, IwDocument *task, const char *phase)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < plan->len; i++)
    if (plan->pdata[i] != task &&
        g_str_equal (iw_document_get_text (plan->pdata[i], "phase"), phase) &&
        iw_situation_task_is_emergency (plan->pdata[i]) == iw_situation_task_is_emergency (task))
      g_ptr_array_add (list, plan->pdata[i]);
  return list;
}

static IwDocument *
changed (IwDocument *task, const char *phase, const char *order)
{
  JsonObject *body = iw_model_json_copy (iw_document_get_body (task));

  json_object_set_string_member (body, "phase", phase);
  json_object_set_string_member (body, "order", order);
  return iw_document_new_take (iw_document_get_id (task), iw_document_get_rev (task), body);
}

/* @others are the siblings in order; @task comes to stand at @to among them. @from: where it stands
 * now, their number if in another phase. */
static GPtrArray *
place (IwDocument *task, const char *phase, GPtrArray *others, guint from, guint to)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree const char **orders = g_new0 (const char *, others->len + 2);
  gboolean stays = g_str_equal (iw_document_get_text (task, "phase"), phase);
  char **keys;

  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (all, others->pdata[i]);
  g_ptr_array_insert (all, (int)from, task);
  for (guint i = 0; i < all->len; i++)
    orders[i] = iw_document_get_text (all->pdata[i], "order");
  keys = iw_order_move (orders, all->len, from, to, iw_document_get_id (task));
  for (guint i = 0; i < all->len; i++)
    if (keys[i] != NULL)
      g_ptr_array_add (documents, changed (all->pdata[i], phase, keys[i]));
  /* It already stands at the end of a list that it only now enters. */
  if (!stays && keys[from] == NULL)
    {
      g_autofree char *key =
          iw_order_between (from > 0 ? orders[from - 1] : NULL, NULL, iw_document_get_id (task));

      g_ptr_array_add (documents, changed (task, phase, key != NULL ? key : ""));
    }
  iw_order_keys_free (keys, all->len);
  return documents;
}

static guint
position_in (GPtrArray *plan, IwDocument *task, GPtrArray *others)
{
  guint position = 0;

  for (guint i = 0; i < plan->len && plan->pdata[i] != task; i++)
    if (g_ptr_array_find (others, plan->pdata[i], NULL))
      position++;
  return position;
}

GPtrArray *
iw_plan_move (GPtrArray *plan, const char *docid, const char *phase, const char *target)
{
  IwDocument *task = find (plan, docid);
  IwDocument *at = target != NULL ? find (plan, target) : NULL;
  g_autoptr (GPtrArray) others = NULL;
  guint from, to;
  gboolean stays;

  if (task == NULL || task == at)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  others = siblings (plan, task, phase);
  stays = g_str_equal (iw_document_get_text (task, "phase"), phase);
  from = stays ? position_in (plan, task, others) : others->len;
  to = others->len;
  if (at != NULL && !g_ptr_array_find (others, at, &to))
    to = iw_situation_task_is_emergency (task) ? others->len : 0;
  else if (at != NULL && stays && to >= from)
    to++; /* from above it takes the place below */
  to = MIN (to, others->len);
  return place (task, phase, others, from, to);
}

GPtrArray *
iw_plan_step (GPtrArray *plan, const char *docid, int step)
{
  IwDocument *task = find (plan, docid);
  const char *phase = task != NULL ? iw_document_get_text (task, "phase") : NULL;
  g_autoptr (GPtrArray) others = task != NULL ? siblings (plan, task, phase) : NULL;
  guint from = task != NULL ? position_in (plan, task, others) : 0;

  if (task == NULL || (step < 0 && from == 0) || (step > 0 && from >= others->len))
    return g_ptr_array_new_with_free_func ((GDestroyNotify)iw_document_unref);
  return place (task, phase, others, from, step < 0 ? from - 1 : from + 1);
}

char *
iw_plan_order_at_end (GPtrArray *plan, const char *phase, const char *salt)
{
  const char *last = "";
  char *key;

  for (guint i = 0; i < plan->len; i++)
    if (g_str_equal (iw_document_get_text (plan->pdata[i], "phase"), phase) &&
        strcmp (iw_document_get_text (plan->pdata[i], "order"), last) > 0)
      last = iw_document_get_text (plan->pdata[i], "order");
  key = iw_order_between (last, NULL, salt);
  return key != NULL ? key : g_strdup ("");
}
