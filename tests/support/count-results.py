#!/usr/bin/env python3
"""count-results.py LOG [AGAIN]: counts the results in meson's testlog.json: each TAP line of its own, else each test program.

Prints the end of what failed and "N passed, N failed[, N skipped]"; exits 1 if a test failed or none was run.
AGAIN: the log of those that were played once more, whose results count. Both are printed.
--again LOG: names those which are worth that.
"""
import json
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b[^#]*(#\s*(\w+))?')
GOOD = ('OK', 'EXPECTEDFAIL')
LINES, WIDTH = 25, 300  # of what a failed program said
MAX_AGAIN = 3


def count(test):
    """(passed, failed, skipped) of one program."""
    passed = failed = skipped = 0
    for line in test.get('stdout', '').splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        directive = (match.group(3) or '').upper()
        if directive == 'SKIP':
            skipped += 1
        elif match.group(1) and directive != 'TODO':
            failed += 1
        else:
            passed += 1
    result = test['result']
    if result == 'SKIP' and not skipped:
        skipped = 1
    elif result in GOOD and not passed + skipped:
        passed = 1
    elif result not in GOOD + ('SKIP',) and not failed:
        failed = 1  # it crashed, ran out of time, or stopped before its last test
    return passed, failed, skipped


def tail(test):
    """What a failed program said last, without the steps that went well."""
    said = [line for line in (test.get('stdout', '') + test.get('stderr', '')).splitlines()
            if line.strip() and not re.match(r'ok\b', line)]
    return '\n'.join('  ' + line[:WIDTH] for line in said[-LINES:])


def read(path):
    """The results by the name of the test."""
    try:
        with open(path, encoding='utf-8') as log:
            tests = [json.loads(line) for line in log if line.strip()]
    except OSError as error:
        print(f'count-results: {error}', file=sys.stderr)
        return {}
    return {test['name']: test for test in tests}


def to_play_again(tests):
    """Scenarios of the window that failed, where nothing else did and they are few: beside others a window may not
    have got its turn in time. Many are no chance."""
    failed = [name for name, test in tests.items() if count(test)[1]]
    return failed if len(failed) <= MAX_AGAIN and all(':gui / ' in name for name in failed) else []


def complain(test, how):
    print(f"{how}: {test['name']} ({test['result']})")
    print(tail(test))


def main():
    if sys.argv[1] == '--again':
        print(' '.join(name.split(' / ')[-1] for name in to_play_again(read(sys.argv[2]))))
        return 0
    first, *more = map(read, sys.argv[1:])
    tests = {**first, **(more[0] if more else {})}
    for name, test in tests.items():
        if test is not first.get(name):
            complain(first[name], 'failed beside others, played again alone')
        if count(test)[1]:
            complain(test, 'failed')
    passed, failed, skipped = (sum(column) for column in zip(*map(count, tests.values()))) if tests else (0, 1, 0)
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
