#!/usr/bin/env python3
"""po/POTFILES.in lists every file with strings to translate, and no others, in order of name."""
import os
import pathlib
import re

from harness import equal, main

SOURCE = pathlib.Path(os.environ['IW_SOURCE'])
CALL = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\("')


def listed():
    lines = (SOURCE / 'po/POTFILES.in').read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def with_strings():
    files = [path for folder in ('src', 'data') for path in (SOURCE / folder).rglob('*')
             if path.suffix in ('.c', '.h', '.blp') and CALL.search(path.read_text(encoding='utf-8'))]
    return {str(path.relative_to(SOURCE)) for path in files}


def test_all_files_with_strings_are_listed():
    equal(sorted(with_strings() - set(listed())), [])


def test_all_listed_files_have_strings():
    ours = {name for name in listed() if name.endswith(('.c', '.h', '.blp'))}
    equal(sorted(ours - with_strings()), [])
    equal([name for name in listed() if not (SOURCE / name).exists()], [])


def test_in_order():
    equal(listed(), sorted(set(listed())))


main(__name__)
