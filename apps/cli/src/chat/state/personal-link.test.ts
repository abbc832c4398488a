import { describe, expect, test } from 'bun:test';
import { fakeWorld, groupRoom } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import type { Effect } from './effect.ts';

const CODE = '01h455vb4pex5vsknk084sn02x';
const LINK = `https://chat.example.org/#user=${CODE}`;
const team = groupRoom('team');
const sitting = () => new Sitting(fakeWorld([team]));
// Escape: what is offered is not taken.
const written = (line: string) => sitting().writes(line).does('escape', 'enter');

describe('a personal link', () => {
  test('[FIND1] is shown by a command, and asked about before others notice', () => {
    expect(written('/mylink').effects).toEqual([{ kind: 'my-link', act: 'show' }]);
    for (const [line, act] of [
      ['/mylink renew', 'renew'],
      ['/내링크 새로', 'renew'],
      ['/mylink revoke', 'revoke'],
    ] as const) {
      const asked = written(line);
      expect([asked.effects, asked.ui.confirm?.question.endsWith('then.')]).toEqual([[], true]);
      expect(asked.does('enter').effects).toEqual([{ kind: 'my-link', act }]);
    }
    expect(written('/mylink please').ui.notice?.text).toContain('/mylink [renew|revoke]');
  });

  test.each([
    [`/add ${LINK}`, undefined],
    [`/초대 ${LINK}`, undefined],
    [`/request ${LINK} We met.`, 'We met.'],
  ])('[FIND3] asks its owner to be a contact: %s', (line, note) => {
    const effect = { kind: 'relate', act: 'request', code: CODE, ...(note !== undefined && { note }) };
    expect(written(line).effects).toEqual([effect as Effect]);
  });

  test.each([
    [`/add https://chat.exam\nple.org/#us\ner=${CODE.slice(0, 9)}\n${CODE.slice(9)}`, undefined],
    [`/add https://chat.example.org/#user=${CODE.slice(0, 9)} ${CODE.slice(9)} We met.`, 'We met.'],
  ])('is put together where it was copied from several rows: %j', (line, note) => {
    const effect = { kind: 'relate', act: 'request', code: CODE, ...(note !== undefined && { note }) };
    const pasted = sitting().does({ kind: 'paste', text: line }).does('escape', 'enter');
    expect(pasted.effects).toEqual([effect as Effect]);
  });

  test.each([`/add ${LINK.slice(0, 44)}`, '/request https://chat.example.or'])(
    'is said to be cut: %s',
    (line) => {
      const sat = written(line);
      expect([sat.effects, sat.ui.notice?.text]).toEqual([[], sat.world.texts.myLinkIncomplete]);
    },
  );

  test('[FIND3] asks also from a group into which the user may bring nobody, and its code alone is a handle', () => {
    const closed = { ...team, can: { ...team.can, add: false } };
    const there = new Sitting(fakeWorld([closed])).writes(`/add ${LINK}`).does('escape', 'enter');
    expect(there.effects).toMatchObject([{ kind: 'relate', code: CODE }]);
    expect(written(`/request ${CODE}`).effects).toEqual([{ kind: 'relate', act: 'request', handle: CODE }]);
    expect(written('/request https://chat.example.org/#user=short').ui.notice?.tone).toBe('warning');
  });
});
