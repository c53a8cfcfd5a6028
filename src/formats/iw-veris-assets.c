/* Assets, data and victims of a VERIS record. */
#include "iw-veris-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "iw-scope-decision.h"

/* VERIS writes "S - Database": the letter is the kind. */
static const char *
asset_type (const char *variety)
{
  if (strstr (variety, "obile") != NULL || strstr (variety, "martphone") != NULL)
    return "mobile";
  switch (variety[0])
    {
    case 'S':
      return "server";
    case 'U':
    case 'T':
      return "workstation";
    case 'N':
      return "network";
    case 'M':
      return "data-store";
    case 'P':
      return "person";
    default:
      return "other";
    }
}

static char *
amount_words (JsonObject *object, const char *member)
{
  double amount = iw_path_number (object, member, -1);

  if (amount < 0 || amount > 1e15)
    return NULL;
  return g_strdup_printf ("%.0f", amount);
}

void
iw_veris_add_assets (IwVeris *self)
{
  JsonArray *assets = iw_path_array (self->record, "asset.assets");

  for (guint i = 0; assets != NULL && i < json_array_get_length (assets); i++)
    {
      JsonNode *node = json_array_get_element (assets, i);
      JsonObject *asset = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *variety = asset != NULL ? iw_path_text (asset, "variety") : "";
      g_autofree char *amount = NULL;
      g_autofree char *note = NULL;
      const char *name;

      if (*variety == '\0' || strcmp (variety, "Unknown") == 0)
        continue;
      name = variety[1] == ' ' && variety[2] == '-' && variety[3] == ' ' ? variety + 4 : variety;
      amount = amount_words (asset, "amount");
      if (amount != NULL)
        /* Translators: how many of an asset: "Amount: 12" */
        note = g_strdup_printf (_ ("Amount: %s"), amount);
      iw_veris_add_document (self, "asset", "name", name, "asset_type", asset_type (variety),
                             "note", note, NULL);
    }
}

static void
add_scope (IwVeris *self,
           const char *kind,
           const char *name,
           const char *note,
           const char *state,
           const char *why)
{
  const char *docid =
      iw_veris_add_document (self, "scope", "scope_kind", kind, "name", name, "note", note, NULL);

  if (state != NULL)
    iw_veris_add_entry (self, iw_scope_decision_new (self->incident, docid, name, state, why),
                        self->when);
}

static void
add_data (IwVeris *self)
{
  JsonArray *data = iw_path_array (self->record, "attribute.confidentiality.data");
  const char *disclosed = iw_path_text (self->record, "attribute.confidentiality.data_disclosure");
  const char *state = g_ascii_strcasecmp (disclosed, "Yes") == 0           ? "confirmed"
                      : g_ascii_strcasecmp (disclosed, "Potentially") == 0 ? "suspected"
                      : g_ascii_strcasecmp (disclosed, "No") == 0          ? "ruled-out"
                                                                           : NULL;
  g_autofree char *why = g_strdup_printf (_ ("VERIS: data disclosure “%s”"), disclosed);

  for (guint i = 0; data != NULL && i < json_array_get_length (data); i++)
    {
      JsonNode *node = json_array_get_element (data, i);
      JsonObject *kind = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *variety = kind != NULL ? iw_path_text (kind, "variety") : "";
      g_autofree char *amount = kind != NULL ? amount_words (kind, "amount") : NULL;
      g_autofree char *note = NULL;

      if (*variety == '\0')
        continue;
      if (amount != NULL)
        /* Translators: how many records of a kind of data were affected: "Records: 12000" */
        note = g_strdup_printf (_ ("Records: %s"), amount);
      add_scope (self, "data", variety, note, state, why);
    }
}

/* Those that were affected through the first victim. */
static void
add_secondary_victims (IwVeris *self)
{
  JsonArray *ids = iw_path_array (self->record, "victim.secondary.victim_id");

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = iw_path_element (ids, i);

      if (*id != '\0')
        add_scope (self, "customer", id, NULL, "suspected",
                   _ ("VERIS names it as a secondary victim."));
    }
}

void
iw_veris_add_scope (IwVeris *self)
{
  add_data (self);
  add_secondary_victims (self);
}
