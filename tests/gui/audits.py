"""What a page must be, whatever it shows: every control named, no text cut off, enough contrast,
everything translated, everything mirrored where one reads from the right."""
import contextlib
import re
import subprocess

from gi.repository import GLib
from PIL import Image

from driver import PROBE, VARIANT, name_of, text_of, walk

CONTROLS = {'button', 'push button', 'toggle button', 'check box', 'radio button', 'switch', 'entry', 'text', 'password text',
            'combo box', 'spin button', 'slider', 'link', 'menu item', 'check menu item', 'radio menu item', 'page tab',
            'list item', 'table cell', 'table row', 'search box', 'menu button'}


def front(app):
    """What is in front: a dialog where there is one."""
    return next(app.all(('dialog', 'alert')), app.root)


def is_part_of_combo(node):
    """The list inside a combo row, which libadwaita names by the row."""
    return any(around.get_role_name() == 'combo box' for around in ancestors(node))


def ancestors(node):
    node = node.get_parent()
    while node is not None and node.get_role_name() != 'application':
        yield node
        node = node.get_parent()


def names(app):
    problems = []
    for node, _ in walk(front(app)):
        with contextlib.suppress(GLib.Error):       # it went away meanwhile
            problems += names_of_control(node)
    return problems


def names_of_control(node):
    if node.get_role_name() not in CONTROLS or name_of(node) or is_part_of_combo(node):
        return []
    if node.get_role_name() == 'button' and any(child.get_name() for child, _ in walk(node)):
        return []                                   # a menu button: the toggle inside has the name
    path = [around.get_role_name() + (f':{name_of(around)}' if name_of(around) else '') for around in ancestors(node)]
    inside = [name_of(child) or text_of(child) for child, _ in walk(node)]
    return [f'no accessible name: {node.get_role_name()} {[text for text in inside if text]} < ' + ' < '.join(path[:5])]


def clipping(parts, may_ellipsize=lambda part: False):
    """User data in lists may be ellipsized, our own words may not."""
    problems = []
    for part in parts:
        text = part.get('text')
        if not text:
            continue
        if part['missing_glyphs']:
            problems.append(f'no glyph for part of {text!r}')
        if part['ellipsized'] and not may_ellipsize(part):
            problems.append(f'ellipsized: {text!r}')
        elif part['clipped'] and not part['ellipsized']:
            problems.append(f'clipped: {text!r} ({part["type"]} {part["w"]}x{part["h"]})')
    return problems


def luminance(colour):
    linear = [v / 255 / 12.92 if v / 255 <= .03928 else ((v / 255 + .055) / 1.055) ** 2.4 for v in colour]
    return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]


def contrast_of(picture, part):
    """Of a label in a render three times as large: the farthest colour against the commonest."""
    box = picture.crop([int(3 * v) for v in (part['x'], part['y'], part['x'] + part['w'], part['y'] + part['h'])])
    colours = sorted(box.getcolors(1 << 22) or [], reverse=True)
    if not colours:
        return None
    ground = luminance(colours[0][1])
    far = max((luminance(colour) for _, colour in colours), key=lambda value: abs(value - ground))
    if far == ground:
        return None                                 # nothing is drawn: hidden behind something
    low, high = sorted((ground, far))
    return (high + .05) / (low + .05)


def needed_contrast(part, classes):
    """Adwaita dims secondary text, placeholders, shortcuts in menus and the titles of columns itself; high contrast makes no
    exceptions for what is ours."""
    if part['column_title']:
        return 2
    large = any(name.startswith('title-') or name == 'large-title' for name in classes)
    dim = part['css'] in ('placeholder', 'accelerator') or classes & {'entry', 'dim-label', 'dimmed', 'subtitle', 'property'}
    return 4.5 if VARIANT == 'hc' or not (large or dim) else 3


def contrast(parts, name, folder=PROBE):
    problems, surface, picture = [], -1, None
    for part in parts:
        if part['type'] == '__surface':
            surface += 1
            picture = Image.open(f'{folder}/{name}-{surface}@3.png').convert('RGB')
            continue
        classes = set(part.get('classes', '').split())
        if not part.get('text') or not part['sensitive'] or part['w'] < 4 or not part['whole'] or part['opacity'] == 0 \
                or part['covered']:
            continue
        if classes & {'suggested-action', 'destructive-action'}:
            continue                                # Adwaita's own accent on white: 3.8
        ratio = contrast_of(picture, part)
        if ratio is not None and ratio < needed_contrast(part, classes):
            problems.append(f'contrast {ratio:.1f}: {part["text"]!r}')
    return problems


def toolkit_strings():
    """What GTK and libadwaita say themselves, which is theirs to translate."""
    texts = set()
    for domain in ('gtk40', 'libadwaita'):
        out = subprocess.run(['msgunfmt', '--no-wrap', f'/usr/share/locale/ja/LC_MESSAGES/{domain}.mo'],
                             capture_output=True, text=True).stdout
        texts |= {text.replace('_', '') for text in re.findall(r'^msgid "(.*)"$', out, re.M)}
    return texts


def untranslated(app, parts, allowed=()):
    """Under the made-up language every text carries its marks; @allowed: data that was put in."""
    known = toolkit_strings() | {'UTC', 'Incident Workbench', 'incident-workbench', 'Clear Entry'}
    found = {part.get(key) for part in parts for key in ('text', 'tooltip', 'placeholder')}
    for node, _ in walk(app.root):
        with contextlib.suppress(GLib.Error):       # it went away meanwhile
            found |= {node.get_name(), node.get_description()}
    return [f'not translated: {text!r}' for text in sorted(filter(None, found))
            if re.search('[A-Za-z]{2}', text) and '⟦' not in text and text.replace('_', '') not in known
            and not any(data in text or text.strip('… ') in data for data in allowed)]


def mirrored(parts):
    return [f'not mirrored: {part["text"]!r}' for part in parts if part['type'] == 'GtkLabel' and not part['rtl']]


def in_front(parts):
    """Without what a dialog dims behind it."""
    if not any(part.get('dialog') for part in parts):
        return parts
    return [part for part in parts if part['type'] == '__surface' or part['dialog']]


def is_data(part):
    """Cells of lists and titles of windows hold what people typed; a hint in a field may end early."""
    classes = set(part['classes'].split())
    return part['scrolled'] or part['css'] == 'placeholder' or bool(classes & {'numeric', 'title'})


def page(scenario, name, allowed=(), may_ellipsize=is_data):
    """All that holds for the page which is shown now, as one step of a scenario."""
    app = scenario.app
    app.settle()
    parts = in_front(app.probe(name))
    app.picture(name)
    app.dump(name)
    problems = names(app) + clipping(parts, may_ellipsize) + contrast(parts, name, app.probe_folder)
    if VARIANT == 'xx':
        problems += untranslated(app, parts, allowed)
    if VARIANT == 'he':
        problems += mirrored(parts)
    scenario.check(f'{name}: named, whole, readable', problems)
