import { afterEach, describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { answerPoll, openPair, openPolled } from '../../main/testing/open-polled.ts';
import { PollClient } from '../../main/testing/poll-client.ts';
import { type WiredGateway, type WiredOptions, wireGateway } from '../../main/testing/wired-gateway.ts';
import type { Identity } from '../../ports/credentials.ts';

let wired: WiredGateway;

function wire(options: WiredOptions = {}): WiredGateway {
  wired = wireGateway(options);
  return wired;
}

afterEach(() => wired[Symbol.asyncDispose]());

const answer = (request: Request, address: string) => answerPoll(wired, request, address);
const open = (identity: Identity) => openPolled(wired, identity);
const pair = () => openPair(wired);

describe('limits', () => {
  test('[POLL7] [LIMIT3] a frame of the largest size fits a request, a larger body is refused and harms no session', async () => {
    wire();
    const { polled, room, other } = await pair();
    const empty = { ...wired.people.text(room, ''), padding: '' };
    const padding = 'x'.repeat(limits.FRAME_BYTES_MAX - Buffer.byteLength(JSON.stringify(empty)) - 2);
    const said = { ...empty, content: { type: 'text', text: 'ok' }, padding };
    expect(Buffer.byteLength(JSON.stringify(said))).toBe(limits.FRAME_BYTES_MAX);
    await polled.take('accepted', [said]);
    await other.take('events');
    const { n } = await polled.poll();
    const beyond = await polled.raw(`{"n":${n + 1},"padding":"${'x'.repeat(limits.POLL_BODY_BYTES_MAX)}"}`);
    expect([beyond.status, beyond.error?.code]).toEqual([413, 'frame-too-large']);
    expect((await polled.poll({ n: n + 1 })).error).toBeUndefined();
  });

  test('[POLL7] so many frames in one request, and one more', async () => {
    wire();
    const polled = await open(await wired.people.make());
    const beats = (count: number) => Array.from({ length: count }, () => ({ kind: 'beat', state: 'active' }));
    expect((await polled.poll({ frames: beats(limits.POLL_FRAMES_MAX) })).frames).toHaveLength(
      limits.POLL_FRAMES_MAX,
    );
    const { n } = await polled.poll();
    const beyond = await polled.poll({ n: n + 1, frames: beats(limits.POLL_FRAMES_MAX + 1) });
    expect(beyond.error).toMatchObject({ code: 'too-many', limit: { name: 'POLL_FRAMES_MAX' } });
    expect((await polled.poll({ n: n + 1 })).error).toBeUndefined();
  });

  test('[POLL7] the values of a request are counted before it is parsed, and so is the longest wait', async () => {
    wire();
    const polled = new PollClient(answer);
    const many = `{"n":1,"frames":[{"kind":"x","a":[${'0,'.repeat(limits.POLL_VALUES_MAX)}0]}]}`;
    expect((await polled.raw(many)).error).toMatchObject({ limit: { name: 'POLL_VALUES_MAX' } });
    expect((await polled.poll({ n: 1, wait: limits.POLL_WAIT_MS_MAX + 1 })).error).toMatchObject({
      field: 'wait',
    });
    expect((await polled.raw('{"n":1,')).error?.code).toBe('not-json');
    expect((await polled.poll({ n: 2 })).error).toMatchObject({ field: 'n' });
  });

  test('[POLL7] [LIMIT6] polled sessions count as sockets of their address, and their requests as frames', async () => {
    const plenty = { perSecond: 1e9, burst: 1e9 };
    wire({
      socketRates: { perAddressMax: 2, openings: { perSecond: 1_000, burst: 1_000 } },
      rates: { frames: { perSecond: 10, burst: 5 }, bytes: plenty, refusals: plenty },
    });
    const [ada, bo] = [await wired.people.make(), await wired.people.make()];
    const polled = await open(ada);
    await open(bo);
    expect((await new PollClient(answer).poll()).error).toMatchObject({
      code: 'rate-limited',
      limit: { name: 'SOCKETS_PER_ADDRESS_MAX', value: 2 },
    });
    const { n } = await polled.poll();
    let refused = 0;
    for (let i = 0; i < 10; i++) refused += (await polled.poll({ n })).status === 429 ? 1 : 0;
    expect(refused).toBeGreaterThan(3);
    wired.clock.advance(1_000);
    expect((await polled.poll({ n: n + 1 })).status).toBe(200);
    wired.live.signOut([bo.device], 'signed-out');
    expect((await new PollClient(answer).poll()).error).toBeUndefined();
  });

  test('[POLL8] answers and refusals are neither to be kept nor to be held back on the way', async () => {
    wire();
    const polled = await open(await wired.people.make());
    for (const { headers } of [await polled.poll(), await polled.poll({ n: 99 }), await polled.raw('x')]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-accel-buffering')).toBe('no');
    }
  });
});
