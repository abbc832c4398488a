import type { Change, Seq, UserId } from '@maru/protocol';

/** What of an event says something of a relation. */
interface Telling {
  readonly sender: UserId;
  readonly kind: string;
  readonly change?: Change;
  readonly seq: Seq;
}

/**
 * An event as this reader is told it, where it is about what two people are to each other: the one place that knows what
 * the other is not told. By its sender it is told as it is. A refusal and a removal say nothing (`[REL5]`); a block and
 * its end look like an account that goes and comes (`[REL6]`), without what only a device's command has.
 */
export function asTold<E extends Telling>(event: E, reader: UserId): E {
  const { change } = event;
  if (change === undefined || event.sender === reader) return event;
  if (change.type === 'created' && change.act === 'block') {
    const { act: _act, ...others } = change;
    return { ...event, change: others };
  }
  if (change.type !== 'related') return event;
  switch (change.act) {
    case 'refuse':
    case 'remove':
      return bare(event);
    case 'block':
      return { ...bare(event), kind: 'left', change: { type: 'left' } };
    case 'unblock':
      return { ...bare(event), kind: 'joined', change: { type: 'joined', users: [event.sender] } };
    default:
      return event;
  }
}

/** The number and the envelope, and nothing by which it says more. */
function bare<E extends Telling>(event: E): E {
  const {
    change: _change,
    content,
    device,
    clientMessageId,
    rulesVersion,
    ...rest
  } = event as E & {
    readonly content?: unknown;
    readonly device?: unknown;
    readonly clientMessageId?: unknown;
    readonly rulesVersion?: unknown;
  };
  return rest as unknown as E;
}

/** Whether some reader is told it otherwise than its sender is. */
export function isToldOtherwise({ change }: Pick<Telling, 'change'>): boolean {
  if (change?.type === 'created') return change.act === 'block';
  if (change?.type !== 'related') return false;
  return (
    change.act !== 'request' && change.act !== 'accept' && change.act !== 'cancel' && change.act !== 'write'
  );
}
