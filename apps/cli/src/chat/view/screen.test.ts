import { describe, expect, test } from 'bun:test';
import type { Scheduled } from '@maru/client';
import { NO_FACTS, newUserId, powersOf, refusal, type ScheduledId, type Seq } from '@maru/protocol';
import * as fc from 'fast-check';
import { withText } from '../composer/composer.ts';
import { Announcer } from '../lines/announcer.ts';
import { initialUi, type Ui } from '../state/ui.ts';
import type { World } from '../state/world.ts';
import { directRoom, fakeWorld, groupRoom, jun, message, mina, NOW } from '../testing/fake-world.ts';
import { screenOf } from './screen.ts';
import { lineWidth } from './span.ts';

function show(world: World, more: Partial<Ui> = {}, columns = 72, rows = 16) {
  const ui: Ui = { ...initialUi(columns, rows, true), room: world.room?.room, listOnly: false, ...more };
  return screenOf(ui, world);
}

/** The screen as text, without the spaces at the ends of its rows. */
function picture(...given: Parameters<typeof show>): string {
  const { rows } = show(...given);
  return rows
    .map((row) =>
      row
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

const yesterday = NOW - 86_400_000;
const conversation = directRoom({
  memberCount: 2,
  read: 2,
  presence: { present: 1, users: [{ user: jun.user, state: 'active' }], live: true },
  typing: [jun.user],
  messages: [
    message(1, mina.user, '안녕, 준! 👨‍👩‍👧‍👦', { at: yesterday, state: 'read' }),
    message(2, mina.user, 'a second line', { at: yesterday, state: 'delivered' }),
    message(3, jun.user, 'one\ntwo', { edited: true }),
    message(4, mina.user, 'on its way', { state: 'pending', seq: undefined }),
  ],
});

const MARKET = { type: 'text', text: 'We met at the market, remember?' } as const;
const asking = directRoom({
  relation: { state: 'requested-by-them', seq: 1, note: MARKET, pending: false },
  messages: [
    message(1, jun.user, '', {
      kind: 'related',
      content: MARKET,
      change: { type: 'related', act: 'request' },
    }),
  ],
});
const team = groupRoom('team', {
  messages: [
    message(1, jun.user, 'one\ntwo', { folded: true, edited: true }),
    message(2, mina.user, 'three'),
    message(3, jun.user, 'four', { folded: true }),
  ],
});

test('[CHANNEL1] a channel has a sign of its own, and says where it is only to be read', () => {
  const news = groupRoom('the news', {
    ...{ roomKind: 'channel', memberCount: 70_000, role: 'member', members: undefined },
    facts: { description: 'What is new' },
    can: powersOf({ roomKind: 'channel', facts: NO_FACTS, creator: jun.user }, undefined),
    messages: [message(1, jun.user, 'first')],
  });
  const shown = picture(fakeWorld([news, team]), {}, 84, 10);
  expect(shown).toContain('\n » the news            │');
  expect(shown).toContain('» the news  70000 members · What is new');
  expect(shown).toContain('> You may read here, and not write.');
  expect(picture(fakeWorld([team, news]), {}, 84, 10)).toContain('> Write a message…');
});

describe('what two people are to each other', () => {
  test('a request has a place of its own in the list, and a line that says what may be done', () => {
    const world = { ...fakeWorld([team, asking], asking.room), requests: 1 };
    expect(picture(world, {}, 84, 10)).toBe(
      [
        ' Rooms           @mina │ 준 @jun · 휴가 중                                 ● online',
        '───────────────────────│─ 준 asks · /accept · /refuse · /block [--report] ──────────',
        ' # team                │',
        '───── Requests 1 ──────│',
        ' · 준                  │────────────────────────── Today ───────────────────────────',
        '                       │ 09:14 · 준 asked to be contacts: We met at the market,',
        '                       │ remember?',
        '                       │────────────────────────────────────────────────────────────',
        '                       │> Write a message…',
        '                       │ Enter sends · Alt+Enter new line · Alt+↑↓ rooms · /help',
      ].join('\n'),
    );
    expect(picture(world, {}, 90, 10)).toContain('/block [--report] · “We met');
    expect(picture(world, {}, 40, 8).split('\n')[1]).toBe('─ 준 asks · /accept · /refuse · /block ─');
  });

  test('messages of whom one blocks are a line each, until one is chosen', () => {
    const world = fakeWorld([team]);
    expect(picture(world, { selected: 'm1' }, 40, 12)).toContain('▌one\n▌two\n▌(edited)');
    const folded = picture(world, {}, 40, 12);
    expect(folded).not.toContain('one');
    expect(folded.match(/\(of somebody you block\)/g)).toHaveLength(2);
    expect(folded).not.toContain('(edited)');
  });

  test('[REL14] their words are in no quote, no pin and no line that is read aloud', () => {
    const rude = { kind: 'message', sender: jun.user, text: 'RUDE', type: 'text', folded: true } as const;
    const quote = { ...rude, seq: 3 as Seq };
    const answer = message(900, mina.user, 'an answer', { quote });
    const room = groupRoom('team', { messages: [answer], pins: [quote] });
    const world = fakeWorld([room]);
    const screen = picture(world, {}, 60, 12);
    expect(screen).not.toContain('RUDE');
    expect(screen.match(/준: \(of somebody you block\)/g)).toHaveLength(2);
    const aloud = new Announcer().news({ ...initialUi(80, 24, false), room: room.room }, world);
    expect(aloud.join()).toContain('of somebody you block');
    expect(aloud.join()).not.toContain('RUDE');
  });

  test.each([
    ['requested-by-me', false, 'You asked 준 to be contacts'],
    ['blocked', false, 'You block 준 · /unblock'],
    ['open', true, "준 can't be written to"],
  ] as const)('a room that is %s says so', (state, unavailable, words) => {
    const world = fakeWorld([directRoom({ relation: { state, seq: 1, pending: false }, unavailable })]);
    expect(picture(world, {}, 100, 10).split('\n')[1]).toContain(words);
  });

  test('what was refused and is seen nowhere else is told below', () => {
    const world = fakeWorld([conversation]);
    const command = { kind: 'relate', act: 'unblock', basedOn: 1 } as const;
    const room = { room: conversation.room, clientMessageId: 'x' as never };
    const error = refusal('relation-changed', 'Changed.');
    const letter = { ...room, command: { ...room, ...command }, error, createdAt: 0 };
    expect(picture({ ...world, deadLetters: [letter] })).toEndWith('Something was refused: /failed');
    const message = { ...letter, command: { ...room, kind: 'send', content: MARKET } } as never;
    expect(picture({ ...world, deadLetters: [message] })).not.toContain('/failed');
  });
});

describe('the screen', () => {
  test('shows rooms, messages and how far they are', () => {
    const world = fakeWorld([conversation, groupRoom('우리 팀', { unreadCount: 1_000 })]);
    expect(picture(world, { divider: 2 }, 72, 17)).toBe(
      [
        ' Rooms        @mina │ 준 @jun  ● active · 휴가 중              ● online',
        '────────────────────│───────────────────────────────────────────────────',
        ' ● 준               │──────────────────── Yesterday ────────────────────',
        ' # 우리 팀     999+ │ Mina  09:14',
        '                    │ 안녕, 준! 👨‍👩‍👧‍👦                              read ✓✓',
        '                    │ a second line                                  ✓✓',
        '                    │────────────────────── Today ──────────────────────',
        '                    │──────────────── Unread from here ─────────────────',
        '                    │ 준  09:14',
        '                    │ one',
        '                    │ two',
        '                    │ (edited)',
        '                    │ Mina  09:14',
        '                    │ on its way                                     …',
        '                    │─ 준 is typing… ───────────────────────────────────',
        '                    │> Write a message…',
        '                    │ Enter sends · Alt+Enter new line · Alt+↑↓ rooms',
      ].join('\n'),
    );
  });

  test('says how long messages stay, which will vanish, and where one was', () => {
    const messages = [
      message(1, jun.user, 'soon gone', { expiresAfter: 3_600 }),
      message(2, jun.user, '', { content: undefined, expired: true, expiresAfter: 3_600 }),
      message(3, mina.user, 'mine', { expiresAfter: 60, state: 'sent' }),
      message(4, jun.user, '', {
        ...{ kind: 'timer-set', content: undefined },
        change: { type: 'timer-set', seconds: 3_600 },
      }),
    ];
    const shown = picture(fakeWorld([directRoom({ messages, facts: { expiresAfter: 3_600 } })]));
    expect(shown).toContain('준 @jun · 휴가 중  ⏱ 1h');
    const rows = shown.split('\n');
    const row = (text: string) => rows.find((each) => each.includes(text)) ?? '';
    expect(row('soon gone')).toMatch(/soon gone +⏱$/);
    expect(row('expired')).not.toContain('⏱');
    expect(row('mine')).toMatch(/mine +⏱ ✓$/);
    expect(row('vanish')).toContain('준 lets messages vanish after 1h');
  });

  test('says what is to be sent later, and what could not be', () => {
    const room = directRoom();
    const item: Scheduled = {
      ...{ scheduled: 'scheduled_1' as ScheduledId, room: room.room, at: NOW + 3_600_000, state: 'waiting' },
      content: { type: 'text', text: 'later' },
    };
    const world = (...scheduled: Scheduled[]) => ({ ...fakeWorld([room]), scheduled });
    expect(picture(world(item, item))).toContain('2 later');
    expect(picture(world(item, { ...item, state: 'failed', error: 'not-found' }))).toContain(
      '1 not sent: /scheduled',
    );
  });

  test('[TEXT5] marks rooms with messages that name the user', () => {
    const world = fakeWorld([
      groupRoom('우리 팀', { unreadCount: 12, mentionCount: 3 }),
      groupRoom('a room with a long name', { unreadCount: 1_000, mentionCount: 100 }),
    ]);
    const [, , first, second] = picture(world).split('\n');
    expect(first).toStartWith(' # 우리 팀    @3 12 │');
    expect(second).toStartWith(' # a roo… @99+ 999+ │');
  });

  test('[TEXT1] shows nobody to be named who is not in the room', () => {
    const said = (user: typeof jun.user) => ({
      content: {
        type: 'text' as const,
        text: '@jun',
        entities: [{ type: 'mention' as const, offset: 0, length: 4, user }],
      },
    });
    const fontOf = (user: typeof jun.user) => {
      const room = groupRoom('team', { messages: [message(1, mina.user, '', said(user))] });
      return show(fakeWorld([room]))
        .rows.flat()
        .find(({ text }) => text === '@jun')?.font;
    };
    expect(fontOf(jun.user)).toEqual({ bold: true });
    expect(fontOf(newUserId())).toBeUndefined();
  });

  test('says until when a message waits for slow mode', () => {
    const waiting = { for: 'slow-mode', until: new Date(2026, 10, 25, 9, 14, 29, 1).getTime() } as const;
    const late = message(2, mina.user, 'not so fast', { seq: undefined, state: 'pending', waiting });
    const team = groupRoom('team', { messages: [message(1, mina.user, 'first'), late] });
    expect(picture(fakeWorld([team]), {}, 90, 12)).toMatch(
      /not so fast\n.*slow mode: waits until 09:14:30, and goes by itself +…/,
    );
  });

  test('is one of the two where there is no room for both', () => {
    const world = fakeWorld([conversation]);
    expect(picture(world, {}, 40, 12)).toContain('on its way');
    expect(picture(world, {}, 40, 12)).not.toContain('Rooms');
    expect(picture(world, { listOnly: true }, 40, 12)).toContain('Rooms');
    expect(picture(world, {}, 10, 4).trim()).toBe('Too small');
  });

  test('keeps the row of the cursor in a long text', () => {
    const text = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n');
    const { rows, cursor } = show(fakeWorld([conversation]), { composer: withText(text) });
    const row = rows[cursor?.row ?? 0]?.map((span) => span.text).join('') ?? '';
    expect(row).toContain('line 19');
    expect(row.slice(0, cursor?.column)).toEndWith('line 19');
  });

  test('says where a click would go', () => {
    const { regions } = show(fakeWorld([conversation]));
    expect(regions.find(({ target }) => target.kind === 'room')).toMatchObject({ row: 2, from: 0, to: 20 });
    expect(regions.findLast(({ target }) => target.kind === 'message')).toMatchObject({
      target: { kind: 'message', key: 'm4' },
    });
  });
});

test('every row is as wide as the screen, whatever people write and are called', async () => {
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '한글',
      '漢',
      '👨‍👩‍👧‍👦',
      '🇰🇷',
      'e\u0301',
      '\n',
      '\t',
      '\x1b[2J',
      '\u202e',
      'سلام',
      '●',
      '\u200b',
    ),
    maxLength: 60,
  });
  await fc.assert(
    fc.property(
      fc.array(text, { maxLength: 6 }),
      text,
      fc.integer({ min: 16, max: 120 }),
      fc.integer({ min: 6, max: 30 }),
      (texts, name, columns, rows) => {
        const messages = texts.map((each, index) => message(index + 1, jun.user, each || 'x'));
        const world = fakeWorld([groupRoom(name, { messages }), conversation]);
        const screen = show(world, { composer: withText(texts[0] ?? '') }, columns, rows);
        expect(screen.rows).toHaveLength(rows);
        for (const row of screen.rows) {
          expect(lineWidth(row)).toBe(columns);
          expect(row.map((span) => span.text).join('')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        }
        expect(screen.cursor?.column ?? 0).toBeLessThan(columns);
      },
    ),
  );
});
