#include "iw-message.h"

#include <string.h>

#include "iw-message-words.h"

#define LINK_SCHEME "incident-workbench:"

void
iw_message_free (IwMessage *message)
{
  if (message == NULL)
    return;
  g_free (message->subject);
  g_free (message->body);
  g_free (message);
}

/* ---- languages ---- */

static const IwMessageWords *
find_words (const char *language)
{
  guint n;
  const IwMessageWords *words = iw_message_words (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i].code, language) == 0)
      return &words[i];
  return NULL;
}

const char *const *
iw_message_languages (void)
{
  static const char *codes[16];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      guint n;
      const IwMessageWords *words = iw_message_words (&n);

      g_assert (n < G_N_ELEMENTS (codes));
      for (guint i = 0; i < n; i++)
        codes[i] = words[i].code;
      g_once_init_leave (&made, 1);
    }
  return codes;
}

const char *
iw_message_language_name (const char *language)
{
  const IwMessageWords *words = find_words (language);

  return words != NULL ? words->name : language;
}

const char *
iw_message_language_for (const char *wanted)
{
  g_auto (GStrv) all = g_strsplit_set (wanted != NULL ? wanted : "", ", ;\r\n\t", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *code = g_ascii_strdown (all[i], -1);
      const IwMessageWords *words;

      code[strcspn (code, "-_.@")] = '\0';
      words = find_words (code);
      if (words != NULL)
        return words->code;
    }
  return "en";
}

/* ---- the recipient ---- */

static IwDocument *
find_named (IwSituation *situation, const char *type, const char *name)
{
  g_autoptr (GPtrArray) documents = iw_situation_get_documents (situation, type);
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < documents->len; i++)
    {
      g_autofree char *found = g_utf8_casefold (iw_document_get_name (documents->pdata[i]), -1);

      if (g_str_equal (found, wanted))
        return documents->pdata[i];
    }
  return NULL;
}

static const char *
holder_of (IwSituation *situation, const char *name)
{
  const IwFormField *field = iw_form_kind_field (iw_form_kind_find ("role"), "role");

  for (const IwChoice *choice = field->choices; choice->value != NULL; choice++)
    if (g_str_equal (choice->value, name) ||
        g_str_equal (iw_form_field_choice_label (field, choice->value), name))
      return iw_situation_get_role (situation, choice->value);
  return "";
}

IwDocument *
iw_message_recipient (IwSituation *situation, const char *name)
{
  IwDocument *found;
  const char *person;

  g_return_val_if_fail (situation != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if ((found = find_named (situation, "team", name)) != NULL ||
      (found = find_named (situation, "person", name)) != NULL)
    return found;
  person = holder_of (situation, name);
  return *person != '\0' ? find_named (situation, "person", person) : NULL;
}

/* ---- the text ---- */

/* The same in each language, and to be understood in each zone. */
static char *
format_time (gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (us);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M UTC") : g_strdup ("");
}

static char *
one_line (const char *text)
{
  char *line = g_strdup (text);

  g_strdelimit (line, "\r\n\t", ' ');
  return g_strstrip (line);
}

/* The table's formats are known to hold what is given to them: a test reads them all. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void
add (GString *body, const char *format, const char *first, const char *second)
{
  if (first == NULL || *first == '\0')
    return;
  g_string_append_printf (body, format, first, second);
  g_string_append_c (body, '\n');
}

static char *
fill (const char *format, const char *text)
{
  return g_strdup_printf (format, text);
}

#pragma GCC diagnostic pop

static void
add_sentence (GString *body, const char *sentence)
{
  g_string_append (body, sentence);
  g_string_append_c (body, '\n');
}

static void
add_state (GString *body, const IwMessageWords *w, const IwIncidentState *state)
{
  add (body, w->stage, w->stages[state->stage], NULL);
  if (state->containing)
    add_sentence (body, w->containing);
  if (state->priority != IW_PRIORITY_UNSET)
    {
      g_autofree char *priority = g_ascii_strup (iw_priority_to_string (state->priority), -1);

      add (body, w->severity_priority, w->severities[state->severity], priority);
    }
  else
    add (body, w->severity, w->severities[state->severity], NULL);
  if (state->urgent)
    add_sentence (body, w->urgent);
  add (body, w->classification, w->classifications[state->classification], NULL);
}

static void
add_clocks (GString *body, const IwMessageWords *w, GPtrArray *clocks)
{
  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];
      g_autofree char *due = format_time (clock->due);
      g_autofree char *name = one_line (clock->name);

      if (clock->state == IW_CLOCK_RUNNING && clock->kind != IW_CLOCK_ACKNOWLEDGEMENT)
        add (body, w->clock, clock->kind == IW_CLOCK_CUSTOMER_NOTICE ? w->customer_notice : name,
             due);
    }
}

IwMessage *
iw_message_new_escalation (IwSituation *situation,
                           const IwEscalation *escalation,
                           const char *language)
{
  const IwMessageWords *w = find_words (iw_message_language_for (language));
  g_autofree char *title = NULL, *due = NULL, *link = NULL, *from = NULL, *to = NULL;
  GString *body = g_string_new (NULL);
  IwMessage *message = g_new0 (IwMessage, 1);

  title = one_line (iw_situation_get_title (situation));
  from = one_line (escalation->from);
  to = one_line (escalation->to);
  due = format_time (escalation->due);
  link = iw_message_incident_link (iw_situation_get_incident (situation));

  message->subject = fill (w->subject, title);
  add (body, w->opening, from, to);
  g_string_append_c (body, '\n');
  add (body, w->asked, escalation->ask, NULL);
  if (escalation->due != 0)
    add (body, w->due, due, NULL);
  add_sentence (body, w->answer);
  add (body, w->link, link, NULL);
  g_string_append_c (body, '\n');
  add (body, w->why, escalation->why, NULL);
  g_string_append_c (body, '\n');
  add (body, w->incident, title, NULL);
  add_state (body, w, iw_situation_get_state (situation));
  add_clocks (body, w, iw_situation_get_clocks (situation));
  message->body = g_string_free_and_steal (body);
  return message;
}

/* ---- links ---- */

char *
iw_message_incident_link (const char *incident)
{
  return g_strconcat (LINK_SCHEME, incident, NULL);
}

gboolean
iw_message_is_link (const char *link)
{
  return link != NULL && g_ascii_strncasecmp (link, LINK_SCHEME, strlen (LINK_SCHEME)) == 0;
}

char *
iw_message_incident_of_link (const char *link)
{
  const char *id = link;
  g_autofree char *lower = NULL;

  if (!iw_message_is_link (link))
    return NULL;
  id += strlen (LINK_SCHEME);
  /* Programs that pass it on may have made an address with a host, or a path, of it. */
  id += strspn (id, "/");
  lower = g_ascii_strdown (id, -1);
  lower[strcspn (lower, "/?#")] = '\0';
  return g_uuid_string_is_valid (lower) ? g_steal_pointer (&lower) : NULL;
}

/* ---- for mail programs ---- */

/* One address, of the kind that directories hold: anything else could add headers or recipients. */
static gboolean
is_mail (const char *text)
{
  const char *at = text != NULL ? strchr (text, '@') : NULL;

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL ||
      !g_utf8_validate (text, -1, NULL) || strlen (text) > 254)
    return FALSE;
  return strpbrk (text, " ,;:<>\"()[]\\\r\n\t") == NULL;
}

/* RFC 6068: lines end in CR LF. */
static char *
escape_body (const char *body)
{
  g_autoptr (GString) lines = g_string_new (body);

  g_string_replace (lines, "\r\n", "\n", 0);
  g_string_replace (lines, "\n", "\r\n", 0);
  return g_uri_escape_string (lines->str, NULL, FALSE);
}

static char *
join_address (const char *to, const char *subject, const char *body)
{
  g_autofree char *path = g_uri_escape_string (to, "@", FALSE);
  g_autofree char *head = g_uri_escape_string (subject, NULL, FALSE);
  g_autofree char *rest = escape_body (body);

  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", path, head, rest);
}

/* The first @n characters, with a mark that there were more. */
static char *
cut (const char *text, glong n)
{
  g_autofree char *part = g_utf8_substring (text, 0, n);

  return g_strconcat (part, "…", NULL);
}

char *
iw_message_to_mailto (const IwMessage *message, const char *to, gsize max, gboolean *was_cut)
{
  g_autofree char *subject = g_utf8_make_valid (message->subject, -1);
  g_autofree char *body = g_utf8_make_valid (message->body, -1);
  g_autofree char *address = NULL;
  glong low = 0, high = g_utf8_strlen (body, -1);

  if (!is_mail (to))
    to = "";
  /* A title may be as long as a book. */
  if (g_utf8_strlen (subject, -1) > 200)
    {
      g_autofree char *whole = g_steal_pointer (&subject);

      subject = cut (whole, 200);
    }
  address = join_address (to, subject, body);
  if (was_cut != NULL)
    *was_cut = strlen (address) > max;
  if (strlen (address) <= max)
    return g_steal_pointer (&address);
  while (low < high)
    {
      glong middle = low + (high - low + 1) / 2;
      g_autofree char *part = cut (body, middle);
      g_autofree char *shorter = join_address (to, subject, part);

      if (strlen (shorter) <= max)
        low = middle;
      else
        high = middle - 1;
    }
  {
    g_autofree char *part = cut (body, low);

    return join_address (to, subject, part);
  }
}
