import { describe, expect, test } from 'bun:test';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import type { Effect } from './effect.ts';

const own = message(2, mina.user, 'mine');
const theirs = message(1, jun.user, 'theirs');
const direct = directRoom({ messages: [theirs, own] });
const { room } = direct;
const group = groupRoom('team');
const inDirect = () => new Sitting(fakeWorld([direct, group]));
const inGroup = () => new Sitting(fakeWorld([direct, group], group.room));

describe('people', () => {
  test('[PEOPLE4] a name and a status are changed, if they may be so', () => {
    const sitting = inDirect().writes('/name 미나 김').does('enter').writes('/상태 기차 안').does('enter');
    sitting.writes('/status').does('enter');
    expect(sitting.effects).toEqual([
      { kind: 'profile', change: { name: '미나 김' } },
      { kind: 'profile', change: { status: '기차 안' } },
      { kind: 'profile', change: { status: '' } },
    ]);
    const wrong = inDirect().writes('/name').does('enter');
    expect([wrong.effects, wrong.ui.notice?.text]).toEqual([[], 'Write it like this: /name NAME']);
    expect(
      inDirect()
        .writes(`/status ${'x'.repeat(101)}`)
        .does('enter').effects,
    ).toEqual([]);
  });

  test('[REPORT1] a message is reported once that was confirmed: what its text is for is said before', () => {
    const sitting = inDirect().writes('/report spam the third time').does('enter');
    expect(sitting.effects).toEqual([]);
    expect(sitting.ui.confirm?.question).toBe('Report “theirs” of 준? The administrators can read it then.');
    sitting.does('enter');
    const report = { kind: 'report', user: jun.user, room, seq: theirs.seq };
    expect(sitting.effects).toEqual([{ ...report, reason: 'spam', note: 'the third time' }] as Effect[]);
    expect(inDirect().writes('/report spam').does('enter', 'escape').effects).toEqual([]);
  });

  test('[REPORT1] a reason may be left out or be Korean; of a room without a message the person is reported', () => {
    const note = inDirect().writes('/report 계속 이래요').does('enter', 'enter');
    expect(note.effects).toMatchObject([{ reason: 'other', note: '계속 이래요' }]);
    const korean = inDirect().writes('/신고 욕설').does('enter', 'enter');
    expect(korean.effects).toMatchObject([{ reason: 'abuse', note: '' }]);
    const silent = new Sitting(fakeWorld([directRoom()])).writes('/report threat').does('enter');
    expect(silent.ui.confirm?.question).toBe('Report 준 to the administrators?');
    expect(silent.does('enter').effects).toEqual([
      { kind: 'report', user: jun.user, room, reason: 'threat', note: '' },
    ]);
    const nobody = inGroup().writes('/report spam').does('enter');
    expect([nobody.effects, nobody.ui.notice?.text]).toEqual([[], 'There is nobody to report here.']);
  });
});
