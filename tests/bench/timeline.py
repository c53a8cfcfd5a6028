#!/usr/bin/env python3
"""The timeline with 500,000 indexed events against 5,000.

usage: timeline.py BUILD DIR     makes and measures the workspaces DIR/large and DIR/small
"""
import os
import subprocess
import sys

build, folder = sys.argv[1:3]
program = os.path.join(build, 'tests', 'bench', 'bench-timeline')
sizes = {'large': 500000, 'small': 5000}

# name, words, limit of the ratio, limit in ms
measures = [
    ('open', 'opening the incident', 1.5, 50),
    ('jump', 'jump to any position', 1.5, 50),
    ('jump-time', 'jump to any time', 1.5, 50),
    ('filter', 'filter by time', 1.5, 50),
    ('histogram', 'overview of 2,000 bins', None, 16),
    ('search', 'full-text search', None, 100),
    ('search-all', 'full-text search, every event matches', None, 100),
]


def make(name):
    path = os.path.join(folder, name)
    done = os.path.join(folder, f'{name}.{sizes[name]}')
    if not os.path.exists(done):
        subprocess.run([program, 'build', path, str(sizes[name])], check=True)
        open(done, 'w').close()
    return path


def measure(name):
    out = subprocess.run([program, 'measure', make(name)], check=True, capture_output=True, text=True).stdout
    return {words[0]: (float(words[1]), float(words[2])) for words in (line.split() for line in out.splitlines())}


def main():
    os.makedirs(folder, exist_ok=True)
    small, large = measure('small'), measure('large')
    failed = False
    for name, words, ratio_limit, limit in measures:
        ratio = large[name][0] / small[name][0]
        good = large[name][0] <= limit and (ratio_limit is None or ratio <= ratio_limit)
        failed |= not good
        limits = f'at most {limit} ms' + (f' and {ratio_limit} times' if ratio_limit else '')
        print(f'timeline: {words}: {ratio:.2f} times the small one '
              f'({large[name][0]:.3f} ms against {small[name][0]:.3f} ms, worst {large[name][1]:.1f} ms; {limits})'
              f'{"" if good else "   TOO SLOW"}')
    more = large['rss'][0] - small['rss'][0]
    failed |= more > 40
    print(f'timeline: resident memory: {more:+.1f} MiB ({large["rss"][0]:.1f} MiB against {small["rss"][0]:.1f} MiB; '
          f'at most +40 MiB){"" if more <= 40 else "   TOO MUCH"}')
    sys.exit(1 if failed else 0)


main()
