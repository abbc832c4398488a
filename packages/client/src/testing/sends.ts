import type { CommandStatus, ErrorBody, UpFrame } from '@maru/protocol';
import { at, ROOM } from './fixtures.ts';
import type { World } from './online-client.ts';

export type Send = Extract<UpFrame, { kind: 'send' }>;

/** What was sent on the connection that is there now. */
export function sends({ server }: Pick<World, 'server'>): Send[] {
  return server.connection.all('send');
}

export function textsSent(world: Pick<World, 'server'>) {
  return sends(world).map(({ content }) =>
    content.type === 'text' && 'text' in content ? content.text : content.type,
  );
}

/** The answer that takes a message, as the event of this number. */
export function accept(send: Send, seq: number) {
  const { room, clientMessageId } = send;
  return { kind: 'accepted', room, clientMessageId, seq: at(seq), at: 5_000 + seq } as const;
}

export function refuse({ room, clientMessageId }: Send, error: ErrorBody) {
  return { kind: 'refused', room, clientMessageId, ...error } as const;
}

/** Answers the newest question of what became of a command. */
export async function answerStatus({ server }: Pick<World, 'server'>, answer: CommandStatus): Promise<void> {
  await server.connection.push({ kind: 'status', id: server.connection.last('status').id, answer });
}

/** Of the messages that are not others'. */
export function statesOf({ client }: Pick<World, 'client'>): string[] {
  return (client.room(ROOM)?.messages ?? [])
    .map(({ state }) => state)
    .filter((state) => state !== 'received');
}
