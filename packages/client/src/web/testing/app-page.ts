import path from 'node:path';
import type { RoomId, Seq } from '@maru/protocol';
import type { ClientOptions } from '../../client-options.ts';

/** The script of a page that is an app on the SDK. */
export const APP_PAGE = path.join(import.meta.dir, 'app-script-page.ts');

/** What a test outside does with it: `app` in the page. */
export interface AppPage {
  /** Absent: who the store knows. */
  start(signedIn?: ClientOptions['signedIn']): Promise<void>;
  state(): string;
  /** Ends the wait for the next try. */
  connect(): void;
  open(room: RoomId): Promise<void>;
  /** Gives its id when it is stored. What the server accepts is counted; else the page has an error (`pageerror`). */
  send(room: RoomId, text: string): Promise<string>;
  accepted(): number;
  texts(room: RoomId): (string | undefined)[];
  /** Goes back to the beginning of the room, as who scrolls does. */
  scrollToStart(room: RoomId): Promise<void>;
  markRead(room: RoomId, seq: Seq): void;
  unread(room: RoomId): number | undefined;
  /** Nothing runs in the page until it has an answer to `/sleep`, which it asks for between two transactions. */
  sleep(): Promise<void>;
  close(): Promise<void>;
}
