import { beforeAll, describe, expect, test } from 'bun:test';
import path from 'node:path';
import { table } from '../command-table.ts';
import { maru, temporaryFolder } from '../testing/running-server.ts';

/** What a bash with the script offers behind a line; the last word is the one that is being typed. */
async function offered(script: string, folder: string, ...words: string[]): Promise<string[]> {
  const line = words.map((word) => `'${word}'`).join(' ');
  const ask = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _maru; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const bash = Bun.spawn(['bash', '--norc', '-c', ask], { cwd: folder, stdout: 'pipe', stderr: 'pipe' });
  const [out, errors] = await Promise.all([
    new Response(bash.stdout).text(),
    new Response(bash.stderr).text(),
  ]);
  expect(errors).toBe('');
  return out.split('\n').filter((word) => word !== '');
}

describe.skipIf(Bun.which('bash') === null)(
  `bash completes${Bun.which('bash') === null ? ' (skipped: no bash)' : ''}`,
  () => {
    let script = '';
    beforeAll(async () => {
      script = (await maru('completion', 'bash')).out;
    });

    test('commands, of one word and of several', async () => {
      using folder = temporaryFolder();
      const complete = (...words: string[]) => offered(script, folder.path, 'maru', ...words);
      expect(await complete('')).toEqual([
        ...new Set(Object.keys(table.commands).map((name) => name.split(' ')[0] ?? '')),
        '--help',
      ]);
      expect(await complete('s')).toEqual(['serve', 'sign-up', 'settings', 'send']);
      expect(await complete('admin', 'in')).toEqual(['invites']);
      expect(await complete('admin', 'invites', '')).toEqual(['list', 'create', 'revoke', '--help']);
      expect(await complete('completion', '')).toEqual(['bash', 'zsh', 'fish', '--help']);
      // A word that is a command's name somewhere else.
      expect(await complete('send', 'serve', '--w')).toEqual(['--wait']);
    });

    test('options, and where an option wants a value, none of them', async () => {
      using folder = temporaryFolder();
      const complete = (...words: string[]) => offered(script, folder.path, 'maru', ...words);
      expect(await complete('admin', 'users', 'list', '--s')).toEqual(['--suspended']);
      expect(await complete('serve', '--port', '')).toEqual([]);
      expect(await complete('serve', '--port', '1', '--insec')).toEqual(['--insecure']);
    });

    test('folders and files, with spaces in their names', async () => {
      using folder = temporaryFolder();
      await Bun.write(path.join(folder.path, 'my data', 'log.txt'), '');
      await Bun.write(path.join(folder.path, 'my log.txt'), '');
      const complete = (...words: string[]) => offered(script, folder.path, 'maru', ...words);
      expect(await complete('verify', '--data', 'm')).toEqual(['my data']);
      expect((await complete('import', 'irc', 'my')).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
        'my data',
        'my log.txt',
      ]);
    });
  },
);

describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  let script = '';
  beforeAll(async () => {
    script = (await maru('completion', shell)).out;
  });

  test('has every command and every option', async () => {
    for (const [name, { load }] of Object.entries(table.commands)) {
      expect(script).toContain(`'${name}'`);
      for (const option of Object.keys((await load()).options)) {
        expect(script).toContain(shell === 'fish' ? `-l ${option}` : `--${option}`);
      }
    }
  });

  const isThere = Bun.which(shell) !== null;
  test.skipIf(!isThere)(`is one that it reads${isThere ? '' : ` (skipped: no ${shell} here)`}`, async () => {
    const read = Bun.spawn([shell, '-n'], { stdin: new TextEncoder().encode(script), stderr: 'pipe' });
    expect(await new Response(read.stderr).text()).toBe('');
    expect(await read.exited).toBe(0);
  });
});

test('of another shell it says which there are', async () => {
  const { code, out, err } = await maru('completion', 'csh');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('bash, zsh or fish');
});
