import type { Event, UserId } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';
import type { ReceiptsView } from './receipts-view.ts';
import type { Message, MessageState } from './view.ts';

/** Kinds that change what another message says and are no line of their own. */
export function isLine(event: Event): boolean {
  return event.kind !== 'edit' && event.kind !== 'deletion';
}

/** Makes lines of events, and the same line of the same event as long as it looks the same. */
export class MessageViews {
  readonly #me: UserId;
  readonly #codec: ContentCodec;
  readonly #known = new WeakMap<Event, Message>();
  readonly #waiting = new WeakMap<OutboxEntry['item'], Message>();

  constructor(me: UserId, codec: ContentCodec) {
    this.#me = me;
    this.#codec = codec;
  }

  /** @param blocked whether the user blocks who wrote it; @param folds whether that is folded here: in groups */
  ofEvent(event: Event, receipts: ReceiptsView, blocked: boolean, folds: boolean): Message {
    const own = event.sender === this.#me && event.kind === 'message';
    const counted = own ? receipts.of(event.seq) : undefined;
    const state = stateOf(counted, receipts.others);
    const mentionsMe = !blocked && (event.mentions?.includes(this.#me) ?? false);
    const folded = blocked && folds && event.kind === 'message';
    const known = this.#known.get(event);
    if (
      known !== undefined &&
      known.state === state &&
      known.folded === folded &&
      known.mentionsMe === mentionsMe &&
      known.receipts?.delivered === counted?.delivered &&
      known.receipts?.read === counted?.read
    ) {
      return known;
    }
    const message: Message = {
      key: event.clientMessageId ?? `#${event.seq}`,
      kind: event.kind,
      seq: event.seq,
      clientMessageId: event.clientMessageId,
      sender: event.sender,
      at: event.sentAt ?? event.at,
      content: event.edited?.content ?? event.content,
      deleted: event.kind === 'message' && event.content === undefined,
      edited: event.edited !== undefined,
      mentionsMe,
      folded,
      change: event.change,
      state,
      error: undefined,
      receipts: counted,
    };
    this.#known.set(event, message);
    return message;
  }

  /** A message on its way, or one that failed. */
  ofEntry({ item, seq, state }: OutboxEntry): Message | undefined {
    const { command, createdAt, failed } = item;
    if (command.kind !== 'send') return undefined;
    const shown: MessageState = failed !== undefined ? 'failed' : state === 'accepted' ? 'sent' : 'pending';
    const known = this.#waiting.get(item);
    if (known?.state === shown) return known;
    const message: Message = {
      key: command.clientMessageId,
      kind: 'message',
      seq,
      clientMessageId: command.clientMessageId,
      sender: this.#me,
      at: createdAt,
      content: this.#codec.open(command.room, command.content),
      deleted: false,
      edited: false,
      mentionsMe: false,
      folded: false,
      change: undefined,
      state: shown,
      error: failed,
      receipts: undefined,
    };
    this.#waiting.set(item, message);
    return message;
  }
}

/** In a group a message is delivered, or read, when everybody has it, or has read it. */
function stateOf(counted: { delivered: number; read: number } | undefined, others: number): MessageState {
  if (counted === undefined) return 'received';
  if (others <= 0) return 'sent';
  if (counted.read >= others) return 'read';
  return counted.delivered >= others ? 'delivered' : 'sent';
}
