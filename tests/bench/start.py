#!/usr/bin/env python3
"""Start to first painted frame, and resident memory, of the application with a large and a small
workspace, against gnome-text-editor's start, in turns within one run (run inside Xvfb and a D-Bus
session by tests/bench/run). The application starts as after a day's work: with the incident open.

usage: start.py BUILD LARGE-WORKSPACE SMALL-WORKSPACE [ROUNDS]
"""
import json
import os
import re
import statistics
import subprocess
import sys
import time

build, large, small = sys.argv[1:4]
rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 9
app = os.path.join(build, 'src', 'incident-workbench')
probe = os.path.abspath(os.path.join(build, 'tests', 'bench', 'libfirst-frame.so'))

programs = {
    'gnome-text-editor': ['gnome-text-editor', '--standalone'],
    'incident-workbench, large workspace': [app, '--workspace', large],
    'incident-workbench, small workspace': [app, '--workspace', small],
}


def open_incident_at_start(workspace):
    """Settings as the application leaves them when it is closed on this incident's timeline."""
    cli = os.path.join(build, 'src', 'cli', 'incident-workbench-cli')
    listed = json.loads(subprocess.run([cli, '--workspace', workspace, '--json', 'list'], check=True,
                                       capture_output=True, text=True).stdout)
    folder = os.path.join(workspace, 'settings')
    os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'), exist_ok=True)
    with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as file:
        file.write('[io/github/incident_workbench/IncidentWorkbench]\n'
                   f"last-incident='{listed[0]['incident']}'\n")
    return folder


def start(command, settings):
    env = dict(os.environ, GSETTINGS_BACKEND='keyfile', XDG_CONFIG_HOME=settings, LD_PRELOAD=probe, FIRST_FRAME_SETTLE='1500',
               FIRST_FRAME_SINCE=str(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000))
    out = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    found = re.search(r'first-frame (\d+) rss-kib (\d+)', out.stdout)
    if not found:
        sys.exit(f'{command[0]} painted nothing:\n{out.stdout}{out.stderr}')
    return int(found[1]) / 1000, int(found[2]) / 1024


def main():
    settings = {name: open_incident_at_start(command[2]) if len(command) > 2 else os.environ['XDG_CONFIG_HOME']
                for name, command in programs.items()}
    times = {name: [] for name in programs}
    memory = {name: [] for name in programs}
    for name, command in programs.items():  # warm the page cache
        start(command, settings[name])
    for _ in range(rounds):            # in turns, so that the machine's moods hit all alike
        for name, command in programs.items():
            ms, mib = start(command, settings[name])
            times[name].append(ms)
            memory[name].append(mib)
    for name in programs:
        print(f'start: {name}: {statistics.median(times[name]):.0f} ms to the first frame, '
              f'{statistics.median(memory[name]):.1f} MiB resident')
    editor, big, little = (statistics.median(times[name]) for name in programs)
    _, big_mib, little_mib = (statistics.median(memory[name]) for name in programs)
    print(f'start: ratio large workspace / gnome-text-editor: {big / editor:.2f}   (at most 1.30)')
    print(f'start: ratio large / small workspace: {big / little:.2f}')
    print(f'start: resident memory, large - small workspace: {big_mib - little_mib:+.1f} MiB   (at most +40)')


main()
