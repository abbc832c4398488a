import type { MaruClient, Sending } from '@maru/client';
import type { ClientMessageId, RoomId } from '@maru/protocol';

/** Gives again what was refused. Where the room itself was, it is asked for first: nothing else has a place before. */
export async function giveAgain(
  client: MaruClient,
  room: RoomId,
  clientMessageId: ClientMessageId,
): Promise<Sending> {
  const { commands, deadLetters } = client;
  const isMaking = ({ room: of, command }: MaruClient['deadLetters'][number]) =>
    of === room && command.kind === 'create';
  const making = client.room(room)?.refused === undefined ? undefined : deadLetters.findLast(isMaking);
  if (making !== undefined && making.clientMessageId !== clientMessageId)
    await commands.resend(room, making.clientMessageId);
  return commands.resend(room, clientMessageId);
}
