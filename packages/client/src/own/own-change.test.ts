import { describe, expect, test } from 'bun:test';
import { type Folder, type HiddenSpans, hiddenSpans, limits, type Seq } from '@maru/protocol';
import fc from 'fast-check';
import { ROOM } from '../testing/fixtures.ts';
import { isIn, spansOf, spansWith } from './hidden-spans.ts';
import { changed, joined, type OwnChange } from './own-change.ts';

const seq = fc.integer({ min: 1, max: 60 }).map((n) => n as Seq);
const span = fc
  .tuple(seq, fc.nat({ max: 4 }))
  .map(([from, more]): [Seq, Seq] => [from, (from + more) as Seq]);
const mute = fc.record({ until: fc.oneof(fc.nat(), fc.constant('ever' as const)), mentions: fc.boolean() });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(null));
const changesOf: Readonly<Record<OwnChange['kind'], fc.Arbitrary<OwnChange>>> = {
  room: fc.record({
    kind: fc.constant('room'),
    patch: fc.record(
      { mute: orNull(mute), archived: orNull(fc.nat()), pinned: orNull(fc.integer()) },
      { requiredKeys: [] },
    ),
  }),
  draft: fc.record({
    kind: fc.constant('draft'),
    draft: fc.oneof(fc.record({ text: fc.string() }), fc.constant(undefined)),
  }),
  hidden: fc.record({
    kind: fc.constant('hidden'),
    spans: fc.array(span, { minLength: 1, maxLength: 5 }).map((spans) => spansWith([], spans)),
  }),
  stars: fc.record({
    kind: fc.constant('stars'),
    marks: fc
      .array(fc.tuple(seq, fc.boolean()), { maxLength: 5 })
      .map((marks) => Object.fromEntries(marks) as Record<number, boolean>),
  }),
  folders: fc.record({
    kind: fc.constant('folders'),
    folders: fc.dictionary(
      fc.constantFrom('가족', 'work', '__proto__'),
      fc.record({
        removed: fc.boolean(),
        rooms: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.boolean()),
      }),
    ),
  }),
  'quick-replies': fc.record({
    kind: fc.constant('quick-replies'),
    texts: fc.dictionary(fc.constantFrom('a', '나', '__proto__'), orNull(fc.string({ minLength: 1 }))),
  }),
};

/** A folder that is emptied and filled again before the server hears of it keeps its place: where it stands is soft. */
function placed(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.toSorted((a, b) => (a?.name < b?.name ? -1 : a?.name > b?.name ? 1 : 0));
}

describe.each(Object.keys(changesOf) as OwnChange['kind'][])('[OWN9] changes of %s', (kind) => {
  const change = changesOf[kind];
  const base = fc.array(change, { maxLength: 4 }).map((made) => made.reduce(changed, undefined as unknown));

  test('done twice are as done once', () => {
    fc.assert(
      fc.property(base, change, (value, one) => {
        expect(changed(changed(value, one), one)).toEqual(changed(value, one));
      }),
    );
  });

  test('joined do what they do one after the other, over any value', () => {
    fc.assert(
      fc.property(base, change, change, (value, one, two) => {
        const inTurn = changed(changed(value, one), two);
        expect(placed(changed(value, joined(one, two)))).toEqual(placed(inTurn));
      }),
    );
  });
});

test('[OWN9] what another device changed of a room stays, also what only a later version knows', () => {
  const base = { archived: 3, colour: 'blue' };
  const change: OwnChange = { kind: 'room', patch: { archived: null, pinned: 1 } };
  expect(changed(base, change)).toEqual({ colour: 'blue', pinned: 1 });
});

test('folders stand as they were put, new ones and those of other devices behind them', () => {
  const make = (name: string): OwnChange => {
    return { kind: 'folders', folders: { [name]: { removed: false, rooms: { [ROOM]: true } } } };
  };
  const names = (value: unknown) => (value as Folder[]).map(({ name }) => name);
  const base = ['work', '가족', 'club'].map(make).reduce(changed, undefined as unknown);
  expect(names(base)).toEqual(['work', '가족', 'club']);
  const order: OwnChange = { kind: 'folders', folders: {}, order: ['club', 'work', '가족'] };
  expect(names(changed(base, order))).toEqual(['club', 'work', '가족']);
  const more = joined(order, make('new'));
  expect(names(changed(changed(base, make('elsewhere')), more))).toEqual([
    'club',
    'work',
    '가족',
    'elsewhere',
    'new',
  ]);
});

test('of too many stars the newest messages stay', () => {
  const marks = Object.fromEntries(Array.from({ length: limits.STARS_MAX + 2 }, (_, i) => [i + 1, true]));
  const stars = changed(undefined, { kind: 'stars', marks }) as Seq[];
  expect(stars).toHaveLength(limits.STARS_MAX);
  expect(stars[0] as number).toBe(3);
});

describe('[OWN7] spans of hidden messages', () => {
  test('hold all numbers that were hidden, and no others', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), fc.array(span), (some, more) => {
        const spans = spansWith(spansWith([], some), more);
        expect(hiddenSpans.safeParse(spans).success).toBe(true);
        for (let n = 1; n <= 70; n++) {
          const wanted = [...some, ...more].some(([from, to]) => n >= from && n <= to);
          expect([n, isIn(spans, n)]).toEqual([n, wanted]);
        }
      }),
    );
  });

  test('of too many the oldest become one', () => {
    const numbers = Array.from({ length: limits.HIDDEN_SPANS_MAX + 2 }, (_, i) => (2 * i + 1) as Seq);
    const spans: HiddenSpans = spansOf(numbers);
    expect(spans).toHaveLength(limits.HIDDEN_SPANS_MAX);
    expect(spans[0] as number[]).toEqual([1, 5]);
    expect(spans[1] as number[]).toEqual([7, 7]);
    expect(numbers.every((n) => isIn(spans, n))).toBe(true);
    expect(hiddenSpans.safeParse(spans).success).toBe(true);
    expect(spansOf(numbers.slice(2))).toHaveLength(limits.HIDDEN_SPANS_MAX);
  });
});
