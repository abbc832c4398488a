import { expect, test } from 'bun:test';
import path from 'node:path';
import { createApi, createClient, MemoryStore, systemEnvironment } from '@maru/client';
import { readLog, textOf } from './read-log.ts';
import { ServerProcess } from './server-process.ts';
import { verifyFindings } from './verify-findings.ts';

/** What `npm start` runs: it builds the bundle, where that is not of these sources, and serves from it. */
const START = path.resolve(import.meta.dir, '../../../scripts/start.mjs');
const PASSWORD = 'correct horse';
/** One red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

// All other tests run the sources. In the bundle threads are files of their own, and a module may have been left out.
test(
  '[DUR6] [PEOPLE5] the bundle that npm start serves from: two sign up and talk, it is told to stop, and starts with all of it',
  async () => {
    await using server = await ServerProcess.start({ serve: ['node', START] });
    const { http } = systemEnvironment();
    const open = createApi({ baseUrl: server.url, http });
    const signUp = (handle: string) =>
      open.signUp({ body: { handle, name: handle, password: PASSWORD, device: { name: 'test' } } });
    const [mina, jun] = [await signUp('mina'), await signUp('jun')];
    await using speaker = await createClient({
      baseUrl: server.url,
      store: new MemoryStore(),
      signedIn: mina,
    });
    await using listener = await createClient({
      baseUrl: server.url,
      store: new MemoryStore(),
      signedIn: jun,
    });
    // Made by a program of its own, with machine code that no bundle holds.
    await speaker.setAvatar(new Uint8Array(Buffer.from(PNG, 'base64')));
    const [{ avatar = '' } = {}] = (await listener.api.getUsers({ body: { users: [mina.user] } })).users;
    expect(Buffer.from(await listener.avatar(avatar)).toString('latin1', 8, 12)).toBe('WEBP');
    const { room } = await speaker.commands.openDirect(jun.user);
    const long = '긴 글 '.repeat(5_000);
    for (const text of ['안녕', long])
      expect(await (await speaker.commands.send(room, text)).outcome()).toMatchObject({ kind: 'accepted' });
    await listener.until(() => listener.room(room)?.unreadCount === 2);

    expect(await server.terminate()).toBe(0);
    expect(await verifyFindings(server.dataFolder)).toEqual([]);
    await server.restart();

    const body = { handle: 'jun', password: PASSWORD, device: { name: 'another' } };
    const { token } = await createApi({ baseUrl: server.url, http }).logIn({ body });
    if (token === undefined) throw new Error('a token was asked for');
    const api = createApi({ baseUrl: server.url, http, credential: { kind: 'bearer', token } });
    const log = await readLog(api, room);
    expect(log.map((event) => textOf(event)?.slice(0, 4))).toEqual([undefined, '안녕', '긴 글 ']);
    const whole = await api.getBody({ params: { room, seq: log[2]?.seq ?? 0 } });
    expect(Buffer.from(whole).includes(long)).toBeTrue();
    await speaker.until(() => speaker.connection.state === 'online');
    expect(await (await speaker.commands.send(room, 'and on')).outcome()).toMatchObject({ kind: 'accepted' });
    expect(await server.terminate()).toBe(0);
  },
  { timeout: 120_000 },
);
