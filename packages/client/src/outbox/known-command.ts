import type { ClientMessageId, CommandFrame } from '@maru/protocol';
import type { OutboxItem } from '../store/store.ts';

/** A command as a tab knows it. */
export interface KnownCommand {
  readonly command: Pick<CommandFrame, 'room' | 'clientMessageId'>;
  readonly given?: ClientMessageId | undefined;
}

/** The id under which a command was given first: the same in all tabs, whatever it goes by. */
export function firstIdOf({ command, given }: KnownCommand): ClientMessageId {
  return given ?? command.clientMessageId;
}

/** A command under another id, if it is another. */
export function underId(item: OutboxItem, clientMessageId: ClientMessageId): OutboxItem {
  if (item.command.clientMessageId === clientMessageId) return item;
  return { ...item, command: { ...item.command, clientMessageId }, given: firstIdOf(item) };
}
