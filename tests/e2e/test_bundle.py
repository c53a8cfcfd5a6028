#!/usr/bin/env python3
"""Bundles by command line: out of one workspace, into another; signed, encrypted, altered, cut, locked, killed."""
import atexit
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile

from harness import DAMAGED, FAILED, NOT_FOUND, OK, REFUSED, USAGE, Box, Skip, contains, equal, main

# Sockets of GnuPG's agent need a short path.
HOME = pathlib.Path(tempfile.mkdtemp(prefix='iw-gpg-', dir='/tmp'))
os.environ['GNUPGHOME'] = str(HOME)
GPG = shutil.which('gpg')
MADE = set()


def clean_home():
    if GPG:
        subprocess.run(['gpgconf', '--kill', 'all'], capture_output=True)
    shutil.rmtree(HOME, ignore_errors=True)


atexit.register(clean_home)


def gpg(*words, **options):
    return subprocess.run([GPG, '--batch', '--quiet', *words], check=True, capture_output=True, text=True, **options).stdout


def key(mail):
    """A key without a passphrase, trusted because it was made here; its fingerprint."""
    if not GPG:
        raise Skip('GnuPG is not here')
    if mail not in MADE:
        gpg('--passphrase', '', '--quick-generate-key', f'{mail.split("@")[0].title()} <{mail}>', 'default', 'default', 'never')
        MADE.add(mail)
    lines = gpg('--with-colons', '--list-keys', mail).splitlines()
    return next(line.split(':')[9] for line in lines if line.startswith('fpr:'))


def trust(fingerprint, level):
    gpg('--import-ownertrust', input=f'{fingerprint}:{level}:\n')


def fill(box, title='Phished administrator'):
    incident = box.new(title)
    box.run('add', incident, '2026-11-02T03:04Z The administrator opened the mail')
    box.run('evidence', 'add', incident, box.file('mail.eml', b'From: x\n' * 1000), '--by', 'B. Kim', '--origin', 'mail server')
    return incident


def export(box, *options, incident=None, **more):
    path = box.dir / 'out.iwbundle'
    words = [incident] if incident else []
    box.run('bundle', 'export', path, *words, '--replace', *options, **more)
    return path


def other(box):
    """Another workspace beside."""
    second = Box.__new__(Box)
    second.dir = box.dir / 'other'
    second.dir.mkdir(exist_ok=True)
    second.workspace = second.dir / 'workspace'
    second.database = second.workspace / 'workspace.sqlite'
    return second


def incidents(box):
    return [row['title'] for row in box.json('list')]


def rewrite(path, change):
    """The zip again, with @change(name, content) -> [(name, content)…]."""
    with zipfile.ZipFile(path) as old:
        members = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as new:
        for name, content in members:
            for changed in change(name, content):
                new.writestr(*changed)


def rehash(path, change):
    """The same, and a manifest that fits: somebody who knows the format."""
    rewrite(path, change)
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(content['manifest.json'])
    for member in manifest['members']:
        data = content.get(member['name'], b'')
        member.update(length=len(data), sha256=hashlib.sha256(data).hexdigest())
    manifest['revisions'] = content['documents.jsonl'].count(b'\n')
    rewrite(path, lambda name, data: [(name, json.dumps(manifest).encode() if name == 'manifest.json' else data)])


def refused_whole(second, path, *options, code=DAMAGED, **more):
    """Nothing of it came in. What was said."""
    before = second.json('list') if second.workspace.exists() else []
    result = second.run('bundle', 'import', path, '--allow-unsigned', *options, code=code, **more)
    equal(second.json('list'), before)
    return result.err


def test_there_and_again(box):
    incident = fill(box)
    path = export(box, incident=incident)
    said = box.run('--json', 'bundle', 'verify', path, code=REFUSED).json
    equal((said['signature'], said['titles'], said['incidents'], said['attachments'], said['bytes']),
          ('unsigned', ['Phished administrator'], 1, 1, 8000))
    contains(box.run('bundle', 'verify', path, code=REFUSED).out, 'not signed')
    second = other(box)
    contains(second.run('bundle', 'import', path, code=REFUSED).err, '--allow-unsigned')
    equal(incidents(second), [])
    first = second.json('bundle', 'import', path, '--allow-unsigned')
    assert first['new'] > 3
    again = second.json('bundle', 'import', path, '--allow-unsigned')
    equal((again['new'], again['conflicts']), (0, 0))
    equal(box.json('show', incident), second.json('show', incident))
    equal(box.json('evidence', 'show', incident, 'mail.eml'), second.json('evidence', 'show', incident, 'mail.eml'))
    equal({one['result'] for one in second.json('evidence', 'verify', incident)}, {'intact'})
    equal(second.json('check')['problems'], [])


def test_merges_both_ways(box):
    incident = fill(box)
    second = other(box)
    second.run('bundle', 'import', export(box), '--allow-unsigned')
    box.run('add', incident, '2026-11-02T05:00Z From the first')
    second.run('add', incident, '2026-11-02T06:00Z From the second')
    second.run('bundle', 'import', export(box), '--allow-unsigned')
    box.run('bundle', 'import', export(second), '--allow-unsigned')
    equal(box.json('show', incident), second.json('show', incident))
    equal(len(box.entries(incident)), 3)


def test_one_incident_and_whom_it_names(box):
    incident = fill(box)
    fill(box, 'Something else')
    box.run('team', 'add', '--name', 'Legal on call', code=None)
    path = export(box, incident=incident)
    with zipfile.ZipFile(path) as archive:
        docs = [json.loads(line) for line in archive.read('documents.jsonl').splitlines()]
        manifest = json.loads(archive.read('manifest.json'))
    ids = {doc['_id'] for doc in docs}
    assert all(name.startswith((incident, 'workspace:')) for name in ids), ids
    text = json.dumps([doc for doc in docs if doc['_id'].startswith(incident)])
    for name in ids:
        assert name.startswith(incident) or name in text or name in json.dumps(docs), name
    assert not any('Legal on call' == doc.get('name') for doc in docs)
    equal([one['title'] for one in manifest['incidents']], ['Phished administrator'])
    second = other(box)
    second.run('bundle', 'import', path, '--allow-unsigned')
    equal(incidents(second), ['Phished administrator'])
    box.run('bundle', 'export', box.dir / 'x.iwbundle', 'no such', code=NOT_FOUND)
    assert not (box.dir / 'x.iwbundle').exists()
    path.write_text('precious')
    box.run('bundle', 'export', path, code=FAILED)
    equal(path.read_text(), 'precious')
    box.run('bundle', 'export', code=USAGE)
    box.run('bundle', code=USAGE)


def test_altered_says_so(box):
    incident = fill(box)
    second = other(box)
    path = export(box, incident=incident)
    whole = path.read_bytes()

    def expect(change, words, code=DAMAGED, work=rewrite):
        path.write_bytes(whole)
        work(path, change)
        box.run('bundle', 'verify', path, code=code)
        contains(refused_whole(second, path, code=code), words)

    expect(lambda name, data: [(name, data.replace(b'opened', b'closed'))], 'altered')
    expect(lambda name, data: [(name, data[:-1])] if name.startswith('att') else [(name, data)], 'altered')
    expect(lambda name, data: [] if name.startswith('att') else [(name, data)], 'cut')
    expect(lambda name, data: [(name, data), ('attachments/../../evil', b'x')] if name.startswith('att') else [(name, data)], 'altered')
    expect(lambda name, data: [(name, data), (name, data)] if name.startswith('att') else [(name, data)], 'altered')
    expect(lambda name, data: [(name, data), ('more.txt', b'x')] if name.startswith('doc') else [(name, data)], 'altered')
    expect(lambda name, data: [(name, data.replace(b'"version": 1', b'"version": 2'))], 'newer', FAILED)
    expect(lambda name, data: [('x', b''), (name, data)] if name == 'manifest.json' else [(name, data)], 'no bundle', FAILED)
    # lines that are no documents, in a zip whose hashes are right
    for bad, words in ((b'{', 'altered'), (b'{\n', 'line 1'), (b'[]\n', 'line 1'), (b'{"_id":"a"}\n', 'line 1'), (b'{"_id":"_design/x","_rev":"1-a"}\n', 'line 1'),
                       (b'{"_id":"a","_rev":"1-a","x":' + b'[' * 100 + b']' * 100 + b'}\n', 'line 1'),
                       (b'{"_id":"a","_rev":"x"}\n', ''), (b'{"_id":"a","_rev":"1-a","_attachments":{"f":{"data":"aGk="}}}\n', 'line 1'),
                       (b'{"_id":"a","_rev":"1-a","_attachments":{"f":{"stub":true,"sha256":"%s","length":1}}}\n' % (b'0' * 64), 'attachment')):
        expect(lambda name, data: [(name, bad + (data if bad.endswith(b'\n') else b''))] if name.startswith('doc') else [(name, data)],
               words, None, rehash)
    # another content under the name of a hash
    expect(lambda name, data: [(name, b'other')] if name.startswith('att') else [(name, data)], '', FAILED, rehash)
    path.write_bytes(whole)
    second.run('bundle', 'import', path, '--allow-unsigned')


def test_bombs_and_other_files(box):
    second = other(box)
    second.new('Mine')
    path = box.dir / 'x.iwbundle'
    for content in (b'', b'hello', b'PK\x03\x04', bytes(1000), b'\x8c' * 1000, os.urandom(5000)):
        path.write_bytes(content)
        refused_whole(second, path, code=None)
        assert second.run('bundle', 'verify', path, code=None, stdin='').code in (FAILED, DAMAGED)
    # says that it has five bytes, and has a gigabyte
    digest = hashlib.sha256(b'hello').hexdigest()
    manifest = {'format': 'incident-workbench-bundle', 'version': 1, 'documents': 0, 'revisions': 0, 'members': [
        {'name': 'documents.jsonl', 'length': 0, 'sha256': hashlib.sha256(b'').hexdigest()},
        {'name': f'attachments/{digest}', 'length': 5, 'sha256': digest}]}
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr('manifest.json', json.dumps(manifest))
        archive.writestr('documents.jsonl', b'')
        with archive.open(f'attachments/{digest}', 'w', force_zip64=True) as member:
            for _ in range(256):
                member.write(bytes(1 << 20))
    began = time.monotonic()
    refused_whole(second, path)
    assert time.monotonic() - began < 5
    equal(second.files(), [name for name in second.files() if not name.startswith(('staging/', 'blobs/'))])
    # a manifest that is longer than any
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr('manifest.json', b'[' * (40 << 20))
    contains(refused_whole(second, path, code=FAILED), 'too long')
    refused_whole(second, box.dir, code=FAILED)
    refused_whole(second, box.dir / 'none', code=NOT_FOUND)


def test_cut_anywhere(box):
    fill(box)
    second = other(box)
    second.new('Mine')
    whole = export(box).read_bytes()
    path = box.dir / 'cut.iwbundle'
    rng = random.Random(7)
    with zipfile.ZipFile(box.dir / 'out.iwbundle') as archive:
        end = archive.start_dir
    for _ in range(20):
        path.write_bytes(whole[:rng.randrange(end - 1)])
        refused_whole(second, path, code=None)
    for _ in range(20):
        bits = bytearray(whole)
        bits[rng.randrange(end)] ^= 1 << rng.randrange(8)
        path.write_bytes(bits)
        second.run('bundle', 'import', path, '--allow-unsigned', code=None)
    equal(second.json('check')['problems'], [])


def test_signed(box):
    fingerprint = key('hana@example.org')
    fill(box)
    path = export(box, '--sign=hana@example.org')
    said = box.json('bundle', 'verify', path)
    equal((said['signature'], said['signer'], said['fingerprint'], said['encrypted']),
          ('signed', 'Hana <hana@example.org>', fingerprint, False))
    contains(box.run('bundle', 'verify', path).out, 'signed by Hana')
    second = other(box)
    second.run('bundle', 'import', path)
    equal(incidents(second), ['Phished administrator'])
    # the default key, with the word before the file
    path.unlink()
    box.run('bundle', 'export', '--sign', path)
    equal(box.json('bundle', 'verify', path)['signature'], 'signed')
    box.run('bundle', 'export', path, '--replace', '--sign=nobody@example.org', code=FAILED)
    # nobody vouches for it
    trust(fingerprint, 2)
    third = other(box)
    shutil.rmtree(third.workspace)
    try:
        equal(box.run('--json', 'bundle', 'verify', path, code=REFUSED).json['signature'], 'signed-unknown')
        contains(third.run('bundle', 'import', path, code=REFUSED).err, 'vouches')
        third.run('bundle', 'import', path, '--allow-unsigned')
    finally:
        trust(fingerprint, 6)


def test_signed_and_altered(box):
    key('hana@example.org')
    fill(box)
    second = other(box)
    second.new('Mine')
    whole = export(box, '--sign=hana@example.org').read_bytes()
    path = box.dir / 'bad.iwbundle'
    for at in (len(whole) // 3, len(whole) // 2, len(whole) - 40):
        bits = bytearray(whole)
        bits[at] ^= 1
        path.write_bytes(bits)
        box.run('bundle', 'verify', path, code=DAMAGED)
        refused_whole(second, path)
    path.write_bytes(whole[:len(whole) // 2])
    box.run('bundle', 'verify', path, code=DAMAGED)
    refused_whole(second, path)


def test_signed_by_a_stranger(box):
    key('hana@example.org')
    fill(box)
    away = tempfile.mkdtemp(prefix='iw-gpg-', dir='/tmp')
    try:
        env = {**os.environ, 'GNUPGHOME': away}
        subprocess.run([GPG, '--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'M <m@example.org>', 'default',
                        'default', 'never'], check=True, capture_output=True, env=env)
        path = export(box, '--sign', env=env)
    finally:
        subprocess.run(['gpgconf', '--homedir', away, '--kill', 'all'], capture_output=True)
        shutil.rmtree(away, ignore_errors=True)
    said = box.run('--json', 'bundle', 'verify', path, code=REFUSED).json
    equal((said['signature'], said['signer']), ('signed-unknown', None))
    contains(box.run('bundle', 'verify', path, code=REFUSED).out, 'not here')
    other(box).run('bundle', 'import', path, code=REFUSED)


def test_encrypted_for_a_key(box):
    hana, noa = key('hana@example.org'), key('noa@example.org')
    incident = fill(box)
    path = export(box, '--sign=hana@example.org', '--recipient', 'noa@example.org', '--recipient', hana)
    assert b'opened the mail' not in path.read_bytes()
    said = box.json('bundle', 'verify', path)
    equal((said['signature'], said['encrypted'], said['fingerprint']), ('signed', True, hana))
    second = other(box)
    second.run('bundle', 'import', path)
    equal(box.json('show', incident), second.json('show', incident))
    # not for an address that nobody vouches for, but for a fingerprint that was compared
    trust(noa, 2)
    contains(box.run('bundle', 'export', path, '--replace', '--recipient', 'noa@example.org', code=FAILED).err, noa)
    export(box, '--recipient', noa)
    trust(noa, 6)
    equal(box.run('--json', 'bundle', 'verify', path, code=REFUSED).json['signature'], 'unsigned')
    box.run('bundle', 'export', path, '--replace', '--recipient', 'nobody@example.org', code=FAILED)
    # somebody else's
    away = tempfile.mkdtemp(prefix='iw-gpg-', dir='/tmp')
    try:
        contains(box.run('bundle', 'verify', path, code=FAILED, env={**os.environ, 'GNUPGHOME': away}).err, 'encrypted')
    finally:
        subprocess.run(['gpgconf', '--homedir', away, '--kill', 'all'], capture_output=True)
        shutil.rmtree(away, ignore_errors=True)


def test_encrypted_by_a_passphrase(box):
    if not GPG:
        raise Skip('GnuPG is not here')
    incident = fill(box)
    second = other(box)
    second.new('Mine')
    path = export(box, '--passphrase-stdin', stdin='correct horse\n')
    assert b'opened the mail' not in path.read_bytes()
    contains(refused_whole(second, path, code=FAILED, stdin=''), 'passphrase')
    contains(refused_whole(second, path, '--passphrase-stdin', code=FAILED, stdin='wrong\n'), 'not fit')
    contains(box.run('bundle', 'verify', path, '--passphrase-stdin', code=FAILED, stdin='wrong\n').err, 'not fit')
    said = box.run('--json', 'bundle', 'verify', path, '--passphrase-stdin', code=REFUSED, stdin='correct horse\n').json
    equal((said['signature'], said['encrypted'], said['titles']), ('unsigned', True, ['Phished administrator']))
    second.run('bundle', 'import', path, '--allow-unsigned', '--passphrase-stdin', stdin='correct horse\n')
    equal(box.json('show', incident), second.json('show', incident))
    whole = path.read_bytes()
    for at in (len(whole) // 2, len(whole) - 10):
        bits = bytearray(whole)
        bits[at] ^= 1
        path.write_bytes(bits)
        refused_whole(second, path, '--passphrase-stdin', code=None, stdin='correct horse\n')
        assert box.run('bundle', 'verify', path, '--passphrase-stdin', code=None, stdin='correct horse\n').code in (FAILED, DAMAGED)
    path.write_bytes(whole[:len(whole) // 2])
    refused_whole(second, path, '--passphrase-stdin', code=None, stdin='correct horse\n')
    equal([name for name in second.files() if name.startswith('staging/')], [])


def test_signed_and_by_a_passphrase(box):
    key('hana@example.org')
    fill(box)
    path = export(box, '--sign=hana@example.org', '--passphrase-stdin', stdin='correct horse\n')
    said = box.json('bundle', 'verify', path, '--passphrase-stdin', stdin='correct horse\n')
    equal((said['signature'], said['encrypted']), ('signed', True))
    second = other(box)
    second.run('bundle', 'import', path, '--passphrase-stdin', stdin='correct horse\n')
    equal(incidents(second), ['Phished administrator'])


def test_killed_in_the_middle(box):
    incident = box.new()
    lines = ''.join(f'2026-11-02T03:04Z line {n}\n' for n in range(3000))
    box.run('add', incident, '-', stdin=lines)
    box.run('evidence', 'add', incident, box.file('disk.img', os.urandom(30 << 20)))
    path = export(box)
    timed = other(box)
    began = time.monotonic()
    timed.run('bundle', 'import', path, '--allow-unsigned')
    taken = time.monotonic() - began
    shutil.rmtree(timed.workspace)
    second = other(box)
    second.new('Mine')
    rng = random.Random(int(os.environ.get('IW_SEED', '5')))
    amid = 0
    for _ in range(6):
        process = second.start('bundle', 'import', path, '--allow-unsigned', stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(.1, 1) * taken)
        process.send_signal(signal.SIGKILL)
        amid += process.wait() == -signal.SIGKILL
        n = len(second.json('show', incident, code=None)['timeline']) if 'An incident' in incidents(second) else 0
        assert n == 0 or len(second.entries(incident)) == 3000, 'half an import'
    assert amid > 0, 'no kill fell amid an import'
    second.run('bundle', 'import', path, '--allow-unsigned')
    equal(box.json('show', incident), second.json('show', incident))
    equal(second.clean_litter(), [])
    equal([name for name in second.files() if name.startswith('staging/')], [])
    equal(second.json('check')['problems'], [])


main(__name__)
