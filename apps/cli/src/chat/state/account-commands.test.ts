import { describe, expect, test } from 'bun:test';
import { directRoom, fakeWorld } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';

const written = (line: string) => new Sitting(fakeWorld([directRoom()])).writes(line).does('escape', 'enter');

describe('settings of the account', () => {
  test.each([
    ['/settings findable no', { findable: false }],
    ['/settings who-may-write contacts', { whoMayWrite: 'contacts' }],
    ['/settings WHO-MAY-ADD contacts-of-contacts', { whoMayAdd: 'contacts-of-contacts' }],
    ['/settings hide-presence yes', { hidePresence: true }],
    ['/설정 검색 아니요', { findable: false }],
    ['/설정 쓰기 친구', { whoMayWrite: 'contacts' }],
    ['/설정 초대 친구의친구', { whoMayAdd: 'contacts-of-contacts' }],
    ['/설정 숨김 예', { hidePresence: true }],
  ] as const)('[PEOPLE8] are changed: %s', (line, change) =>
    expect(written(line).effects).toEqual([{ kind: 'settings', change }]),
  );

  test('are shown', () => expect(written('/settings').effects).toEqual([{ kind: 'settings' }]));

  test.each([
    '/settings findable',
    '/settings findable maybe',
    '/settings who-may-write yes',
    '/settings findable no no',
    '/settings constructor no',
  ])('not %s', (line) => {
    const { effects, ui } = written(line);
    expect([effects, ui.notice?.text]).toEqual([[], 'Write it like this: /settings [NAME VALUE]']);
  });
});

describe('the picture', () => {
  test.each([
    ['/avatar ~/me.jpg', '~/me.jpg'],
    ["/avatar '/tmp/on holiday.png'", '/tmp/on holiday.png'],
    ['/avatar /tmp/on\\ holiday.png', '/tmp/on holiday.png'],
    ['/사진 나.webp', '나.webp'],
  ])('[PEOPLE5] is that of a file, however its path came in: %s', (line, file) =>
    expect(written(line).effects).toEqual([{ kind: 'avatar', file }]),
  );

  test('[PEOPLE5] is taken away', () => {
    for (const line of ['/avatar off', '/사진 끔'])
      expect(written(line).effects).toEqual([{ kind: 'avatar' }]);
    expect(written('/avatar').ui.notice?.tone).toBe('warning');
  });
});
