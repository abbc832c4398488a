/**
 * The bare pipeline, reference of `durable-send`: JSON in, one row, group commit in a thread, one write a socket and
 * tick. It knows no rules: no schema, no membership, no retry, no receipts, no index; what it does, it does as fast as
 * Bun and SQLite let it. Run: bun bare-pipeline.ts PLAN PORT DATABASE
 */
import type { ServerWebSocket } from 'bun';
import { readPlan } from '../load/plan.ts';

interface Peer {
  readonly number: number;
  /** Frames to write in this tick. */
  frames: string[];
}
type Socket = ServerWebSocket<Peer>;

interface Room {
  readonly receiver: number;
  seq: number;
}

interface Sent {
  readonly sender: Socket;
  readonly room: string;
  readonly receiver: number;
  readonly seq: number;
  readonly id: string;
  readonly content: string;
}

const [file = '', port = '0', database = ''] = process.argv.slice(2);
const plan = readPlan(file);
const numbers = new Map(plan.tokens.map((token, number) => [token, number]));
const rooms = new Map(plan.rooms.map(({ room, receiver }): [string, Room] => [room, { receiver, seq: 0 }]));

const sockets: (Socket | undefined)[] = [];
const thread = new Worker(new URL('./bare-pipeline-thread.ts', import.meta.url), { argv: [database] });
let waiting: Sent[] = [];
let committing: Sent[] | undefined;
let scheduled = false;

/** Gives the thread all that came while it wrote the last group. */
function commit(): void {
  scheduled = false;
  if (committing !== undefined || waiting.length === 0) return;
  committing = waiting;
  waiting = [];
  let rows = '';
  for (const { room, seq, id, content } of committing) rows += `${room}\t${seq}\t${id}\t${content}\n`;
  thread.postMessage(rows);
}

function queue(socket: Socket, frame: string, written: Socket[]): void {
  if (socket.data.frames.length === 0) written.push(socket);
  socket.data.frames.push(frame);
}

/** A group is on disk: its answers and deliveries go out, every socket written once. */
function committed(): void {
  const group = committing ?? [];
  committing = undefined;
  commit();
  const at = Date.now();
  const written: Socket[] = [];
  for (const { sender, room, receiver, seq, id, content } of group) {
    queue(
      sender,
      `{"kind":"accepted","room":"${room}","clientMessageId":"${id}","seq":${seq},"at":${at}}`,
      written,
    );
    const socket = sockets[receiver];
    if (socket === undefined) continue;
    queue(
      socket,
      `{"kind":"events","room":"${room}","events":[{"seq":${seq},"at":${at},"kind":"message","sender":"user_00000000000000000000000000","device":"device_00000000000000000000000000","clientMessageId":"${id}","counts":true,"ordinal":${seq},"content":${content}}]}`,
      written,
    );
  }
  for (const socket of written) {
    const { frames } = socket.data;
    socket.data.frames = [];
    socket.cork(() => {
      for (const frame of frames) socket.sendText(frame);
    });
  }
}

function receive(socket: Socket, text: string | Buffer): void {
  const frame = JSON.parse(text as string);
  if (frame.kind === 'send') {
    const room = rooms.get(frame.room);
    if (room === undefined) return;
    room.seq += 1;
    waiting.push({
      sender: socket,
      room: frame.room,
      receiver: room.receiver,
      seq: room.seq,
      id: frame.clientMessageId,
      content: JSON.stringify(frame.content),
    });
    if (scheduled || committing !== undefined) return;
    scheduled = true;
    setImmediate(commit);
  } else if (frame.kind === 'hello') {
    socket.sendText('{"kind":"welcome","cursor":"0"}');
  } else if (frame.kind === 'beat') {
    socket.sendText('{"kind":"beat","cursor":"0","changed":[],"sync":false}');
  }
}

thread.onmessage = committed;
await new Promise((resolve) => thread.addEventListener('message', resolve, { once: true }));
const server = Bun.serve<Peer>({
  hostname: '127.0.0.1',
  port: Number(port),
  fetch(request, server) {
    const number = numbers.get(request.headers.get('authorization')?.slice('Bearer '.length) ?? '');
    if (number === undefined) return new Response('unknown token', { status: 401 });
    return server.upgrade(request, { data: { number, frames: [] } })
      ? undefined
      : new Response('a socket', { status: 426 });
  },
  websocket: {
    open: (socket) => {
      sockets[socket.data.number] = socket;
    },
    message: receive,
  },
});
console.log(JSON.stringify({ port: server.port }));
