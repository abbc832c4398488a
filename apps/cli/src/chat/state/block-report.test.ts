import { describe, expect, test } from 'bun:test';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import type { Effect } from './effect.ts';

const theirs = message(1, jun.user, 'Buy now!');
const own = message(2, mina.user, 'mine');
const direct = directRoom({ messages: [theirs, own] });
const { room } = direct;
const user = jun.user;
const block = { kind: 'relate', act: 'block' } as const;
const written = (line: string, world = fakeWorld([direct])) =>
  new Sitting(world).writes(line).does('escape', 'enter');

describe('[REPORT6] a block with a report', () => {
  test('is asked about once, with the words that the administrators will read, and is one command', () => {
    const asked = written('/block --report spam the third time');
    expect(asked.effects).toEqual([]);
    expect(asked.ui.confirm?.question).toBe(
      'Block 준, and report “Buy now!”? The administrators can read it then.',
    );
    const report = { reason: 'spam', note: 'the third time', room, seq: theirs.seq, include: true };
    expect(asked.does('enter').effects).toEqual([{ ...block, user, report }] as Effect[]);
    expect(written('/block --report spam').does('escape').effects).toEqual([]);
  });

  test.each([
    ['/차단 --신고 욕설', { reason: 'abuse' }],
    ['/block --report', { reason: 'other' }],
    ['/block --report keeps asking', { reason: 'other', note: 'keeps asking' }],
  ])('may be Korean, and have no reason: %s', (line, said) => {
    const [effect] = written(line).does('enter').effects;
    expect(effect).toEqual({
      ...block,
      user,
      report: { ...said, room, seq: theirs.seq, include: true },
    } as never);
  });

  test('is of who is named without a message, and of a chosen message in a group', () => {
    expect(written('/block @jun --report threat').does('enter').effects).toEqual([
      { ...block, handle: 'jun', report: { reason: 'threat' } },
    ]);
    const group = groupRoom('team', { messages: [theirs, own] });
    const sitting = new Sitting(fakeWorld([group]));
    sitting.ui = { ...sitting.ui, selected: theirs.key };
    const report = { reason: 'spam', room: group.room, seq: theirs.seq, include: true };
    expect(sitting.writes('/block --report spam').does('enter', 'enter').effects).toEqual([
      { ...block, user, report },
    ] as Effect[]);
  });

  test('of a request has what that says, and of a room without a word the person alone', () => {
    const note = { type: 'text', text: 'Hot deals' } as const;
    const asking = directRoom({ relation: { state: 'requested-by-them', seq: 1, note, pending: false } });
    const asked = written('/block --report spam', fakeWorld([asking]));
    expect(asked.ui.confirm?.question).toContain('“Hot deals”');
    expect(asked.does('enter').effects).toMatchObject([
      { report: { room: asking.room, seq: 1, include: true } },
    ]);
    const silent = written('/block --report spam', fakeWorld([directRoom()]));
    expect(silent.ui.confirm?.question).toBe('Block 준, and report them to the administrators?');
    expect(silent.does('enter').effects).toEqual([{ ...block, user, report: { reason: 'spam', room } }]);
  });

  test('without it is a block alone, and a note that is too long is none', () => {
    expect(written('/block').does('enter').effects).toEqual([{ ...block, user }]);
    const long = written(`/block --report ${'x'.repeat(1_001)}`);
    expect([long.effects, long.ui.confirm, long.ui.notice?.tone]).toEqual([[], undefined, 'warning']);
  });
});
