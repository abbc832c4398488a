import { describe, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { newRoomId } from '@maru/protocol';
import { freePort } from '../testing/free-port.ts';
import { PlainClient } from '../testing/plain-client.ts';
import { serve, temporaryFolder } from '../testing/running-server.ts';

/** A word that nothing else in the world holds, for each kind of thing that somebody may write. */
const MARKS = {
  handle: 'zqhandle',
  name: 'Zqname',
  password: 'zqpassword',
  device: 'zqdevice',
  roomName: 'zqroom',
  text: 'zqtext',
  nonsense: 'zqnonsense',
} as const;

/** Does everything, rightly and wrongly, and gives all that the server answered to what was wrong. */
async function live(client: PlainClient): Promise<string[]> {
  const { password, device: deviceName, name, handle, text, nonsense } = MARKS;
  const device = { name: deviceName };
  const errors: string[] = [];
  const wrong = async (...args: Parameters<PlainClient['request']>) => {
    const response = await client.request(...args);
    if (!response.ok) errors.push(await response.text());
  };
  await client.signUp(handle, { name, password, device });
  await wrong('POST', '/v1/accounts', { handle, name, password, device });
  await wrong('POST', '/v1/accounts', { handle: `${nonsense} !`, name, password, device });
  await wrong('POST', '/v1/accounts', { handle, name: `${nonsense}\u202e`, password, device });
  await wrong('POST', '/v1/accounts', `{"handle":"${nonsense}`);
  await wrong('POST', '/v1/sessions', { handle, password: nonsense, device });
  await wrong('POST', '/v1/accounts/recover', { handle, recoveryCode: nonsense, newPassword: password });
  await wrong('GET', `/v1/${nonsense}?handle=${handle}`);
  await wrong('GET', `/v1/users?handle=${nonsense}`);
  await wrong('GET', `/v1/rooms/${nonsense}`);
  await wrong('POST', '/v1/commands', { kind: nonsense, text });
  const room = newRoomId();
  const command = () => ({ room, clientMessageId: client.nextId() });
  await client.call('POST', '/v1/commands', {
    kind: 'create',
    roomKind: 'group',
    ...command(),
    name: MARKS.roomName,
    users: [],
  });
  await client.call('POST', '/v1/commands', { kind: 'send', ...command(), content: { type: 'text', text } });
  await wrong('POST', '/v1/commands', {
    kind: 'send',
    ...command(),
    content: { type: 'text', text: `${text}\0` },
  });
  await wrong('POST', '/v1/commands', {
    kind: 'send',
    ...command(),
    content: { type: 'text', text: [text] },
  });
  await wrong('POST', '/v1/commands', {
    kind: 'edit',
    ...command(),
    refersTo: 99,
    content: { type: 'text', text },
  });
  const session = await client.connect();
  session.say({ kind: 'send', ...command(), content: { type: 'text', text } });
  await session.take('accepted');
  session.say({ kind: nonsense, text });
  errors.push(JSON.stringify(await session.take('error')));
  session.say({ kind: 'send', ...command(), content: { type: 'text', text: `${text}\ud800` } });
  errors.push(JSON.stringify(await session.take('refused')));
  session.say([nonsense]);
  errors.push(JSON.stringify(await session.take('error')));
  session.close();
  return errors;
}

describe('[PRIV6] what people write, and who they are', () => {
  test('stands in no log, no metric and no error', async () => {
    using folder = temporaryFolder();
    const metricsPort = freePort();
    await using server = await serve(folder.path, '--log-level', 'debug', '--metrics-port', metricsPort);
    const client = new PlainClient(server.url);
    const errors = await live(client);
    expect(errors.length).toBeGreaterThan(12);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toContain('maru_commands_total{kind="send",outcome="accepted"} 2');
    server.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    const logged = await server.logged;
    expect(logged).toContain('stopped');
    expect(logged).not.toContain('127.0.0.1');
    const said = [...server.lines, logged, metrics, ...errors].join('\n').toLowerCase();
    const secrets = [client.token ?? '', ...Object.values(MARKS)];
    expect(secrets.filter((secret) => said.includes(secret.toLowerCase()))).toEqual([]);
  });
});

describe('[PRIV9] secrets', () => {
  test('stand in no file as they are', async () => {
    using folder = temporaryFolder();
    const secrets: string[] = [];
    {
      await using server = await serve(folder.path);
      const invite = /#invite=(\S+)/.exec(server.lines[1] ?? '')?.[1] ?? '';
      const client = new PlainClient(server.url);
      const {
        token = '',
        recoveryCodes,
        gateway,
      } = await client.signUp('ada', { invite, password: MARKS.password });
      const other = await client.call<{ invite: string }>('POST', '/v1/invites', {});
      const codes = [invite, other.invite, ...recoveryCodes];
      secrets.push(
        token,
        gateway.ticket,
        MARKS.password,
        ...codes,
        ...codes.map((code) => code.replaceAll('-', '')),
      );
      server.kill('SIGTERM');
      await server.exited;
    }
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const stored = files
      .map((file) => readFileSync(path.join(file.parentPath, file.name), 'latin1'))
      .join('\n');
    expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(secrets.filter((secret) => secret === '' || stored.includes(secret))).toEqual([]);
  });
});
