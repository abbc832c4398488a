import { expect, test } from 'bun:test';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';

const said = (seq: number, folded: boolean) => message(seq, jun.user, `rude ${seq}`, { folded });

test('[REL14] a search finds nothing that is folded away, and says so where that is all there is', () => {
  const room = groupRoom('team', { messages: [said(1, true), said(2, false), said(3, true)] });
  const found = new Sitting(fakeWorld([room])).writes('/search rude').does('enter');
  expect(found.ui).toMatchObject({ selected: 'm2', search: { at: 1, count: 1 } });
  expect(found.does('up', 'up').ui).toMatchObject({ selected: 'm2', search: { at: 1, count: 1 } });
  const alone = groupRoom('team', { messages: [said(1, true), message(2, mina.user, 'hello')] });
  const { ui } = new Sitting(fakeWorld([alone])).writes('/search rude').does('enter');
  expect([ui.selected, ui.search, ui.notice?.tone]).toEqual([undefined, undefined, 'warning']);
});

test('a search finds a text whatever its case, its width and how its syllables are put together', () => {
  const messages = [
    message(1, jun.user, 'ＡＰＰＬＥ'),
    message(2, mina.user, '\u1112\u1161\u11ab\u1100\u1173\u11af'),
  ];
  for (const [query, key] of [
    ['apple', 'm1'],
    ['한글', 'm2'],
  ] as const) {
    const sitting = new Sitting(fakeWorld([directRoom({ messages })]));
    expect(sitting.writes(`/search ${query}`).does('enter').ui.selected).toBe(key);
  }
});
