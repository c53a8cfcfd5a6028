"""Runs the real command in a folder of its own and reports in TAP.

A test program defines functions test_*(box) and ends with harness.main(__name__). A box is a fresh
folder with a workspace in it; it goes when the test has passed.
"""
import inspect
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

CLI = os.environ.get('IW_CLI', 'build/src/cli/incident-workbench-cli')
SHARED = pathlib.Path(os.environ.get('IW_SHARED', '/nonexistent'))

OK, FAILED, USAGE, NOT_FOUND, REJECTED, BUSY, DAMAGED, REFUSED = range(8)


class Skip(Exception):
    pass


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr

    @property
    def json(self):
        return json.loads(self.out)


class Box:
    """A folder with a workspace."""

    def __init__(self, name):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix=f'iw-{name}-', dir=os.environ.get('IW_TEST_DIR')))
        self.workspace = self.dir / 'workspace'
        self.database = self.workspace / 'workspace.sqlite'

    def command(self, *words):
        return [CLI, '--workspace', str(self.workspace), *map(str, words)]

    def run(self, *words, code=OK, stdin=None, **options):
        """Runs a command and wants its exit code to be @code (None: any)."""
        process = subprocess.run(self.command(*words), input=stdin, capture_output=True, text=True, timeout=300, **options)
        if process.returncode < 0:
            raise AssertionError(f'{words} died of signal {-process.returncode}: {process.stderr}')
        if code is not None and process.returncode != code:
            raise AssertionError(f'{words}: exit code {process.returncode}, not {code}\n{process.stdout[-2000:]}\n'
                                 f'{process.stderr[-2000:]}')
        return Result(process)

    def json(self, *words, code=OK, **options):
        return self.run('--json', *words, code=code, **options).json

    def start(self, *words, **options):
        return subprocess.Popen(self.command(*words), text=True, **options)

    def file(self, name, text):
        path = self.dir / name
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding='utf-8', newline='')
        return path

    def new(self, title='An incident', *options):
        return self.run('new', title, *options).out.strip()

    def entries(self, incident):
        """What people wrote; the decisions of forms apart."""
        return [row for row in self.json('show', incident)['timeline']
                if row.get('type') == 'entry' and row['kind'] in ('observation', 'action', 'communication', 'decision', 'note')]

    def n_events(self, incident):
        """Machine events; a run of one stands as the event itself."""
        return sum(row.get('events', 1) for row in self.json('show', incident)['timeline'] if row.get('type') != 'entry')

    def files(self):
        """What lies in the workspace, without the database itself."""
        return sorted(str(path.relative_to(self.workspace)) for path in self.workspace.rglob('*')
                      if path.is_file() and not path.name.startswith('workspace.sqlite'))

    def clean_litter(self):
        """As if all had lain there for a month: young files may be another program's work."""
        for path in self.workspace.rglob('*'):
            if path.is_file() and not path.name.startswith('workspace.sqlite'):
                os.utime(path, (1, path.stat().st_mtime - 30 * 86400))
        return self.json('check', '--clean')['problems']

    def clean_up(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def shared(path):
    """A file of the shared test data; the test is skipped where it is not here."""
    full = SHARED / path
    if not full.exists():
        raise Skip('the shared data is not here')
    return full


def equal(got, want):
    if got != want:
        raise AssertionError(f'got {repr(got)[:1500]}, wanted {repr(want)[:1500]}')


def contains(text, part):
    if part not in text:
        raise AssertionError(f'{part!r} is not in {text[:1000]!r}')


def run_one(number, name, function):
    box = Box(name)
    try:
        if inspect.signature(function).parameters:
            function(box)
        else:
            function()
    except Skip as reason:
        print(f'ok {number} {name} # SKIP {reason}', flush=True)
    except Exception:
        print(f'not ok {number} {name}', flush=True)
        print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()), flush=True)
        print(f'# kept: {box.dir}', flush=True)
        return False
    else:
        print(f'ok {number} {name}', flush=True)
    box.clean_up()
    return True


def main(module, tests=None):
    """Runs the tests of the program, or @tests: (name, function) pairs."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if module != '__main__':
        return
    if tests is None:
        scope = sys.modules['__main__'].__dict__
        tests = [(name[5:].replace('_', '-'), function) for name, function in scope.items() if name.startswith('test_')]
    wanted = sys.argv[1:]
    tests = [pair for pair in tests if not wanted or pair[0] in wanted]
    print(f'1..{len(tests)}', flush=True)
    good = [run_one(number, name, function) for number, (name, function) in enumerate(tests, 1)]
    sys.exit(0 if all(good) else 1)
