/* iw-application.h: the program: one instance, its command line, its workspaces. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IW_TYPE_APPLICATION (iw_application_get_type ())
G_DECLARE_FINAL_TYPE (IwApplication, iw_application, IW, APPLICATION, AdwApplication)

/* Options: --workspace DIR, --sample, --version, and files to import. (transfer full) */
GApplication *iw_application_new (void);

G_END_DECLS
