#include "config.h"

#include "iw-directory-items.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-time.h"
#include "iw-words.h"

IwDirectoryData *
iw_directory_data_new (IwSituation *situation, GTimeZone *zone)
{
  IwDirectoryData *self = g_new0 (IwDirectoryData, 1);

  self->situation = iw_situation_ref (situation);
  self->zone = g_time_zone_ref (zone);
  return self;
}

void
iw_directory_data_free (IwDirectoryData *self)
{
  iw_situation_unref (self->situation);
  g_time_zone_unref (self->zone);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  IwDocument *left = *(IwDocument *const *)a, *right = *(IwDocument *const *)b;
  int order =
      g_utf8_collate (iw_document_get_text (left, "name"), iw_document_get_text (right, "name"));

  return order != 0 ? order : strcmp (iw_document_get_id (left), iw_document_get_id (right));
}

GPtrArray *
iw_directory_rows (IwSituation *situation, const char *type)
{
  GPtrArray *rows = iw_situation_get_documents (situation, type);

  g_ptr_array_sort (rows, compare_names);
  return rows;
}

GPtrArray *
iw_team_members (IwSituation *situation, const char *team)
{
  g_autoptr (GPtrArray) people = iw_directory_rows (situation, "person");
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      g_auto (GStrv) teams = iw_document_get_list (people->pdata[i], "teams");

      if (g_strv_contains ((const char *const *)teams, team))
        g_ptr_array_add (members, people->pdata[i]);
    }
  return members;
}

/* ---- on call ---- */

IwOnCall
iw_team_on_call (IwDocument *team, gint64 now)
{
  IwOnCall on_call = { iw_document_get_text (team, "on_call_now"),
                       iw_document_get_text (team, "on_call_next"), 0, FALSE };
  const char *until = iw_document_get_text (team, "on_call_until");
  IwTime time;

  if (*until != '\0' && iw_time_parse_rfc3339 (until, NULL, &time) && iw_time_is_set (time))
    on_call.until = time.us;
  if (on_call.until == 0 || now < on_call.until)
    return on_call;
  if (*on_call.next == '\0')
    {
      on_call.ended = *on_call.who != '\0';
      return on_call;
    }
  return (IwOnCall){ on_call.next, "", 0, FALSE };
}

char *
iw_on_call_words (const IwOnCall *on_call, GTimeZone *zone)
{
  g_autofree char *until = iw_words_time (on_call->until, zone);

  if (*on_call->who == '\0')
    return g_strdup (C_ ("on call", "Nobody"));
  if (on_call->ended)
    /* Translators: a person who was on call, and until when. */
    return g_strdup_printf (_ ("%s, ended %s"), on_call->who, until);
  if (on_call->until == 0)
    return g_strdup (on_call->who);
  /* Translators: a person who is on call, and until when. */
  return g_strdup_printf (_ ("%s, until %s"), on_call->who, until);
}

/* ---- rows ---- */

static void
append (GString *words, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
}

char *
iw_contact_words (IwDocument *document)
{
  g_autoptr (GString) words = g_string_new (NULL);

  append (words, iw_document_get_text (document, "mail"));
  append (words, iw_document_get_text (document, "phone"));
  append (words, iw_document_get_text (document, "chat"));
  return g_strdup (words->str);
}

static const char *
get_id (gpointer row, gpointer data)
{
  return iw_document_get_id (row);
}

static gboolean
contains (IwDocument *document, const char *const *members, const char *needle)
{
  for (; *members != NULL; members++)
    {
      g_autofree char *folded = g_utf8_casefold (iw_document_get_text (document, *members), -1);

      if (strstr (folded, needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
team_matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  static const char *const members[] = { "name",         "purpose",  "mail",      "phone",
                                         "chat",         "contacts", "languages", "on_call_now",
                                         "on_call_next", NULL };

  return contains (row, members, needle);
}

static gboolean
person_matches (gpointer row, const char *needle, guint choice, gpointer data)
{
  static const char *const members[] = {
    "name", "role", "mail", "phone", "languages", "zone", NULL
  };
  g_auto (GStrv) teams = iw_document_get_list (row, "teams");

  if (contains (row, members, needle))
    return TRUE;
  for (guint i = 0; teams[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (teams[i], -1);

      if (strstr (folded, needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
team_fill (gpointer row, IwItemText *text, gpointer data)
{
  IwOnCall on_call = iw_team_on_call (row, g_get_real_time ());
  const char *purpose = iw_document_get_text (row, "purpose");
  g_autoptr (GString) words = g_string_new_len (purpose, (gssize)strcspn (purpose, "\r\n"));
  g_autofree char *contact = iw_contact_words (row);

  if (*contact != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", contact);
  text->icon = g_strdup ("system-users-symbolic");
  text->title = g_strdup (iw_document_get_text (row, "name"));
  text->subtitle = g_strdup (words->str);
  if (*on_call.who != '\0' && !on_call.ended)
    {
      /* Translators: who is on call. */
      text->state = g_strdup_printf (_ ("On call: %s"), on_call.who);
      text->mark = g_strdup ("call-start-symbolic");
      text->tone = IW_TONE_GOOD;
    }
  else if (*contact == '\0')
    {
      text->state = g_strdup (_ ("No Contact Yet"));
      text->mark = g_strdup ("content-loading-symbolic");
    }
  if (on_call.ended)
    text->warning = g_strdup (_ ("On-call has ended, and nobody is next"));
}

static void
person_fill (gpointer row, IwItemText *text, gpointer data)
{
  g_auto (GStrv) teams = iw_document_get_list (row, "teams");
  g_autofree char *joined = g_strjoinv (", ", teams);
  g_autofree char *contact = iw_contact_words (row);
  g_autoptr (GString) words = g_string_new (NULL);

  append (words, iw_document_get_text (row, "role"));
  append (words, joined);
  if (*contact != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", contact);
  text->icon = g_strdup ("avatar-default-symbolic");
  text->title = g_strdup (iw_document_get_text (row, "name"));
  text->subtitle = g_strdup (words->str);
  text->state = g_strdup (iw_document_get_text (row, "languages"));
}

const IwItemSource iw_team_source = { get_id, NULL, team_matches, team_fill };
const IwItemSource iw_person_source = { get_id, NULL, person_matches, person_fill };
