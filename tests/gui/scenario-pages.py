#!/usr/bin/env python3
"""Every page and dialog of the sample workspace, in the styles, sizes and directions that people use."""
import json
import os
import pathlib

import audits
from driver import SAMPLE, VARIANT, Scenario, cli, cli_json

s = Scenario()


def strings(value):
    """All strings in a JSON value."""
    if isinstance(value, str):
        return [value]
    return [text for item in (value.values() if isinstance(value, dict) else value) for text in strings(item)] \
        if isinstance(value, (dict, list)) else []


def data():
    """What stands in the sample, which nobody translates."""
    texts = []
    for path in pathlib.Path(os.environ['IW_SOURCE'], 'data/sample').glob('*.json'):
        texts += strings(json.loads(path.read_text(encoding='utf-8')))
    for incident in cli_json('list', '--all', workspace=SAMPLE):
        texts.append(incident['title'])
        for row in cli_json('show', incident['incident'], '--events', workspace=SAMPLE)['timeline']:
            texts += [row.get(name) for name in ('text', 'actor', 'team', 'source', 'message', 'description', 'origin', 'host')]
            texts += row.get('tags', [])
    return sorted({text for text in texts if text and len(text) > 1}, key=len, reverse=True)


def page(name):
    audits.page(s, name, allowed=known)


with s.step('the sample workspace opens'):
    cli('sample', SAMPLE)
    known = data() if VARIANT == 'xx' else ()
    incident = next(row for row in cli_json('list', workspace=SAMPLE) if row['title'] == 'Phished administrator')
    app = s.start('--sample')
    app.wait_text('Phished administrator')
if VARIANT == 'phone':
    page('1-sidebar')
with s.step('the list of all'):
    app.key('alt+Home')
    app.wait_text('Backup job')
page('2-incidents')
with s.step('the timeline'):
    part = app.part('Phished administrator', last=True,
                    where=lambda part: VARIANT == 'phone' or 'navigation-sidebar' not in part['classes'])
    app.click_part(part, times=2)
    app.wait_text('C. Haddad')
page('3-timeline')
with s.step('new incident'):
    app.key('ctrl+n')
    app.find('dialog')
page('4-new-incident')
with s.step('closed by Escape'):
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('new entry'):
    app.key('ctrl+e', 'ctrl+shift+n')
    app.find('dialog')
page('5-new-entry')
with s.step('closed by Escape again'):
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('preferences'):
    app.key('ctrl+comma')
    app.find('dialog')
page('6-preferences')
with s.step('closed'):
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('search'):
    app.key('ctrl+shift+f')
    app.settle()
    app.type('backup')
    app.wait_text('backup-reader', timeout=15)
page('7-search')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
