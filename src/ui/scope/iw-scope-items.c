#include "config.h"

#include "iw-scope-items.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-words.h"

/* ---- words ---- */

const char *
iw_scope_state_icon (IwScopeState state)
{
  switch (state)
    {
    case IW_SCOPE_SUSPECTED:
      return "dialog-question-symbolic";
    case IW_SCOPE_CONFIRMED:
      return "emblem-important-symbolic";
    case IW_SCOPE_RULED_OUT:
      return "object-select-symbolic";
    case IW_SCOPE_UNSET:
    case IW_N_SCOPE_STATES:
    default:
      return "content-loading-symbolic";
    }
}

IwTone
iw_scope_state_tone (IwScopeState state)
{
  switch (state)
    {
    case IW_SCOPE_SUSPECTED:
      return IW_TONE_ATTENTION;
    case IW_SCOPE_CONFIRMED:
      return IW_TONE_BAD;
    case IW_SCOPE_RULED_OUT:
      return IW_TONE_GOOD;
    case IW_SCOPE_UNSET:
    case IW_N_SCOPE_STATES:
    default:
      return IW_TONE_NONE;
    }
}

const char *
iw_scope_state_words (IwScopeState state)
{
  /* Translators: nobody has said yet whether this is affected. */
  return state == IW_SCOPE_UNSET ? C_ ("scope", "Not Decided") : iw_scope_state_label (state);
}

char **
iw_scope_dup_choices (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add_many (builder, _ ("Any State"), iw_scope_state_words (IW_SCOPE_UNSET),
                           iw_scope_state_words (IW_SCOPE_SUSPECTED),
                           iw_scope_state_words (IW_SCOPE_CONFIRMED),
                           iw_scope_state_words (IW_SCOPE_RULED_OUT),
                           /* Translators: customers that cannot be reached. */
                           _ ("Without Contact"), NULL);
  return g_strv_builder_end (builder);
}

char *
iw_scope_heading (guint kind, gpointer unused)
{
  switch (kind)
    {
    case IW_SCOPE_CUSTOMER:
      return g_strdup (_ ("Customers"));
    case IW_SCOPE_SERVICE:
      return g_strdup (_ ("Services"));
    case IW_SCOPE_SYSTEM:
      return g_strdup (_ ("Systems"));
    case IW_SCOPE_DATA:
    default:
      return g_strdup (_ ("Kinds of Data"));
    }
}

char *
iw_scope_contact_words (const IwScopeItem *item)
{
  const char *parts[] = { item->contact, item->mail, item->phone };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts[i]);
  return g_strdup (words->str);
}

/* "3 confirmed, 1 suspected": every state that there is. */
static char *
count_words (const guint *n)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const struct
  {
    guint n;
    const char *format;
  } parts[] = {
    { n[IW_SCOPE_CONFIRMED], ngettext ("%u confirmed", "%u confirmed", n[IW_SCOPE_CONFIRMED]) },
    { n[IW_SCOPE_SUSPECTED], ngettext ("%u suspected", "%u suspected", n[IW_SCOPE_SUSPECTED]) },
    { n[IW_SCOPE_RULED_OUT], ngettext ("%u ruled out", "%u ruled out", n[IW_SCOPE_RULED_OUT]) },
    { n[IW_SCOPE_UNSET], ngettext ("%u not decided", "%u not decided", n[IW_SCOPE_UNSET]) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) part = NULL;

      if (parts[i].n == 0)
        continue;
      part = g_string_new (parts[i].format);
      {
        g_autofree char *number = g_strdup_printf ("%'u", parts[i].n);

        g_string_replace (part, "%u", number, 1);
      }
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", part->str);
    }
  return g_strdup (words->str);
}

char *
iw_scope_summary (IwSituation *situation)
{
  GPtrArray *items = iw_situation_get_scope (situation);
  guint n[IW_N_SCOPE_KINDS][IW_N_SCOPE_STATES] = { { 0 } };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const IwScopeItem *item = items->pdata[i];

      n[item->kind][item->state]++;
    }
  for (guint kind = 0; kind < IW_N_SCOPE_KINDS; kind++)
    {
      g_autofree char *counts = count_words (n[kind]);
      g_autofree char *heading = iw_scope_heading (kind, NULL);

      if (*counts == '\0')
        continue;
      /* Translators: "Customers: 3 confirmed, 1 suspected". */
      g_string_append (words, words->len > 0 ? " · " : "");
      g_string_append_printf (words, C_ ("scope", "%s: %s"), heading, counts);
    }
  return g_strdup (words->str);
}

static gboolean
is_unreachable (const IwScopeItem *item)
{
  return item->kind == IW_SCOPE_CUSTOMER && item->state != IW_SCOPE_RULED_OUT &&
         iw_scope_item_lacks_contact (item);
}

guint
iw_scope_n_unreachable (IwSituation *situation)
{
  GPtrArray *items = iw_situation_get_scope (situation);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += is_unreachable (items->pdata[i]);
  return n;
}

/* ---- what is affected ---- */

static const char *
scope_id (gpointer row, gpointer data)
{
  return ((IwScopeItem *)row)->docid;
}

static guint
scope_section (gpointer row, gpointer data)
{
  return ((IwScopeItem *)row)->kind;
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

static gboolean
scope_is_shown (const IwScopeItem *item, guint choice)
{
  switch ((IwScopeShown)choice)
    {
    case IW_SCOPE_SHOW_UNSET:
      return item->state == IW_SCOPE_UNSET;
    case IW_SCOPE_SHOW_SUSPECTED:
      return item->state == IW_SCOPE_SUSPECTED;
    case IW_SCOPE_SHOW_CONFIRMED:
      return item->state == IW_SCOPE_CONFIRMED;
    case IW_SCOPE_SHOW_RULED_OUT:
      return item->state == IW_SCOPE_RULED_OUT;
    case IW_SCOPE_SHOW_NO_CONTACT:
      return item->kind == IW_SCOPE_CUSTOMER && iw_scope_item_lacks_contact (item);
    case IW_SCOPE_SHOW_ALL:
    case IW_N_SCOPE_SHOWN:
    default:
      return TRUE;
    }
}

static gboolean
scope_matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  const IwScopeItem *item = row;

  return scope_is_shown (item, choice) &&
         (*needle == '\0' || contains (item->name, needle) || contains (item->contact, needle) ||
          contains (item->mail, needle) || contains (item->phone, needle) ||
          contains (item->note, needle));
}

static const char *
scope_icon (IwScopeKind kind)
{
  switch (kind)
    {
    case IW_SCOPE_CUSTOMER:
      return "avatar-default-symbolic";
    case IW_SCOPE_SERVICE:
      return "network-workgroup-symbolic";
    case IW_SCOPE_SYSTEM:
      return "network-server-symbolic";
    case IW_SCOPE_DATA:
    case IW_N_SCOPE_KINDS:
    default:
      return "drive-harddisk-symbolic";
    }
}

static char *
first_line (const char *text)
{
  return g_strndup (text, strcspn (text, "\r\n"));
}

/* What shows it: the words of the decision, else how much it cites. */
static char *
evidence_words (IwEntry *entry)
{
  const char *why = entry != NULL ? iw_words_field (entry, "why") : "";
  guint n = entry != NULL ? iw_entry_get_links (entry)->len : 0;

  if (*why != '\0')
    return first_line (why);
  if (n > 0)
    return g_strdup_printf (ngettext ("%u piece of evidence", "%u pieces of evidence", n), n);
  return g_strdup ("");
}

static char *
scope_subtitle (const IwScopeItem *item)
{
  g_autofree char *contact = item->kind == IW_SCOPE_CUSTOMER
                                 ? iw_scope_contact_words (item)
                                 : first_line (item->note != NULL ? item->note : "");
  g_autofree char *evidence = evidence_words (item->entry);

  if (*contact != '\0' && *evidence != '\0')
    return g_strconcat (contact, "\n", evidence, NULL);
  return g_strconcat (contact, evidence, NULL);
}

static void
scope_fill (gpointer row, IwItemText *text, gpointer data)
{
  const IwScopeItem *item = row;

  text->icon = g_strdup (scope_icon (item->kind));
  text->title = g_strdup (item->name);
  text->subtitle = scope_subtitle (item);
  text->state = g_strdup (iw_scope_state_words (item->state));
  text->mark = g_strdup (iw_scope_state_icon (item->state));
  text->tone = iw_scope_state_tone (item->state);
  if (is_unreachable (item))
    text->warning = g_strdup (_ ("No mail address or phone number"));
}

const IwItemSource iw_scope_source = { scope_id, scope_section, scope_matches, scope_fill };

/* ---- assets ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  IwDocument *left = *(IwDocument *const *)a, *right = *(IwDocument *const *)b;
  int order =
      g_utf8_collate (iw_document_get_text (left, "name"), iw_document_get_text (right, "name"));

  return order != 0 ? order : strcmp (iw_document_get_id (left), iw_document_get_id (right));
}

GPtrArray *
iw_asset_rows (IwSituation *situation)
{
  GPtrArray *rows = iw_situation_get_documents (situation, "asset");

  g_ptr_array_sort (rows, compare_names);
  return rows;
}

static const char *
asset_id (gpointer row, gpointer data)
{
  return iw_document_get_id (row);
}

static gboolean
asset_matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  return contains (iw_document_get_text (row, "name"), needle) ||
         contains (iw_document_get_text (row, "owner"), needle) ||
         contains (iw_document_get_text (row, "note"), needle);
}

static const char *
asset_icon (const char *type)
{
  static const struct
  {
    const char *type;
    const char *icon;
  } icons[] = {
    { "server", "network-server-symbolic" },
    { "workstation", "computer-symbolic" },
    { "network", "network-wired-symbolic" },
    { "mobile", "phone-symbolic" },
    { "application", "application-x-executable-symbolic" },
    { "cloud", "weather-overcast-symbolic" },
    { "data-store", "drive-multidisk-symbolic" },
    { "person", "avatar-default-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].type, type))
      return icons[i].icon;
  return "package-x-generic-symbolic";
}

static void
asset_fill (gpointer row, IwItemText *text, gpointer data)
{
  const char *type = iw_document_get_text (row, "asset_type");
  const char *owner = iw_document_get_text (row, "owner");
  const char *criticality = iw_document_get_text (row, "criticality");
  const char *words = iw_words_choice ("asset", "asset_type", type);
  g_autofree char *icon = NULL;

  text->icon = g_strdup (asset_icon (type));
  text->title = g_strdup (iw_document_get_text (row, "name"));
  text->subtitle = *owner != '\0' ? g_strdup_printf ("%s · %s", words, owner) : g_strdup (words);
  if (*criticality == '\0')
    return;
  icon = g_strdup_printf ("iw-severity-%s-symbolic", criticality);
  text->mark = g_steal_pointer (&icon);
  text->tone = g_str_equal (criticality, "high") ? IW_TONE_ATTENTION : IW_TONE_NONE;
  /* Translators: how critical an asset is: "High criticality". */
  text->state =
      g_strdup_printf (_ ("%s criticality"), iw_words_choice ("asset", "criticality", criticality));
}

const IwItemSource iw_asset_source = { asset_id, NULL, asset_matches, asset_fill };
