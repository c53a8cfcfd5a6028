#!/usr/bin/env python3
"""Who does what: the directory with its starter teams, one team, the response board and the recovery plan."""
import json
import re

import audits
import people_data
from driver import ROW, VARIANT, Scenario, cli, cli_json, pause

s = Scenario()


def page(name):
    audits.page(s, name, allowed=people_data.known())


def back_to_lists():
    """On a narrow window the sidebar is a page of its own."""
    if VARIANT == 'phone':
        app.key('F9')
        app.settle()


def tasks():
    return [row['title'] for row in cli_json('task', 'list', incident)]


def experts():
    return cli_json('state', incident)['experts']


with s.step('an empty directory offers the usual teams'):
    app = s.start()
    app.wait_text(re.compile('No Incidents Yet'))
    back_to_lists()
    app.click_part(app.part(re.compile('Teams and People').pattern if VARIANT != 'xx' else None, kind='GtkLabel',
                            where=lambda part: 'Teams and People' in part.get('text', '')))
    app.wait_text(re.compile('No Teams Yet'))
page('1-empty')
with s.step('they are added as one action'):
    app.press_named(re.compile('Add Starter Teams'))
    app.wait_text(re.compile('Customer Communication'))
    assert len(cli_json('team', 'list')) == 11, cli('team', 'list')
    app.key('ctrl+z')
    app.wait_text(re.compile('No Teams Yet'))
    app.key('ctrl+shift+z')
    app.wait_text(re.compile('Customer Communication'))
with s.step('an incident with a plan'):
    incident = people_data.make()
    app.wait_text('On call: M. Ito' if VARIANT != 'xx' else 'M. Ito')
page('2-teams')
with s.step('one team'):
    app.click_part(app.part('Identity Platform', kind='GtkLabel'))
    app.wait_text('Revoke all sessions of the administrator')
page('3-team')
with s.step('people'):
    app.key('Escape')
    app.press_named(re.compile('^.?People'), role=('toggle button', 'radio button', 'page tab', 'button'))
    app.wait_text('H. Novak')
page('4-people')
with s.step('the response board'):
    back_to_lists()
    app.click_part(app.part(people_data.TITLE, last=False))
    app.settle()
    app.activate('incident.goto', 'board')
    app.wait_text('K. Berg')
page('5-board')
with s.step('an activity takes its next step at a click'):
    app.press_named(re.compile('Start'))
    app.wait(lambda: 'detection-requirements' in json.dumps(cli_json('show', incident)['timeline']), 'the step is not stored')
with s.step('the recovery plan'):
    app.activate('incident.goto', 'plan')
    app.wait_text('Search all mailboxes for the rule')
page('6-plan')
with s.step('Alt+Up moves a task, and the keyboard stays on it'):
    before = tasks()
    app.tab_to(ROW, re.compile('Search all mailboxes'))
    app.key('alt+Up')
    app.wait(lambda: tasks() != before, 'it did not move')
    app.wait(lambda: 'Search all mailboxes' in app.focused_name(), 'the keyboard is elsewhere')
    assert tasks().index('Search all mailboxes for the rule') < tasks().index('Block evil.example at the proxy')
with s.step('a tick says done'):
    app.tab_to('check box', re.compile('Restore deleted messages'), limit=80)
    app.key('space')
    app.wait(lambda: any('Restore deleted messages' in json.dumps(row) and 'done' in json.dumps(row)
                         for row in cli_json('task', 'list', incident)), 'it is not stored')
    pause(1)
    assert not app.shows(None, 'Last Change of State'), 'the row opened by itself'
with s.step('below a task stand its words'):
    app.tab_to(ROW, 'Block evil.example at the proxy', key='shift+Tab')
    assert 'Rule 4711 is live' not in app.texts()
    app.key('Return')
    app.wait_text('Rule 4711 is live')
page('7-task')
with s.step('several experts'):
    for person in ('R. Diaz', 'H. Novak'):
        people_data.decide('role', incident, '--role', 'expert', '--to', person)
    app.activate('incident.goto', 'roles')
    app.wait_text(re.compile('Add Subject-Matter Expert'))
    # Once both are there the rows stay what they are, and so does where the keyboard is among them.
    app.wait(lambda: all(person in app.texts() for person in ('R. Diaz', 'H. Novak')), 'they are not shown', 20)
    app.tab_to(ROW, re.compile('Subject-Matter Expert'), limit=200)
    app.key('Down', 'Down')
page('8-experts')
with s.step('one of them is replaced from the row'):
    app.tab_to(ROW, re.compile('Subject-Matter Expert'), limit=200)
    app.key('Return')
    app.find('dialog')
    app.settle()
    app.tab_to(name=re.compile('Held By'))
    app.type(people_data.said(['M. Ito'])[0])
page('9-replace')
with s.step('it is written, and one is relieved'):
    app.key('ctrl+Return')
    app.wait_gone('dialog')
    app.wait(lambda: experts() == ['M. Ito', 'H. Novak'], 'nobody was replaced')
    app.wait(lambda: 'R. Diaz' not in app.texts(), 'the row is of whom it was of before')
    app.tab_to(ROW, re.compile('Subject-Matter Expert'), limit=200)
    app.key('Return')
    app.find('dialog')
    app.settle()
    app.key('ctrl+Return')
    app.wait_gone('dialog')
    app.wait(lambda: experts() == ['H. Novak'], 'nobody was relieved')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
