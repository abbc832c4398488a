import { expect, test } from 'bun:test';
import { figureOf, rowsOf } from './compare-with-peer.ts';

const same = (value: number) => value;
const compared = {
  maru: [5, 7, 6],
  peer: new Map([
    ['tick', [2, 4, 3]],
    ['message', [1, 1, 9]],
    ['bundle', [8, 8, 8]],
  ] as const),
};

test("the peer's figure is the median of its best usual variant; the note says what the others have", () => {
  const more = figureOf(compared, same, 'more', '/s');
  expect(more).toEqual({
    maru: 6,
    peer: 3,
    variant: 'tick',
    ceiling: 8,
    note: "the peer's best is tick; with message it has 1 /s",
  });
  expect(figureOf(compared, same, 'less', 'ms')).toMatchObject({ peer: 1, variant: 'message', ceiling: 8 });
});

test('the target stands on the row of the usual, and the ceiling on one that nobody judges', () => {
  const figure = figureOf(compared, same, 'more', '/s');
  expect(rowsOf(figure, 'sends', '/s', { atLeast: figure.peer })).toEqual([
    { metric: 'sends', value: 6, unit: '/s', atLeast: 3, reference: 3, note: figure.note },
    { metric: 'sends, beside bundle', value: 6, unit: '/s', reference: 8 },
  ]);
});

test('one variant has nothing beside it', () => {
  const alone = figureOf({ maru: [2], peer: new Map([['tick', [3]]] as const) }, same, 'more', '/s');
  expect(alone.note).toBe("the peer's best is tick");
  expect(rowsOf(alone, 'sends', '/s', {})).toHaveLength(1);
});
