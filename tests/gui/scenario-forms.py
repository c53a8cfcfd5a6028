#!/usr/bin/env python3
"""Every form there is: opened, looked at, and some filled in by keyboard alone."""
import os
import pathlib
import re
import time

import audits
from driver import ENTRY, VARIANT, Scenario, cli, cli_json, entries, text_of

s = Scenario()
DATA = []


def add(*words):
    """By command line; the id of what was made. What was typed is nobody's to translate."""
    DATA.extend(word for word in words if not word.startswith('--') and len(word) > 2)
    made = cli_json(*words)
    return (made[0] if isinstance(made, list) else made)['_id']


def all_kinds():
    """As the tables have them, so that a new one is not forgotten here."""
    found = []
    for path in sorted(pathlib.Path(os.environ['IW_SOURCE'], 'src/response').glob('iw-kinds-*.c')):
        found += re.findall(r'const IwFormKind \w+ = \{\s*\.name = "([a-z-]+)"', path.read_text(encoding='utf-8'))
    return found


def is_data(part):
    """Also what a form is about, under its title."""
    return audits.is_data(part) or 'subtitle' in part['classes'].split()


def page(name):
    audits.page(s, name, allowed=sorted(DATA, key=len, reverse=True), may_ellipsize=is_data)


def closed():
    app.key('Escape')
    app.wait_gone('dialog')


with s.step('an incident with one of everything'):
    incident = cli('new', 'Phished administrator', '--severity', 'high', '--zone', 'Asia/Tokyo').strip()
    DATA += ['Phished administrator', 'Session token replayed from 203.0.113.7', 'root', 'Asia/Tokyo', 'JST', 'UTC+09:00']
    cli('add', incident, '2026-11-02T03:04Z Session token replayed from 203.0.113.7')
    cli('team', 'starter')
    DATA += [team['name'] for team in cli_json('team', 'list')]
    DATA += [team.get(field, '') for team in cli_json('team', 'list') for field in ('purpose', 'contacts') if team.get(field)]
    team = cli_json('team', 'list')[0]['_id']
    person = add('person', 'new', '--name', 'M. Okafor', '--role', 'Engineer')
    customer = add('scope', 'new', incident, '--scope-kind', 'customer', '--name', 'Fabrikam', '--mail', 'it@fabrikam.example')
    indicator = add('indicator', 'new', incident, '--indicator-type', 'domain', '--value', 'login.example')
    asset = add('asset', 'new', incident, '--name', 'mail-gateway-2', '--asset-type', 'server')
    task = add('task', 'new', incident, '--title', 'Quarantine the gateway', '--phase', 'containment')
    notice = add('notice', 'new', incident, '--title', 'First notice', '--audience', 'customers',
                 '--subject', 'Sign-ins to your tenant', '--body', 'We are writing to you')
    file = pathlib.Path(os.environ['HOME'], 'sign-ins.json')
    file.write_text('{}', encoding='utf-8')
    DATA += ['sign-ins.json']
    evidence = add('evidence', 'add', incident, str(file))
    escalation = add('escalate', incident, '--to', 'Legal', '--why', 'Customer data was read', '--ask', 'Judge the duty to notify')
    clock = add('clock', 'start', incident, '--name', 'Contract with Fabrikam', '--clock-kind', 'contract', '--duration', '24 h')
    app = s.start()
    app.activate('win.show-incident', incident, '')
    app.wait_text('Contract with Fabrikam')
page('0-incident')

DECISIONS = {'acknowledgement': escalation, 'clock-end': clock, 'notice-state': notice, 'scope-state': customer,
             'custody': evidence, 'marking': evidence, 'task-state': task, 'withdrawal': clock}
DOCUMENTS = {'notice': notice, 'scope-item': customer, 'indicator': indicator, 'asset': asset, 'task': task,
             'team': team, 'person': person}
NO_FORM = {'release'}       # written by the export of evidence alone
for kind in all_kinds():
    if kind in NO_FORM:
        continue
    with s.step(f'the form “{kind}” opens'):
        app.activate('incident.form', kind, DECISIONS.get(kind, ''))
        app.find('dialog')
    page(f'form-{kind}')
    with s.step(f'the form “{kind}” closes'):
        closed()
for kind, document in DOCUMENTS.items():
    with s.step(f'a document “{kind}” opens to be edited'):
        app.activate('incident.edit', document)
        dialog = app.find('dialog')
        assert not app.shows('label', re.compile('^…'), within=dialog), 'something is called by the end of its id'
    page(f'edit-{kind}')
    with s.step(f'a document “{kind}” closes'):
        closed()

with s.step('what stands in the way is said in words'):
    app.activate('incident.form', 'declaration', '')
    app.find('dialog')
    app.key('ctrl+Return')
page('problems-declaration')
with s.step('it closes'):
    closed()
with s.step('closing says what is missing, and leads there'):
    app.activate('incident.stage', 'closed')
    app.find('dialog')
page('problems-closing')
with s.step('it closes'):
    closed()
if VARIANT == 'light':
    with s.step('containment is recorded by keyboard alone'):
        app.activate('incident.form', 'containment', '')
        app.find('dialog')
        app.tab_to(ENTRY, 'What Is Done')
        app.type('Gateway quarantined')
        app.key('Escape')
        app.wait_gone('dialog')
    with s.step('what was typed is back'):
        app.activate('incident.form', 'containment', '')
        app.find('dialog')
        app.wait_text('What you typed here before is back')
        app.wait_text('Gateway quarantined')
    with s.step('the time is understood in the zone in words'):
        app.tab_to(ENTRY, 'When')
        app.type('2026-11-02 12:05')
        app.wait_text('Understood as Monday 2 November 2026, 12:05 UTC')
    with s.step('Ctrl+Enter saves it, the toast offers to undo'):
        app.key('ctrl+Return')
        app.wait_gone('dialog')
        app.wait_text('Containing')
        app.click_part(app.part('Undo'))  # first of all, and quickly: a toast is gone after five seconds
        made, = [entry for entry in entries(incident) if entry['kind'] == 'containment']
        assert made['occurred_at'] == '2026-11-02T12:05Z', made
        assert made['what'] == 'Gateway quarantined', made
        app.wait(lambda: not app.shows('button', 'Containing'), 'it still says “Containing”')
    with s.step('a person is completed from the directory'):
        app.activate('incident.role', 'incident-manager')
        app.find('dialog')
        app.tab_to(ENTRY, 'Held By')
        app.type('oka')
        app.settle()
        app.key('Down', 'Return', 'ctrl+Return')
        app.wait_gone('dialog')
        app.wait_text('Manager: M. Okafor')
    with s.step('a role is decided again, with what is in force'):
        made, = [entry for entry in entries(incident) if entry['kind'] == 'role']
        app.activate('incident.again', made['_id'])
        app.find('dialog')
        app.wait(lambda: any(text_of(node) == 'M. Okafor' for node in app.all(ENTRY, 'Held By', within=app.find('dialog'))),
                 'nobody stands in “Held By”')
        closed()
    with s.step('an entry is cited by keyboard'):
        app.activate('incident.form', 'assessment', '')
        app.find('dialog')
        app.tab_to(None, 'Cite Entries or Evidence…')
        app.key('Return')
        app.settle()
        app.type('token')
        app.settle()
        app.key('Return')
        app.picture('cite')
        app.key('Escape', 'Escape')
        app.wait_text('Remove Session token replayed from 203.0.113.7')
        closed()
    with s.step('tabs by Alt and a digit, and the tab is remembered'):
        app.key('alt+3')
        app.wait_text('Outside Bodies')
        app.key('alt+Home')
        app.settle()
        app.activate('win.show-incident', incident, '')
        app.wait_text('Outside Bodies')
    with s.step('the impact rules'):
        app.key('ctrl+comma')
        app.find('dialog')
        app.click_part(app.part('Impact Rules'))
        app.wait_text('Everything Else')
    page('impact-rules')
    with s.step('they close'):
        closed()
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
