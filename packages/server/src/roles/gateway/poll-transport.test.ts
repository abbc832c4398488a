import { afterEach, describe, expect, test } from 'bun:test';
import { closeCodes, limits } from '@maru/protocol';
import { answerPoll, openPair, openPolled } from '../../main/testing/open-polled.ts';
import { PollClient } from '../../main/testing/poll-client.ts';
import {
  HELLO,
  type WiredGateway,
  type WiredOptions,
  wireGateway,
} from '../../main/testing/wired-gateway.ts';
import type { Identity } from '../../ports/credentials.ts';
import { TOKEN_COOKIE } from '../edge/token-from-cookie.ts';

let wired: WiredGateway;

function wire(options: WiredOptions = {}): WiredGateway {
  wired = wireGateway(options);
  return wired;
}

afterEach(() => wired[Symbol.asyncDispose]());

const answer = (request: Request, address: string) => answerPoll(wired, request, address);
// A request's body is read by the runtime, in its own time: some turns of the event loop, and more on a busy machine.
const settled = () => Bun.sleep(25);

async function bearer(identity: Identity): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await wired.people.signIn(identity)}` };
}

const open = (identity: Identity) => openPolled(wired, identity);
const pair = () => openPair(wired);

const texts = (frames: readonly { kind: string }[]) =>
  frames.flatMap((frame) =>
    frame.kind === 'events'
      ? (frame as unknown as { events: { content?: { text: string } }[] }).events.map(
          ({ content }) => content?.text,
        )
      : [],
  );

describe('numbers', () => {
  test('[POLL1] [WIRE7] frames of a number are taken once, however often it comes', async () => {
    wire();
    const { polled, other, room } = await pair();
    const said = wired.people.text(room, '안녕');
    const { n } = await polled.poll();
    const again = { n: n + 1, frames: [said], wait: 10_000 };
    const [one, two] = await Promise.all([polled.poll(again), polled.poll(again)]);
    expect(one.text).toBe(two.text);
    await other.take('events');
    await settled();
    expect(texts(other.frames).filter((text) => text === '안녕')).toEqual(['안녕']);
    expect(polled.session?.length).toBeGreaterThan(40);
  });

  test('[POLL1] a request that has overtaken another waits for it: all frames keep their order', async () => {
    wire();
    const { polled, room } = await pair();
    const { n } = await polled.poll();
    const [first, second] = [wired.people.text(room, 'first'), wired.people.text(room, 'second')];
    const later = polled.poll({ n: n + 2, frames: [second], wait: 10_000 });
    await settled();
    const earlier = polled.poll({ n: n + 1, frames: [first], wait: 10_000 });
    const answered = [await earlier, await later].flatMap(({ frames }) => frames);
    const accepted = answered.filter((frame) => frame.kind === 'accepted');
    expect(accepted.map(({ clientMessageId }) => String(clientMessageId))).toEqual([
      String(first.clientMessageId),
      String(second.clientMessageId),
    ]);
  });

  test('[POLL1] a request whose forerunner never comes is to be made again; one still later is refused', async () => {
    wire();
    const polled = await open(await wired.people.make());
    const { n } = await polled.poll();
    const early = polled.poll({ n: n + 2 });
    expect((await polled.poll({ n: n + 3 })).error).toMatchObject({ code: 'bad-request', field: 'n' });
    await settled();
    wired.clock.advance(10_000);
    expect((await early).error).toMatchObject({ code: 'busy', retryable: true });
    expect((await polled.poll({ n: n + 1 })).n).toBe(n + 1);
    expect((await polled.poll({ n: n + 2 })).n).toBe(n + 2);
  });

  test('[POLL2] the last two answers are given again, to the byte; older ones are gone', async () => {
    wire();
    const { polled, other, room } = await pair();
    const { n } = await polled.poll();
    const answers: string[] = [];
    for (const [i, text] of ['one', 'two', 'three'].entries()) {
      other.say(wired.people.text(room, text));
      const answered = await polled.poll({ n: n + 1 + i, wait: 10_000 });
      expect(texts(answered.frames)).toEqual([text]);
      answers.push(answered.text);
    }
    expect((await polled.poll({ n: n + 2 })).text).toBe(answers[1] ?? '');
    expect((await polled.poll({ n: n + 3 })).text).toBe(answers[2] ?? '');
    expect((await polled.poll({ n: n + 1 })).error).toMatchObject({ code: 'bad-request', field: 'n' });
  });
});

describe('waiting', () => {
  test('[POLL3] wait 0 is answered at once, with what the request itself led to in that moment', async () => {
    wire();
    const polled = await open(await wired.people.make());
    expect((await polled.poll()).frames).toEqual([]);
    const beat = await polled.poll({ frames: [{ kind: 'beat', state: 'active' }] });
    expect(beat.frames.map(({ kind }) => kind)).toEqual(['beat']);
  });

  test('[POLL3] a waiting poll is answered when there is something, all of the tick in one answer', async () => {
    wire();
    const { polled, room, ada, bo } = await pair();
    const { n } = await polled.poll();
    const waiting = polled.poll({ n: n + 1, wait: limits.POLL_WAIT_MS_MAX });
    await settled();
    for (let i = 0; i < 3; i++) {
      wired.live.toUsers([ada.user], JSON.stringify({ kind: 'typing', room, user: bo.user }));
    }
    expect((await waiting).frames).toHaveLength(3);
  });

  test('[POLL3] without anything it is answered when its time is over', async () => {
    wire();
    const polled = await open(await wired.people.make());
    const { n } = await polled.poll();
    let answered = false;
    const waiting = polled.poll({ n: n + 1, wait: 20_000 });
    void waiting.then(() => {
      answered = true;
    });
    await settled();
    wired.clock.advance(19_999);
    await settled();
    expect(answered).toBe(false);
    wired.clock.advance(1);
    expect((await waiting).frames).toEqual([]);
  });

  test('[POLL3] a beat that finds nothing new does not end the wait, and is answered with it', async () => {
    wire();
    const polled = await open(await wired.people.make());
    const beat = { kind: 'beat', state: 'active' };
    const { cursor } = await polled.take('beat', [beat]);
    const { n } = await polled.poll();
    const waiting = polled.poll({ n: n + 1, wait: 20_000, frames: [{ ...beat, cursor }] });
    let answered = false;
    void waiting.then(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    wired.clock.advance(20_000);
    expect((await waiting).frames.map(({ kind }) => kind)).toEqual(['beat']);
  });

  test('[POLL3] a request with a later number ends the one that waits', async () => {
    wire();
    const polled = await open(await wired.people.make());
    const { n } = await polled.poll();
    const waiting = polled.poll({ n: n + 1, wait: 20_000 });
    await settled();
    const speaking = polled.poll({
      n: n + 2,
      frames: [{ kind: 'sync', id: 7, eventsPerRoom: 1 }],
      wait: 20_000,
    });
    expect((await waiting).frames).toEqual([]);
    expect((await speaking).frames).toMatchObject([{ kind: 'synced', id: 7 }]);
  });

  test('[POLL3] publications of big rooms reach polled sessions in their order', async () => {
    wire();
    const ada = await wired.people.make();
    const polled = await open(ada);
    const others = [];
    for (let i = 0; i < 40; i++) others.push(await wired.people.make());
    const [bo] = others;
    if (bo === undefined) throw new Error('nobody');
    const other = await wired.open(bo);
    const room = await wired.people.group(
      other,
      [ada, ...others.slice(1)].map(({ user }) => user),
    );
    await polled.take('room');
    for (let i = 0; i < 5; i++) other.say(wired.people.text(room, `${i}`));
    const seen: unknown[] = [];
    while (seen.length < 5) seen.push(...texts((await polled.poll({ wait: 10_000 })).frames));
    expect(seen).toEqual(['0', '1', '2', '3', '4']);
    other.say({ kind: 'remove', room, clientMessageId: wired.people.nextId(), user: ada.user });
    await other.take('accepted');
    await polled.take('room');
    other.say(wired.people.text(room, 'not for who was removed'));
    await settled();
    expect(texts((await polled.poll()).frames)).toEqual([]);
  });
});

describe('silence', () => {
  test('[POLL4] [SOFT4] a poll is a sign of life; without one for so long the session is over, and offline from then on', async () => {
    wire();
    const ada = await wired.people.make();
    const polled = await open(ada);
    for (let i = 0; i < 5; i++) {
      wired.clock.advance(limits.POLL_SILENCE_MS - 4_000);
      expect((await polled.poll()).error).toBeUndefined();
    }
    expect(wired.live.isConnected(ada.device)).toBe(true);
    expect(wired.gateway.stats()).toMatchObject({ sessions: 1, polled: 1 });
    wired.clock.advance(limits.POLL_SILENCE_MS + 2_000);
    expect(wired.live.isConnected(ada.device)).toBe(false);
    expect((await polled.poll()).error).toMatchObject({ code: 'session-unknown', retryable: false });
    expect(wired.gateway.stats()).toMatchObject({ sessions: 0, polled: 0 });
  });

  test('[WIRE5] a polled session that says no hello in time is closed, and told so', async () => {
    wire();
    const polled = new PollClient(answer);
    const first = await polled.poll();
    expect(first.frames).toEqual([]);
    wired.clock.advance(limits.HELLO_TIMEOUT_MS + 2_000);
    expect((await polled.poll()).closed).toMatchObject({ code: closeCodes.helloTimeout.code });
  });
});

describe('whose session it is', () => {
  test('[POLL5] [WIRE6] it is opened by a token, by a cookie of an allowed origin, or by a ticket in hello', async () => {
    wire();
    const ada = await wired.people.make();
    const token = await wired.people.signIn(ada);
    const cookie = { cookie: `${TOKEN_COOKIE}=${token}` };
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { ...cookie, origin: 'https://chat.example.org' },
    ]) {
      expect(await new PollClient(answer, { headers }).take('welcome', [HELLO])).toMatchObject({
        user: ada.user,
        device: ada.device,
      });
    }
    expect((await open(ada)).session).toBeDefined();
    const nobody = new PollClient(answer);
    expect((await nobody.poll({ frames: [HELLO], wait: 10_000 })).closed?.code).toBe(
      closeCodes.unauthorized.code,
    );
  });

  test('[POLL5] [PRIV10] a cookie of another page opens and polls nothing', async () => {
    wire();
    const token = await wired.people.signIn(await wired.people.make());
    const good = { cookie: `${TOKEN_COOKIE}=${token}`, origin: 'https://chat.example.org' };
    const evil = { ...good, origin: 'https://evil.example' };
    const foreign = await new PollClient(answer, { headers: evil }).poll({ frames: [HELLO] });
    expect([foreign.status, foreign.error?.code]).toEqual([403, 'origin-refused']);
    const polled = new PollClient(answer, { headers: good });
    await polled.take('welcome', [HELLO]);
    expect((await polled.poll({ headers: evil })).error?.code).toBe('origin-refused');
  });

  test('[POLL5] a secret is of no use to another device, nor alone where a token opened the session', async () => {
    wire();
    const [ada, eve] = [await wired.people.make(), await wired.people.make()];
    const byToken = new PollClient(answer, { headers: await bearer(ada) });
    await byToken.take('welcome', [HELLO]);
    const byTicket = await open(ada);
    for (const [stolen, headers] of [
      [byToken.session, await bearer(eve)],
      [byToken.session, {}],
      [byTicket.session, await bearer(eve)],
      [`${byTicket.session}x`, {}],
    ] as const) {
      const thief = new PollClient(answer, { headers });
      thief.session = stolen;
      expect((await thief.poll({ n: 50 })).error?.code).toBe('session-unknown');
    }
    expect((await byToken.poll()).error).toBeUndefined();
    expect((await byTicket.poll()).error).toBeUndefined();
  });
});

describe('the end', () => {
  test('[POLL6] who leaves says so with the last frames, and has left', async () => {
    wire();
    const { ada, polled, room, other } = await pair();
    const { n } = await polled.poll();
    const frames = [wired.people.text(room, 'bye')];
    const body = JSON.stringify({ session: polled.session, n: n + 1, frames, end: true });
    expect((await polled.raw(body)).closed).toBeDefined();
    expect(wired.live.isConnected(ada.device)).toBe(false);
    expect((await polled.poll({ n: n + 2 })).error?.code).toBe('session-unknown');
    let seen: unknown[] = [];
    while (!seen.includes('bye')) seen = texts([await other.take('events')]);
  });

  test('[POLL6] [PRIV9] a device that is signed out is told so at once, and nothing else', async () => {
    wire();
    const { ada, polled, room, other } = await pair();
    other.say(wired.people.text(room, 'read by nobody'));
    await other.take('accepted');
    const { n } = await polled.poll();
    const waiting = polled.poll({ n: n + 1, wait: 20_000 });
    await settled();
    wired.live.signOut([ada.device], 'signed-out');
    expect(await waiting).toMatchObject({ frames: [], closed: { code: closeCodes.signedOut.code } });
    // The answer before it may have got lost; it had a message in it, and is not given again.
    expect(await polled.poll({ n })).toMatchObject({
      frames: [],
      closed: { code: closeCodes.signedOut.code },
    });
    expect((await polled.poll()).closed?.code).toBe(closeCodes.signedOut.code);
  });

  test('[POLL6] [SLOW5] a server that stops answers waiting polls with "come back", and opens no session', async () => {
    wire();
    const polled = await open(await wired.people.make());
    const waiting = polled.poll({ wait: 20_000 });
    await settled();
    await wired.gateway.drain();
    expect((await waiting).closed).toMatchObject({ code: closeCodes.comeBack.code });
    const late = await new PollClient(answer).poll({ frames: [HELLO] });
    expect([late.status, late.error?.code]).toEqual([503, 'draining']);
  });

  test('[POLL7] [SLOW1] who does not fetch what waits is closed as slow, and what waited is let go', async () => {
    wire({ sendQueueBytesSoft: 10_000 });
    const { ada, polled, room, bo } = await pair();
    const frame = JSON.stringify({ kind: 'typing', room, user: bo.user, padding: 'x'.repeat(600) });
    for (let i = 0; i < 9; i++) wired.live.toUsers([ada.user], frame);
    await settled();
    expect((await polled.poll()).frames).toHaveLength(9);
    for (let i = 0; i < 20; i++) wired.live.toUsers([ada.user], frame);
    await settled();
    expect(await polled.poll()).toMatchObject({ frames: [], closed: { code: closeCodes.slow.code } });
  });
});
