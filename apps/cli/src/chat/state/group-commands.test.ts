import { describe, expect, test } from 'bun:test';
import { directRoom, fakeWorld, groupRoom } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';

const team = groupRoom('team');
const { room } = team;
const at = (given = team) => new Sitting(fakeWorld([given]));
// Escape: what is offered is not taken.
const written = (line: string, given = team) => at(given).writes(line).does('escape', 'enter');

describe('what those who join may read', () => {
  test.each([
    ['/history since-joined', 'since-joined'],
    ['/history ALL', 'all'],
    ['/이전대화 참여후', 'since-joined'],
    ['/이전대화 모두', 'all'],
  ] as const)('[PRIV4] is set: %s', (line, history) =>
    expect(written(line).effects).toEqual([{ kind: 'history', room, history }]),
  );

  test('[PRIV4] is told, also to who may not set it', () => {
    const since = groupRoom('team', { history: 'since-joined' });
    expect(written('/history').ui.notice?.text).toBe('Who joins may read everything.');
    const plain = { ...since, can: { ...team.can, history: false } };
    expect(written('/history', plain).ui.notice?.text).toContain('only what is said from then on');
    const refused = written('/history all', plain);
    expect([refused.effects, refused.ui.notice?.text]).toEqual([[], 'You may not do that in this group.']);
  });

  test.each(['/history some', '/history constructor', '/history all all'])('not %s', (line) => {
    const sat = written(line);
    expect([sat.effects, sat.ui.notice?.tone]).toEqual([[], 'warning']);
  });

  test('is only asked of groups', () => {
    expect(written('/history all', directRoom()).ui.notice?.text).toBe('Only a group or a channel has that.');
  });
});

describe('a group is made', () => {
  test.each([
    ['/group our team @jun', 'our team', 'all'],
    ['/group our team @jun since-joined', 'our team', 'since-joined'],
    ['/그룹 우리 팀 @jun 참여후', '우리 팀', 'since-joined'],
    ['/group since-joined @jun', 'since-joined', 'all'],
  ] as const)('[PRIV4] with what new members may read behind the people: %s', (line, name, history) => {
    expect(written(line).effects).toEqual([{ kind: 'group', name, handles: ['jun'], history }]);
  });

  test('under a name, whatever stands behind it', () => {
    expect(written('/group @jun since-joined').effects).toEqual([]);
  });
});

test('a role or a level is one of its words, and no name that every table has', () => {
  for (const line of ['/role @jun constructor', '/rights send constructor'])
    expect([written(line).effects, written(line).ui.notice?.tone]).toEqual([[], 'warning']);
});
