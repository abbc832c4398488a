import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DownFrame, SUBPROTOCOL, type UpFrame } from '@maru/protocol';
import { at, entry, events, message, messages, synced, welcome } from '../testing/fixtures.ts';
import { NODE } from '../testing/node-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'maru-client-node-'));
const script = path.join(folder, 'node-script.mjs');

/** Answers as a server would: one room with one message, and another one after what the client says. */
function answer(frame: UpFrame): DownFrame[] {
  if (frame.kind === 'hello') return [welcome()];
  if (frame.kind === 'sync') return [synced(frame.id, [entry(messages(1, 1))])];
  if (frame.kind !== 'send') return [];
  const { room, clientMessageId } = frame;
  return [{ kind: 'accepted', room, clientMessageId, seq: at(2), at: 5_000 }, events([message(3)])];
}

const protocols: (string | null)[] = [];
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, bun) {
    if (request.url.endsWith('/v1/gateway')) {
      const url = `ws://127.0.0.1:${bun.port}/v1/socket`;
      return Response.json({ url, ticket: 'a-ticket', expiresAt: Date.now() + 60_000 });
    }
    protocols.push(request.headers.get('sec-websocket-protocol'));
    const headers = { 'sec-websocket-protocol': SUBPROTOCOL };
    return bun.upgrade(request, { headers }) ? undefined : new Response('no', { status: 400 });
  },
  websocket: {
    message(socket, text) {
      for (const frame of answer(JSON.parse(String(text)) as UpFrame)) socket.send(JSON.stringify(frame));
    },
  },
});

beforeAll(async () => {
  const built = await Bun.build({
    entrypoints: [path.join(import.meta.dir, '../testing/node-script.ts')],
    target: 'node',
    outdir: folder,
    naming: 'node-script.mjs',
  });
  expect(built.logs).toEqual([]);
});

afterAll(async () => {
  await server.stop(true);
  rmSync(folder, { recursive: true, force: true });
});

for (const carrier of ['ws', 'own']) {
  test(`the SDK runs in Node, over ${carrier === 'ws' ? '`ws`' : "Node's WebSocket or, on Node 20, `ws`"}`, async () => {
    const run = Bun.spawn([NODE, script, server.url.origin, carrier], { stdout: 'pipe', stderr: 'pipe' });
    const [out, err] = await Promise.all([new Response(run.stdout).text(), new Response(run.stderr).text()]);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      outcome: { kind: 'accepted', seq: 2 },
      seen: ['message 1', 'from Node', 'message 3'],
    });
    expect(await run.exited).toBe(0);
    expect(protocols.at(-1)).toBe(SUBPROTOCOL);
  });
}
