/**
 * The bare publisher, reference of `fan-out`: whatever is sent, a fixed frame of the given size goes to everybody in
 * the room by one publication of uWebSockets. Nothing is read, stored or checked.
 * Run: bun bare-publish.ts PLAN PORT FRAME_BYTES
 */
import { readPlan } from '../load/plan.ts';

const [file = '', port = '0', bytes = '0'] = process.argv.slice(2);
const plan = readPlan(file);
const roomOf = new Map<string, string>();
for (const { room, sender, receiver } of plan.rooms) {
  for (const token of plan.tokens.slice(sender, receiver + 1)) roomOf.set(token, room);
}
const head =
  '{"kind":"events","room":"room_00000000000000000000000000","events":[{"clientMessageId":"00000000-0000-7000-8000-000000000000","content":"';
const frame = `${head.padEnd(Number(bytes) - 4, 'x')}"}]}`;

const server = Bun.serve<{ room: string }>({
  hostname: '127.0.0.1',
  port: Number(port),
  fetch(request, server) {
    const room = roomOf.get(request.headers.get('authorization')?.slice('Bearer '.length) ?? '');
    if (room === undefined) return new Response('unknown token', { status: 401 });
    return server.upgrade(request, { data: { room } })
      ? undefined
      : new Response('a socket', { status: 426 });
  },
  websocket: {
    open: (socket) => {
      socket.subscribe(socket.data.room);
    },
    message: (socket, text) => {
      if (text.includes('"kind":"send"')) server.publish(socket.data.room, frame);
      else if (text.includes('"kind":"hello"')) socket.sendText('{"kind":"welcome","cursor":"0"}');
      else if (text.includes('"kind":"beat"')) {
        socket.sendText('{"kind":"beat","cursor":"0","changed":[],"sync":false}');
      }
    },
  },
});
console.log(JSON.stringify({ port: server.port }));
