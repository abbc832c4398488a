import type {
  ClientMessageId,
  CommandFrame,
  Content,
  Entity,
  HistorySetting,
  RelationAct,
  RoomId,
  Seq,
  TextContent,
  UserId,
} from '@maru/protocol';
import {
  clientMessageIdToBytes,
  countCodePoints,
  directRoomId,
  newRoomId,
  nextClientMessageId,
  refusal,
} from '@maru/protocol';
import type { ContentCodec } from './content-codec.ts';
import type { Device } from './device.ts';
import type { Environment } from './environment.ts';
import { InvalidCommand } from './errors.ts';
import { Sending } from './outbox/sending.ts';
import { makesDirect } from './relation/is-relation.ts';
import { RelationCommands } from './relation/relation-commands.ts';

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
  readonly #relating: RelationCommands;
  readonly #environment: Environment;

  constructor(device: Device, codec: ContentCodec, environment: Environment) {
    this.#device = device;
    this.#codec = codec;
    this.#relating = new RelationCommands(device, codec);
    this.#environment = environment;
  }

  /** Sends a message: a text, or any content. */
  async send(room: RoomId, said: string | Content, options: MessageOptions = {}): Promise<Sending> {
    if (this.#device.relations.of(room)?.state === 'blocked') throw new InvalidCommand(BLOCKED);
    const content = this.#content(room, said, options);
    const mentions = mentionsOf(options);
    const { expiresAfter } = options;
    this.#device.typing.sent(room);
    return this.#give(room, (common) => ({
      kind: 'send',
      ...common,
      content,
      ...(mentions.length > 0 && { mentions }),
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
    const mentions = mentionsOf(options);
    return this.#give(room, (common) => ({
      kind: 'edit',
      ...common,
      refersTo,
      content,
      ...(mentions.length > 0 && { mentions }),
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
    const { rooms, outbox } = this.#device;
    const isMade = outbox.pending(room).some(({ item }) => makesDirect(item.command));
    if (isMade || rooms.get(room) !== undefined) return { room, sending: undefined };
    const sending = await this.#give(room, (common) => ({
      kind: 'create',
      roomKind: 'direct',
      ...common,
      user,
    }));
    return { room, sending };
  }

  /** Asks somebody to be a contact; accepts where they have asked. `note`: up to `REQUEST_NOTE_CHARS_MAX` code points. */
  request(user: UserId, note?: string): Promise<Sending> {
    return this.#relate(user, 'request', note);
  }

  /** Accepts somebody's request, or the messages of a stranger. */
  accept(user: UserId): Promise<Sending> {
    return this.#relate(user, 'accept');
  }

  /** Refuses somebody's request, or the messages of a stranger. They are not told. */
  refuse(user: UserId): Promise<Sending> {
    return this.#relate(user, 'refuse');
  }

  /** Takes one's own request back. */
  cancel(user: UserId): Promise<Sending> {
    return this.#relate(user, 'cancel');
  }

  /** Ends being contacts. The other is not told. */
  removeContact(user: UserId): Promise<Sending> {
    return this.#relate(user, 'remove');
  }

  /** Blocks somebody: on this device from now on, for the server as soon as it is reached. */
  block(user: UserId): Promise<Sending> {
    return this.#relate(user, 'block');
  }

  unblock(user: UserId): Promise<Sending> {
    return this.#relate(user, 'unblock');
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

  /** Gives a command that failed again, as a new one. */
  async resend(room: RoomId, clientMessageId: ClientMessageId): Promise<Sending> {
    const { outbox } = this.#device;
    const entry = await outbox.resend(room, clientMessageId, (failed) => {
      const build = this.#relating.renewed(failed);
      return (id) => build?.({ room, clientMessageId: id }) ?? { ...failed, clientMessageId: id };
    });
    return new Sending(outbox, entry);
  }

  /** Drops a command that failed. */
  discard(room: RoomId, clientMessageId: ClientMessageId): Promise<void> {
    return this.#device.outbox.discard(room, clientMessageId);
  }

  async #relate(user: UserId, act: RelationAct, note?: string): Promise<Sending> {
    const { room, build } = this.#relating.about(user, act, note);
    return this.#give(room, build);
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
    if (isText(content)) this.#checkText(content.text);
    const sealed = this.#codec.seal(room, content);
    if (!isText(sealed)) this.#checkSize(sealed);
    return sealed;
  }

  #checkText(text: string): void {
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

const BLOCKED = refusal('recipient-unavailable', 'You block this person: unblock them before you write.');

/** Room for what stands around a content in a frame. */
const COMMAND_BYTES = 8_192;

function isText(content: Content): content is TextContent {
  return content.type === 'text';
}

function mentionsOf({ entities = [], mentions = [] }: MessageOptions): UserId[] {
  const named = entities.flatMap((entity) => (entity.type === 'mention' ? [entity.user] : []));
  return [...new Set([...mentions, ...named])];
}
