"""A desktop's notification service on the session bus, as far as programs can tell.

Server starts it as a process of its own (its main loop must not wait for a scenario): it owns
org.freedesktop.Notifications, says on its output what it is asked to show and to close, and invokes
actions that it reads from its input.
"""
import contextlib
import json
import subprocess
import sys
import threading
import time

NAME, PATH = 'org.freedesktop.Notifications', '/org/freedesktop/Notifications'
INTERFACE = '''<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>'''


def serve():
    import gi
    gi.require_version('Gio', '2.0')
    from gi.repository import Gio, GLib

    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    last = 0

    def tell(**event):
        print(json.dumps(event), flush=True)

    def called(_bus, _sender, _path, _interface, method, arguments, invocation):
        nonlocal last
        values = arguments.unpack()
        if method == 'Notify':
            _app, replaces, _icon, summary, body, actions, hints, _timeout = values
            last = replaces or last + 1
            tell(event='notify', id=last, summary=summary, body=body, urgency=int(hints.get('urgency', 1)),
                 actions=dict(zip(actions[1::2], actions[0::2])))
            invocation.return_value(GLib.Variant('(u)', (last,)))
        elif method == 'CloseNotification':
            tell(event='close', id=values[0])
            bus.emit_signal(None, PATH, NAME, 'NotificationClosed', GLib.Variant('(uu)', (values[0], 3)))
            invocation.return_value(None)
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body', 'persistence'],)))
        else:
            invocation.return_value(GLib.Variant('(ssss)', ('test', 'test', '1', '1.2')))

    def listen():
        for line in sys.stdin:
            number, key = json.loads(line)
            GLib.idle_add(lambda n=number, k=key: bus.emit_signal(
                None, PATH, NAME, 'ActionInvoked', GLib.Variant('(us)', (n, k))) and False)
        GLib.idle_add(loop.quit)

    loop = GLib.MainLoop()
    bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called, None, None)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: tell(event='ready'), None)
    threading.Thread(target=listen, daemon=True).start()
    loop.run()


class Server:
    """Use start(); events come in order."""

    def __init__(self, process):
        self.process = process
        self.events = []
        self.seen = 0
        threading.Thread(target=self.read, daemon=True).start()

    @classmethod
    def start(cls):
        server = cls(subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        server.wait(lambda event: event['event'] == 'ready', 10)
        return server

    def read(self):
        for line in self.process.stdout:
            self.events.append(json.loads(line))

    def wait(self, wanted, timeout):
        """The next event that is wanted; those before it are passed over."""
        end = time.time() + timeout
        while True:
            while self.seen < len(self.events):
                event = self.events[self.seen]
                self.seen += 1
                if wanted(event):
                    return event
            if time.time() > end:
                raise AssertionError(f'it did not come within {timeout} s; what came: {self.events}')
            time.sleep(.05)

    def shown(self, summary, timeout=20):
        return self.wait(lambda event: event['event'] == 'notify' and summary in event['summary'], timeout)

    def closed(self, number, timeout=20):
        return self.wait(lambda event: event['event'] == 'close' and event['id'] == number, timeout)

    def nothing(self, seconds):
        """Nothing more is shown for a while."""
        before = len(self.events)
        time.sleep(seconds)
        more = [event for event in self.events[before:] if event['event'] == 'notify']
        if more:
            raise AssertionError(f'there was more: {more}')

    def press(self, notification, label):
        """A button by what it says, or the notification itself with None."""
        actions = notification['actions']
        key = 'default' if label is None else next(key for text, key in actions.items() if label in text)
        self.process.stdin.write(json.dumps([notification['id'], key]) + '\n')
        self.process.stdin.flush()

    def stop(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.wait(timeout=10)


if __name__ == '__main__':
    serve()
