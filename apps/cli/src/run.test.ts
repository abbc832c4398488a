import { afterEach, expect, spyOn, test } from 'bun:test';
import path from 'node:path';
import { table } from './command-table.ts';
import { exitCodeMeanings } from './help.ts';
import { run } from './run.ts';

const said: string[] = [];
const complained: string[] = [];
const log = spyOn(console, 'log').mockImplementation((text: string) => {
  said.push(text);
});
spyOn(console, 'error').mockImplementation((text: string) => {
  complained.push(text);
});
afterEach(() => {
  said.splice(0);
  complained.splice(0);
});

const NAMES = Object.keys(table.commands);
const GROUPS = Object.keys(table.groups);

test('help names every command and every exit code, with examples', async () => {
  expect(await run(['--help'])).toBe(0);
  const [help = ''] = said;
  for (const name of NAMES) expect(help).toMatch(new RegExp(`^ {2}${name.split(' ')[0]} +\\S`, 'm'));
  for (const code of [0, 1, 2, 3]) expect(help).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
  const examples = help.slice(help.indexOf('Examples:'), help.indexOf('Exit codes:'));
  for (const [, name = ''] of examples.matchAll(/^ {2}maru (\S+)/gm)) {
    if (name !== 'COMMAND') expect(NAMES).toContain(name);
  }
  expect(log).toHaveBeenCalled();
});

test.each(NAMES)('help of %s has examples of it, and exit codes', async (name) => {
  expect(await run([...name.split(' '), '--help'])).toBe(0);
  const [help = ''] = said;
  expect(help).toStartWith(`Usage: maru ${name}`);
  const examples = help.slice(help.indexOf('Examples:'), help.indexOf('Exit codes:'));
  expect(examples).toContain(`maru ${name}`);
  for (const code of [0, 1, 2]) expect(help).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
  said.splice(0);
  expect(await run(['help', ...name.split(' ')])).toBe(0);
  expect(said).toEqual([help]);
});

test.each(GROUPS)('help of %s names what is behind it', async (group) => {
  expect(await run([...group.split(' '), '--help'])).toBe(0);
  const [help = ''] = said;
  for (const name of NAMES.filter((one) => one.startsWith(`${group} `))) {
    const [word] = name.slice(group.length + 1).split(' ');
    expect(help).toMatch(new RegExp(`^ {2}${word}( …)? +\\S`, 'm'));
  }
  // Asked for nothing, it shows the same and says that something was missing.
  said.splice(0);
  expect(await run(group.split(' '))).toBe(2);
  expect(said).toEqual([help]);
});

test.each([
  ['nonsense', 'maru: There is no command nonsense; see maru --help.'],
  ['admin nonsense', 'maru: There is no command admin nonsense; see maru admin --help.'],
  ['admin users nonsense', 'maru: There is no command admin users nonsense; see maru admin users --help.'],
  ['constructor', 'maru: There is no command constructor; see maru --help.'],
])('%s is called wrongly', async (line, complaint) => {
  expect(await run(line.split(' '))).toBe(2);
  expect([said, complained]).toEqual([[], [complaint]]);
});

const page = await Bun.file(path.resolve(import.meta.dir, '../../../docs/cli.md')).text();

test('docs/cli.md names every command, and none that there is not', () => {
  const named = [...page.matchAll(/^\| `maru ([a-z -]+?)(?: [^a-z`][^`]*)?` \|/gm)].map(
    ([, name = '']) => name,
  );
  const known = new Set(NAMES.flatMap((name) => [name, `${name} irc`]));
  expect(new Set(named.map((name) => name.replace(/ irc$/, '')))).toEqual(new Set(NAMES));
  for (const name of named) expect(known).toContain(name);
});

test('docs/cli.md says of each command what its exit codes mean, in the words of its help', async () => {
  for (const code of [0, 1, 2, 3]) expect(page).toMatch(new RegExp(`^\\| ${code} \\| \\S`, 'm'));
  const rows: string[] = [];
  for (const [name, { load }] of Object.entries(table.commands)) {
    const meanings = Object.entries(exitCodeMeanings((await load()).exitCodes));
    const cells = meanings.map(([code, meaning]) => `**${code}** ${meaning}`);
    rows.push(`| \`maru ${name}\` | ${cells.join(' ')} |`);
  }
  const lines = new Set(page.split('\n'));
  // What is missing is to be put there as it stands here.
  expect(rows.filter((row) => !lines.has(row))).toEqual([]);
});
