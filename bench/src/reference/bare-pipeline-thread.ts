/** The storage thread of the bare pipeline: one transaction with one fsync for every message it gets. */
import { Database } from 'bun:sqlite';

declare const self: Worker;

const db = new Database(process.argv[2] ?? '', { create: true });
db.run('PRAGMA journal_mode = WAL');
db.run('PRAGMA synchronous = FULL');
db.run('PRAGMA wal_autocheckpoint = 4000');
db.run('CREATE TABLE events (position INTEGER PRIMARY KEY, room TEXT, seq INTEGER, id TEXT, content TEXT)');
const insert = db.prepare('INSERT INTO events (room, seq, id, content) VALUES (?, ?, ?, ?)');

const store = db.transaction((rows: string) => {
  for (const row of rows.split('\n')) {
    if (row === '') continue;
    const [room = '', seq = '', id = '', content = ''] = row.split('\t');
    insert.run(room, Number(seq), id, content);
  }
});

self.onmessage = ({ data }: MessageEvent<string>) => {
  store.immediate(data);
  postMessage('');
};
postMessage('');
