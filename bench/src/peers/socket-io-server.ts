/**
 * The peer: a chat server on Socket.IO that stores each message in SQLite before it answers, and then delivers it to the
 * room. Written as its makers advise: WebSocket alone, the token in the handshake, rooms, acknowledgements, their own
 * engine for Bun, the request of an upgrade not kept. It knows users, rooms and members, and nothing more: no retry,
 * history, receipts, unread counts or presence. COMMIT says what goes into a transaction:
 *   message   one message, which is answered and delivered at once: the simplest such server
 *   tick      all that came in one turn of the event loop: group commit
 *   bundle    the same, and what it has stored of a room is delivered as one packet
 * ENGINE is the one for Bun (`bun`) or the one for Node (`node`), which Bun runs, too.
 * Runs on Bun, and on Node 24 or newer. Run: bun socket-io-server.ts PLAN SHAPE DATABASE COMMIT ENGINE
 */
import { setImmediate } from 'node:timers';
import { Server } from 'socket.io';
import { type PlanShape, readPlan, roomsOfTokens } from '../load/plan.ts';
import { listen } from './listen.ts';
import { type Message, MessageStore } from './message-store.ts';
import type { Answer, ChatServer, ChatSocket, Delivered } from './socket-io-wire.ts';

/** A message that came and is not stored. */
interface Waiting {
  readonly socket: ChatSocket;
  readonly message: Message;
  readonly answer: (answer: Answer) => void;
}

/** What goes to a room as one packet. */
interface Delivery {
  readonly socket: ChatSocket;
  readonly room: string;
  readonly messages: Delivered[];
}

const [plan = '', shape = 'direct', database = '', commits = 'tick', engine = 'bun'] = process.argv.slice(2);
const roomsOf = roomsOfTokens(readPlan(plan), shape as PlanShape);
const store = new MessageStore(database);
const io: ChatServer = new Server({ transports: ['websocket'], serveClient: false });
let waiting: Waiting[] = [];

/** Stores a group, then answers and delivers it. */
function commit(group: readonly Waiting[]): void {
  const seqs = store.appendAll(group.map(({ message }) => message));
  const deliveries = new Map<string, Delivery>();
  for (const [index, { socket, message, answer }] of group.entries()) {
    const { room, ...rest } = message;
    const seq = seqs[index] ?? 0;
    answer({ seq, at: message.at });
    const key = commits === 'bundle' ? bundleOf(socket, room) : String(seq);
    const delivery = deliveries.get(key) ?? { socket, room, messages: [] };
    if (delivery.messages.length === 0) deliveries.set(key, delivery);
    delivery.messages.push({ seq, ...rest });
  }
  for (const delivery of deliveries.values()) deliver(delivery);
}

/** Of two people each hears only the other, so that what they say can't go out together. */
function bundleOf(socket: ChatSocket, room: string): string {
  return shape === 'direct' ? `${room} ${socket.id}` : room;
}

/** As Maru does: in a group who speaks hears it, too; between two people the answer is enough. */
function deliver({ socket, room, messages }: Delivery): void {
  const audience = shape === 'direct' ? socket.to(room) : io.to(room);
  audience.emit('messages', room, messages);
}

function commitTick(): void {
  const group = waiting;
  waiting = [];
  commit(group);
}

io.use((socket, next) => {
  const { token } = socket.handshake.auth;
  if (typeof token !== 'string' || !roomsOf.has(token)) return next(new Error('unknown token'));
  socket.data.user = token;
  next();
});
io.on('connection', (socket) => {
  const { user } = socket.data;
  void socket.join(roomsOf.get(user) ?? []);
  socket.on('message', ({ room, clientMessageId, text }, answer) => {
    if (!socket.rooms.has(room)) return answer({ error: 'not-a-member' });
    const message = { room, sender: user, clientMessageId, text, at: Date.now() };
    if (commits === 'message') return commit([{ socket, message, answer }]);
    if (waiting.length === 0) setImmediate(commitTick);
    waiting.push({ socket, message, answer });
  });
});
process.on('SIGTERM', () => process.exit(0));
console.log(JSON.stringify({ port: await listen(io, engine) }));
