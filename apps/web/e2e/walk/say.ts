import type { MaruClient } from '@maru/client';
import type { Entity, RoomId, Seq } from '@maru/protocol';

interface SayOptions {
  readonly replyTo?: Seq;
  readonly entities?: readonly Entity[];
}

/** Says something in a room, as soon as it is there; gives where it stands when the server has it. */
export async function say(
  who: MaruClient,
  room: RoomId,
  text: string,
  { replyTo, entities }: SayOptions = {},
): Promise<Seq> {
  await who.until(() => who.room(room) !== undefined);
  const options = { ...(replyTo && { replyTo }), ...(entities && { entities: [...entities] }) };
  const outcome = await (await who.commands.send(room, text, options)).outcome();
  if (outcome.kind === 'failed') throw new Error(outcome.error.message);
  return outcome.seq;
}
