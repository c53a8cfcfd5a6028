#!/usr/bin/env python3
"""pseudo.py SOURCE LOCALEDIR: makes the language xx out of the project's messages: each text longer
by two fifths and between ⟦ and ⟧, so that what is not translated and what does not fit stand out."""
import math
import os
import re
import subprocess
import sys

import polib

source, localedir = sys.argv[1:3]
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3', 'dngettext:2,3']


def mark(text):
    bare = re.sub(r"%[-+0-9.'*]*[a-z]+|<[^>]*>", '', text)
    return '⟦' + text + '~' * math.ceil(len(bare) * .4) + '⟧'


def extract(pot):
    command = ['xgettext', '--from-code=UTF-8', '--directory=' + source, '--files-from=' + source + '/po/POTFILES.in',
               '--output=' + pot] + ['--keyword=' + keyword for keyword in KEYWORDS]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'})


folder = localedir + '/xx/LC_MESSAGES'
os.makedirs(folder, exist_ok=True)
extract(folder + '/messages.pot')
catalog = polib.pofile(folder + '/messages.pot')
catalog.metadata.update({'Content-Type': 'text/plain; charset=UTF-8', 'Language': 'xx',
                         'Plural-Forms': 'nplurals=2; plural=(n != 1);'})
for entry in catalog:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: mark(entry.msgid), 1: mark(entry.msgid_plural)}
    else:
        entry.msgstr = mark(entry.msgid)
catalog.save_as_mofile(folder + '/incident-workbench.mo')
