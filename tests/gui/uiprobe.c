/* uiprobe.c: a window on the running application for the tests, loaded with LD_PRELOAD.
 *
 * When the file $UIPROBE_DIR/req appears, it writes what is on screen under the name that the file
 * holds: NAME.jsonl with a line for each mapped widget, and for each surface N (the window, then its
 * popovers) NAME-N.png and, three times as large, NAME-N@3.png, drawn inside the process. Then it
 * removes req. A req of "=ACTION TARGET" activates an action within the page of an incident instead, or
 * within the window where none is shown; TARGET is a GVariant as text. With IW_TEST_LOCALEDIR the project's messages are read from there.
 */
#include <dlfcn.h>
#include <gtk/gtk.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

static const char *dir;

char *bindtextdomain (const char *domain, const char *dirname);

char *
bindtextdomain (const char *domain, const char *dirname)
{
  char *(*real) (const char *, const char *) = dlsym (RTLD_NEXT, "bindtextdomain");
  const char *other = g_getenv ("IW_TEST_LOCALEDIR");

  if (other != NULL && g_strcmp0 (domain, "incident-workbench") == 0)
    dirname = other;
  return real (domain, dirname);
}

static void
add_text (GString *out, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":\"", name);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if ((guchar) *p < 32)
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* The style classes of a widget and of all around it. */
static char *
classes_up (GtkWidget *widget)
{
  GString *all = g_string_new (NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
      g_autofree char *joined = g_strjoinv (" ", classes);

      g_string_append_printf (all, "%s ", joined);
    }
  return g_string_free (all, FALSE);
}

static void
add_label (GString *out, GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  add_text (out, "text", gtk_label_get_text (label));
  g_string_append_printf (out, ",\"ellipsized\":%d", pango_layout_is_ellipsized (layout));
  g_string_append_printf (out, ",\"clipped\":%d",
                          width > gtk_widget_get_width (GTK_WIDGET (label)) + 1
                              || height > gtk_widget_get_height (GTK_WIDGET (label)) + 1);
  g_string_append_printf (out, ",\"missing_glyphs\":%d", pango_layout_get_unknown_glyphs_count (layout));
}

static gboolean
is_inside (GtkWidget *widget, const char *type_name)
{
  GType type = g_type_from_name (type_name);

  return type != 0 && gtk_widget_get_ancestor (widget, type) != NULL;
}

/* Whether all of it is to be seen: not scrolled out or half under an edge. */
static gboolean
is_whole (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *scroller = parent == NULL ? NULL : gtk_widget_get_ancestor (parent, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t b;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, scroller, &b))
    return TRUE;
  return b.origin.x >= 0 && b.origin.y >= 0 && b.origin.x + b.size.width <= gtk_widget_get_width (scroller) + 0.5
         && b.origin.y + b.size.height <= gtk_widget_get_height (scroller) + 0.5 && is_whole (scroller);
}

/* Whether something else is met first in its middle: a pane over it, or what dims a page behind that. */
static gboolean
is_covered (GtkWidget *widget, GtkWidget *root, const graphene_rect_t *b)
{
  GtkWidget *met = gtk_widget_pick (root, b->origin.x + b->size.width / 2, b->origin.y + b->size.height / 2,
                                    GTK_PICK_INSENSITIVE);

  return met != NULL && met != widget && !gtk_widget_is_ancestor (met, widget) && !gtk_widget_is_ancestor (widget, met);
}

static void
add_widget (GString *out, GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t b = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  g_autofree char *classes = classes_up (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (!gtk_widget_compute_bounds (widget, root, &b))
    return;
  g_string_append_printf (out, "{\"type\":\"%s\",\"x\":%.0f,\"y\":%.0f,\"w\":%.0f,\"h\":%.0f", G_OBJECT_TYPE_NAME (widget),
                          b.origin.x, b.origin.y, b.size.width, b.size.height);
  g_string_append_printf (out, ",\"sensitive\":%d,\"focusable\":%d,\"rtl\":%d,\"scrolled\":%d",
                          gtk_widget_is_sensitive (widget), gtk_widget_get_focusable (widget),
                          gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
                          gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL);
  g_string_append_printf (out, ",\"opacity\":%.2f,\"dialog\":%d,\"column_title\":%d,\"whole\":%d",
                          gtk_widget_get_opacity (widget), is_inside (widget, "AdwDialog"),
                          is_inside (widget, "GtkColumnViewTitle"), is_whole (widget));
  g_string_append_printf (out, ",\"covered\":%d", is_covered (widget, root, &b));
  add_text (out, "css", gtk_widget_get_css_name (widget));
  add_text (out, "id", gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)));
  add_text (out, "tooltip", gtk_widget_get_tooltip_text (widget));
  add_text (out, "classes", classes);
  if (GTK_IS_LABEL (widget))
    add_label (out, GTK_LABEL (widget));
  if (GTK_IS_TEXT (widget))
    add_text (out, "placeholder", gtk_text_get_placeholder_text (GTK_TEXT (widget)));
  if (GTK_IS_EDITABLE (widget))
    add_text (out, "value", gtk_editable_get_text (GTK_EDITABLE (widget)));
  g_string_append (out, "}\n");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      add_widget (out, child, root);
}

static void
save_picture (GtkWidget *widget, const char *path, int scale)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL && width > 0 && height > 0)
    {
      GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
      g_autoptr (GdkTexture) texture
          = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width * scale, height * scale));

      gdk_texture_save_to_png (texture, path);
    }
  g_clear_pointer (&node, gsk_render_node_unref);
}

static void
collect_popovers (GtkWidget *widget, GPtrArray *surfaces)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
        g_ptr_array_add (surfaces, child);
      collect_popovers (child, surfaces);
    }
}

static GPtrArray *
collect_surfaces (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GPtrArray *surfaces = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (!gtk_widget_get_mapped (window))
        continue;
      g_ptr_array_add (surfaces, window);
      collect_popovers (window, surfaces);
    }
  return surfaces;
}

static void
answer (const char *name, gboolean pictures)
{
  g_autoptr (GPtrArray) surfaces = collect_surfaces ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.jsonl", dir, name);

  for (guint i = 0; i < surfaces->len; i++)
    {
      GtkWidget *surface = surfaces->pdata[i];
      g_autofree char *small = g_strdup_printf ("%s/%s-%u.png", dir, name, i);
      g_autofree char *large = g_strdup_printf ("%s/%s-%u@3.png", dir, name, i);
      double x, y;

      gtk_native_get_surface_transform (GTK_NATIVE (surface), &x, &y);
      g_string_append_printf (out, "{\"type\":\"__surface\",\"of\":\"%s\",\"tx\":%.0f,\"ty\":%.0f,\"w\":%d,\"h\":%d}\n",
                              G_OBJECT_TYPE_NAME (surface), x, y, gtk_widget_get_width (surface),
                              gtk_widget_get_height (surface));
      add_widget (out, surface, surface);
      if (pictures)
        {
          save_picture (surface, small, 1);
          save_picture (surface, large, 3);
        }
    }
  g_file_set_contents (path, out->str, (gssize) out->len, NULL);
}

static GtkWidget *
find_mapped (GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (type != 0 && G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
activate (char *request)
{
  g_autoptr (GPtrArray) surfaces = collect_surfaces ();
  char *space = strchr (request, ' ');
  g_autoptr (GVariant) target = space != NULL ? g_variant_parse (NULL, space + 1, NULL, NULL, NULL) : NULL;
  GtkWidget *widget;

  if (space != NULL)
    *space = '\0';
  if (surfaces->len == 0)
    return;
  widget = find_mapped (surfaces->pdata[0], g_type_from_name ("IwIncidentPage"));
  if (!gtk_widget_activate_action_variant (widget != NULL ? widget : surfaces->pdata[0], request, target))
    g_warning ("There is no action %s", request);
}

/* Offers a file to what takes files under the middle of the window, from inside out, as GTK does. */
static gboolean
drop_on (GtkWidget *widget, const GValue *value)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (!GTK_IS_DROP_TARGET (controller)
          || !gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)),
                                                 GDK_TYPE_FILE_LIST))
        continue;
      g_signal_emit_by_name (controller, "drop", value, 1.0, 1.0, &taken);
      if (taken)
        return TRUE;
    }
  return FALSE;
}

static void
drop (const char *path)
{
  g_autoptr (GPtrArray) surfaces = collect_surfaces ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GSList) files = g_slist_prepend (NULL, file);
  g_auto (GValue) value = G_VALUE_INIT;
  GtkWidget *widget;

  if (surfaces->len == 0)
    return;
  widget = surfaces->pdata[0];
  widget = gtk_widget_pick (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0,
                            GTK_PICK_DEFAULT);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  while (widget != NULL && !drop_on (widget, &value))
    widget = gtk_widget_get_parent (widget);
  if (widget == NULL)
    g_warning ("Nothing takes the file %s", path);
}

/* ---- how long the main loop was kept from anything else ---- */

#define BEAT_MS 4

static struct
{
  gint64 wall, cpu;         /* at the last beat, µs; cpu: of this thread */
  gint64 max_wall, max_cpu; /* the longest between two beats */
  guint beats, late;        /* late: more than a frame of 16 ms */
} beat;

static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* On a machine that others use, only the time that the thread itself spent says what it did. */
static gboolean
on_beat (gpointer data)
{
  gint64 wall = g_get_monotonic_time (), cpu = thread_time ();

  if (beat.wall != 0)
    {
      beat.max_wall = MAX (beat.max_wall, wall - beat.wall);
      beat.max_cpu = MAX (beat.max_cpu, cpu - beat.cpu);
      beat.late += cpu - beat.cpu > 16000;
      beat.beats++;
    }
  beat.wall = wall;
  beat.cpu = cpu;
  return G_SOURCE_CONTINUE;
}

static void
answer_stalls (void)
{
  g_autofree char *path = g_build_filename (dir, "stalls.jsonl", NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"max_wall_ms\":%.1f,\"max_cpu_ms\":%.1f,\"late\":%u,\"beats\":%u}\n", beat.max_wall / 1000.0,
      beat.max_cpu / 1000.0, beat.late, beat.beats);

  g_file_set_contents (path, text, -1, NULL);
  memset (&beat, 0, sizeof beat);
}

/* "NAME", or "NAME -" for no pictures; "=ACTION TARGET"; "~PATH" drops a file; "stalls" with UIPROBE_BEAT set: how long the main
 * loop was kept busy since that was last asked. */
static gboolean
look_for_request (gpointer data)
{
  g_autofree char *path = g_build_filename (dir, "req", NULL);
  g_autofree char *request = NULL;
  char *space;

  if (!g_file_get_contents (path, &request, NULL, NULL))
    return G_SOURCE_CONTINUE;
  g_strstrip (request);
  if (*request == '=')
    {
      activate (request + 1);
      g_unlink (path);
      return G_SOURCE_CONTINUE;
    }
  if (*request == '~')
    {
      drop (request + 1);
      g_unlink (path);
      return G_SOURCE_CONTINUE;
    }
  space = strchr (request, ' ');
  if (space != NULL)
    *space = '\0';
  if (strcmp (request, "stalls") == 0)
    answer_stalls ();
  else
    answer (request, space == NULL);
  g_unlink (path);
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
start (void)
{
  dir = g_getenv ("UIPROBE_DIR");
  if (dir == NULL)
    return;
  g_unsetenv ("LD_PRELOAD");
  g_timeout_add (30, look_for_request, NULL);
  if (g_getenv ("UIPROBE_BEAT") != NULL)
    g_timeout_add_full (G_PRIORITY_HIGH, BEAT_MS, on_beat, NULL, NULL);
}
