#!/usr/bin/env python3
"""Evidence by command line: in, marked, approved, handed over, out; what comes out is checked by sha256sum."""
import hashlib
import json
import os
import shutil
import subprocess
import zipfile

from harness import DAMAGED, NOT_FOUND, OK, REJECTED, USAGE, contains, equal, main

REFUSED = 7


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check_sums(folder):
    result = subprocess.run(['sha256sum', '--strict', '-c', 'SHA256SUMS'], cwd=folder, capture_output=True, text=True)
    equal(result.returncode, 0)
    listed = {line.split('  ', 1)[1] for line in (folder / 'SHA256SUMS').read_text().splitlines()}
    there = {str(path.relative_to(folder)) for path in folder.rglob('*') if path.is_file()}
    equal(there - listed, {'SHA256SUMS'})
    return json.loads((folder / 'manifest.json').read_text())


def add(box, incident, name, content, *options):
    one, = box.json('evidence', 'add', incident, box.file(name, content), *options)
    return one['_id']


def entries(box, incident, kind):
    return [row for row in box.json('show', incident)['timeline'] if row.get('kind') == kind]


def blob(box, content):
    digest = sha256(content)
    return box.workspace / 'blobs' / digest[:2] / digest


def flip(box, content):
    path = blob(box, content)
    os.chmod(path, 0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_add_and_show(box):
    incident = box.new()
    docid = add(box, incident, 'mail.eml', b'From: x\n', '--by', 'B. Kim', '--at', '2026-11-02T03:04Z',
                '--origin', 'mail server')
    one = box.json('evidence', 'show', incident, 'mail.eml')
    equal(one['_id'], docid)
    equal((one['sha256'], one['length']), (sha256(b'From: x\n'), 8))
    equal((one['collected_by'], one['collected_at'], one['origin']), ('B. Kim', '2026-11-02T03:04Z', 'mail server'))
    equal([entry['to'] for entry in one['_custody']], ['collected'])
    listed, = box.json('evidence', 'list', incident)
    equal(listed['_marks'], [])
    contains(box.run('evidence', 'list', incident).out, 'mail.eml')
    contains(box.run('evidence', 'show', incident, 'mail.eml').out, 'B. Kim')


def test_several_and_the_same(box):
    incident = box.new()
    first = box.file('a.log', 'one')
    box.run('evidence', 'add', incident, first)
    result = box.run('--json', 'evidence', 'add', incident, box.file('again.log', 'one'), box.file('b.log', 'two'))
    equal([one['result'] for one in result.json], ['known', 'added'])
    contains(result.err, 'a.log')
    equal(len(box.json('evidence', 'list', incident)), 2)


def test_what_cannot_be_added(box):
    incident = box.new()
    (box.dir / 'folder').mkdir()
    result = box.run('--json', 'evidence', 'add', incident, box.dir / 'folder', box.dir / 'none', box.file('a', 'a'),
                     code=REJECTED)
    equal([one['result'] for one in result.json], ['refused', 'refused', 'added'])
    contains(result.err, 'folder')
    box.run('evidence', 'add', 'nowhere', box.file('b', 'b'), code=NOT_FOUND)
    box.run('evidence', 'add', incident, box.file('b', 'b'), '--at', 'some day', code=USAGE)


def test_undo_is_on_record(box):
    incident = box.new()
    add(box, incident, 'a', 'a')
    box.run('undo')
    equal(box.json('evidence', 'list', incident), [])
    box.run('redo')
    equal(len(box.json('evidence', 'list', incident)), 1)


def test_verify_finds_a_flipped_bit(box):
    incident = box.new()
    add(box, incident, 'good', b'good')
    add(box, incident, 'bad', b'bad bits')
    equal({one['result'] for one in box.json('evidence', 'verify', incident)}, {'intact'})
    flip(box, b'bad bits')
    result = box.run('--json', 'evidence', 'verify', incident, code=DAMAGED)
    equal({one['name']: one['result'] for one in result.json}, {'good': 'intact', 'bad': 'damaged'})
    notes = entries(box, incident, 'note')
    equal(len(notes), 2)
    contains(notes[-1]['text'], '1 damaged')
    contains(notes[-1]['text'], 'bad')
    box.run('evidence', 'verify', incident, 'good')
    equal([entry['to'] for entry in entries(box, incident, 'custody') if entry['to'] == 'verified'], ['verified'])
    box.run('evidence', 'verify', incident, 'nothing', code=NOT_FOUND)
    # an intact copy puts it back
    box.run('evidence', 'add', incident, box.file('copy', b'bad bits'))
    box.run('evidence', 'verify', incident)


def test_export_folder_and_zip(box):
    incident = box.new('Phished administrator')
    add(box, incident, 'Log.txt', b'first\n')
    add(box, incident, 'log.TXT', b'second\n')
    add(box, incident, '認証 & co.log', '何か\n'.encode())
    add(box, incident, 'big.bin', os.urandom(3 << 20))
    folder, zipped = box.dir / 'out', box.dir / 'out.zip'
    said = box.json('evidence', 'export', incident, folder, '--recipient', 'Contoso', '--purpose', 'Analysis')
    manifest = check_sums(folder)
    equal(sha256((folder / 'manifest.json').read_bytes()), said['manifest_sha256'])
    equal((manifest['incident']['title'], manifest['release']['recipient'], manifest['release']['id']),
          ('Phished administrator', 'Contoso', said['release']))
    equal(len(manifest['files']), 4)
    equal(len({one['file'].lower() for one in manifest['files']}), 4)
    equal([entry['to'] for entry in manifest['files'][0]['custody']], ['collected'])
    box.run('evidence', 'export', incident, zipped, '--recipient', 'Contoso')
    with zipfile.ZipFile(zipped) as archive:
        equal(archive.testzip(), None)
        archive.extractall(box.dir / 'unzipped')
    check_sums(box.dir / 'unzipped')
    assert (box.dir / 'unzipped/files/認証 & co.log').exists()
    if shutil.which('unzip'):
        subprocess.run(['unzip', '-tq', zipped], check=True, capture_output=True)
    releases = entries(box, incident, 'release')
    equal([release['recipient'] for release in releases], ['Contoso', 'Contoso'])
    equal(releases[0]['manifest'], said['manifest_sha256'])


def test_export_keeps_what_is_there(box):
    incident = box.new()
    add(box, incident, 'a', 'a')
    taken = box.file('out.zip', 'precious')
    box.run('evidence', 'export', incident, taken, '--recipient', 'Contoso', code=1)
    equal(taken.read_text(), 'precious')
    box.run('evidence', 'export', incident, taken, '--recipient', 'Contoso', '--replace')
    box.run('evidence', 'export', incident, box.dir / 'x.zip', code=USAGE)
    box.run('evidence', 'export', incident, box.dir / 'x', '--recipient', 'C', '--format', 'tar', code=USAGE)
    box.run('evidence', 'export', incident, box.dir / 'x', '--recipient', 'C', '--item', 'none', code=NOT_FOUND)
    equal(len(entries(box, incident, 'release')), 1)


def test_marked_stays_without_approval(box):
    incident = box.new()
    add(box, incident, 'open.txt', b'open')
    add(box, incident, 'mailbox.pst', b'secret')
    box.run('role', incident, '--role', 'incident-manager', '--to', 'M. Ito')
    box.run('evidence', 'mark', incident, 'mailbox.pst', '--marks', 'customer-data', '--marks', 'sensitive',
            '--why', 'a customer’s mailbox')
    one = box.json('evidence', 'show', incident, 'mailbox.pst')
    equal(sorted(one['_marks']), ['customer-data', 'sensitive'])
    said = box.run('--json', 'evidence', 'export', incident, box.dir / 'one', '--recipient', 'Contoso', code=REJECTED).json
    equal(([item['name'] for item in said['exported']], [item['name'] for item in said['withheld']]),
          (['open.txt'], ['mailbox.pst']))
    manifest = check_sums(box.dir / 'one')
    equal([item['name'] for item in manifest['withheld']], ['mailbox.pst'])
    contains((box.dir / 'one/WITHHELD.txt').read_text(), 'mailbox.pst')
    contains(box.run('evidence', 'show', incident, 'mailbox.pst').out, '(this file was withheld)')
    assert 'this file was withheld' not in box.run('evidence', 'show', incident, 'open.txt').out
    assert b'secret' not in b''.join(path.read_bytes() for path in (box.dir / 'one').rglob('*') if path.is_file())
    box.run('evidence', 'export', incident, box.dir / 'two', '--recipient', 'Contoso', '--item', 'mailbox.pst', code=REFUSED)
    assert not (box.dir / 'two').exists()
    # somebody else than the incident manager
    box.run('evidence', 'approve', incident, '--items', 'mailbox.pst', '--recipient', 'Contoso', '--purpose', 'analysis',
            '--approved-by', 'Mallory', code=REFUSED)
    box.run('evidence', 'approve', incident, '--items', 'mailbox.pst', '--recipient', 'Contoso', '--purpose', 'analysis',
            '--approved-by', 'M. Ito')
    box.run('evidence', 'export', incident, box.dir / 'three', '--recipient', 'Fabrikam', code=REJECTED)
    said = box.json('evidence', 'export', incident, box.dir / 'four', '--recipient', 'contoso')
    equal(len(said['exported']), 2)
    manifest = check_sums(box.dir / 'four')
    approved, = [item for item in manifest['files'] if item['name'] == 'mailbox.pst']
    equal(approved['approvals'][0]['approved_by'], 'M. Ito')
    # what is marked afterwards was not approved
    box.run('evidence', 'mark', incident, 'mailbox.pst', '--marks', 'confidential', '--why', 'contracts in it')
    box.run('evidence', 'export', incident, box.dir / 'five', '--recipient', 'Contoso', code=REJECTED)


def test_hand_over(box):
    incident = box.new()
    add(box, incident, 'disk.img', 'x')
    box.run('evidence', 'hand-over', incident, 'disk.img', '--to-person', 'B. Kim', '--from-person', 'A. Sato',
            '--place', 'Laboratory')
    box.run('evidence', 'custody', incident, 'disk.img', '--to', 'returned', '--to-person', 'A. Sato')
    chain = box.json('evidence', 'show', incident, 'disk.img')['_custody']
    equal([(entry['to'], entry.get('to_person')) for entry in chain],
          [('collected', None), ('handed-over', 'B. Kim'), ('returned', 'A. Sato')])
    box.run('evidence', 'hand-over', incident, 'disk.img', code=REFUSED)


def test_damaged_is_not_exported(box):
    incident = box.new()
    add(box, incident, 'good', b'good')
    add(box, incident, 'bad', b'bad bits')
    flip(box, b'bad bits')
    said = box.run('--json', 'evidence', 'export', incident, box.dir / 'out.zip', '--recipient', 'C', code=REJECTED).json
    equal([item['name'] for item in said['withheld']], ['bad'])
    with zipfile.ZipFile(box.dir / 'out.zip') as archive:
        archive.extractall(box.dir / 'out')
    check_sums(box.dir / 'out')


def test_marked_timeline_is_not_exported(box):
    incident = box.new()
    log = box.file('log.csv', 'datetime,timestamp_desc,message\n2026-11-02T03:04:11Z,Event,hello there\n')
    box.run('import', incident, log, '--as', 'evidence')
    contains(box.run('export', incident).out, 'hello there')
    box.run('evidence', 'mark', incident, 'log.csv', '--marks', 'confidential', '--why', 'names')
    out = box.dir / 'out.csv'
    result = box.run('--json', 'export', incident, '-o', out)
    equal(result.json['withheld'], 1)
    contains(result.err, 'log.csv')
    assert 'hello there' not in out.read_text()


main(__name__)
