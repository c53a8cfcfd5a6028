#!/usr/bin/env python3
"""The desktop knows a bundle by its name, and that the application opens it."""
import os
import pathlib
import re
import shutil
import subprocess

from harness import Skip, contains, equal, main

TYPE = 'application/x-incident-workbench-bundle'


def run(data_home, *words):
    return subprocess.run(words, capture_output=True, text=True, check=True,
                          env={**os.environ, 'XDG_DATA_HOME': str(data_home)})


def type_of(path, data_home):
    said = run(data_home, 'gio', 'info', '--attributes=standard::content-type', path).stdout
    return re.search(r'standard::content-type: (\S+)', said)[1]


def test_a_bundle_is_known_by_its_name(box):
    if not shutil.which('update-mime-database') or not shutil.which('gio'):
        raise Skip('there is no shared-mime-info, or no gio')
    home = box.dir / 'share'
    packages = home / 'mime/packages'
    packages.mkdir(parents=True)
    shutil.copy(os.environ['IW_MIME'], packages)
    equal(run(home, 'update-mime-database', home / 'mime').stderr, '')
    box.run('bundle', 'export', box.dir / 'out.iwbundle', box.new())
    shutil.copy(box.dir / 'out.iwbundle', box.dir / 'OUT.IWBUNDLE')
    shutil.copy(box.dir / 'out.iwbundle', box.dir / 'out.zip')
    for name, wanted in (('out.iwbundle', TYPE), ('OUT.IWBUNDLE', TYPE), ('out.zip', 'application/zip')):
        equal(type_of(box.dir / name, home), wanted)


def test_the_application_opens_it():
    desktop = pathlib.Path(os.environ['IW_DESKTOP']).read_text(encoding='utf-8')
    contains(re.search(r'^MimeType=(.*)$', desktop, re.M)[1].split(';'), TYPE)
    contains(desktop, '\nExec=incident-workbench %U\n')


main(__name__)
