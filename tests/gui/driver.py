"""Drives the real application as a person would: over AT-SPI, and with keys and clicks through XTest.

An App is the running program. A Scenario reports its steps in TAP; see scenario-*.py.
"""
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import traceback

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

OUT = os.environ['IW_GUI_OUT']
PROBE = os.environ['UIPROBE_DIR']
CLI = os.environ['IW_CLI']
VARIANT = os.environ['IW_VARIANT']
DATA = os.environ['XDG_DATA_HOME'] + '/incident-workbench'
WORKSPACE = DATA + '/workspace'
SAMPLE = DATA + '/sample'
BORDER = 10    # around a window without a manager, both sides together
State = Atspi.StateType
LEAKED = 23  # the leak sanitizer's exit code, see run
Atspi.init()


def slow():
    """How much longer things may take: under the sanitizers, and on a machine that has more to do than it can."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return (4 if 'asan' in os.environ.get('IW_PRELOAD', '') else 1) * min(max(busy / 2, 1), 6)


class Late(AssertionError):
    """What was waited for did not come in time; all else that fails is no matter of time."""


def pause(seconds):
    """Where it is time itself that something waits for."""
    time.sleep(seconds * slow())


# How long a call may take, and the first one of a program; 800 ms is the library's own.
Atspi.set_timeout(int(800 * slow()), 15000)


# ---- accessible objects ----------------------------------------------------------------------------

def showing(node):
    states = node.get_state_set()
    return states.contains(State.SHOWING) and states.contains(State.VISIBLE)


def has_state(node, state):
    return node.get_state_set().contains(state)


def walk(node, depth=0):
    """A node and all below it that are shown."""
    try:
        node.clear_cache_single()
        if depth > 0 and not showing(node):
            return
        yield node, depth
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from walk(child, depth + 1)
    except GLib.Error:
        return                                      # it went away meanwhile


def text_of(node):
    try:
        text = node.get_text_iface()
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ''
    except GLib.Error:
        return ''


def related_names(node):
    kinds = (Atspi.RelationType.LABELLED_BY, Atspi.RelationType.DESCRIBED_BY)
    targets = [relation.get_target(i) for relation in node.get_relation_set() or []
               if relation.get_relation_type() in kinds for i in range(relation.get_n_targets())]
    return [name for name in (target.get_name() or text_of(target) for target in targets) if name]


def name_of(node):
    """GLib.Error where it went away."""
    return node.get_name() or (related_names(node) or [''])[0]


def matches(node, role, name):
    if role and node.get_role_name() not in ((role,) if isinstance(role, str) else role):
        return False
    if name is None:
        return True
    own = name_of(node)
    return bool(name.search(own)) if isinstance(name, re.Pattern) else own == name


def names_around(node):
    names = []
    while node is not None and node.get_role_name() != 'application':
        node = node.get_parent()
        names.append(name_of(node) if node is not None else '')
    return names


BUTTON = ('button', 'push button', 'toggle button', 'menu button')
ENTRY = ('entry', 'text', 'search box', 'password text')
ROW = ('list item', 'table row', 'tree item', 'table cell')


# ---- the application -------------------------------------------------------------------------------

class App:
    """The running program. Use App.start()."""

    def __init__(self, process, log, probe):
        self.process = process
        self.log = log
        self.probe_folder = probe
        self.root = None
        self.window_id = None

    @classmethod
    def start(cls, *arguments, timeout=30, environment=None):
        """@environment: of another person than the one whom the display is set up for."""
        environment = environment or dict(os.environ)
        log = open(f'{OUT}/app.log', 'a', encoding='utf-8')
        process = subprocess.Popen([os.environ['IW_APP'], *arguments], stdout=log, stderr=log,
                                   env={**environment, 'LD_PRELOAD': os.environ['IW_PRELOAD'], 'G_DEBUG': 'fatal-criticals'})
        app = cls(process, log, environment['UIPROBE_DIR'])
        app.wait_until_shown(timeout * slow())
        return app

    def wait_until_shown(self, timeout):
        end = time.time() + timeout
        while time.time() < end:
            desktop = Atspi.get_desktop(0)
            desktop.clear_cache()
            for i in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(i)
                if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                    self.root = child
                    return
            if self.process.poll() is not None:
                raise AssertionError(f'the application ended ({self.process.returncode}):\n{self.read_log()[-3000:]}')
            time.sleep(.1)
        raise AssertionError('the application did not show itself on the accessibility bus')

    def read_log(self):
        with open(f'{OUT}/app.log', encoding='utf-8', errors='replace') as log:
            return log.read()

    def complaints(self):
        """Warnings that the program logged; lines of the toolkit about this bare display apart."""
        known = ('Vulkan', 'libEGL', 'dconf', 'Unable to acquire session bus', 'portal', 'at-spi', 'RANDR', 'org.freedesktop.Notifications')
        lines = [line for line in self.read_log().splitlines() if re.search(r'WARNING|CRITICAL|ERROR|runtime error', line)]
        if not self.own_leaks():
            lines = [line for line in lines if 'LeakSanitizer' not in line]
        return sorted({re.sub(r'0x[0-9a-f]+|\(.*?:\d+\): |\d\d:\d\d:\d\d\.\d+: ', '', line) for line in lines
                       if not any(word in line for word in known)})

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.window_id = None

    def quit(self):
        """Asks it to go, as the session would; returns the exit code, 0 also where only the toolkit leaked."""
        self.key('ctrl+q')
        try:
            status = self.process.wait(timeout=10 * slow())
        except subprocess.TimeoutExpired:
            self.process.terminate()
            return self.process.wait()
        return 0 if status == LEAKED and not self.own_leaks() else status

    def own_leaks(self):
        """Leaks with a frame of ours below main(). GTK's file chooser leaks what it offers to complete a
        path with, and without GTK's debug symbols that cannot be told to the sanitizer by name."""
        reports = re.split(r'\n(?=(?:Direct|Indirect) leak of )', self.read_log())[1:]
        return [report for report in reports
                if re.search(r' \.\./src/(?!main\.c)', report) or not re.search(r' in main \.\./src/main\.c| in start_thread ', report)]

    # -- looking

    def all(self, role=None, name=None, within=None, where=None):
        for node, _ in walk(within or self.root):
            try:
                if matches(node, role, name) and (where is None or where(node)):
                    yield node
            except GLib.Error:
                pass

    def find(self, role=None, name=None, within=None, where=None, timeout=8):
        end = time.time() + timeout * slow()
        while True:
            for node in self.all(role, name, within, where):
                return node
            if time.time() > end:
                self.give_up(f'there is no {role or "object"} named {name!r}')
            time.sleep(.1)

    def shows(self, role=None, name=None, within=None, where=None):
        return next(self.all(role, name, within, where), None) is not None

    def wait_gone(self, role=None, name=None, timeout=8):
        self.wait(lambda: not self.shows(role, name), f'{role} {name!r} is still there', timeout)

    def wait(self, condition, message, timeout=8):
        end = time.time() + timeout * slow()
        while True:
            value = None
            with contextlib.suppress(GLib.Error):           # it went away while it was asked
                value = condition()
            if value:
                return value
            if time.time() > end:
                self.give_up(message() if callable(message) else message)
            time.sleep(.1)

    def give_up(self, message):
        """One looks in vain in a program that is gone, too: then that is what is said."""
        if self.process.poll() is not None:
            raise AssertionError(f'the application ended ({self.process.returncode}), {message}:\n{self.read_log()[-3000:]}')
        raise Late(message)

    def texts(self, within=None):
        """All that can be read on screen, in one string."""
        parts = []
        for node, _ in walk(within or self.root):
            try:
                parts += [node.get_name() or '', text_of(node)]
            except GLib.Error:
                pass
        return '\n'.join(part for part in parts if part)

    def settle(self, calm=.3, timeout=6):
        """Until nothing that is drawn has changed for a while; clocks that go on end the wait too."""
        end, last, since, calm = time.time() + timeout * slow(), None, 0, calm * min(slow(), 3)
        while time.time() < end:
            now = self.probe('_look', pictures=False)
            if now != last:
                last, since = now, time.time()
            elif time.time() - since >= calm:
                return
            time.sleep(.05)

    def wait_text(self, text, timeout=8):
        test = (lambda: text.search(self.texts())) if isinstance(text, re.Pattern) else (lambda: text in self.texts())
        self.wait(test, f'{text!r} cannot be read on screen', timeout)

    def focused(self):
        for node, _ in walk(self.root):
            try:
                if has_state(node, State.FOCUSED):
                    return node
            except GLib.Error:
                pass
        return None

    def focused_name(self):
        """'' where nothing has the keyboard."""
        with contextlib.suppress(GLib.Error):
            node = self.focused()
            return name_of(node) if node is not None else ''
        return ''

    def dump(self, name):
        """Writes what a screen reader sees, to find one's way."""
        with open(f'{OUT}/{name}.tree', 'w', encoding='utf-8') as file:
            for node, depth in walk(self.root):
                with contextlib.suppress(GLib.Error):       # it went away meanwhile
                    role, own, text = node.get_role_name(), node.get_name() or '', text_of(node)
                    file.write('  ' * depth + f'{role} | {own}' + (f' | text={text}' if text and text != own else '') + '\n')

    # -- acting

    def window(self):
        """The X window, with the keyboard in it; there is no window manager to do that."""
        found = self.windows()
        if not found:
            raise AssertionError('the application has no window')
        if self.window_id not in found:
            self.window_id = max(found, key=self.area)
            subprocess.run(['xdotool', 'windowfocus', '--sync', self.window_id], stderr=subprocess.DEVNULL)
        return self.window_id

    def windows(self):
        """X windows of the application, popovers too."""
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                              capture_output=True, text=True).stdout.split()

    @staticmethod
    def area(window):
        shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], capture_output=True, text=True).stdout
        size = dict(line.split('=') for line in shell.split() if '=' in line)
        return int(size.get('WIDTH', 0)) * int(size.get('HEIGHT', 0))

    @staticmethod
    def press(node):
        """By its accessible action, as assistive technology does."""
        actions = node.get_action_iface()
        for i in range(Atspi.Action.get_n_actions(actions) if actions else 0):
            if Atspi.Action.get_action_name(actions, i) in ('click', 'press', 'activate', 'toggle', 'jump'):
                Atspi.Action.do_action(actions, i)
                time.sleep(.15)
                return
        raise AssertionError(f'{node.get_role_name()} {name_of(node)!r} has no action to press it')

    def press_named(self, name, role=BUTTON, within=None):
        for last in (False, False, True):
            try:
                return self.press(self.find(role, name, within=within, where=lambda node: has_state(node, State.SENSITIVE)))
            except GLib.Error as error:             # made anew between being found and being pressed
                if last or 'not exist' not in str(error):
                    raise

    def part(self, text=None, kind=None, where=None, last=False, timeout=8):
        """A widget as the probe sees it: exact, where GTK's own extents forget padding. Its place is
        that in the X window."""
        def look():
            found, surface = [], None
            for part in self.probe('_look', pictures=False):
                if part['type'] == '__surface':
                    surface = part
                elif ((text is None or part.get('text') == text) and (kind is None or part['type'] == kind)
                      and (where is None or where(part)) and part['w'] > 0):
                    found.append({**part, 'x': part['x'] + surface['tx'], 'y': part['y'] + surface['ty']})
            return found
        def rests():
            before, after = look(), look()
            return before and after and all(before[at][side] == after[at][side] for side in 'xywh') and after
        at = -1 if last else 0
        return self.wait(rests, f'no {kind or "widget"} with the text {text!r} is drawn', timeout)[at]

    def click_part(self, part, button=1, across=.5, down=.5, times=1):
        x, y = int(part['x'] + part['w'] * across), int(part['y'] + part['h'] * down)
        subprocess.run(['xdotool', 'mousemove', '--window', self.window(), str(x), str(y),
                        'click', '--repeat', str(times), '--delay', '60', str(button)])
        time.sleep(.3)

    def drag(self, part, start, end):
        """From one place in a part to another, in fractions of its width."""
        xs = [int(part['x'] + part['w'] * (start + (end - start) * step / 6)) for step in range(7)]
        y, window = int(part['y'] + part['h'] / 2), self.window()
        subprocess.run(['xdotool', 'mousemove', '--window', window, str(xs[0]), str(y), 'mousedown', '1'])
        for x in xs[1:]:
            subprocess.run(['xdotool', 'mousemove', '--window', window, str(x), str(y)])
            time.sleep(.04)
        subprocess.run(['xdotool', 'mouseup', '1'])
        time.sleep(.3)

    def key(self, *keys):
        self.window()
        for key in keys:
            subprocess.run(['xdotool', 'key', '--clearmodifiers', key])
            time.sleep(.08)

    def type(self, text):
        self.window()
        subprocess.run(['xdotool', 'type', '--delay', '12', text])
        time.sleep(.2)
        self.keep_up()

    def keep_up(self):
        """On a busy machine: until the program has read its keys."""
        if slow() > 1:
            self.probe('_look', pictures=False)

    def choose_file(self, path):
        """In GTK's own file chooser, a window of its own. The path is put in whole: between keys that
        come fast the chooser puts in what it would complete them with."""
        def dialog():
            return next(self.all('dialog', where=lambda node: node.get_parent() == self.root), None)

        self.wait(dialog, 'no file chooser came up')
        self.settle()                               # the menu that it was asked for from is gone
        window = max(self.windows(), key=int)
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], stderr=subprocess.DEVNULL)

        def press(key):
            if window in self.windows():
                subprocess.run(['xdotool', 'key', '--clearmodifiers', key])
                time.sleep(.3)

        def places():
            around = dialog()
            return list(self.all(ENTRY, within=around)) if around else []

        def place():
            if not places():
                press('ctrl+l')                     # for opening, there is none before it is asked for
            return places()[:1]

        def is_gone():
            if places():
                press('Return')
            return dialog() is None and window not in self.windows()

        def is_there():
            entry = self.wait(place, 'the file chooser has no place for a path')[0]
            if text_of(entry) != path:
                self.set_text(entry, path)
                return False
            return True

        self.wait(is_there, 'the file chooser does not take the path')
        self.settle()
        self.wait(is_there, 'the file chooser changed the path')
        self.wait(is_gone, 'the file chooser stays')
        self.window_id = None

    def set_text(self, node, text):
        Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)
        time.sleep(.15)

    def come_forward(self):
        """Over the other windows of the display, with the keyboard."""
        self.window()
        subprocess.run(['xdotool', 'windowraise', self.window_id, 'windowfocus', '--sync', self.window_id],
                       stderr=subprocess.DEVNULL)
        time.sleep(.2)

    def resize(self, width, height):
        subprocess.run(['xdotool', 'windowsize', '--sync', self.window(), str(width), str(height)])
        time.sleep(.5)

    def tab_to(self, role=None, name=None, inside=None, limit=60, key='Tab'):
        """Goes there by keyboard alone. @inside: the name of something around it."""
        passed = []
        for _ in range(limit):
            with contextlib.suppress(GLib.Error):           # it went away meanwhile
                node = self.focused()
                if node is not None:
                    if matches(node, role, name) and (inside is None or inside in names_around(node)):
                        return node
                    passed.append(f'{node.get_role_name()} {name_of(node)[:30]!r}')
            self.key(key)
            self.keep_up()
        raise AssertionError(f'{key} does not lead to a {role} named {name!r} in {inside!r}, but to {passed[:25]}')

    # -- the probe

    def ask_probe(self, words):
        request = f'{self.probe_folder}/req'
        with open(request + '.tmp', 'w', encoding='utf-8') as file:
            file.write(words)
        os.rename(request + '.tmp', request)
        self.wait(lambda: not os.path.exists(request) or self.process.poll() is not None, 'the probe does not answer', 20)
        if self.process.poll() is not None:
            raise AssertionError(f'the application died ({self.process.returncode}):\n{self.read_log()[-3000:]}')

    def activate(self, action, *target):
        """An action of the incident's page, or of the window, with its strings, for what has no button of its own."""
        quoted = [json.dumps(word) for word in target]
        self.ask_probe(f'={action} ' + (f'({", ".join(quoted)})' if len(quoted) > 1 else ''.join(quoted)))

    def drop(self, path):
        """As if the file were let go of over the middle of the window."""
        self.ask_probe(f'~{path}')

    def probe(self, name, pictures=True):
        for _ in range(5):
            self.ask_probe(name if pictures else name + ' -')
            with open(f'{self.probe_folder}/{name}.jsonl', encoding='utf-8') as file:
                parts = [json.loads(line) for line in file]
            surfaces = sum(part.get('type') == '__surface' for part in parts)
            if not pictures or all(os.path.exists(f'{self.probe_folder}/{name}-{number}@3.png') for number in range(surfaces)):
                break
            time.sleep(.5)  # a surface that is laid out anew has nothing to draw for a frame
        return parts

    def picture(self, name):
        """The window as it stands on the display, without the empty rest."""
        subprocess.run(['import', '-window', 'root', '-trim', '+repage', f'{OUT}/{name}.png'], check=True)


# ---- the command line, beside the window -----------------------------------------------------------

def cli(*words, workspace=None):
    command = [CLI, '--workspace', workspace or WORKSPACE, *words]
    environment = {key: value for key, value in os.environ.items() if key != 'LD_PRELOAD'}
    environment['LANGUAGE'] = 'C'
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    if result.returncode not in (0, 4):
        raise AssertionError(f'{command} failed: {result.stderr}')
    return result.stdout


def cli_json(*words, workspace=None):
    return json.loads(cli('--json', *words, workspace=workspace))


def entries(incident, workspace=None):
    return [row for row in cli_json('show', incident, workspace=workspace)['timeline'] if row.get('type') == 'entry']


# ---- reporting -------------------------------------------------------------------------------------

class Scenario:
    """Steps that build on one another: after one that fails the rest is not tried."""

    def __init__(self):
        self.number = 0
        self.app = None

    @contextlib.contextmanager
    def step(self, name):
        self.number += 1
        try:
            yield
        except Exception:
            print(f'not ok {self.number} {name}')
            print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
            self.look()
            self.finish(1)
        print(f'ok {self.number} {name}')

    def look(self):
        """Leaves a picture and the tree of the moment it failed."""
        if self.app is None or self.app.process.poll() is not None:
            return
        with contextlib.suppress(Exception):
            self.app.picture('failed')
        with contextlib.suppress(Exception):
            self.app.dump('failed')
        print(f'# see {OUT}')

    def start(self, *arguments):
        self.app = App.start(*arguments)
        if VARIANT == 'phone':
            self.app.resize(360 + BORDER, 640 + BORDER)
        return self.app

    def check(self, name, problems):
        """A step that passes where there are no problems; the rest goes on."""
        self.number += 1
        print(f'{"not ok" if problems else "ok"} {self.number} {name}')
        for problem in dict.fromkeys(problems):
            print(f'# {problem}')
        self.failed = getattr(self, 'failed', False) or bool(problems)

    def skip(self, name, why):
        self.number += 1
        print(f'ok {self.number} {name} # SKIP {why}')

    def finish(self, status=None):
        if self.app is not None and self.app.process.poll() is None:
            self.app.kill()
        print(f'1..{self.number}')
        sys.exit(status if status is not None else int(getattr(self, 'failed', False)))
