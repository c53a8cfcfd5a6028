#!/usr/bin/env python3
"""Notices in the window: written from a template, checked, reviewed, approved, deferred, sent, exported."""
import datetime
import email
import email.policy
import os
import re
import subprocess
import zipfile

import audits
from driver import BUTTON, ENTRY, OUT, VARIANT, Scenario, cli, cli_json, entries, pause

s = Scenario()
TITLE = 'Phished administrator'
PEOPLE = ['A. Sato', 'M. Ito', 'L. Moreau', 'E. Weiss', 'R. Chen']
DATA = [TITLE, 'Contoso', 'Fabrikam', 'Tailspin', 'Webmail', 'Mail of three people was read.', 'English', 'Deutsch', 'Español', 'Français',
        '日本語', 'GDPR', 'k.berg@contoso.example', 'it@tailspin.example', 'K. Berg', 'UTC', *PEOPLE]


def ago(hours):
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=hours)).strftime('%Y-%m-%dT%H:%M:%SZ')


def scope(kind, name, state, *more):
    cli('scope', 'new', incident, '--scope-kind', kind, '--name', name, *more)
    cli('scope', 'state', incident, name, '--to', state, '--why', 'the log')


def notices():
    return cli_json('notice', 'list', incident)


def notice():
    return notices()[0]


def states():
    return [entry['to'] for entry in entries(incident) if entry['kind'] == 'notice']


def page(name):
    # What stands in a notice is in its own language, whatever that of the window is.
    written = [text for one in notices() for text in (one['subject'], one['title'], *re.split(r'[\n\[\]:]', one['body']))]
    audits.page(s, name, allowed=sorted({text.strip('# -') for text in DATA + written if len(text) > 2}, key=len, reverse=True)
                if VARIANT == 'xx' else ())


def saved():
    app.wait_text('Saved', timeout=15)


def form(step):
    app.press_named(step)
    return app.find('dialog', timeout=15)


def choose(row):
    """By keyboard, wherever it is in the side."""
    app.tab_to('list item', row, limit=90)
    app.key('Return')


def fill(label, text):
    app.set_text(app.find(ENTRY, label), text)


def record():
    app.key('ctrl+Return')
    app.wait_gone('dialog', timeout=15)


def export(item, path):
    app.click_part(app.part(None, 'GtkMenuButton', last=True, where=lambda part: part['y'] > 110))
    app.press_named(item, role=('menu item', *BUTTON))
    app.choose_file(path)
    app.wait(lambda: os.path.exists(path), f'{path} was not written', 15)
    app.settle()


def read_mail(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def text_of_pdf(path):
    return subprocess.run(['pdftotext', path, '-'], capture_output=True, text=True, check=True).stdout


with s.step('a customer-reportable incident'):
    incident = cli('new', TITLE).split()[0]
    cited = cli('add', incident, 'read the log').split()[0]
    cli('detect', incident, '--to', 'automated-anomaly', '--realm', 'own', '--at', ago(32))
    cli('person', 'new', '--name', 'M. Ito', '--mail', 'ito@example.org')
    cli('role', incident, '--role', 'communications', '--to', 'M. Ito')
    cli('declare', incident, '--access', 'occurred', '--duty', 'legal', '--statement', 'The log shows it', '--links', cited,
        '--declared-by', 'A. Sato', '--customer-impact', 'Mail of three people was read.', '--at', ago(31))
    scope('customer', 'Contoso', 'confirmed', '--contact', 'K. Berg', '--mail', 'k.berg@contoso.example')
    scope('customer', 'Fabrikam', 'suspected')
    scope('customer', 'Tailspin', 'ruled-out', '--mail', 'it@tailspin.example')
    scope('data', 'Mail', 'confirmed')
    app = s.start()
    app.activate('win.show-incident', incident, 'notices')
    app.find(BUTTON, where=lambda node: '…' in (node.get_name() or ''))
page('1-empty')
with s.step('a new notice'):
    app.press_named(re.compile('New Notice'))
    app.find('dialog')
page('2-new')
with s.step('begins with what the incident knows'):
    app.key('ctrl+Return')
    app.wait_gone('dialog')
    app.wait(lambda: len(notices()) == 1, 'there is no notice')
    app.wait_text('Mail of three people was read.')
    first = notice()
    assert first['audience'] == 'customers' and first['language'] == ('en' if VARIANT != 'he' else first['language']), first
    assert len(first['recipients']) == 2, first
page('3-notice')
if VARIANT == 'phone':
    with s.step('the checklist lies over a narrow window'):
        app.press_named(re.compile('Checklist and'), role=('toggle button', *BUTTON))
        app.wait_text('Recipients')
    page('4-checklist')
    with s.step('and goes away, while the notice stays'):
        app.key('Escape')
        app.find(ENTRY, re.compile('Text of the notice'))
if VARIANT != 'light':
    with s.step('the list'):
        app.activate('incident.goto', 'notices')
        app.settle()
    page('5-list')
    with s.step('it ends when asked'):
        assert app.quit() == 0, app.process.returncode
    s.check('it logged no warnings', app.complaints())
    s.finish()

with s.step('the checklist says what is missing, and where the law asks for it'):
    app.wait_text('Not known yet: Services affected.')
    app.wait_text('GDPR Article 33(2)')
    app.wait_text('1 recipient has neither a mail address nor a phone number.')
    assert not app.shows(None, 'Tailspin'), 'who is ruled out is offered as a recipient'
with s.step('what becomes known is inserted, what is written stays'):
    app.find(ENTRY, 'Text of the notice')
    app.click_part(app.part(None, 'GtkSourceView'))
    app.key('ctrl+End')
    app.type('Written by hand')
    saved()
    assert notice()['body'].endswith('Written by hand')
    scope('service', 'Webmail', 'confirmed')
    app.press_named('Insert Facts Again')
    saved()
    assert '- Services: Webmail\n' in notice()['body'] and notice()['body'].endswith('Written by hand')
with s.step('what is typed survives a crash'):
    app.click_part(app.part(None, 'GtkSourceView'))
    app.key('ctrl+End')
    app.type(' and lost')
    pause(1.2)
    app.kill()
    app = s.start()
    app.activate('win.show-incident', incident, notice()['_id'])
    app.wait_text('Written by hand and lost')
    saved()
    assert notice()['body'].endswith('and lost')
with s.step('asked for review'):
    form('Ask for Review…')
    fill('Reviewer', 'L. Moreau')
    record()
    app.wait_text('In Review')
with s.step('deferred, with its grounds and both who vetted it'):
    form('Approve…')
    app.key('Escape')
    app.wait_gone('dialog')
    choose(re.compile('^Defer…'))
    app.find('dialog')
    app.key('ctrl+Return')
    pause(.5)
    assert states()[-1] == 'in-review', 'deferred without vetting'
page('6-deferral')
with s.step('vetted'):
    app.tab_to(None, re.compile('Notifying Would Raise'))
    app.key('space')
    fill('Vetted by Legal', 'L. Moreau')
    fill('Vetted by the Executive', 'E. Weiss')
    fill('Reason', 'The intruder reads this mail')
    record()
    app.wait_text('Deferred')
    assert states()[-1] == 'deferred', states()
with s.step('taken up again, and approved'):
    form('Ask for Review…')
    record()
    app.wait_text('In Review')
    form('Approve…')
    record()
    app.wait_text('Approved')
with s.step('a text that is changed is no longer approved'):
    app.click_part(app.part(None, 'GtkSourceView'))
    app.key('ctrl+End')
    app.type('!')
    app.wait_text('Changed since it was approved')
    app.wait_gone(BUTTON, 'Record as Sent…')
page('7-changed')
with s.step('it goes back, and is approved again'):
    form('Back to Draft…')
    app.wait_text('The text was changed after it was approved.')
    record()
    for step, state in (('Ask for Review…', 'In Review'), ('Approve…', 'Approved')):
        form(step)
        record()
        app.wait_text(state)
with s.step('a contact is found'):
    cli('scope', 'edit', incident, 'Fabrikam', '--mail', 'soc@fabrikam.example', '--contact', 'R. Chen')
    app.wait_text('2 affected customers get it, and nobody else outside.')
with s.step('exported: a PDF'):
    export('PDF…', f'{OUT}/notice.pdf')
    text = text_of_pdf(f'{OUT}/notice.pdf')
    assert 'What happened' in text and 'Mail of three people was read.' in text, text
    assert 'Draft, not approved' not in text
with s.step('a text'):
    export('Text…', f'{OUT}/notice.txt')
    with open(f'{OUT}/notice.txt', encoding='utf-8') as file:
        assert 'Mail of three people was read.' in file.read()
with s.step('a message for each recipient, none of whom learns of the other'):
    export('Mail Messages in a Zip File…', f'{OUT}/notice.zip')
    with zipfile.ZipFile(f'{OUT}/notice.zip') as archive:
        mails = [read_mail(archive.read(name)) for name in archive.namelist() if name.endswith('.eml')]
    assert sorted(mail['To'].addresses[0].addr_spec for mail in mails) == ['k.berg@contoso.example', 'soc@fabrikam.example'], mails
    assert all(len(mail['To'].addresses) == 1 and mail['Bcc'] is None for mail in mails)
    assert all('Mail of three people was read.' in mail.get_content() for mail in mails)
    assert all(mail['Subject'] == notice()['subject'] for mail in mails)
with s.step('or one with hidden recipients'):
    export('Mail Message with Hidden Recipients…', f'{OUT}/notice.eml')
    with open(f'{OUT}/notice.eml', 'rb') as file:
        mail = read_mail(file.read())
    assert len(mail['Bcc'].addresses) == 2 and 'undisclosed' in str(mail['To']).lower(), mail
with s.step('recorded as sent'):
    form('Record as Sent…')
    app.wait_text('Contoso')
    record()
    app.wait_text('Sent')
    last = [entry for entry in entries(incident) if entry['kind'] == 'notice'][-1]
    assert last['to'] == 'sent' and sorted(last['recipients']) == ['Contoso', 'Fabrikam'], last
with s.step('what was sent can only be read'):
    app.wait_text('It can only be read')
    before = notice()['body']
    app.click_part(app.part(None, 'GtkSourceView'))
    app.type('xyz')
    pause(1)
    assert notice()['body'] == before
page('8-sent')
with s.step('the clock is met'):
    clock = next(row for row in cli_json('clock', 'list', incident) if row['name'] == 'Customer notice')
    assert clock['ended'], clock
with s.step('the list'):
    app.activate('incident.goto', 'notices')
    app.find(None, re.compile(re.escape(notice()['title'])))
page('9-list')
with s.step('a notice that is deleted comes back with undo'):
    app.press_named(re.compile('New Notice'))
    app.find('dialog')
    app.tab_to(None, 'Regulator')
    app.key('space')
    app.key('ctrl+Return')
    app.wait_gone('dialog')
    app.wait_text('33(3)(a)')
page('10-regulator')
with s.step('gone'):
    app.click_part(app.part(None, 'GtkMenuButton', last=True, where=lambda part: part['y'] > 110))
    app.press_named('Delete Notice', role=('menu item', *BUTTON))
    app.wait(lambda: len(notices()) == 1, 'it is still there')
    app.press_named('Undo')
    app.wait(lambda: len(notices()) == 2, 'it did not come back')
with s.step('the clocks as a calendar'):
    cli('clock', 'start', incident, '--name', 'Contract', '--clock-kind', 'contract', '--duration', '48 h', '--ends-on', 'manual')
    app.activate('incident.goto', 'clocks')
    app.press_named('Export as Calendar')
    app.choose_file(f'{OUT}/clocks.ics')
    app.wait(lambda: os.path.exists(f'{OUT}/clocks.ics'), 'no calendar was written', 15)
    with open(f'{OUT}/clocks.ics', encoding='utf-8') as file:
        calendar = file.read()
    assert calendar.count('BEGIN:VEVENT') == 2 and calendar.count('BEGIN:VALARM') == 3 and 'STATUS:CANCELLED' in calendar, calendar
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
