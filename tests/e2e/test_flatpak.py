#!/usr/bin/env python3
"""The Flatpak manifest brings every library that the build asks for, or the runtime has it; all sources are pinned."""
import json
import os
import pathlib
import re

from harness import equal, main

SOURCE = pathlib.Path(os.environ['IW_SOURCE'])
MANIFEST = SOURCE / 'flatpak/io.github.incident_workbench.IncidentWorkbench.json'
# In org.gnome.Platform of the version below, with the version there; libcrypt and libsystemd have no number that matters.
RUNTIME = '50'
PLATFORM = {
    'gio-2.0': '2.88', 'gio-unix-2.0': '2.88', 'json-glib-1.0': '1.10', 'sqlite3': '3.50', 'gtk4': '4.22', 'libadwaita-1': '1.9',
    'libarchive': '3.8', 'pangocairo': '1.57', 'cairo-pdf': '1.18', 'libsoup-3.0': '3.6', 'libsecret-1': '0.21', 'gpgme': '2.0',
    'gnutls': '3.8', 'libsystemd': '', 'libcrypt': '', 'gtksourceview-5': '5.20',
}
PACKAGES = {'yyjson': 'yyjson', 'libical': 'libical', 'gmime': 'gmime-3.0', 'libportal': 'libportal'}


def manifest():
    return json.loads(MANIFEST.read_text(encoding='utf-8'))


def wanted():
    """Each library that meson.build asks for, with the least version."""
    text = (SOURCE / 'meson.build').read_text(encoding='utf-8')
    return dict(re.findall(r"dependency\('([^']+)'(?:, version: '>= ([\d.]+)')?", text))


def brought():
    """What the modules bring, with their versions."""
    found = {}
    for module in manifest()['modules']:
        source = module['sources'][0]
        if module['name'] in PACKAGES:
            found[PACKAGES[module['name']]] = source.get('tag') or re.search(r'-([\d.]+)\.tar', source['url'])[1]
    return found


def number(version):
    return [int(part) for part in version.strip('v').split('.') if part]


def test_every_library_is_there():
    has = PLATFORM | brought()
    equal(manifest()['runtime-version'], RUNTIME)
    equal(sorted(wanted().keys() - has.keys()), [])
    equal([name for name, least in wanted().items() if least and number(has[name]) < number(least)], [])


def test_nothing_else_is_brought():
    equal(sorted(brought().keys() - wanted().keys()), [])
    equal([module['name'] for module in manifest()['modules'] if module['name'] not in PACKAGES],
          ['blueprint-compiler', 'incident-workbench'])


def test_sources_are_pinned():
    for module in manifest()['modules'][:-1]:
        source = module['sources'][0]
        assert source['url'].startswith('https://'), source
        if source['type'] == 'git':
            assert re.fullmatch('[0-9a-f]{40}', source['commit']) and source['tag'], source
        else:
            assert re.fullmatch('[0-9a-f]{64}', source['sha256']), source


def test_it_may_sync_and_keep_passwords():
    equal(sorted({'--share=network', '--talk-name=org.freedesktop.secrets'} - set(manifest()['finish-args'])), [])


main(__name__)
