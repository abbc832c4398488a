import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { certificateAt, knockUntil } from '../testing/knocking.ts';
import { Person } from '../testing/person.ts';
import { refusedServe } from '../testing/refused-serve.ts';
import { type RunningServer, serve, temporaryFolder } from '../testing/running-server.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';
import { tailTexts } from '../testing/tail-texts.ts';
import { type CertificateFiles, writeTestCertificate } from '../testing/test-certificate.ts';

// Real processes: a server with TLS of its own, and people whose machines trust its authority, or don't.

const folders = new DisposableStack();
let folder: string;
let files: CertificateFiles;
let server: RunningServer;

beforeAll(async () => {
  folder = folders.use(temporaryFolder()).path;
  files = await writeTestCertificate(folder, 'first');
  server = await serve(path.join(folder, 'data'), '--tls-cert', files.cert, '--tls-key', files.key);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folders.dispose();
});

function someone(environment: Record<string, string> = {}): Person {
  return new Person(folders.use(temporaryFolder()).path, server.url, environment);
}

describe('a server with TLS of its own', () => {
  test('[TLS2] is talked to by https and wss, before and after its certificate changes, for the worse and for the better', async () => {
    expect(server.lines[0]).toMatch(/^Maru is at https:\/\/127\.0\.0\.1:\d+ /);
    const port = Number(new URL(server.url).port);
    const trusted = path.join(folder, 'authorities.pem');
    const first = await Bun.file(files.cert).text();
    writeFileSync(trusted, first);
    const mina = someone({ NODE_EXTRA_CA_CERTS: trusted });
    expect(await mina.run('sign-up', 'mina')).toMatchObject({ code: 0, err: '' });
    expect(await mina.run('sign-up', 'jun', '--profile', 'jun')).toMatchObject({ code: 0, err: '' });
    await using jun = mina.tail('--json', '--profile', 'jun');
    expect(await mina.run('send', '@jun', 'before')).toEqual({ code: 0, out: '', err: '' });
    const texts = async (count: number) => tailTexts(await jun.take(count));
    expect(await texts(2)).toEqual([undefined, 'before']);

    writeFileSync(files.key, 'garbage');
    await server.says('can not be used');
    expect(await certificateAt(port)).toBe('first');
    expect(await mina.run('send', '@jun', 'broken')).toEqual({ code: 0, out: '', err: '' });
    expect(await texts(1)).toEqual(['broken']);

    await writeTestCertificate(folder, 'second');
    await knockUntil(port, 'second');
    writeFileSync(trusted, `${first}\n${await Bun.file(files.cert).text()}`);
    expect(await mina.run('send', '@jun', 'after')).toEqual({ code: 0, out: '', err: '' });
    // The same session, which came by the first certificate: a new one would not trust the second.
    expect(await texts(1)).toEqual(['after']);
    expect(await jun.stop()).toEqual({ code: 0, rest: [] });
  });

  test('[TLS5] whose authority a machine does not trust is named as such', async () => {
    const { code, out, err } = await someone().run('sign-up', 'eve');
    expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 3, out: '', lines: 2 });
    expect(err).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('[TLS5] [ONCE1] that is no longer trusted gets nothing, and what was to be sent is kept', async () => {
    const own = folders.use(temporaryFolder()).path;
    const { cert, key } = await writeTestCertificate(own, 'own');
    await using other = await serve(path.join(own, 'data'), '--tls-cert', cert, '--tls-key', key);
    const state = folders.use(temporaryFolder()).path;
    const trusting = new Person(state, other.url, { NODE_EXTRA_CA_CERTS: cert });
    await trusting.run('sign-up', 'mina');
    await trusting.run('sign-up', 'jun', '--profile', 'jun');
    await trusting.run('send', '@jun', 'one');
    const { code, err } = await new Person(state, other.url).run('send', '@jun', 'two', '--wait', '0.5');
    expect(code).toBe(3);
    expect(err).toContain('NODE_EXTRA_CA_CERTS. The message is kept');
    await trusting.run('send', '@jun', 'three');
    await using tail = trusting.tail('--json', '--profile', 'jun');
    expect(tailTexts(await tail.take(4))).toEqual([undefined, 'one', 'two', 'three']);
  });
});

test('[TLS5] who listens, or chats, to a server that is not trusted is told once why nothing comes', async () => {
  const state = folders.use(temporaryFolder()).path;
  const own = folders.use(temporaryFolder()).path;
  const { cert, key } = await writeTestCertificate(own, 'own');
  await using other = await serve(path.join(own, 'data'), '--tls-cert', cert, '--tls-key', key);
  const trusting = new Person(state, other.url, { NODE_EXTRA_CA_CERTS: cert });
  await trusting.run('sign-up', 'mina');
  const doubting = new Person(state, other.url);

  await using tail = doubting.tail();
  await using chat = new SpokenChat(doubting);
  await chat.hears('Certificate not trusted: see NODE_EXTRA_CA_CERTS.');
  expect(await chat.leave()).toBe(0);
  expect(await tail.complaint()).toContain('name its certificate in NODE_EXTRA_CA_CERTS');
  expect(await tail.stop()).toEqual({ code: 0, rest: [] });
  expect((await tail.errors).split('\n')).toHaveLength(2);

  const ran = await doubting.run('tail', '@jun');
  expect(ran).toMatchObject({ code: 3, out: '' });
  expect(ran.err.split('\n')).toHaveLength(2);
  expect(ran.err).toContain('NODE_EXTRA_CA_CERTS. It alone knows who that is.');
});

describe('[TLS1] what an operator did wrong: one line, exit code 2', () => {
  const refused = (...args: string[]) =>
    refusedServe('--data', path.join(folder, 'other'), '--port', '0', ...args);

  test('no certificate for an address that others reach', async () => {
    expect(await refused('--host', '0.0.0.0')).toContain('docs/operations/tls.md');
  });

  test('files that are not there, or are something else', async () => {
    const missing = path.join(folder, 'missing.pem');
    expect(await refused('--tls-cert', missing, '--tls-key', files.key)).toContain(`${missing} is not there`);
    expect(await refused('--tls-cert', import.meta.path, '--tls-key', files.key)).toContain('no certificate');
  });

  test('a port that another server with TLS has', async () => {
    const other = folders.use(temporaryFolder()).path;
    const own = await writeTestCertificate(other, 'other');
    const { port } = new URL(server.url);
    const line = await refused('--tls-cert', own.cert, '--tls-key', own.key, '--port', port);
    expect(line).toContain(`Port ${port} on 127.0.0.1 is in use`);
  });
});
