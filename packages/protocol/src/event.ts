/** One entry of a room's log, as every device sees it: an envelope in the clear, and a content the core never reads. */
import * as z from 'zod';
import { anyContent } from './content.ts';
import { role, roomRights } from './group-rules.ts';
import { clientMessageId, deviceId, linkId, seq, userId } from './ids.ts';
import { EXPIRES_AFTER_S_MAX, MENTIONS_MAX } from './limits.ts';
import { reactions } from './reaction.ts';
import { firstAct, relationEventAct } from './relation.ts';

export const roomKind = z.enum(['direct', 'group', 'channel']);
/** As a reader takes it: a kind of a later version is shown as a group. */
export const shownRoomKind = roomKind.catch('group');
export type RoomKind = z.infer<typeof roomKind>;
/** What a new member may read: all, or what came since joining. Fixed for a member at the moment of joining. */
export const historySetting = z.enum(['all', 'since-joined']);
export type HistorySetting = z.infer<typeof historySetting>;

/** What an event does to the room's state. State derives from this and the envelope alone, never from content. */
export const change = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('created'),
    roomKind,
    name: z.string().optional(),
    history: historySetting,
    members: z.array(userId),
    /** A direct room that began with it; its note is the event's content. */
    act: firstAct.optional(),
    /** Of a channel: that it stands in the directory, and what it is for. */
    public: z.literal(true).optional(),
    description: z.string().optional(),
  }),
  /** `link`: by which they came in, of themselves or after somebody let them. */
  z.object({ type: z.literal('joined'), users: z.array(userId), link: linkId.optional() }),
  /** `owner`: whose the group is from here on, where it was the sender's. */
  z.object({ type: z.literal('left'), owner: userId.optional() }),
  z.object({ type: z.literal('removed'), user: userId }),
  z.object({ type: z.literal('renamed'), name: z.string() }),
  z.object({ type: z.literal('history-set'), history: historySetting }),
  z.object({ type: z.literal('described'), description: z.string() }),
  z.object({ type: z.literal('timer-set'), seconds: z.int() }),
  /** Their time was over: what they said is erased (`[TIME2]`). */
  z.object({
    type: z.literal('expired'),
    messages: z.array(z.object({ sender: userId, seqs: z.array(seq) })),
  }),
  /** Of a `related` event, and with the act `write` of a message that changes what two people are to each other. */
  z.object({ type: z.literal('related'), act: relationEventAct }),
  z.object({ type: z.literal('role-set'), user: userId, role }),
  z.object({ type: z.literal('rights-set'), rights: roomRights }),
  z.object({ type: z.literal('slow-mode-set'), seconds: z.int().min(0) }),
  z.object({
    type: z.literal('link-made'),
    link: linkId,
    expiresAt: z.int().optional(),
    usesMax: z.int().optional(),
    approval: z.boolean(),
    /** Links that let nobody in any more by then, and are forgotten. */
    over: z.array(linkId).optional(),
  }),
  z.object({ type: z.literal('link-revoked'), link: linkId }),
  z.object({ type: z.literal('join-requested'), link: linkId }),
  z.object({ type: z.literal('join-refused'), user: userId }),
  z.object({
    type: z.literal('reacted'),
    reaction: z.string(),
    on: z.boolean(),
    /** What is taken off: the event that put it there. Who may not see that one never counted it. */
    put: seq.optional(),
  }),
  z.object({ type: z.literal('pinned'), on: z.boolean() }),
]);
export type Change = z.infer<typeof change>;

export const eventKind = z.enum([
  'message',
  'edit',
  'deletion',
  'created',
  'joined',
  'left',
  'removed',
  'renamed',
  'history-set',
  'described',
  'timer-set',
  'expired',
  'related',
  'role-set',
  'rights-set',
  'slow-mode-set',
  'link-made',
  'link-revoked',
  'join-requested',
  'join-refused',
  'reaction',
  'pinned',
]);
export type EventKind = z.infer<typeof eventKind>;

/** The part of an event that the sender sets and everybody may read, encrypted rooms included. */
export const envelope = {
  /** The event this one is about: what an edit or deletion changes, what a reaction is put on, what is pinned. */
  refersTo: seq.optional(),
  /** The message that this one answers. It names a place, and quotes nothing; an edit does not change it. */
  replyTo: seq.optional(),
  mentions: z.array(userId).max(MENTIONS_MAX).optional(),
  /** Everybody in the room is named (`[TEXT2]`). */
  mentionsAll: z.literal(true).optional(),
  /** Seconds after which readers hide the message. */
  expiresAfter: z.int().min(1).max(EXPIRES_AFTER_S_MAX).optional(),
};

export const event = z.object({
  seq,
  /** Milliseconds since the epoch by the log's clock, which never goes back in a room. */
  at: z.int(),
  /** A later version may send kinds this one does not know: show a placeholder, keep the number. */
  kind: z.string(),
  sender: userId,
  device: deviceId.optional(),
  clientMessageId: clientMessageId.optional(),
  /** Whether it counts as unread (`[UNREAD1]`). */
  counts: z.boolean(),
  /** How many counting events the room has up to and with this one. */
  ordinal: z.int().min(0),
  ...envelope,
  /** Absent: readable for ever. Milliseconds since the epoch. */
  expiresAt: z.int().optional(),
  /** An imported message's own time; shown instead of `at`. */
  sentAt: z.int().optional(),
  /** A change of a type this version does not know is left out, as its kind says nothing to it either. */
  change: change.optional().catch(undefined),
  /** Absent on a `message` or `edit` that was deleted, or whose reader may not see it. */
  content: anyContent.optional(),
  /** On reading: the newest edit of this message. */
  edited: z.object({ seq, at: z.int(), content: anyContent.optional() }).optional(),
  /** On reading: what people put on this message. Absent where nobody ever did. */
  reactions: reactions.optional(),
});
export type Event = z.infer<typeof event>;
