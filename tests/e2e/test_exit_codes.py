#!/usr/bin/env python3
"""What goes wrong is said in words and by exit code, and changes nothing."""
import fcntl
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import time

from harness import BUSY, DAMAGED, FAILED, NOT_FOUND, OK, REJECTED, USAGE, contains, equal, main

GOOD = 'datetime,timestamp_desc,message\n2026-11-02T03:04:11Z,Log,hello\n'


def test_usage(box):
    box.new()
    for words in ([], ['frobnicate'], ['list', '--nonsense'], ['new'], ['new', '  '], ['show'], ['add', 'x'],
                  ['new', 'x', '--severity', 'terrible'], ['new', 'x', '--zone', 'Mars/Olympus'],
                  ['import', 'An incident', 'x', '--format', 'nonsense'], ['import', 'An incident', 'x', '--as', 'soup'],
                  ['export', 'An incident', '--format', 'docx'], ['export', 'An incident', '--kind', 'nonsense'],
                  ['export', 'An incident', '--from', 'soonish'], ['add', 'An incident', 'text', '--kind', 'severity'],
                  ['add', 'An incident', '14:05'], ['add', 'An incident', 'text', '--confidence', 'none'],
                  ['notice', 'draft', 'An incident', '--language', 'zz'],
                  ['search', 'x', '--limit', '0'], ['search', 'x', '--limit', '-5'],
                  ['export', 'An incident', '--from', '2026-11-03', '--to', '2026-11-01']):
        result = box.run(*words, code=USAGE)
        contains(result.err, 'incident-workbench-cli: ')
        equal(result.out, '')


def test_not_found(box):
    box.run('list', code=NOT_FOUND)
    assert not box.workspace.exists(), 'looking must not make a workspace'
    box.new()
    for words in (['show', 'no such'], ['add', 'ffffffff', 'text'], ['import', 'An incident', box.dir / 'absent.csv'],
                  ['export', 'no such'], ['search', 'x', '--incident', 'no such']):
        contains(box.run(*words, code=NOT_FOUND).err, 'incident-workbench-cli: ')


def test_two_of_one_title(box):
    box.new('Twin')
    result = box.run('new', 'Twin')
    contains(result.err, 'another incident')
    second = result.out.strip()
    contains(box.run('show', 'Twin', code=NOT_FOUND).err, 'More than one')
    equal(box.json('show', second)['incident'], second)


def test_nothing_found_is_said(box):
    incident = box.new()
    contains(box.run('search', 'absent').err, 'Nothing found.')
    contains(box.run('show', incident, '--source', 'nosuch').err, 'Nothing matches.')


def test_a_row_is_a_line(box):
    incident = box.new()
    box.run('import', incident, box.file('a.csv', 'datetime,timestamp_desc,message\n'
                                         f'2026-11-02T03:04:11Z,Log,"{"x " * 100}\r\nneedle\n{"y " * 50}"\n'))
    hit, = box.run('search', 'needle').out.splitlines()
    contains(hit, 'x needle y')
    assert len(hit) < 260, hit
    contains(box.run('show', incident, '--events').out, 'x needle y')
    box.run('add', incident, '2026-11-02 a day')
    contains(box.run('show', incident).out, '2026-11-02 (some time that day)')
    box.run('add', incident, '2026-11-02T05:00Z-2026-11-02T06:00Z range')
    contains(box.run('show', incident).out, '2026-11-02 05:00Z to 2026-11-02 06:00Z')


def test_nothing_to_undo(box):
    box.new()
    box.run('undo')
    contains(box.run('undo', code=FAILED).err, 'nothing to undo')
    box.run('redo')
    contains(box.run('redo', code=FAILED).err, 'nothing to redo')


def test_import_refusals(box):
    incident = box.new()
    contains(box.run('import', incident, box.file('words.csv', 'a,b\n1,x\n'), code=USAGE).err, '--map COLUMN=time')
    naive = box.file('naive.csv', 'datetime,timestamp_desc,message\n2026-11-02 03:04:11,Log,hello\n')
    contains(box.run('import', incident, naive, code=USAGE).err, '--zone')
    contains(box.run('import', incident, box.file('bad.csv', 'datetime,timestamp_desc,message\nx,y,z\n'), code=FAILED).err,
             'nothing was imported')
    box.run('import', incident, box.file('empty.csv', ''), code=FAILED)
    box.run('import', incident, box.file('binary.csv', os.urandom(5000)), code=FAILED)
    contains(box.run('import', incident, box.file('odd.csv', GOOD), '--map', 'nonsense=message', code=USAGE).err, 'Columns are')
    contains(box.run('import', incident, box.file('odd.csv', GOOD), '--map', 'message=nonsense', code=USAGE).err, 'Roles are')
    equal(box.n_events(incident), 0)
    box.run('import', incident, naive, '--zone', 'Asia/Tokyo')
    contains(box.run('export', incident).out, '2026-11-01T18:04:11')
    contains(box.run('import', incident, naive, '--zone', 'UTC', code=FAILED).err, 'naive.csv')


def test_the_good_files_of_several_are_imported(box):
    incident = box.new()
    box.run('import', incident, box.file('a.csv', GOOD), box.dir / 'absent.csv',
            box.file('b.csv', GOOD.replace('hello', 'there')), code=NOT_FOUND)
    equal(box.n_events(incident), 2)


def test_a_refused_file_is_named(box):
    incident = box.new()
    for name, text in (('empty.csv', b''), ('bad.csv', b'datetime,timestamp_desc,message\nx,y,z\n'), ('bin.csv', b'\0' * 5000)):
        contains(box.run('import', incident, box.file('good-' + name, GOOD.replace('hello', name)), box.file(name, text),
                         code=FAILED).err, name + ': ')
    results = box.json('import', incident, box.file('c.csv', GOOD.replace('hello', 'c')), box.dir / 'empty.csv', code=FAILED)
    equal([(r['imported'], 'error' in r) for r in results], [(True, False), (False, True)])
    contains(results[1]['file'], 'empty.csv')


def test_rows_that_are_there_already(box):
    incident = box.new()
    rows = box.file('iris.csv', 'event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,'
                    'event_assets,event_iocs,event_tags\n2026-11-02T03:04:11.000000,+00:00,Title,Unspecified,Text,,src,,,\n')
    box.run('import', incident, rows)
    result = box.run('import', incident, rows)
    contains(result.err, '1 duplicate, nothing new')
    contains(result.err, '--keep-duplicates')
    equal(len(box.entries(incident)), 1)


def test_imported_decisions_are_said(box):
    """They change the state of the incident that they are imported into."""
    incident = box.new('First', '--severity', 'critical')
    exported = box.file('first.csv', box.run('export', incident).out)
    other = box.new('Second')
    result = box.run('import', other, exported, '--dry-run')
    contains(result.err, 'comes into force')
    assert box.json('import', other, exported)[0]['decisions'] > 0
    equal(box.json('show', other)['severity'], 'critical')
    result = box.run('import', incident, exported)
    contains(result.err, '2 duplicates, nothing new')


def test_a_comment_above_the_table(box):
    incident = box.new()
    result = box.run('import', incident, box.file('fw.csv', '# export of fw01\n# by ops, 2026\n'
                     'Wann;Quelle;Was\n02.11.2026 03:04:11;fw01;signed in\n13.11.2026 03:05:11;fw01;signed out\n'), '--zone', 'UTC')
    contains(result.err, '2 lines above the table')
    equal([row['time'][:16] for row in box.json('show', incident, '--events')['timeline'] if 'evidence' in row],
          ['2026-11-02T03:04', '2026-11-13T03:05'])


def test_short_rows_are_rejected(box):
    incident = box.new()
    result = box.run('import', incident, box.file('short.csv', 'datetime,timestamp_desc,message,host\n'
                     '2026-11-21T03:06:11Z,Sign-in\n2026-11-21T03:06:11Z,Sign-in,hello,fw01\n'), code=REJECTED)
    contains(result.err, 'The row has 2 of 4 columns.')
    equal(box.n_events(incident), 1)


def test_lines_before_a_bad_one_are_reported(box):
    incident = box.new()
    added = box.json('add', incident, '-', code=USAGE, stdin='first\n14:05\nlast\n')
    equal([entry['text'] for entry in added], ['first'])
    equal(len(box.entries(incident)), 1)


def test_lines_that_are_no_text_are_refused(box):
    incident = box.new()
    long = 'x' * (1024 * 1024 + 300)
    contains(box.run('add', incident, '-', code=USAGE, stdin=f'first\n{long}\nlast\n').err, 'Line 2 is too long')
    for bad in (b'caf\xe9', b'a\0b'):
        result = subprocess.run(box.command('add', incident, '-'), input=b'second\n' + bad + b'\nlast\n', capture_output=True)
        equal(result.returncode, USAGE)
        contains(result.stderr.decode(), 'Line 2 is not UTF-8 text')
    folder = os.open(box.dir, os.O_RDONLY)
    result = subprocess.run(box.command('add', incident, '-'), stdin=folder, capture_output=True)
    os.close(folder)
    equal(result.returncode, FAILED)
    contains(result.stderr.decode(), 'Standard input cannot be read')
    equal(sorted(entry['text'] for entry in box.entries(incident)), ['first', 'second', 'second'])


def test_dry_run_changes_nothing(box):
    incident = box.new()
    before = box.files()
    result = box.json('import', incident, box.file('a.csv', GOOD), '--dry-run')
    equal((result[0]['good'], result[0]['imported']), (1, False))
    equal(box.n_events(incident), 0)
    equal(box.files(), before)


def test_mapping_by_hand(box):
    incident = box.new()
    odd = box.file('odd.tsv', 'when\twho\twhat\n02.11.2026 03:04\tmkeller\tsigned in\n')
    box.run('import', incident, odd, '--map', 'when=time', '--map', 'who=actor', '--map', 'what=message', '--zone', 'UTC',
            '--day-first')
    event, = [row for row in box.json('show', incident, '--events')['timeline'] if 'evidence' in row]
    equal((event['message'], event['actor'], event['time'][:16]), ('signed in', 'mkeller', '2026-11-02T03:04'))


def test_locked(box):
    box.new()
    holder = sqlite3.connect(box.database, isolation_level=None)
    holder.execute('BEGIN IMMEDIATE')
    result = box.run('add', 'An incident', 'text', code=BUSY)
    contains(result.err, 'incident-workbench-cli: ')
    equal(len(box.entries('An incident')), 0)   # readers go on
    holder.execute('ROLLBACK')
    box.run('add', 'An incident', 'text')


def test_damaged(box):
    incident = box.new()
    for n in range(60):
        box.run('add', incident, f'2026-11-02T03:{n:02d}Z entry {n} ' + 'x' * 400) if n < 3 else None
    box.run('add', incident, '-', stdin=''.join(f'2026-11-02T04:{n:02d}Z line {n} {"y" * 300}\n' for n in range(60)))
    sqlite3.connect(box.database).execute('PRAGMA wal_checkpoint(TRUNCATE)')
    size = box.database.stat().st_size
    with open(box.database, 'r+b') as database:
        for offset in range(size // 2, size // 2 + 3 * 4096, 4096):
            database.seek(offset - offset % 4096)
            database.write(b'\xa5' * 4096)
    box.run('check', code=DAMAGED)
    result = box.json('check', '--recover')
    assert result['documents'] > 0, result
    kept = list(box.workspace.glob('workspace.sqlite.damaged*'))
    assert kept, 'the damaged database is kept'
    equal(box.json('check')['problems'], [])
    assert len(box.entries(incident)) > 0


def test_not_a_database(box):
    box.new()
    for path in box.workspace.glob('workspace.sqlite*'):
        path.unlink()
    box.database.write_bytes(b'this is no database at all, just text' * 300)
    contains(box.run('list', code=DAMAGED).err, '--recover')


def test_damaged_evidence(box):
    incident = box.new()
    box.run('import', incident, box.file('a.csv', GOOD))
    blob, = [path for path in (box.workspace / 'blobs').rglob('*') if path.is_file()]
    blob.chmod(0o600)
    blob.write_bytes(blob.read_bytes().replace(b'hello', b'jello'))
    box.run('check', '--quick')
    contains(box.run('check', code=DAMAGED).out, 'a.csv')


def test_nothing_to_recover(box):
    """A sound database keeps its undo journal."""
    incident = box.new()
    box.run('add', incident, 'text')
    contains(box.run('check', '--recover').out, 'No problems')
    equal(box.json('check', '--recover'), {'ok': True, 'problems': []})
    equal(list(box.workspace.glob('*.damaged*')), [])
    box.run('undo')


def test_a_damaged_workspace_is_not_cleaned(box):
    """What its documents refer to is not known."""
    incident = box.new()
    box.run('import', incident, box.file('a.csv', GOOD))
    database = sqlite3.connect(box.database)
    database.execute("DELETE FROM rev WHERE body LIKE '%a.csv%' AND leaf")
    database.commit()
    database.close()
    before = box.files()
    for path in box.workspace.rglob('*'):
        os.utime(path, (1, path.stat().st_mtime - 30 * 86400))
    contains(box.run('check', '--clean', code=DAMAGED).err, 'Nothing was deleted')
    equal(box.files(), before)


def test_a_workspace_that_may_only_be_read(box):
    incident = box.new()
    box.run('add', incident, 'text')
    names = [box.workspace, *box.workspace.rglob('*')]
    for path in names:
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Root may write everywhere, unless that right is taken away.
    humbly = ['setpriv', '--bounding-set', '-dac_override'] if os.geteuid() == 0 else []

    def run(*words):
        return subprocess.run([*humbly, *box.command(*words)], capture_output=True, text=True)

    for words in (['list'], ['show', incident], ['search', 'text'], ['export', incident], ['check', '--quick']):
        result = run(*words)
        equal((words, result.returncode, result.stderr), (words, OK, ''))
    result = run('add', incident, 'more')
    equal(result.returncode, FAILED)
    contains(result.stderr, 'cannot be changed')
    for path in names:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_newer_database_is_read_only(box):
    incident = box.new()
    box.run('add', incident, 'text')
    database = sqlite3.connect(box.database)
    version, = database.execute('PRAGMA user_version').fetchone()
    database.execute(f'PRAGMA user_version = {version + 100}')
    database.close()
    result = box.run('list')
    contains(result.out, incident)
    contains(result.err, 'newer')
    box.run('add', incident, 'more', code=FAILED)
    box.run('undo', code=FAILED)
    contains(box.run('check', '--recover').out, 'No problems')
    equal(len(box.entries(incident)), 1)


def test_disk_full(box):
    """A file size limit stands for a full disk: SQLite is told so in the same place."""
    incident = box.new()
    box.run('add', incident, 'before')
    log = box.file('big.csv', 'datetime,timestamp_desc,message\n'
                   + ''.join(f'2026-11-02T03:04:11Z,Log,{n} {"x" * 300}\n' for n in range(20_000)))
    limited = ['bash', '-c', 'trap "" XFSZ; ulimit -f 2000; exec "$@"', 'x', *box.command('import', incident, str(log))]
    process = subprocess.run(limited, capture_output=True, text=True)
    equal(process.returncode, FAILED)
    contains(process.stderr, 'incident-workbench-cli: ')
    equal(box.n_events(incident), 0)
    equal(len(box.entries(incident)), 1)
    equal(box.clean_litter(), [])
    equal(box.files(), [])
    box.run('import', incident, log)
    equal(box.n_events(incident), 20_000)


def test_reader_goes_away(box):
    incident = box.new()
    box.run('add', incident, '-', stdin=''.join(f'2026-11-02T04:05Z line {n} {"y" * 200}\n' for n in range(500)))
    for words in (['show', incident], ['export', incident], ['--json', 'show', incident]):
        process = box.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        errors = process.stderr.read()
        equal((process.wait(), errors), (FAILED, ''))


def test_output_that_cannot_be_written(box):
    incident = box.new()
    with open('/dev/full', 'w') as full:
        process = subprocess.run(box.command('list'), stdout=full, stderr=subprocess.PIPE, text=True)
    equal(process.returncode, FAILED)
    contains(process.stderr, 'No space left')
    equal(box.run('export', incident, '-o', box.dir / 'absent' / 'x.csv', code=None).code in (FAILED, NOT_FOUND), True)


def test_a_failed_export_leaves_the_file_that_was_there(box):
    incident = box.new()
    box.run('add', incident, '-', stdin=''.join(f'2026-11-02T04:05Z line {n} {"y" * 500}\n' for n in range(400)))
    target = box.file('out.csv', 'precious')
    limited = ['bash', '-c', 'trap "" XFSZ; ulimit -f 40; exec "$@"', 'x', *box.command('export', incident, '-o', str(target))]
    equal(subprocess.run(limited, capture_output=True).returncode, FAILED)
    equal(target.read_text(), 'precious')


def test_control_characters_do_not_reach_the_terminal(box):
    incident = box.run('new', 'Title \x1b[31mred\x07').out.strip()
    box.run('add', incident, 'text \x1b]0;gotcha\x07 \u202eevil')
    for words in (['list'], ['show', incident], ['search', 'gotcha']):
        out = box.run(*words).out
        assert '\x1b' not in out and '\x07' not in out and '\u202e' not in out, out
    equal(box.json('show', incident)['title'].strip(), 'Title \x1b[31mred\x07')


def test_interrupt(box):
    """Ctrl+C during an import leaves nothing behind."""
    incident = box.new()
    log = box.file('big.csv', 'datetime,timestamp_desc,message\n'
                   + ''.join(f'2026-11-02T03:04:11.{n:06d}Z,Log,{n} {"x" * 60}\n' for n in range(400_000)))
    process = box.start('import', incident, log, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    equal(process.returncode, FAILED)
    contains(errors, 'Cancelled')
    equal(box.n_events(incident), 0)
    equal(box.clean_litter(), [])
    equal(box.files(), [])


def test_progress_on_a_terminal(box):
    incident = box.new()
    log = box.file('big.csv', 'datetime,timestamp_desc,message\n'
                   + ''.join(f'2026-11-02T03:04:11.{n:06d}Z,Log,{n} {"x" * 60}\n' for n in range(60_000)))
    terminal, other = pty.openpty()
    process = box.start('import', incident, log, stdout=subprocess.DEVNULL, stderr=other)
    os.close(other)
    seen = b''
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    equal(process.wait(), OK)
    contains(seen.decode(), 'big.csv…')


def test_two_processes_write_at_once(box):
    incident = box.new()
    lines = {who: ''.join(f'2026-11-02T04:05Z {who} {n}\n' for n in range(60)) for who in 'ab'}
    writers = [box.start('add', incident, '-', stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
               for _ in lines]
    for writer, text in zip(writers, lines.values()):
        writer.stdin.write(text)
        writer.stdin.close()
    log = box.file('a.csv', GOOD)
    box.run('import', incident, log)
    for writer in writers:
        equal(len(writer.stdout.read().splitlines()), 60)
        equal(writer.wait(), OK)
    equal(sorted(entry['text'] for entry in box.entries(incident)), sorted(f'{who} {n}' for who in 'ab' for n in range(60)))
    equal(box.n_events(incident), 1)
    equal(box.json('check')['problems'], [])


main(__name__)
