import { describe, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { newDeviceId, newUserId } from '@maru/protocol';
import { UsageError } from '../command.ts';
import { temporaryFolder } from '../testing/running-server.ts';
import { ProfileFolder } from './profile.ts';
import { serverOf } from './server-option.ts';
import { stateFolder } from './state-folder.ts';

test.each([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.local/state/maru'],
  ['linux', { HOME: '/home/ada', XDG_STATE_HOME: '/state' }, '/state/maru'],
  ['linux', { HOME: '/home/ada', XDG_STATE_HOME: 'state' }, '/home/ada/.local/state/maru'],
  ['linux', {}, undefined],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/Maru/State'],
  [
    'win32',
    { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' },
    'C:\\Users\\ada\\AppData\\Local\\Maru\\State',
  ],
  ['win32', {}, undefined],
] as const)('on %s with %j', (platform, environment, folder) => {
  const expected = platform === 'win32' ? folder : folder?.replaceAll('/', path.sep);
  expect(stateFolder(environment, platform)).toBe(expected);
});

describe('a profile', () => {
  const profile = {
    server: 'http://127.0.0.1:8787',
    user: newUserId(),
    device: newDeviceId(),
    handle: 'mina',
  };

  test('is kept under its name', () => {
    using folder = temporaryFolder();
    const environment = { XDG_STATE_HOME: folder.path };
    const mine = new ProfileFolder({ profile: 'mine' }, environment);
    expect(mine.read()).toBeUndefined();
    mine.make();
    mine.write(profile);
    expect(new ProfileFolder({}, { ...environment, MARU_PROFILE: 'mine' }).require()).toEqual(profile);
    expect(() => new ProfileFolder({}, environment).require()).toThrow('maru sign-up');
  });

  test('that is damaged is not taken for somebody', () => {
    using folder = temporaryFolder();
    const mine = new ProfileFolder({}, { XDG_STATE_HOME: folder.path });
    mine.make();
    writeFileSync(mine.file('profile.json'), '{"server":');
    expect(() => mine.read()).toThrow(UsageError);
  });

  test.each(['', '..', 'a/b', 'a b', 'x'.repeat(33)])('is not called %j', (name) => {
    expect(() => new ProfileFolder({ profile: name }, { HOME: '/home/ada' })).toThrow(UsageError);
  });
});

describe('a server', () => {
  test('is given, or stands in the environment, or is the one of this machine', () => {
    expect(serverOf({}, {})).toBe('http://127.0.0.1:8787');
    expect(serverOf({}, { MARU_SERVER: 'https://chat.example.org/maru/' })).toBe(
      'https://chat.example.org/maru',
    );
    expect(serverOf({ server: 'http://a' }, { MARU_SERVER: 'http://b' })).toBe('http://a');
  });

  test.each(['chat.example.org', 'ftp://a', 'http://a?b', 'http://', 'http://a b'])('is not %j', (server) => {
    expect(() => serverOf({ server }, {})).toThrow(UsageError);
  });
});
