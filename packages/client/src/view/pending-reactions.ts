import { type CommandFrame, type Event, type Seq, withReaction } from '@maru/protocol';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';

type React = Extract<CommandFrame, { kind: 'react' }>;

/** Shows the user's own reactions before the server has them. One that it refuses is gone with its command. */
export class PendingReactions {
  readonly #shown = new WeakMap<Event, { readonly commands: readonly React[]; readonly event: Event }>();

  /** What a room's commands on their way put on which message, in order. */
  in(entries: readonly OutboxEntry[]): ReadonlyMap<Seq, readonly React[]> {
    const byTarget = new Map<Seq, React[]>();
    for (const { item } of entries) {
      const { command } = item;
      if (command.kind !== 'react') continue;
      const commands = byTarget.get(command.refersTo);
      if (commands === undefined) byTarget.set(command.refersTo, [command]);
      else commands.push(command);
    }
    return byTarget;
  }

  /** A message with what is on its way to it: the same object for the same commands. */
  on(event: Event, commands: readonly React[] | undefined): Event {
    if (commands === undefined || event.content === undefined) return event;
    const known = this.#shown.get(event);
    if (known !== undefined && isSame(known.commands, commands)) return known.event;
    const shown = commands.reduce(withOwn, event);
    this.#shown.set(event, { commands, event: shown });
    return shown;
  }
}

/** What the message has already, from another device or the same, is not counted twice. */
function withOwn(event: Event, { reaction, on }: React): Event {
  const { seq, kinds } = event.reactions ?? { seq: event.seq, kinds: [] };
  const isOn = kinds.some((kind) => kind.reaction === reaction && kind.mine);
  if (isOn === on) return event;
  return { ...event, reactions: { seq, kinds: withReaction(kinds, { reaction, on, mine: true }) } };
}

function isSame(some: readonly React[], others: readonly React[]): boolean {
  return some.length === others.length && some.every((command, index) => command === others[index]);
}
