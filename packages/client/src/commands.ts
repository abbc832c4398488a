import {
  type ClientMessageId,
  type CommandFrame,
  type Content,
  clientMessageIdToBytes,
  countCodePoints,
  directRoomId,
  type Entity,
  entitiesFault,
  type HistorySetting,
  type LinkCode,
  type LinkId,
  linkCodeOf,
  mayDo,
  NO_FACTS,
  newLinkSecret,
  newRoomId,
  nextClientMessageId,
  type RelationAct,
  type Role,
  type RoomId,
  type RoomRights,
  reactionOf,
  readLinkCode,
  refusal,
  roomSettingName,
  type Seq,
  type TextContent,
  type UserId,
} from '@maru/protocol';
import type { ContentCodec } from './content-codec.ts';
import type { Device } from './device.ts';
import type { Environment } from './environment.ts';
import { InvalidCommand } from './errors.ts';
import { isText } from './is-text.ts';
import type { Scheduled } from './later/scheduled-list.ts';
import { Sending } from './outbox/sending.ts';
import { RelationCommands, type ReportDetails, type Said } from './relation/relation-commands.ts';

export interface MessageOptions {
  readonly entities?: readonly Entity[];
  /** People named beside those that the entities mention. */
  readonly mentions?: readonly UserId[];
  /** The message that this one answers. */
  readonly replyTo?: Seq;
  /** Seconds after which readers hide the message. */
  readonly expiresAfter?: number;
  /** Whether the room's draft stays: this is not what was written there. */
  readonly keepsDraft?: boolean;
}

export interface LinkOptions {
  readonly expiresAt?: number;
  readonly usesMax?: number;
  readonly approval?: boolean;
}

export interface ChannelOptions {
  /** What it is for. */
  readonly description?: string;
  /** Whether it stands in the directory, and anybody may come in. */
  readonly public?: boolean;
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
    this.#mayWrite(room);
    const message = this.#message(room, said, options);
    this.#device.typing.sent(room);
    this.#clearDraft(room, undefined, options);
    return this.#give(room, (common) => ({ kind: 'send', ...common, ...message }));
  }

  /**
   * Has a message sent at a time, milliseconds since the epoch by the server's clock, which sends it without this device
   * (`[LATER1]`). Listed by `client.scheduled`.
   */
  async schedule(
    room: RoomId,
    said: string | Content,
    at: number,
    options: MessageOptions = {},
  ): Promise<Sending> {
    this.#mayWrite(room);
    const message = this.#message(room, said, options);
    this.#clearDraft(room, undefined, options);
    return this.#give(room, (common) => ({ kind: 'schedule', ...common, at, ...message }));
  }

  /** Another time, another message, or both, for one that was not sent yet; one that failed is tried again. */
  reschedule(
    { room, scheduled }: Pick<Scheduled, 'room' | 'scheduled'>,
    change: { readonly at?: number; readonly said?: string | Content },
    options: MessageOptions = {},
  ): Promise<Sending> {
    const { at, said } = change;
    const message = said === undefined ? {} : this.#message(room, said, options);
    const when = at === undefined ? {} : { at };
    return this.#give(room, (common) => ({ kind: 'reschedule', ...common, scheduled, ...when, ...message }));
  }

  /** It is not to be sent; or, one that failed, is forgotten. */
  cancelScheduled({ room, scheduled }: Pick<Scheduled, 'room' | 'scheduled'>): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'unschedule', ...common, scheduled }));
  }

  /** Changes a message of one's own. What it answers stays. */
  async edit(
    room: RoomId,
    refersTo: Seq,
    said: string | Content,
    options: Pick<MessageOptions, 'entities' | 'mentions'> = {},
  ): Promise<Sending> {
    const content = this.#content(room, said, options);
    const named = this.#named(room, options);
    this.#clearDraft(room, refersTo, options);
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

  /** Puts an emoji on a message, or takes one's own off. It is seen at once, and gone again if the server refuses it. */
  async react(room: RoomId, refersTo: Seq, emoji: string, on = true): Promise<Sending> {
    const reaction = reactionOf(emoji);
    if (reaction === undefined) {
      const field = 'reaction';
      throw new InvalidCommand(refusal('bad-request', 'A reaction is exactly one emoji.', { field }));
    }
    return this.#give(room, (common) => ({ kind: 'react', ...common, refersTo, reaction, on }));
  }

  /** Pins a message where all members see it, or takes it down. */
  pin(room: RoomId, refersTo: Seq, on = true): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'pin', ...common, refersTo, on }));
  }

  /** Makes a group. Messages may be sent to it at once: they follow. */
  createGroup(name: string, users: readonly UserId[], history: HistorySetting = 'all'): Promise<Sending> {
    const room = this.#newRoom();
    return this.#give(room, (common) => ({
      kind: 'create',
      roomKind: 'group',
      ...common,
      name,
      history,
      users: [...users],
    }));
  }

  /** Makes a channel: a public one stands in the directory, others are come into by links. */
  createChannel(name: string, options: ChannelOptions = {}): Promise<Sending> {
    const { description = '', public: isPublic = false } = options;
    return this.#give(this.#newRoom(), (common) => ({
      ...{ kind: 'create', roomKind: 'channel', name, description, public: isPublic },
      ...common,
    }));
  }

  /** Comes into a public channel. It is there when the server has let one in. */
  joinChannel(room: RoomId): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'join', ...common }));
  }

  /** The room of two people. Made if this device doesn't know it; both may do so at once. */
  async openDirect(user: UserId): Promise<{ readonly room: RoomId; readonly sending: Sending | undefined }> {
    const room = directRoomId(this.#device.me.user, user);
    if (this.#device.relations.isMade(room)) return { room, sending: undefined };
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
    return this.#relate(user, 'request', { note });
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

  /**
   * Blocks somebody: on this device from now on, for the server as soon as it is reached. With a report the
   * administrators hear of them in the same step (`[REPORT5]`).
   */
  block(user: UserId, report?: ReportDetails): Promise<Sending> {
    return this.#relate(user, 'block', { report });
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

  /** How long messages stay from now on, in seconds; 0: for ever (`[TIME1]`). */
  setTimer(room: RoomId, seconds: number): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'set-timer', ...common, seconds }));
  }

  /** What those who join from now on may read. */
  setHistory(room: RoomId, history: HistorySetting): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'set-history', ...common, history }));
  }

  /** Makes a member an administrator or a member again, or hands the group over. */
  setRole(room: RoomId, user: UserId, role: Role): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'set-role', ...common, user, role }));
  }

  /** Says who may do what in a group; rights that are not named stay as they are. */
  setRights(room: RoomId, rights: RoomRights): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'set-rights', ...common, rights }));
  }

  /** Says how many seconds a member waits between two messages; 0: none. */
  setSlowMode(room: RoomId, seconds: number): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'set-slow-mode', ...common, seconds }));
  }

  /**
   * Makes a link that lets people into a group. Its code is there at once, and good as soon as the command is accepted.
   *
   * @param options `expiresAt` in milliseconds since the epoch, `usesMax` people, `approval`: people ask and are let in
   */
  async makeLink(
    room: RoomId,
    options: LinkOptions = {},
  ): Promise<{ readonly code: LinkCode; readonly sending: Sending }> {
    const { expiresAt, usesMax, approval = false } = options;
    const secret = newLinkSecret(this.#environment.random(16));
    const sending = await this.#give(room, (common) => ({
      kind: 'make-link',
      ...common,
      secret,
      approval,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(usesMax !== undefined && { usesMax }),
    }));
    return { code: linkCodeOf(room, secret), sending };
  }

  revokeLink(room: RoomId, link: LinkId): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'revoke-link', ...common, link }));
  }

  /** Comes into a group by the code of a link, or asks to. The room is there when the server has let one in. */
  join(code: LinkCode): Promise<Sending> {
    const { room, secret } = readLinkCode(code);
    return this.#give(room, (common) => ({ kind: 'join', ...common, secret }));
  }

  /** Lets somebody in who asked to join, or not. */
  answerJoin(room: RoomId, user: UserId, accept: boolean): Promise<Sending> {
    return this.#give(room, (common) => ({ kind: 'answer-join', ...common, user, accept }));
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

  /** Any UUIDv7 will do; the minting of command ids makes one of the clock and chance that were handed in. */
  #newRoom(): RoomId {
    const { clock, random } = this.#environment;
    return newRoomId(() => clientMessageIdToBytes(nextClientMessageId(undefined, clock.now(), random(10))));
  }

  /** What was written is a command now: stored in the same go, so that it is never both or neither (`[OWN10]`). */
  #clearDraft(room: RoomId, editOf: Seq | undefined, { keepsDraft = false }: MessageOptions): void {
    const { own } = this.#device;
    const draft = own.draft(room);
    if (keepsDraft || draft === undefined || draft.editOf !== editOf) return;
    own.change(roomSettingName('draft', room), { kind: 'draft', draft: undefined });
  }

  /** Who blocks somebody does not write to them. */
  #mayWrite(room: RoomId): void {
    if (this.#device.relations.of(room)?.state === 'blocked') throw new InvalidCommand(BLOCKED);
  }

  async #relate(user: UserId, act: RelationAct, said: Said = {}): Promise<Sending> {
    const { room, build } = this.#relating.about(user, act, said);
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

  /** All that a new message says, with its envelope. */
  #message(room: RoomId, said: string | Content, options: MessageOptions) {
    const content = this.#content(room, said, options);
    const { replyTo, expiresAfter } = options;
    return {
      ...(replyTo !== undefined && { replyTo }),
      content,
      ...this.#named(room, options),
      ...(expiresAfter !== undefined && { expiresAfter }),
    };
  }

  /** Checks what can be known here, so that nobody waits for a refusal. */
  #content(room: RoomId, said: string | Content, { entities }: Pick<MessageOptions, 'entities'>): Content {
    const content: Content =
      typeof said === 'string'
        ? {
            type: 'text',
            text: said,
            ...(entities !== undefined && { entities: [...entities] }),
          }
        : said;
    if (isText(content)) this.#checkText(content);
    else if (content.type === 'text') throw new InvalidCommand(NO_TEXT);
    const sealed = this.#codec.seal(room, content);
    if (!isText(sealed)) this.#checkSize(sealed);
    return sealed;
  }

  /** Who is named, as the envelope says it. */
  #named(room: RoomId, { entities = [], mentions: more = [] }: MessageOptions) {
    const named = entities.flatMap((entity) => (entity.type === 'mention' ? [entity.user] : []));
    const mentions = [...new Set([...more, ...named])];
    const mentionsAll = entities.some(({ type }) => type === 'mention-all') || undefined;
    if (mentionsAll && !this.#mayMentionAll(room)) {
      const sentence =
        'You may not name everybody in this group. Leave out @all, or ask its owner for the right.';
      throw new InvalidCommand(refusal('forbidden', sentence, { field: 'mention-all' }));
    }
    return { ...(mentions.length > 0 && { mentions }), ...(mentionsAll && { mentionsAll }) };
  }

  /** As far as this device knows; of a room that it does not have the server decides. */
  #mayMentionAll(room: RoomId): boolean {
    const { rooms, members, me } = this.#device;
    const record = rooms.get(room)?.record;
    if (record === undefined) return true;
    const known = { ...record, facts: record.facts ?? NO_FACTS, members: members.of(room) };
    return mayDo(known, me.user, 'mention-all');
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

const BLOCKED = refusal('recipient-unavailable', 'You block this person: unblock them before you write.');

const NO_TEXT = refusal(
  'bad-request',
  'A content of the type `text` has a `text`, and a list of entities or none.',
  {
    field: 'content',
  },
);

/** Room for what stands around a content in a frame. */
const COMMAND_BYTES = 8_192;
