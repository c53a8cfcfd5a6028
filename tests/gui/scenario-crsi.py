#!/usr/bin/env python3
"""A whole customer-reportable incident in the window: from the alert to the close, each decision through its
form by keyboard; then the program's state equals what a replay of its exported entries gives."""
import pathlib
import os
import re
import sys

import audits
from driver import ENTRY, Scenario, cli, cli_json, entries, name_of

SOURCE = pathlib.Path(os.environ['IW_SOURCE'])
sys.path.insert(0, str(SOURCE / 'tests/e2e'))
import replay

s = Scenario()


def state():
    return cli_json('state', incident)


def decisions(kind):
    return [entry for entry in entries(incident) if entry['kind'] == kind]


def open_list():
    """The words of the list that is open, in order: what stands elsewhere in the window may change by itself."""
    parts = app.probe('_look', pictures=False)
    begins = [place for place, part in enumerate(parts) if part['type'] == '__surface' and 'Popover' in part['of']]
    return [part['text'] for part in parts[begins[-1]:] if part.get('text') and part['w'] > 0] if begins else []


def choose(label, value):
    """In a list that opens, or among buttons that are all to be seen."""
    begins = re.compile('^' + re.escape(value))
    if app.shows('radio button', begins):
        app.tab_to('radio button', begins)
        app.key('space')
        return
    app.tab_to(name=label)
    app.key('space')
    offered = app.wait(open_list, f'{label} opens no list')
    places = [place for place, text in enumerate(offered) if text.startswith(value)]
    if not places:
        raise AssertionError(f'{label} does not offer {value}, but {offered}')
    app.key('Home', *['Down'] * places[0], 'Return')
    app.settle()


def write(label, text, role=None):
    app.tab_to(role, label)
    app.key('ctrl+a')
    app.type(text)


def tick(label):
    app.tab_to(name=label)
    app.key('space')


def cite(words):
    app.tab_to(name='Cite Entries or Evidence…')
    app.key('Return')
    app.settle()
    app.type(words)
    app.settle()
    app.key('Return')
    app.key('Escape')
    app.settle()


def form(kind, *fields, subject='', picture=None):
    """Opens a form, fills it in and presses its button by keyboard. @fields: (how, label, value)."""
    before = len(entries(incident))
    app.activate('incident.form', kind, subject)
    app.find('dialog')
    app.settle()
    for how, *arguments in fields:
        how(*arguments)
    if picture is not None:
        audits.page(s, picture, allowed=KNOWN)
    app.key('ctrl+Return')
    app.wait_gone('dialog')
    app.wait(lambda: len(entries(incident)) > before, f'{kind} wrote nothing')


KNOWN = ['Multi-stage incident', 'Mail with a malicious link', 'Suspicious execution']

with s.step('an alert comes in'):
    incident = cli('alert', str(SOURCE / 'tests/data/alerts/graph.json')).split()[0]
    cli('team', 'starter')
    customer = cli_json('scope', 'new', incident, '--scope-kind', 'customer', '--name', 'Example Stores',
                        '--mail', 'it@stores.example')[0]['_id']
    task = cli_json('task', 'new', incident, '--title', 'Revoke the tokens', '--phase', 'containment', '--emergency')[0]['_id']
    app = s.start()
    app.activate('win.show-incident', incident, '')
    app.wait_text('Multi-stage incident')

with s.step('roles'):
    form('role', (choose, 'Role', 'Security Incident Manager'), (write, 'Held By', 'A. Sato'))
    form('role', (choose, 'Role', 'Legal Adviser'), (write, 'Held By', 'C. Haddad'))
    form('role', (choose, 'Role', 'Executive Incident Manager'), (write, 'Held By', 'P. Novak'))
with s.step('assessed'):
    form('stage', (choose, 'Stage', 'Assess'))
    form('assessment', (choose, 'Outcome', 'Escalate'), (write, 'Reason', 'Customer mail may have been read'),
         (cite, 'malicious'))
    assert decisions('assessment')[0]['links'], decisions('assessment')
with s.step('escalated, and acknowledged late'):
    form('escalation', (write, 'Escalate To', 'Security Response Team'), (write, 'Reason', 'Customer mail'),
         (write, 'What Is Asked', 'Take the lead'), (write, 'When', '2 hours ago'))
    escalation, = decisions('escalation')
    assert state()['escalations'][0]['overdue'], state()['escalations']
    app.activate('incident.goto', 'escalations')
    app.wait_text(re.compile('[Oo]verdue'))
    form('acknowledgement', (choose, 'Answer', 'Accepted'), subject=escalation['_id'])
    assert state()['escalations'][0]['late'], state()['escalations']
with s.step('diagnosed, and contained in parallel'):
    form('stage', (choose, 'Stage', 'Diagnose'))
    form('containment', (choose, 'Containment', 'Started'), (write, 'What Is Done', 'Tokens revoked'))
    assert state()['containing'] and state()['stage'] == 'diagnose', state()
with s.step('risk to customer data: high, around the clock'):
    form('impact', (choose, 'Functional Impact', 'Low'), (choose, 'Information Impact', 'Privacy Breach'),
         (choose, 'Recoverability', 'Regular'), (choose, 'Risk to Customer Data', 'Confirmed'))
    assert state()['urgent'] and state()['severity'] in ('high', 'critical'), state()
    app.wait_text('Around the Clock')
with s.step('declared with what shows it'):
    form('declaration', (choose, 'Access to Customer Data', 'Access Occurred'), (choose, 'Duty to Notify', 'Legal Duty'),
         (write, 'Determination', 'The mailbox was opened from abroad'), (cite, 'hidden'))
    assert state()['classification'] == 'crsi', state()
    clock, = [clock for clock in state()['clocks'] if clock['kind'] == 'customer-notice']
    assert clock['state'] == 'running', clock
    app.wait_text(re.compile(r'7[12] h'))
with s.step('the customer is affected'):
    form('scope-state', (choose, 'Affected', 'Confirmed'), (write, 'Evidence in Words', 'Its mail was read'), subject=customer)
with s.step('a notice is drafted, deferred with its vetting, and sent'):
    notice = cli_json('notice', 'draft', incident, '--audience', 'customers', '--title', 'First notice')[0]['_id']
    form('notice-state', (choose, 'State', 'Deferred'), (choose, 'Grounds', 'Notifying Would Raise'),
         (write, 'Reason', 'The attacker reads along'), (write, 'Vetted by Legal', 'C. Haddad'),
         (write, 'Vetted by the Executive', 'P. Novak'), subject=notice)
    assert [clock['state'] for clock in state()['clocks'] if clock['kind'] == 'customer-notice'] == ['running']
    form('notice-state', (choose, 'State', 'Draft'), (write, 'Reason', 'The attacker is out'), subject=notice)
    form('notice-state', (choose, 'State', 'In Review'), subject=notice)
    form('notice-state', (choose, 'State', 'Approved'), subject=notice)
    form('notice-state', (choose, 'State', 'Sent'), (choose, 'Sent By', 'Mail'), (write, 'Sent To', 'Example Stores'),
         subject=notice)
    assert [clock['state'] for clock in state()['clocks'] if clock['kind'] == 'customer-notice'] == ['met']
with s.step('recovered'):
    form('task-state', (choose, 'State', 'Done'), subject=task)
    form('containment', (choose, 'Containment', 'Ended'), (write, 'What Is Done', 'Tokens revoked'))
    form('stage', (choose, 'Stage', 'Stabilise'))
with s.step('closed with its verification'):
    form('stage', (choose, 'Stage', 'Closed'), (tick, 'Risk Is Contained'), (tick, 'Measures Are Implemented'),
         (write, 'Verification', 'No sign-in from abroad for three days'))
    assert state()['stage'] == 'closed', state()
with s.step('a replay of the exported entries says the same'):
    mine, theirs = replay.replay(entries(incident)), state()
    for name in ('stage', 'severity', 'set_severity', 'priority', 'classification', 'urgent', 'containing', 'roles', 'experts'):
        assert mine[name] == theirs[name], (name, mine[name], theirs[name])
    assert set(theirs['decisions']) <= set(mine['counted']), theirs['not_in_force']
    assert {n['id']: n['status'] for n in theirs['notices'] if n.get('entry')} == mine['notices']
    assert theirs['not_in_force'] == [], theirs['not_in_force']
with s.step('undo is on the record'):
    app.key('ctrl+z')
    app.wait(lambda: state()['stage'] == 'stabilise', 'it is still closed')
    assert len(state()['not_in_force']) == 1
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
