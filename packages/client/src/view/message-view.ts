import {
  type Entity,
  type Event,
  type EventKind,
  isMentioned,
  lastingFor,
  type ReactionCount,
  type RoomFacts,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import { forwardedIn } from '../forward.ts';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';
import { isSameQuote, type Quote } from './quote.ts';
import type { ReceiptsView } from './receipts-view.ts';
import type { Message, MessageState } from './view.ts';

/** Kinds that change another message, and are no line of their own. */
const NO_LINES: readonly string[] = ['edit', 'deletion', 'expired', 'reaction'] satisfies EventKind[];

/** Whether an event is a line of its own. */
export function isLine(event: Event): boolean {
  return !NO_LINES.includes(event.kind);
}

const NO_REACTIONS: readonly ReactionCount[] = [];

/** What an event's line is made with. */
interface EventSurroundings {
  readonly receipts: ReceiptsView;
  /** By which a message without content has expired, and was not deleted. */
  readonly now: number;
  readonly quoted: (seq: Seq) => Quote;
  /** Whether the user blocks somebody, and whether what such a one wrote is folded here. */
  readonly blocks: (user: UserId) => boolean;
  readonly folds: boolean;
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

  ofEvent(event: Event, { receipts, now, quoted, blocks, folds }: EventSurroundings): Message {
    const own = event.sender === this.#me && event.kind === 'message';
    const counted = own ? receipts.of(event.seq) : undefined;
    const unreadBy =
      event.kind === 'message' ? receipts.unreadBy(event.seq, event.sender, this.#me) : undefined;
    const state = counted === undefined ? 'received' : stateOf(event.seq, counted, receipts);
    const target = quotedBy(event);
    const quote = target && quoted(target);
    const blocked = blocks(event.sender);
    const mentionsMe = !blocked && namesUser(event, this.#me);
    const folded = blocked && folds && event.kind === 'message';
    const known = this.#known.get(event);
    if (
      known !== undefined &&
      isSameQuote(known.quote, quote) &&
      known.state === state &&
      known.folded === folded &&
      known.mentionsMe === mentionsMe &&
      known.unreadBy === unreadBy &&
      known.receipts?.delivered === counted?.delivered &&
      known.receipts?.read === counted?.read
    ) {
      return known;
    }
    const gone = event.kind === 'message' && event.content === undefined;
    const expired = gone && event.expiresAt !== undefined && event.expiresAt <= now;
    const message: Message = {
      key: event.clientMessageId ?? `#${event.seq}`,
      kind: event.kind,
      seq: event.seq,
      clientMessageId: event.clientMessageId,
      sender: event.sender,
      at: event.sentAt ?? event.at,
      content: event.edited?.content ?? event.content,
      forwarded: forwardedIn(event.edited?.content ?? event.content),
      deleted: gone && !expired,
      expired,
      expiresAfter: event.expiresAfter,
      edited: event.edited !== undefined,
      quote,
      reactions: event.reactions?.kinds ?? NO_REACTIONS,
      mentionsMe,
      folded,
      change: event.change,
      state,
      waiting: undefined,
      error: undefined,
      receipts: counted,
      unreadBy,
    };
    this.#known.set(event, message);
    return message;
  }

  /**
   * A message on its way, or one that failed.
   *
   * @param facts what will hold in the room when it gets there, as far as can be known
   */
  ofEntry(
    { item, seq, state, waiting: waits }: OutboxEntry,
    facts: RoomFacts,
    quoted: (seq: Seq) => Quote,
  ): Message | undefined {
    const { command, createdAt, failed } = item;
    if (command.kind !== 'send') return undefined;
    const shown: MessageState = failed !== undefined ? 'failed' : state === 'accepted' ? 'sent' : 'pending';
    const waiting = shown === 'pending' ? waits : undefined;
    const expiresAfter = lastingFor(facts, command.expiresAfter);
    const quote = command.replyTo && quoted(command.replyTo);
    const known = this.#waiting.get(item);
    const isSame = known?.state === shown && known.waiting === waiting && known.expiresAfter === expiresAfter;
    if (isSame && isSameQuote(known.quote, quote)) return known;
    const content = this.#codec.open(command.room, command.content);
    const message: Message = {
      key: command.clientMessageId,
      kind: 'message',
      seq,
      clientMessageId: command.clientMessageId,
      sender: this.#me,
      at: createdAt,
      content,
      forwarded: forwardedIn(content),
      deleted: false,
      expired: false,
      expiresAfter,
      edited: false,
      quote,
      reactions: NO_REACTIONS,
      mentionsMe: false,
      folded: false,
      change: undefined,
      state: shown,
      waiting,
      error: failed,
      receipts: undefined,
      unreadBy: undefined,
    };
    this.#waiting.set(item, message);
    return message;
  }
}

/** What a message answers, or what was pinned: by its envelope, or its text where a client from before that wrote it; never by an edit. */
function quotedBy({ replyTo, content, change, refersTo }: Event): Seq | undefined {
  if (change?.type === 'pinned') return refersTo;
  if (replyTo !== undefined || content?.type !== 'text' || !('replyTo' in content)) return replyTo;
  return content.replyTo as Seq | undefined;
}

/** Whether a message names somebody: by its envelope, or where it was edited, by what it says now. */
function namesUser(event: Event, user: UserId): boolean {
  const { edited, sender } = event;
  if (edited === undefined) return isMentioned(event, user);
  const entities = edited.content?.type === 'text' && 'entities' in edited.content && edited.content.entities;
  if (sender === user || !Array.isArray(entities)) return false;
  return (entities as readonly Entity[]).some(
    (entity) => entity.type === 'mention-all' || (entity.type === 'mention' && entity.user === user),
  );
}

/** In a group a message is delivered, or read, when everybody has it, or has read it; who comes later changes nothing. */
function stateOf(
  seq: number,
  { delivered, read }: { delivered: number; read: number },
  receipts: ReceiptsView,
): MessageState {
  const { others } = receipts;
  const settled = receipts.settled(seq);
  if (others <= 0 || settled === 'read') return settled;
  if (read >= others) return 'read';
  return delivered >= others ? 'delivered' : settled;
}
