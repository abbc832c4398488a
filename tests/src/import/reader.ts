import { type Api, createApi, systemEnvironment } from '@maru/client';
import type { Event, RoomId } from '@maru/protocol';
import { readLog } from '../processes/read-log.ts';

const PASSWORD = 'correct horse';

/** Signs somebody up who is to read. */
export async function signUpReader(url: string, handle: string): Promise<void> {
  const { http } = systemEnvironment();
  const device = { name: 'test' };
  await createApi({ baseUrl: url, http }).signUp({
    body: { handle, name: handle, password: PASSWORD, device },
  });
}

/** The API as a reader has it, on a server that has the account. */
export async function logInReader(url: string, handle: string): Promise<Api> {
  const { http } = systemEnvironment();
  const body = { handle, password: PASSWORD, device: { name: 'test' } };
  const { token = '' } = await createApi({ baseUrl: url, http }).logIn({ body });
  return createApi({ baseUrl: url, http, credential: { kind: 'bearer', token } });
}

/** The lines of an imported log, made again from nothing but what a reader is told. */
export async function readLines(api: Api, room: RoomId): Promise<string[]> {
  const { members } = await api.getMembers({ params: { room } });
  const names = new Map(members.map(({ user, name }) => [user, name]));
  const events = await readLog(api, room);
  return events.filter(({ kind }) => kind === 'message').map((event) => lineOf(event, names));
}

function lineOf({ content, sender, sentAt = 0 }: Event, names: ReadonlyMap<string, string>): string {
  if (content?.type === 'log-line' && 'line' in content) return String(content.line);
  if (content?.type !== 'text' || !('text' in content)) throw new Error('a message that no log holds');
  const time = new Date(sentAt).toISOString().slice(11, 16);
  return `[${time}] <${names.get(sender)}> ${content.text}`;
}
