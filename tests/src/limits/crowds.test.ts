import { expect, test } from 'bun:test';
import path from 'node:path';
import { limits } from '@maru/protocol';
import { linesOf } from '../processes/lines-of.ts';
import { seedPeople } from '../processes/people.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { Bystanders, delays } from './bystanders.ts';
import type { Flooded } from './flood-process.ts';
import { postFrom } from './post-from.ts';
import { RawConnection } from './raw-connection.ts';

// The limits are those that a server has by itself. All of 127.0.0.0/8 is this machine on Linux and Windows; on macOS
// only 127.0.0.1 is.
const otherAddress = process.platform === 'darwin' ? undefined : '127.0.0.2';
const skipped = otherAddress === undefined ? ' (skipped: this system has one loopback address)' : '';
const CALM_MESSAGES = 60;
/** More than an address has for sockets without a welcome. */
const PLACES = 33;
const FLOOD_SECONDS = 3;
const FLOODS_MAX = 3;
const FLOOD_BYTES_PER_SECOND_MIN = 10_000_000;
const LOG_IN = '/v1/sessions';
/** Each at another account: those at one have a limit of their own. */
const logInAs = (handle: string) => ({ handle, password: 'a guess', device: { name: 'laptop' } });

async function serve(stack: AsyncDisposableStack) {
  const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
  const people = await seedPeople(dataFolder, ['가영', 'Bo', 'Crowd']);
  const server = stack.use(await ServerProcess.start({ dataFolder }));
  const bystanders = stack.use(await Bystanders.meet(server.url, people));
  const [token = ''] = people[2]?.devices.map((device) => device.token) ?? [];
  const calm = await bystanders.talk(CALM_MESSAGES);
  return { server, bystanders, calm, token };
}

test(
  '[LIMIT6][SLOW2] 10 MB a second from one device: refused with the time to wait, then cut; two who talk beside it miss nothing and wait no longer',
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, bystanders, calm, token } = await serve(stack);
    let flooded: Awaited<ReturnType<typeof floodBeside>>;
    // On a busy machine the flood, too, may not get the processor time that it needs.
    let floods = 0;
    do flooded = await floodBeside(server, bystanders, token);
    while (flooded.bytesPerSecond < FLOOD_BYTES_PER_SECOND_MIN && ++floods < FLOODS_MAX);
    const { met, meanwhile, bytesPerSecond } = flooded;
    expect(bytesPerSecond).toBeGreaterThan(FLOOD_BYTES_PER_SECOND_MIN);
    expect(delays(meanwhile, calm)).toEqual([]);
    expect(await bystanders.faults()).toEqual([]);
    expect(met.refused).toBeGreaterThan(0);
    expect(met.cut).toBeGreaterThan(0);
    expect(met).toMatchObject({ untold: 0, otherCodes: [] });
  },
  { timeout: 120_000 },
);

/** A device floods for some seconds, from its beginning to its end two others talk. */
async function floodBeside(server: ServerProcess, bystanders: Bystanders, token: string) {
  const script = path.join(import.meta.dir, 'flood-process.ts');
  const flood = Bun.spawn([process.execPath, script, String(server.port), String(FLOOD_SECONDS)], {
    stdin: new Blob([`${token}\n`]),
    stdout: 'pipe',
    stderr: 'inherit',
  });
  try {
    const lines = linesOf(flood.stdout);
    expect(await lines.next()).toMatchObject({ value: 'flooding' });
    const report = lines.next();
    const meanwhile = await bystanders.talk(report);
    const met = JSON.parse((await report).value ?? '') as Flooded;
    return { met, meanwhile, bytesPerSecond: met.bytes / met.seconds };
  } finally {
    flood.kill();
  }
}

test.skipIf(otherAddress === undefined)(
  `[LIMIT6][LIMIT8][LIMIT10] 1,000 log-ins at once from one address: most are told when to come again; others log in, and talk goes on${skipped}`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, bystanders, calm } = await serve(stack);
    const crowd = Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        postFrom('127.0.0.1', server.port, LOG_IN, logInAs(`nobody_${index}`)),
      ),
    );
    const talk = bystanders.talk(60);
    const other = await postFrom(otherAddress ?? '', server.port, LOG_IN, logInAs('somebody'));
    expect(other.body.code).toBe('invalid-credentials');
    const answers = await crowd;
    expect(delays(await talk, calm)).toEqual([]);
    const codes = Map.groupBy(answers, ({ body }) => body.code);
    expect(
      [...codes.keys()].every((code) => ['invalid-credentials', 'busy', 'rate-limited'].includes(code)),
    ).toBeTrue();
    // A minute's worth at once, and what comes anew while they are answered.
    expect(codes.get('rate-limited')?.length).toBeGreaterThan(800);
    for (const { status, retryAfter, body } of codes.get('rate-limited') ?? []) {
      expect({ status, retryable: body.retryable }).toEqual({ status: 429, retryable: true });
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
    expect(await bystanders.faults()).toEqual([]);
  },
  { timeout: 120_000 },
);

test.skipIf(otherAddress === undefined)(
  `[LIMIT6][LIMIT12] a thousand sockets from one address that say nothing: as many as have a place, the others are told when to come; another address gets in${skipped}`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, bystanders, calm, token } = await serve(stack);
    const talk = bystanders.talk(60);
    const begin = performance.now();
    const crowd = await Promise.all(Array.from({ length: 1_000 }, () => RawConnection.open(server.port)));
    const turns = Math.floor((performance.now() - begin) / limits.HELLO_TIMEOUT_MS);
    for (const raw of crowd) stack.use(raw);
    using other = await RawConnection.session(server.port, { token, localAddress: otherAddress ?? '' });
    expect(other.status).toBe(101);
    const refused = crowd.filter(({ status }) => status === 429);
    const opened = crowd.filter(({ status }) => status === 101);
    expect(refused.length + opened.length).toBe(1_000);
    // So many sockets of an address may be without a welcome at a time (`UNWELCOMED_PER_ADDRESS_MAX`).
    // A slow machine sees them out for their silence, and others in their places, again and again.
    expect(opened.length).toBeWithin(32, 130 + turns * PLACES);
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBeTrue();
    expect(delays(await talk, calm)).toEqual([]);
    expect(await bystanders.faults()).toEqual([]);
  },
  { timeout: 120_000 },
);
