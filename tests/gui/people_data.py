"""An incident with scope, indicators, plan and teams, made by commands, for the scenarios that look at them."""
from driver import OUT, cli, cli_json

TITLE = 'Phished administrator'
CSV = '''Company,Admin contact,E-mail,Phone,Region
Contoso,Ada Stone,ada@contoso.example,+1 555 0100,US
Fabrikam,Bob Hart,bob@fabrikam.example,,EU
Northwind Traders,,,,EU
Adventure Works,Kim Lund,kim@adventure.example,+44 20 5550 199,UK
Bad Company,Eve,not a mail,,US
'''
REPORT = '''hxxps://evil[.]example/login and 203[.]0[.]113[.]7, also 198.51.100[.]9
Drop: 44d88612fea8a8f36de82e1278abb02f invoice.docm bob(at)evil[.]example
CONTOSO\\admin evil[.]example
'''
# What people typed, which nobody translates.
typed = ['A. Sato', TITLE]


def said(words):
    typed.extend(str(word) for word in words if not str(word).startswith('--'))
    return words


def decide(*words):
    return cli('--author', 'A. Sato', *said(words))


def directory():
    decide('team', 'new', '--name', 'Identity Platform', '--purpose', 'Runs sign-in and directory services.',
           '--mail', 'identity@example.com', '--phone', '+1 555 0100', '--on-call-now', 'M. Ito', '--on-call-next', 'R. Diaz',
           '--on-call-until', 'tomorrow 08:00', '--languages', 'en, ja')
    decide('team', 'new', '--name', 'Storage', '--purpose', 'Runs blob storage.', '--mail', 'storage@example.com',
           '--on-call-now', 'P. Gone', '--on-call-until', '2026-01-01 08:00 UTC')
    for name, role, team, mail, languages in (
            ('M. Ito', 'Reliability engineer', 'Identity Platform', 'ito@example.com', 'ja, en'),
            ('R. Diaz', 'Engineer', 'Identity Platform', 'diaz@example.com', 'es, en'),
            ('H. Novak', 'Counsel', 'Legal', 'novak@example.com', 'cs')):
        decide('person', 'new', '--name', name, '--role', role, '--teams', team, '--mail', mail, '--languages', languages)


def scope(incident):
    path = f'{OUT}/customers.csv'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(CSV)
    typed.extend(cell for line in CSV.splitlines() for cell in line.split(','))
    cli('scope', 'import', incident, path)
    for kind, name in (('service', 'Exchange Online'), ('system', 'idp-03.example'), ('data', 'Mailbox contents')):
        decide('scope', 'new', incident, '--scope-kind', kind, '--name', name)
    for name, state, why in (('Contoso', 'confirmed', 'Messages were read with the stolen token'),
                             ('Fabrikam', 'suspected', 'Same delegated administrator'),
                             ('Adventure Works', 'ruled-out', 'No sign-in by the account in 90 days'),
                             ('Exchange Online', 'confirmed', 'The audit log shows reads')):
        decide('scope', 'state', incident, name, '--to', state, '--why', why)


def indicators(incident):
    path = f'{OUT}/report.txt'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(REPORT)
    typed.extend(REPORT.split() + ['https://evil.example/login', '203.0.113.7', '198.51.100.9', 'evil.example', 'bob@evil.example'])
    cli('indicator', 'paste', incident, path)
    decide('indicator', 'sweep', incident, '--where', 'All mail servers', '--tool', 'EDR', '--found', '203.0.113.7',
           '--clear', '198.51.100.9')


def plan(incident):
    for title, phase, owner, due, *flags in (
            ('Revoke all sessions', 'containment', 'M. Ito', '2026-01-02 09:00 UTC', '--emergency'),
            ('Block evil.example at the proxy', 'containment', 'R. Diaz', 'tomorrow 10:00'),
            ('Search all mailboxes for the rule', 'containment', 'R. Diaz', ''),
            ('Remove the mailbox rule', 'eradication', 'M. Ito', 'in 3 hours'),
            ('Restore deleted messages', 'recovery', 'R. Diaz', ''),
            ('Require phishing-resistant sign-in for administrators', 'longer-term', 'Identity Platform', 'in 20 days')):
        decide('task', 'new', incident, '--title', title, '--phase', phase, '--owner', owner,
               *(['--due', due] if due else []), *flags)
    decide('task', 'state', incident, 'Block evil.example at the proxy', '--to', 'done', '--why', 'Rule 4711 is live')
    decide('task', 'state', incident, 'Remove the mailbox rule', '--to', 'in-progress')


def board(incident):
    for activity, state, assignee in (('ioc-sweeps', 'in-progress', 'Cyber Defense'), ('forensics', 'in-progress', 'K. Berg'),
                                      ('alert-triage', 'done', 'Identity Platform'), ('breach-hunt', 'not-needed', 'Nobody yet')):
        decide('activity', incident, '--activity', activity, '--to', state, '--assignee', assignee)


def make():
    """The incident's id. Another one has one of its indicators."""
    incident = cli_json('new', TITLE)['incident']
    other = cli_json('new', 'Leaked storage key')['incident']
    typed.append('Leaked storage key')
    decide('indicator', 'new', other, '--indicator-type', 'ip', '--value', '203.0.113.7')
    decide('add', incident, 'Sign-in from a new country')
    decide('escalate', incident, '--from', 'Security Response Team', '--to', 'Identity Platform',
           '--why', 'tokens must be revoked', '--ask', 'Revoke all sessions of the administrator', '--due', '30 min')
    for name, owner, kind, criticality in (('DC-01', 'Identity Platform', 'server', 'high'),
                                           ('ADM-LAPTOP-7', 'Operations', 'workstation', 'medium'),
                                           ('mail archive', 'Storage', 'data-store', 'low')):
        decide('asset', 'new', incident, '--name', name, '--asset-type', kind, '--owner', owner, '--criticality', criticality)
    directory()
    scope(incident)
    indicators(incident)
    plan(incident)
    board(incident)
    return incident


def known():
    return sorted({word for word in typed if len(word) > 1}, key=len, reverse=True)
