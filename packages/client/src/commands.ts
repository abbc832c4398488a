import type {
  ClientMessageId,
  CommandFrame,
  Content,
  Entity,
  HistorySetting,
  RoomId,
  Seq,
  TextContent,
  UserId,
} from '@maru/protocol';
import {
  clientMessageIdToBytes,
  countCodePoints,
  directRoomId,
  entitiesFault,
  limits,
  mayMentionAll,
  newRoomId,
  nextClientMessageId,
  refusal,
} from '@maru/protocol';
import type { ContentCodec } from './content-codec.ts';
import type { Device } from './device.ts';
import type { Environment } from './environment.ts';
import { InvalidCommand } from './errors.ts';
import { Sending } from './outbox/sending.ts';

export interface MessageOptions {
  readonly entities?: readonly Entity[];
  /** People named beside those that the entities mention. */
  readonly mentions?: readonly UserId[];
  readonly replyTo?: Seq;
  /** Seconds after which readers hide the message. */
  readonly expiresAfter?: number;
}

/** What a user can tell rooms to do. Each resolves when the command is stored; {@link Sending} tells what became of it. */
export class Commands {
  readonly #device: Device;
  readonly #codec: ContentCodec;
  readonly #environment: Environment;

  constructor(device: Device, codec: ContentCodec, environment: Environment) {
    this.#device = device;
    this.#codec = codec;
    this.#environment = environment;
  }

  /** Sends a message: a text, or any content. */
  async send(room: RoomId, said: string | Content, options: MessageOptions = {}): Promise<Sending> {
    const content = this.#content(room, said, options);
    const named = this.#named(room, options);
    const { expiresAfter } = options;
    this.#device.typing.sent(room);
    return this.#give(room, (common) => ({
      kind: 'send',
      ...common,
      content,
      ...named,
      ...(expiresAfter !== undefined && { expiresAfter }),
    }));
  }

  /** Changes a message of one's own. */
  async edit(
    room: RoomId,
    refersTo: Seq,
    said: string | Content,
    options: MessageOptions = {},
  ): Promise<Sending> {
    const content = this.#content(room, said, options);
    const named = this.#named(room, options);
    return this.#give(room, (common) => ({
      kind: 'edit',
      ...common,
      refersTo,
      content,
      ...named,
    }));
  }

  /** Deletes a message of one's own for everybody. */
  delete(room: RoomId, refersTo: Seq): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'delete', ...common, refersTo }));
  }

  /** Makes a group. Messages may be sent to it at once: they follow. */
  createGroup(name: string, users: readonly UserId[], history: HistorySetting = 'all'): Promise<Sending> {
    const { clock, random } = this.#environment;
    // Any UUIDv7 will do; the minting of command ids makes one of the clock and chance that were handed in.
    const room = newRoomId(() =>
      clientMessageIdToBytes(nextClientMessageId(undefined, clock.now(), random(10))),
    );
    return this.#give(room, (common) => ({
      kind: 'create',
      roomKind: 'group',
      ...common,
      name,
      history,
      users: [...users],
    }));
  }

  /** The room of two people. Made if this device doesn't know it; both may do so at once. */
  async openDirect(user: UserId): Promise<{ readonly room: RoomId; readonly sending: Sending | undefined }> {
    const room = directRoomId(this.#device.me.user, user);
    const known = this.#device.rooms.get(room) !== undefined || this.#device.outbox.pending(room).length > 0;
    if (known) return { room, sending: undefined };
    const sending = await this.#give(room, (common) => ({
      kind: 'create',
      roomKind: 'direct',
      ...common,
      user,
    }));
    return { room, sending };
  }

  addMembers(room: RoomId, users: readonly UserId[]): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'add', ...common, users: [...users] }));
  }

  removeMember(room: RoomId, user: UserId): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'remove', ...common, user }));
  }

  leave(room: RoomId): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'leave', ...common }));
  }

  rename(room: RoomId, name: string): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'rename', ...common, name }));
  }

  /** Says what a group is for; empty: nothing any more. */
  describe(room: RoomId, description: string): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'describe', ...common, description }));
  }

  /** What those who join from now on may read. */
  setHistory(room: RoomId, history: HistorySetting): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'set-history', ...common, history }));
  }

  /** Whether the user may name everybody in a room, as far as this device knows. */
  mayMentionAll(room: RoomId): boolean {
    const record = this.#device.rooms.get(room)?.record;
    if (record === undefined) return true;
    // A creator who has left is replaced by somebody whom only the server knows.
    const isGone = this.#device.members.of(room)?.has(record.creator) === false;
    return mayMentionAll(record, isGone || record.creator === this.#device.me.user);
  }

  /** Gives a command that failed again, as a new one. */
  async resend(room: RoomId, clientMessageId: ClientMessageId): Promise<Sending> {
    return new Sending(this.#device.outbox, await this.#device.outbox.resend(room, clientMessageId));
  }

  /** Drops a command that failed. */
  discard(room: RoomId, clientMessageId: ClientMessageId): Promise<void> {
    return this.#device.outbox.discard(room, clientMessageId);
  }

  async #give(
    room: RoomId,
    build: (common: { room: RoomId; clientMessageId: ClientMessageId }) => CommandFrame,
  ): Promise<Sending> {
    const { outbox } = this.#device;
    const entry = await outbox.give(room, (clientMessageId) => build({ room, clientMessageId }));
    return new Sending(outbox, entry);
  }

  /** Checks what can be known here, so that nobody waits for a refusal. */
  #content(room: RoomId, said: string | Content, { entities, replyTo }: MessageOptions): Content {
    const content: Content =
      typeof said === 'string'
        ? {
            type: 'text',
            text: said,
            ...(entities !== undefined && { entities: [...entities] }),
            ...(replyTo !== undefined && { replyTo }),
          }
        : said;
    if (isText(content)) this.#checkText(content);
    const sealed = this.#codec.seal(room, content);
    if (!isText(sealed)) this.#checkSize(sealed);
    return sealed;
  }

  /** Who is named, as the envelope says it. */
  #named(room: RoomId, { entities = [], mentions: more = [] }: MessageOptions) {
    const named = entities.flatMap((entity) => (entity.type === 'mention' ? [entity.user] : []));
    const mentions = [...new Set([...more, ...named])];
    const mentionsAll = entities.some(({ type }) => type === 'mention-all') || undefined;
    if (mentionsAll && !this.mayMentionAll(room)) {
      const sentence = `In a room of more than ${limits.MENTION_ALL_MEMBERS_MAX} only who looks after it may name everybody.`;
      throw new InvalidCommand(refusal('forbidden', sentence, { field: 'mentionsAll' }));
    }
    return { ...(mentions.length > 0 && { mentions }), ...(mentionsAll && { mentionsAll }) };
  }

  #checkText({ text, entities = [] }: TextContent): void {
    const fault = entitiesFault(text, entities);
    if (fault !== undefined) throw new InvalidCommand(refusal('bad-request', fault, { field: 'entities' }));
    if (text.trim() === '') throw new InvalidCommand(refusal('message-empty', 'The message is empty.'));
    const value = this.#device.limits.messageCharsMax;
    const given = countCodePoints(text);
    if (given <= value) return;
    const limit = { name: 'messageCharsMax', value };
    throw new InvalidCommand(refusal('message-too-long', 'The message is too long.', { limit, given }));
  }

  #checkSize(content: Content): void {
    const value = this.#device.limits.frameBytesMax - COMMAND_BYTES;
    const given = new TextEncoder().encode(JSON.stringify(content)).length;
    if (given <= value) return;
    const limit = { name: 'frameBytesMax', value };
    throw new InvalidCommand(refusal('content-too-large', 'The content is too large.', { limit, given }));
  }
}

/** Room for what stands around a content in a frame. */
const COMMAND_BYTES = 8_192;

function isText(content: Content): content is TextContent {
  return content.type === 'text';
}
