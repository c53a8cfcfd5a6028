#!/usr/bin/env python3
"""Writes the machine timelines of the sample workspace: made-up logs with an attack among ordinary
noise. Times are milliseconds against the midnight (UTC) before the sample is made, as <-1234>; the
program puts dates in their place. The result is the same at each run; it prints the rows that the
incidents' entries link to. Addresses and names are those reserved for documentation (RFC 5737, 2606).
"""
import json
import math
import pathlib
import random

HERE = pathlib.Path(__file__).parent
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

STAFF = ['akinyi', 'bauer', 'cho', 'dubois', 'eriksen', 'farah', 'garcia', 'haddad', 'ivanova', 'jensen',
         'kowalski', 'lindqvist', 'moreau', 'nakamura', 'oconnor', 'petrov', 'quinn', 'rossi', 'silva', 'tanaka',
         'ueda', 'varga', 'weber', 'xu', 'yilmaz', 'zhang', 'mkeller', 'pnovak', 'lberg', 'rokafor']
APPS = ['Mail', 'Chat', 'Files', 'Wiki', 'Payroll', 'Tickets', 'Build', 'Calendar']
CLIENTS = ['Firefox 145', 'Chrome 141', 'Edge 141', 'Mail client', 'Android app', 'iOS app']


def at(day, clock):
    """at(-1, '03:04:11.500') in milliseconds before or after the base midnight."""
    parts = [float(part) for part in clock.split(':')] + [0, 0]
    return day * DAY + int(parts[0] * HOUR + parts[1] * MINUTE + parts[2] * 1000)


def working_time(rng, day):
    """A moment of a working day: two humps, few at night."""
    if rng.random() < 0.07:
        return day * DAY + rng.randrange(DAY)
    hour = rng.gauss(9.5, 1.2) if rng.random() < 0.5 else rng.gauss(14.2, 1.9)
    return day * DAY + int(min(max(hour, 0.1), 23.8) * HOUR) + rng.randrange(MINUTE)


def home(user):
    return f'192.0.2.{20 + STAFF.index(user) * 6 % 200}'


def finish(rows, labels):
    """Orders rows by time and prints where the marked ones stand (row 1 is the first)."""
    rows.sort(key=lambda row: row[0])
    for number, (_, _, mark) in enumerate(rows, 1):
        if mark:
            print(f'{labels}: {mark} = row {number}')
    return [row[1] for row in rows]


def sign_in_log():
    rng = random.Random(20_26)
    rows = []

    def add(ms, user, app, action, result, ip, country, client, session, message, mark=None):
        text = ','.join([f'<{ms}>', f'{user}@example.com', app, action, result, ip, country, client, session,
                         '"' + message.replace('"', '""') + '"' if ',' in message or '"' in message else message])
        rows.append((ms, text, mark))

    for day in (-3, -2, -1):
        for _ in range(575):
            user = rng.choice(STAFF)
            app = rng.choice(APPS)
            office = rng.random() < 0.7
            ip = f'198.51.100.{rng.randrange(2, 40)}' if office else home(user)
            ms = working_time(rng, day)
            session = f's{STAFF.index(user):02d}{-day}{rng.randrange(4096):03x}'
            if rng.random() < 0.05:
                add(ms, user, app, 'sign-in', 'failure', ip, 'CZ', rng.choice(CLIENTS), '',
                    f'Sign-in to {app} failed: wrong password')
            else:
                how = 'interactive' if rng.random() < 0.3 else 'token refresh'
                add(ms, user, app, 'sign-in', 'success', ip, 'CZ', rng.choice(CLIENTS), session,
                    f'Sign-in to {app} succeeded ({how})')
    # A password spray that has nothing to do with the case: it hides the real thing.
    for n in range(140):
        user = STAFF[n % len(STAFF)]
        add(at(-3, '21:10') + n * 47_000 + rng.randrange(9000), user, 'Mail', 'sign-in', 'failure',
            f'203.0.113.{200 + n % 5}', 'BR', 'IMAP', '', 'Sign-in to Mail failed: wrong password')

    stolen = 's262e7c'
    add(at(-2, '08:43:19.204'), 'mkeller', 'Mail', 'sign-in', 'success', '203.0.113.24', 'NL', 'Chrome 138', stolen,
        'Sign-in to Mail succeeded (interactive), second factor approved', 'relay sign-in')
    add(at(-1, '03:04:11.582'), 'mkeller', 'Mail', 'sign-in', 'success', '203.0.113.77', 'RO', 'Chrome 138', stolen,
        'Sign-in to Mail succeeded (token refresh), second factor satisfied by a claim in the token', 'token replay')
    for n in range(9):
        add(at(-1, '03:04:40') + n * 8_311, 'mkeller', 'Mail', 'read', 'success', '203.0.113.77', 'RO', 'Chrome 138',
            stolen, f'Search in mailbox: {["password", "invoice", "vpn", "break glass", "api key"][n % 5]}')
    add(at(-1, '03:06:52.017'), 'mkeller', 'Mail', 'new inbox rule', 'success', '203.0.113.77', 'RO', 'Chrome 138', stolen,
        'Inbox rule "." created: subject contains security, alert or sign-in, move to RSS Feeds, mark as read', 'inbox rule')
    add(at(-1, '03:11:30.440'), 'mkeller', 'Directory', 'consent', 'success', '203.0.113.77', 'RO', 'Chrome 138', stolen,
        'Consent to application Mail Archive Sync: Mail.Read, offline_access, for the whole tenant', 'consent')
    add(at(-1, '03:19:02.871'), 'mkeller', 'Admin portal', 'sign-in', 'success', '203.0.113.77', 'RO', 'Chrome 138', stolen,
        'Sign-in to Admin portal succeeded (token refresh)', 'admin portal')
    for n, what in enumerate(['List users', 'List role assignments', 'List conditional access policies',
                              'List service principals', 'Read sign-in logs']):
        add(at(-1, '03:20:15') + n * 39_500, 'mkeller', 'Admin portal', 'read', 'success', '203.0.113.77', 'RO',
            'Chrome 138', stolen, what, 'directory listing' if n == 0 else None)
    add(at(-1, '03:31:48.105'), 'mkeller', 'Directory', 'add credential', 'success', '203.0.113.77', 'RO', 'Chrome 138',
        stolen, 'Credential added to service principal backup-reader, valid for two years', 'credential')
    for n in range(64):
        box = STAFF[(n * 7) % len(STAFF)]
        add(at(-1, '03:41:05') + n * 15_800 + rng.randrange(4000), 'mkeller', 'Mail Archive Sync', 'read', 'success',
            '203.0.113.78', 'RO', 'Application', 'app-7c1', f'Application read {rng.randrange(40, 320)} items in mailbox {box}',
            'first bulk read' if n == 0 else 'last bulk read' if n == 63 else None)
    add(at(-1, '07:52:10.300'), 'lberg', 'Directory', 'revoke sessions', 'success', '198.51.100.9', 'CZ', 'Firefox 145',
        's281a01', 'All sessions of mkeller revoked', 'revocation')
    add(at(-1, '08:01:44.910'), 'lberg', 'Directory', 'disable application', 'success', '198.51.100.9', 'CZ', 'Firefox 145',
        's281a01', 'Application Mail Archive Sync disabled, its grants removed', 'application off')
    for n in range(12):
        add(at(-1, '08:02:30') + n * 61_000, 'mkeller', 'Mail Archive Sync', 'read', 'failure', '203.0.113.78', 'RO',
            'Application', '', 'Application token refused: application disabled', 'first refusal' if n == 0 else None)
    add(at(-1, '08:09:20.000'), 'lberg', 'Directory', 'remove credential', 'success', '198.51.100.9', 'CZ', 'Firefox 145',
        's281a01', 'Credential removed from service principal backup-reader', 'credential removed')
    lines = finish(rows, 'sign-in-log.csv')
    (HERE / 'sign-in-log.csv').write_text(
        'time,user,application,action,result,address,country,client,session,message\n' + '\n'.join(lines) + '\n')


def proxy_log():
    """The proxy's clock runs 94 seconds ahead; its log says what it believed."""
    rng = random.Random(4711)
    fast = 94_000
    rows = []
    sites = ['intranet.example.com', 'wiki.example.com', 'news.example.org', 'maps.example.net', 'docs.example.org',
             'updates.example.net', 'mail.example.com', 'build.example.com', 'cdn.example.net']

    def add(ms, user, host, method, path, status, size, mark=None):
        event = {'datetime': f'<{ms + fast}>', 'timestamp_desc': 'Request', 'message': f'{method} https://{host}{path} {status}',
                 'source': 'proxy', 'user': user, 'hostname': f'ws-{user}', 'dest': host, 'status': status, 'bytes': size}
        rows.append((ms, json.dumps(event, separators=(',', ':')), mark))

    for day in (-2, -1):
        for _ in range(725):
            user = rng.choice(STAFF)
            host = rng.choice(sites)
            path = '/' + rng.choice(['', 'index', 'style.css', 'app.js', 'search?q=minutes', 'release/notes', 'feed', 'img/logo.png'])
            add(working_time(rng, day), user, host, 'GET', path, rng.choice([200] * 12 + [304] * 5 + [404, 403]),
                int(math.exp(rng.uniform(6, 12))))
    add(at(-2, '08:41:58.310'), 'mkeller', 'sso.portal-login.example.net', 'GET', '/r?m=Yf27', 302, 412, 'click')
    add(at(-2, '08:41:58.902'), 'mkeller', 'sso.portal-login.example.net', 'GET', '/common/authorize', 200, 18_211, 'relay page')
    add(at(-2, '08:42:40.118'), 'mkeller', 'sso.portal-login.example.net', 'POST', '/common/login', 200, 9_120, 'password posted')
    add(at(-2, '08:43:18.754'), 'mkeller', 'sso.portal-login.example.net', 'POST', '/common/second-factor', 302, 1_733, 'second factor')
    add(at(-2, '08:43:21.006'), 'mkeller', 'mail.example.com', 'GET', '/', 200, 60_341)
    for n, user in enumerate(['dubois', 'haddad', 'tanaka']):
        add(at(-2, '09:02') + n * 11 * MINUTE + 7_120, user, 'sso.portal-login.example.net', 'GET', '/r?m=Yf27', 403, 290,
            'blocked click' if n == 0 else None)
    lines = finish(rows, 'proxy.jsonl')
    (HERE / 'proxy.jsonl').write_text('\n'.join(lines) + '\n')


def storage_log():
    rng = random.Random(99)
    rows = []

    def add(ms, ip, who, operation, key, status, size, agent, mark=None):
        text = f'{operation} {key or "bucket"} by {who or "anonymous"}: {status}'
        rows.append((ms, '\t'.join([f'<{ms}>', ip, who, operation, key, str(status), str(size), agent, text]), mark))

    for day in range(-7, -2):
        for table in ('crm', 'billing', 'tickets'):
            for part in range(8):
                add(at(day, '01:30') + part * 95_000 + rng.randrange(20_000), '198.51.100.130', 'backup-writer', 'PUT',
                    f'daily/{table}/part-{part:02d}.dump.gz', 200, rng.randrange(8_000_000, 90_000_000), 'backup-agent/4.2')
        for _ in range(165):
            key = f'daily/{rng.choice(["crm", "billing", "tickets"])}/part-{rng.randrange(8):02d}.dump.gz'
            add(working_time(rng, day), f'198.51.100.{rng.randrange(130, 140)}', rng.choice(['restore-test', 'backup-verify']),
                rng.choice(['HEAD', 'HEAD', 'HEAD', 'LIST']), key, 200, 0, 'verify/1.9')
    add(at(-5, '16:20:07'), '198.51.100.141', 'deploy-pipeline', 'PUT-POLICY', '', 200, 612, 'deploy/7.0', 'policy public')
    for n in range(26):
        add(at(-5, '22:13:31') + n * 733_000 + rng.randrange(90_000), f'203.0.113.{150 + n % 3}', '', 'LIST', '',
            200, 14_200, 'Mozilla/5.0 (compatible; probe)', 'first listing' if n == 0 else None)
    for n in range(31):
        key = f'daily/crm/part-{n % 8:02d}.dump.gz' if n < 20 else f'daily/tickets/part-{n % 8:02d}.dump.gz'
        add(at(-4, '02:47:15') + n * 184_000 + rng.randrange(30_000), '203.0.113.161', '', 'GET', key,
            206 if n % 9 == 4 else 200, rng.randrange(8_000_000, 90_000_000), 'aria2/1.37',
            {0: 'first download', 20: 'tickets download', 30: 'last download'}.get(n))
    add(at(-4, '10:26:40'), '198.51.100.20', 'pnovak', 'PUT-POLICY', '', 200, 590, 'console', 'policy private')
    for n in range(40):
        add(at(-4, '10:31:02') + n * 1_860_000 + rng.randrange(600_000), f'203.0.113.{150 + n % 14}', '', 'GET',
            f'daily/crm/part-{n % 8:02d}.dump.gz', 403, 243, 'aria2/1.37' if n % 3 else 'Mozilla/5.0 (compatible; probe)',
            'first refusal' if n == 0 else None)
    lines = finish(rows, 'storage-access.tsv')
    (HERE / 'storage-access.tsv').write_text(
        'time\taddress\trequester\toperation\tkey\tstatus\tbytes\tagent\tmessage\n' + '\n'.join(lines) + '\n')


def endpoint_log():
    rng = random.Random(7)
    rows = []

    def add(ms, desc, message, process, mark=None):
        rows.append((ms, f'{message},<{ms}>,{desc},fs-07,svc-backup,{process}', mark))

    for n in range(420):
        name = f'/srv/share/{rng.choice(["finance", "legal", "plans", "archive"])}/doc-{rng.randrange(9000):04d}'
        add(at(-9, '02:00:12') + n * 1_430 + rng.randrange(600), 'File Renamed', f'{name}.odt renamed to {name}.odt.enc',
            'vaultcopy', 'first rename' if n == 0 else 'last rename' if n == 419 else None)
    add(at(-9, '02:02:09'), 'Detection', 'Mass rename with a new extension: behaviour rule RW-014', 'sensor', 'alert')
    add(at(-9, '02:02:11'), 'Response', 'Process vaultcopy suspended by policy', 'sensor', 'suspended')
    add(at(-9, '01:58:30'), 'Process Start', 'vaultcopy --encrypt --target vault-2 started by svc-backup', 'systemd', 'job start')
    add(at(-10, '14:12:55'), 'Package Installed', 'vaultcopy 3.0 replaces 2.8', 'apt', 'upgrade')
    lines = finish(rows, 'endpoint-events.csv')
    (HERE / 'endpoint-events.csv').write_text(
        'message,datetime,timestamp_desc,hostname,user,process\n' + '\n'.join(lines) + '\n')


if __name__ == '__main__':
    sign_in_log()
    proxy_log()
    storage_log()
    endpoint_log()
