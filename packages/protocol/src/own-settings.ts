/**
 * What a user keeps for themselves alone, the same on all their devices: a register of named values, of which the newest
 * in the log holds (`[OWN1]`). Names and shapes are a closed set.
 */
import * as z from 'zod';
import { entity } from './content.ts';
import { ROOM_ID_PATTERN, type RoomId, roomId, seq } from './ids.ts';
import {
  ENTITIES_MAX,
  FOLDER_NAME_CHARS_MAX,
  FOLDER_ROOMS_MAX,
  FOLDERS_MAX,
  HIDDEN_SPANS_MAX,
  MESSAGE_CHARS_MAX,
  QUICK_REPLIES_MAX,
  QUICK_REPLY_CHARS_MAX,
  SHORTCUT_CHARS_MAX,
  STARS_MAX,
} from './limits.ts';
import { countCodePoints, displayText } from './text.ts';

/** Milliseconds since the epoch, by the devices' clocks; or until the user says otherwise. */
export const mute = z.object({
  until: z.union([z.int().min(0), z.literal('ever')]),
  /** Whether messages that mention the user are told of all the same. */
  mentions: z.boolean(),
});
export type Mute = z.infer<typeof mute>;

/** How the user has a room in their list. What was never set is absent. */
export const roomOwn = z.object({
  mute: mute.optional(),
  /** The ordinal of the room's head when it was archived: a message that counts brings it back (`[OWN6]`). */
  archived: z.int().min(0).optional(),
  /** Pinned rooms come first, the least number on top; equal ones by the room's id. */
  pinned: z.number().optional(),
});
export type RoomOwn = z.infer<typeof roomOwn>;

function text(charsMin: number, charsMax: number) {
  return z
    .string()
    .min(charsMin)
    .max(charsMax * 2)
    .refine((said) => said.isWellFormed(), { message: 'must be well-formed Unicode' })
    .refine((said) => countCodePoints(said) <= charsMax, {
      message: `must have at most ${charsMax} characters`,
    });
}

/** What stands in a room's input, unsent. */
export const draft = z.object({
  text: text(0, MESSAGE_CHARS_MAX),
  entities: z.array(entity).max(ENTITIES_MAX).optional(),
  replyTo: seq.optional(),
  /** The own message that it is to change. */
  editOf: seq.optional(),
});
export type Draft = z.infer<typeof draft>;

/** Messages that the user has deleted for themselves: spans `[from, to]` of `seq`, rising, apart from each other. */
export const hiddenSpans = z
  .array(z.tuple([seq, seq]))
  .min(1)
  .max(HIDDEN_SPANS_MAX)
  .refine((spans) => spans.every(([from, to], i) => from <= to && from > (spans[i - 1]?.[1] ?? -1) + 1), {
    message: 'must be spans [from, to] that rise, with something between them',
  });
export type HiddenSpans = z.infer<typeof hiddenSpans>;

/** What is written after a sign to get a quick reply: no spaces in it. */
const shortcut = text(1, SHORTCUT_CHARS_MAX).refine((said) => !/[\s\p{Cc}]/u.test(said), {
  message: 'must not hold spaces or control characters',
});
export const quickReply = z.object({ shortcut, text: text(1, QUICK_REPLY_CHARS_MAX) });
export type QuickReply = z.infer<typeof quickReply>;

/** Texts that the user keeps to send them again. */
const quickReplies = z
  .array(quickReply)
  .min(1)
  .max(QUICK_REPLIES_MAX)
  .refine((list) => new Set(list.map((reply) => reply.shortcut)).size === list.length, {
    message: 'must not name a shortcut twice',
  });

/** Messages that the user has starred: their `seq`, rising. */
const stars = z
  .array(seq)
  .min(1)
  .max(STARS_MAX)
  .refine((list) => list.every((one, i) => one > (list[i - 1] ?? 0)), { message: 'must rise' });

export const folder = z.object({
  name: displayText(FOLDER_NAME_CHARS_MAX),
  /** Rising by the text of their ids. */
  rooms: z.array(roomId).max(FOLDER_ROOMS_MAX),
});
export type Folder = z.infer<typeof folder>;

/** The user's own groups of rooms; a room may stand in several. */
const folders = z
  .array(folder)
  .min(1)
  .max(FOLDERS_MAX)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
    message: 'must not name a folder twice',
  });

/** The value of each kind of setting. Those of rooms are named `{kind}/{roomId}`, the others by their kind. */
export const settingValues = {
  room: roomOwn,
  draft,
  hidden: hiddenSpans,
  stars,
  'quick-replies': quickReplies,
  folders,
} as const;
export type SettingKind = keyof typeof settingValues;
export type SettingValue<K extends SettingKind> = z.infer<(typeof settingValues)[K]>;
export type RoomSettingKind = 'room' | 'draft' | 'hidden' | 'stars';

export type SettingName = string & { readonly __brand: 'SettingName' };

const ROOM_SUFFIX = ROOM_ID_PATTERN.source.slice(1, -1);

/** A name of the closed set. */
export const settingName = z
  .string()
  .regex(new RegExp(`^(?:(?:room|draft|hidden|stars)/${ROOM_SUFFIX}|quick-replies|folders)$`), {
    message: 'expected room, draft, hidden or stars with /{roomId}, or quick-replies or folders',
  })
  .transform((name) => name as SettingName);

/** One setting as it travels down: a later server may give names that this version does not know. `null`: removed. */
export const ownSetting = z.object({ name: z.string(), value: z.unknown() });
export type OwnSetting = z.infer<typeof ownSetting>;

export function roomSettingName(kind: RoomSettingKind, room: RoomId): SettingName {
  return `${kind}/${room}` as SettingName;
}

export const QUICK_REPLIES_NAME = 'quick-replies' as SettingName;
export const FOLDERS_NAME = 'folders' as SettingName;

/** What a name stands for. */
export function settingOf(name: SettingName): {
  readonly kind: SettingKind;
  readonly room: RoomId | undefined;
} {
  const slash = name.indexOf('/');
  if (slash < 0) return { kind: name as unknown as SettingKind, room: undefined };
  return { kind: name.slice(0, slash) as SettingKind, room: name.slice(slash + 1) as RoomId };
}
