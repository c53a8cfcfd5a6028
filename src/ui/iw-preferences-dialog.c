#include "config.h"

#include "iw-preferences-dialog.h"

#include "iw-impact-rules-page.h"
#include "iw-reminder-preferences.h"
#include "iw-sync-page.h"
#include "iw-ui.h"

struct _IwPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  AdwEntryRow *author;
  AdwEntryRow *team;
  AdwComboRow *zone;
  AdwComboRow *style;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (IwPreferencesDialog, iw_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* The settings' texts in the order of the rows. */
static const char *const zone_names[] = { "utc", "local", "incident", NULL };
static const char *const style_names[] = { "follow", "light", "dark", NULL };

static gboolean
name_to_position (GValue *value, GVariant *variant, gpointer names)
{
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; ((const char *const *)names)[i] != NULL; i++)
    if (g_str_equal (((const char *const *)names)[i], name))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
position_to_name (const GValue *value, const GVariantType *type, gpointer names)
{
  guint position = g_value_get_uint (value);

  if (position >= g_strv_length (names))
    return NULL;
  return g_variant_new_string (((const char *const *)names)[position]);
}

static void
bind_choice (IwPreferencesDialog *self, const char *key, AdwComboRow *row, const char *const *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                name_to_position, position_to_name, (gpointer)names, NULL);
}

static void
iw_preferences_dialog_dispose (GObject *object)
{
  IwPreferencesDialog *self = IW_PREFERENCES_DIALOG (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), IW_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (iw_preferences_dialog_parent_class)->dispose (object);
}

static void
iw_preferences_dialog_class_init (IwPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = iw_preferences_dialog_dispose;
  g_type_ensure (IW_TYPE_REMINDER_PREFERENCES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               IW_RESOURCE_UI "iw-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, IwPreferencesDialog, author);
  gtk_widget_class_bind_template_child (widget_class, IwPreferencesDialog, team);
  gtk_widget_class_bind_template_child (widget_class, IwPreferencesDialog, zone);
  gtk_widget_class_bind_template_child (widget_class, IwPreferencesDialog, style);
}

static void
iw_preferences_dialog_init (IwPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APP_ID);
  g_settings_bind (self->settings, "author", self->author, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "team", self->team, "text", G_SETTINGS_BIND_DEFAULT);
  bind_choice (self, "zone", self->zone, zone_names);
  bind_choice (self, "style", self->style, style_names);
}

AdwDialog *
iw_preferences_dialog_new (IwWorkspace *workspace)
{
  IwPreferencesDialog *self = g_object_new (IW_TYPE_PREFERENCES_DIALOG, NULL);

  if (workspace != NULL)
    {
      adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), iw_sync_page_new (workspace));
      adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                                  iw_impact_rules_page_new (workspace));
    }
  return ADW_DIALOG (self);
}
