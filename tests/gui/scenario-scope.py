#!/usr/bin/env python3
"""What is affected, indicators and assets: the lists, one thing of each, pasting, importing, a sweep."""
import os
import re

import audits
import people_data
from driver import ENTRY, OUT, VARIANT, Scenario, State, cli_json, has_state

s = Scenario()


def page(name):
    audits.page(s, name, allowed=people_data.known())


def open_row(name):
    app.click_part(app.part(name, kind='GtkLabel', last=True))
    app.settle()


def choose(item):
    """From the menu of the plus button."""
    app.press_named(re.compile('Add'), role='toggle button')
    app.settle()
    app.press(app.find('menu item', re.compile(item)))
    return app.find('dialog')


with s.step('an incident with a scope'):
    incident = people_data.make()
    app = s.start()
    app.wait_text(people_data.TITLE)
    app.click_part(app.part(people_data.TITLE, last=VARIANT != 'phone'), times=2 if VARIANT != 'phone' else 1)
    app.settle()
    app.activate('incident.goto', 'scope')
    app.wait_text('Contoso')
page('1-scope')
with s.step('one customer'):
    open_row('Contoso')
    app.wait_text('Messages were read with the stolen token')
page('2-customer')
with s.step('indicators'):
    app.activate('incident.goto', 'indicators')
    app.wait_text('203.0.113.7')
page('3-indicators')
with s.step('one indicator, also elsewhere'):
    open_row('203.0.113.7')
    app.wait_text('Leaked storage key')
page('4-indicator')
with s.step('it is linked with an entry that decides nothing'):
    app.press_named(re.compile('Link Entries'))
    app.find(ENTRY, where=lambda node: has_state(node, State.FOCUSED))
    app.type('country')
    app.wait_text('Sign-in from a new country')
    app.key('Return')
    app.wait(lambda: 'entry-' in str([row.get('links') for row in cli_json('indicator', 'list', incident)]), 'the link is not stored')
    app.press_named(re.compile('Done'))
    app.wait(lambda: app.shows(None, re.compile('Link Entries')) and 'Sign-in from a new country' in app.texts(),
             'the entry is not named')
with s.step('assets'):
    app.activate('incident.goto', 'assets')
    app.wait_text('DC-01')
page('5-assets')
with s.step('customers are pasted'):
    app.activate('incident.goto', 'scope')
    choose('Paste Customers')
    for line in ('Tailspin Toys, ops@tailspin.example, +1 555 0155', 'Contoso', 'Wide World, no mail@here'):
        app.type(line)
        app.key('Return')
    app.wait(lambda: any('Tailspin Toys' in (node.get_name() or '') for node in app.all('list item')), 'the line is not read')
people_data.typed.extend(['Tailspin Toys', 'ops@tailspin.example', '+1 555 0155', 'Wide World', 'no mail@here'])
page('6-paste')
with s.step('what is understood is added'):
    app.press_named(re.compile('1'), within=app.find('dialog'))
    app.wait_gone('dialog')
    app.wait(lambda: 'Tailspin Toys' in str(cli_json('scope', 'list', incident)), 'it is not stored')
with s.step('indicators are pasted'):
    app.activate('incident.goto', 'indicators')
    app.settle()
    choose('Paste Indicators')
    app.type('see hxxp://bad[.]example/a and evil.example now')
    app.wait(lambda: any('bad.example' in (node.get_name() or '') for node in app.all('list item')), 'the text is not read')
people_data.typed.extend(['http://bad.example/a', 'see', 'and', 'now', 'see  and  now', 'see hxxp://bad[.]example/a and evil.example now'])
page('7-paste-indicators')
with s.step('closed, the text is kept'):
    app.key('Escape')
    app.wait_gone('dialog')
    choose('Paste Indicators')
    app.wait(lambda: any('bad.example' in (node.get_name() or '') for node in app.all('list item')), 'the text is gone')
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('a sweep'):
    app.activate('incident.goto', 'indicators')
    choose('Record Sweep')
    app.type('Proxy logs')
    app.press_named(re.compile('Set All'), role='toggle button')
    app.settle()
    app.press(app.find('menu item', re.compile('Not Found')))
people_data.typed.append('Proxy logs')
page('8-sweep')
with s.step('is recorded'):
    app.press_named(re.compile('Record(~+⟧)?$'), within=app.find('dialog'))
    app.wait_gone('dialog')
    app.wait(lambda: 'Proxy logs' in str(cli_json('show', incident)), 'the sweep is not stored')
with s.step('customers from a file'):
    app.activate('incident.goto', 'scope')
    os.makedirs(f'{OUT}/import')
    with open(f'{OUT}/import/more.csv', 'w', encoding='utf-8') as file:
        file.write('Tenant;E-Mail;Remark\nLitware;it@litware.example;pilot\nContoso;x@y.example;\n;a@b.example;\nLucerne;broken mail;\n')
    app.press_named(re.compile('Add'), role='toggle button')
    app.settle()
    app.press(app.find('menu item', re.compile('Import Customers')))
    app.choose_file(f'{OUT}/import/more.csv')
    app.find('dialog')
    app.wait_text('Litware')
people_data.typed.extend(['Tenant', 'E-Mail', 'Remark', 'Litware', 'it@litware.example', 'pilot', 'Lucerne', 'broken mail', 'more.csv'])
page('9-import')
with s.step('are imported as one action'):
    app.press_named(re.compile('1'), within=app.find('dialog'))
    app.wait_gone('dialog')
    app.wait(lambda: 'Litware' in str(cli_json('scope', 'list', incident)), 'they are not stored')
    app.key('ctrl+z')
    app.wait(lambda: 'Litware' not in str(cli_json('scope', 'list', incident)), 'it is not undone')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
