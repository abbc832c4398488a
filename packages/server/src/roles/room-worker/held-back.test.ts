import { expect, test } from 'bun:test';
import { content } from '../../core/room/testing/people.ts';
import { createFloor } from '../../main/testing/floor.ts';
import type { Answer } from '../../ports/rooms.ts';

const send = { kind: 'send', content: content('안녕') } as const;
const codeOf = (answer: Answer) => (answer.kind === 'refused' ? answer.error.code : answer.kind);

test('[ORD4] what a device had sent behind a command that is to come again waits for it, whatever it is', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  await a.do(room, { kind: 'set-slow-mode', seconds: 20 });
  await b.send(room, 'first');
  const early = b.command(room, send);
  const behind = b.command(room, { kind: 'remove', user: a.user });
  const others = a.command(room, send);
  const answers = await Promise.all([early, behind, others].map((command) => floor.rooms.submit(command)));
  expect(answers.map(codeOf)).toEqual(['rate-limited', 'busy', 'accepted']);
  floor.clock.advance(20_000);
  const { now } = b.command(room, send);
  expect(codeOf(await floor.rooms.submit({ ...early, now }))).toBe('accepted');
  expect(codeOf(await floor.rooms.submit({ ...behind, now }))).toBe('forbidden');
});

test('[ORD4] once the answer is out the room holds nothing back: the session sees to that', async () => {
  const floor = createFloor();
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  await a.do(room, { kind: 'set-slow-mode', seconds: 20 });
  await b.send(room, 'first');
  expect(codeOf(await b.do(room, send))).toBe('rate-limited');
  expect(codeOf(await b.do(room, { kind: 'remove', user: a.user }))).toBe('forbidden');
});
