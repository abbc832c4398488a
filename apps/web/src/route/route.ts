import {
  handle,
  type LinkCode,
  linkCode,
  type PersonalCode,
  personalCode,
  type RoomId,
  roomId,
} from '@maru/protocol';

const SETTING_PAGES = [
  'profile',
  'looks',
  'notifications',
  'privacy',
  'devices',
  'account',
  'connection',
  'about',
] as const;
export type SettingPage = (typeof SETTING_PAGES)[number];

/** Places that the address names by a word alone. */
const PLACES = [
  'requests',
  'archived',
  'new',
  'people',
  'channels',
  'share',
  'starred',
  'settings',
  'admin',
] as const;

type Place = (typeof PLACES)[number];

/** Where in the app the user is. */
export type Route =
  | { readonly kind: 'rooms' | Place }
  /** A page of the settings. */
  | { readonly kind: 'setting'; readonly page: SettingPage }
  /** The code of a device that asks to be let in. */
  | { readonly kind: 'device'; readonly code: string }
  | { readonly kind: 'room' | 'details'; readonly room: RoomId }
  /** A link to a person: leads into the conversation with them. */
  | { readonly kind: 'with'; readonly handle: string }
  /** Somebody's personal link. */
  | { readonly kind: 'user'; readonly code: PersonalCode }
  /** A link into a group. */
  | { readonly kind: 'join'; readonly code: LinkCode }
  /** A link to sign up with. */
  | { readonly kind: 'invite'; readonly code: string };

/**
 * Reads an address's fragment, `#/room/room_…`. All of the app's places are behind the `#`: what a browser asks its server
 * for, and what proxies on the way write down, then never says which conversation somebody opens, and the app works
 * under any path of any server of files. What can't be read leads to the list.
 */
export function readRoute(fragment: string): Route {
  const [, link, secret = ''] = /^#(invite|join|user|device)=([\w-]+)$/.exec(fragment) ?? [];
  if (link === 'device') return { kind: 'device', code: secret };
  if (link === 'invite') return { kind: 'invite', code: secret };
  if (link === 'join') {
    const { data: code } = linkCode.safeParse(secret);
    return code === undefined ? { kind: 'rooms' } : { kind: 'join', code };
  }
  if (link === 'user') {
    const { data: code } = personalCode.safeParse(secret);
    return code === undefined ? { kind: 'rooms' } : { kind: 'user', code };
  }
  const [, place = '', name = ''] = /^#\/([a-z]+)(?:\/([\w.]+))?$/.exec(fragment) ?? [];
  if (place === 'room' || place === 'details') {
    const { data: room } = roomId.safeParse(name);
    return room === undefined ? { kind: 'rooms' } : { kind: place, room };
  }
  if (place === 'with' && handle.safeParse(name).success) return { kind: 'with', handle: name };
  const page = SETTING_PAGES.find((known) => place === 'settings' && known === name);
  if (page !== undefined) return { kind: 'setting', page };
  const kind = PLACES.find((known) => known === place);
  return { kind: kind ?? 'rooms' };
}

/** The fragment that {@link readRoute} reads. */
export function fragmentOf(route: Route): string {
  switch (route.kind) {
    case 'rooms':
      return '#/';
    case 'room':
    case 'details':
      return `#/${route.kind}/${route.room}`;
    case 'with':
      return `#/with/${route.handle}`;
    case 'setting':
      return `#/settings/${route.page}`;
    case 'device':
    case 'invite':
    case 'user':
    case 'join':
      return `#${route.kind}=${route.code}`;
    default:
      return `#/${route.kind satisfies Place}`;
  }
}
