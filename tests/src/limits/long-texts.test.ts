import { expect, test } from 'bun:test';
import path from 'node:path';
import { ApiError, InvalidCommand, type MaruClient } from '@maru/client';
import { countCodePoints, limits, nextClientMessageId, type RoomId, type Seq } from '@maru/protocol';
import { apiOf, Devices } from '../processes/devices.ts';
import { seedPeople } from '../processes/people.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { RawConnection } from './raw-connection.ts';

const MAX = limits.MESSAGE_CHARS_MAX;
/** A text of exactly so many code points. */
const repeated = (piece: string, count: number) =>
  [...piece.repeat(Math.ceil(count / countCodePoints(piece)))].slice(0, count).join('');

const texts = [
  ['Hangul', '다람쥐 헌 쳇바퀴에 타고파. '],
  ['Hangul in conjoining letters', '한글'.normalize('NFD')],
  ['emoji families', '👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍🚀'],
  ['right-to-left with marks', 'שָׁלוֹם \u202Eעולם\u202C مرحبا بالعالم '],
  ['characters that JSON escapes', '"\\\u2028\u0001\t'],
] as const;

test(
  '[LIMIT2][LIMIT5][SYNC8] 100,000 code points of any script come to every device as they were sent; one more is refused, and all goes on',
  async () => {
    await using stack = new AsyncDisposableStack();
    const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
    const [sender, reader] = await seedPeople(dataFolder, ['Sender', 'Reader']);
    const [first, second] = sender?.devices ?? [];
    if (first === undefined || second === undefined || reader === undefined) throw new Error('two people');
    const server = stack.use(await ServerProcess.start({ dataFolder }));
    const devices = stack.use(new Devices(server.url));
    const client = await devices.open(first);
    const others = [await devices.open(second)];
    for (const identity of reader.devices) others.push(await devices.open(identity));
    const { room, sending } = await client.commands.openDirect(reader.user);
    await sending?.outcome();

    for (const [, piece] of texts) {
      const text = repeated(piece, MAX);
      const seq = await send(client, room, text);
      for (const other of [client, ...others]) {
        await other.until(() => other.room(room)?.latest?.seq === seq);
        expect(await wholeText(other, room, seq)).toBe(text);
      }
    }

    const tooLong = repeated('가', MAX + 1);
    const fault = await client.commands.send(room, tooLong).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(InvalidCommand);
    const refused = {
      code: 'message-too-long',
      retryable: false,
      limit: { name: 'MESSAGE_CHARS_MAX', value: MAX },
      given: MAX + 1,
    };
    const command = (text: string) => ({
      kind: 'send' as const,
      room,
      clientMessageId: nextClientMessageId(undefined, Date.now(), crypto.getRandomValues(new Uint8Array(10))),
      content: { type: 'text' as const, text },
    });
    const api = apiOf(server.url, second);
    const error = await api.postCommand({ body: command(tooLong) }).catch((cause: unknown) => cause);
    expect(error instanceof ApiError && { status: error.status, ...error.body }).toMatchObject({
      status: 413,
      ...refused,
    });

    using raw = await RawConnection.session(server.port, { token: second.token });
    raw.say(command(tooLong));
    expect(await raw.frame('refused')).toMatchObject(refused);
    raw.say(command('and on'));
    await raw.frame('accepted');
    expect(devices.faults).toEqual([]);
  },
  { timeout: 120_000 },
);

async function send(client: MaruClient, room: RoomId, text: string): Promise<Seq> {
  const outcome = await (await client.commands.send(room, text)).outcome();
  if (outcome.kind === 'failed') throw new Error(`refused: ${outcome.error.code}`);
  return outcome.seq;
}

async function wholeText(client: MaruClient, room: RoomId, seq: Seq): Promise<unknown> {
  const content = await client.openBody(room, seq);
  return 'text' in content ? content.text : undefined;
}
