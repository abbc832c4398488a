import { expect, test } from 'bun:test';
import path from 'node:path';
import { ConfigError, readConfig } from './config.ts';
import { defaultDataFolder } from './data-folder.ts';

test.each([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.local/share/maru'],
  ['linux', { HOME: '/home/ada', XDG_DATA_HOME: '/data' }, '/data/maru'],
  ['linux', { HOME: '/home/ada', XDG_DATA_HOME: 'data' }, '/home/ada/.local/share/maru'],
  ['linux', {}, undefined],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/Maru'],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }, 'C:\\Users\\ada\\AppData\\Local\\Maru'],
  ['win32', {}, undefined],
] as const)('on %s with %j', (platform, environment, folder) => {
  const expected = platform === 'win32' ? folder : folder?.replaceAll('/', path.sep);
  expect(defaultDataFolder(environment, platform)).toBe(expected);
});

test('without a home a folder must be named', () => {
  expect(() => readConfig({}, {})).toThrow(ConfigError);
  expect(readConfig({ data: './data' }, {}).dataFolder).toBe('./data');
});
