import { afterEach, expect, spyOn, test } from 'bun:test';
import { run } from './run.ts';

const said: string[] = [];
const log = spyOn(console, 'log').mockImplementation((text: string) => {
  said.push(text);
});
afterEach(() => said.splice(0));

const NAMES = ['serve', 'sign-up', 'log-in', 'invite', 'send', 'tail', 'import', 'verify'];

test('help names every command and every exit code', async () => {
  expect(await run(['--help'])).toBe(0);
  const [help = ''] = said;
  for (const name of NAMES) expect(help).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
  for (const code of [0, 1, 2, 3]) expect(help).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
  expect(log).toHaveBeenCalled();
});

test.each(NAMES)('help of %s has examples of it, and exit codes', async (name) => {
  expect(await run([name, '--help'])).toBe(0);
  const [help = ''] = said;
  expect(help).toStartWith(`Usage: maru ${name}`);
  const examples = help.slice(help.indexOf('Examples:'), help.indexOf('Exit codes:'));
  expect(examples).toContain(`maru ${name}`);
  for (const code of [0, 1, 2]) expect(help).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
});
