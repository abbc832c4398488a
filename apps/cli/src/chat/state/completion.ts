import type { Composer } from '../composer/composer.ts';
import { mayGive } from './slash-command.ts';
import { SLASH_COMMANDS, usageOf } from './slash-commands.ts';
import { type Person, roomTitle, type World } from './world.ts';

/** What could stand where the cursor is. */
export interface Completion {
  readonly of: 'command' | 'room' | 'person' | 'reply' | 'folder';
  readonly items: readonly CompletionItem[];
  readonly index: number;
  /** Whether an arrow key has chosen. */
  readonly chosen: boolean;
  /** What is replaced begins here and ends at the cursor. */
  readonly from: number;
}

export interface CompletionItem {
  readonly insert: string;
  readonly label: string;
  readonly detail: string;
}

const ITEMS_MAX = 50;
/** Commands that are followed by people. */
const TAKES_PEOPLE =
  /^\/(dm|group|add|remove|whois|role|admit|decline|request|accept|refuse|block|unblock|remove-contact|대화|그룹|초대|내보내기|누구|역할|참여수락|참여거절|요청|수락|거절|차단|차단해제|친구삭제)\s/u;

/** What could follow; `undefined` where nothing is to be offered. */
export function completionOf({ text, cursor }: Composer, world: World): Completion | undefined {
  const before = text.slice(Math.max(0, cursor - 200), cursor);
  const whole = text.slice(0, Math.min(cursor, 200));
  if (cursor <= 40 && /^\/[\p{L}-]*$/u.test(before)) return offer('command', commands(before, world), 0);
  const [, room] =
    /^\/(?:go|이동)\s+(.*)$/u.exec(before) ??
    /^\/(?:forward|전달)\s+(?:(?:anon|익명)\s+)?(?:[^,，]*[,，]\s*)*(.*)$/u.exec(before) ??
    [];
  if (room !== undefined) return offer('room', rooms(room, world), cursor - room.length);
  const [, reply] = /^\/(?:q|q-remove|빠른답장|빠른답장삭제)\s+(\S*)$/u.exec(before) ?? [];
  if (reply !== undefined) return offer('reply', replies(reply, world), cursor - reply.length);
  const [, folder] = /^\/(?:folder|list|폴더|목록)\s+(.*)$/u.exec(before) ?? [];
  if (folder !== undefined) return offer('folder', folders(folder, world), cursor - folder.length);
  // A full-width at sign too, and behind any letter: in CJK no space stands before it.
  const [, handle] = /[@＠]([a-z0-9_.]*)$/.exec(before) ?? [];
  if (handle === undefined) return undefined;
  const among = TAKES_PEOPLE.test(whole) ? world.people() : membersOf(world);
  return offer('person', people(handle, among), cursor - handle.length - 1);
}

/** The composer with the chosen item put in. */
export function takeCompletion(composer: Composer, { items, index, from }: Completion): Composer {
  const insert = items[index]?.insert ?? '';
  const text = composer.text.slice(0, from) + insert + composer.text.slice(composer.cursor);
  return { ...composer, text, cursor: from + insert.length };
}

function offer(of: Completion['of'], items: readonly CompletionItem[], from: number): Completion | undefined {
  return items.length === 0
    ? undefined
    : { of, items: items.slice(0, ITEMS_MAX), index: 0, chosen: false, from };
}

function commands(typed: string, { language, room }: World): CompletionItem[] {
  const begun = typed.slice(1).normalize('NFC').toLowerCase();
  return SLASH_COMMANDS.flatMap((command) => {
    if (!mayGive(command, room)) return [];
    const name = [command.name, ...command.also].find((each) => each.startsWith(begun));
    if (name === undefined) return [];
    const takes = command.takes[language];
    const label = usageOf(command, language).replace(command.name, name);
    return [{ insert: `/${name}${takes === '' ? '' : ' '}`, label, detail: command.does[language] }];
  });
}

function rooms(typed: string, world: World): CompletionItem[] {
  const wanted = fold(typed);
  return world.rooms.flatMap((room) => {
    const title = roomTitle(world, room);
    const handle = room.peer === undefined ? undefined : world.person(room.peer)?.handle;
    const found = fold(title).includes(wanted) || (handle !== undefined && `@${handle}`.includes(wanted));
    if (!found) return [];
    return [{ insert: title, label: title, detail: handle === undefined ? '' : `@${handle}` }];
  });
}

function replies(typed: string, { quickReplies }: World): CompletionItem[] {
  const wanted = fold(typed);
  return quickReplies
    .filter(({ shortcut }) => fold(shortcut).startsWith(wanted))
    .map(({ shortcut, text }) => ({ insert: shortcut, label: shortcut, detail: text }));
}

function folders(typed: string, world: World): CompletionItem[] {
  const wanted = fold(typed);
  return world.folders
    .filter(({ name }) => fold(name).startsWith(wanted))
    .map(({ name, rooms }) => ({ insert: name, label: name, detail: String(rooms.length) }));
}

function people(typed: string, among: readonly Person[]): CompletionItem[] {
  return among
    .flatMap(({ handle, name }) => {
      const found =
        handle?.startsWith(typed) === true || (typed !== '' && fold(name ?? '').startsWith(typed));
      if (handle === undefined || !found) return [];
      return [{ insert: `@${handle} `, label: `@${handle}`, detail: name ?? '' }];
    })
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

function membersOf({ room, me }: World): readonly Person[] {
  return [...(room?.members?.values() ?? [])].filter(({ user }) => user !== me);
}

/** As texts are compared: without regard to case, width and the way that syllables are put together. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
