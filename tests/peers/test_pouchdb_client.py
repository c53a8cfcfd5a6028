"""PouchDB replicates both ways with our server over HTTPS, and says what it found in TAP."""
import os
import subprocess
import sys
import urllib.parse

import peers

modules = peers.install('client')
server = peers.Server()
server.init()
server.start()
address = urllib.parse.urlsplit(server.url)
url = f'https://admin:{urllib.parse.quote(peers.PASSWORD)}@{address.netloc}'
(server.dir / 'leveldb').mkdir()
done = subprocess.run(['node', str(peers.HERE / 'pouchdb-client.mjs'), str(modules), url, str(server.dir / 'leveldb')],
                      env={**os.environ, 'NODE_EXTRA_CA_CERTS': str(server.certificate)}, timeout=300)
ended = server.stop()
log = (server.dir / 'server.log').read_text()
if done.returncode != 0 or ended != 0 or 'CRITICAL' in log or 'WARNING' in log:
    problems = [line for line in log.splitlines() if 'CRITICAL' in line or 'WARNING' in line]
    print('\n'.join(f'# {line}' for line in problems[-20:]))
    print(f'# the server ended with {ended}; see {server.dir}')
    sys.exit(1)
server.remove()
