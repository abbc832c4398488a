import type { Release, TabsEnvironment } from '../tabs/tabs-environment.ts';
import { keepNote, keptNotes } from './notes.ts';

/** Web Locks, BroadcastChannel and Web Storage: what tabs of one origin share in every browser (Safari from 15.4 on). */
export function webTabs(): TabsEnvironment {
  return {
    lock: (name, how, lost) =>
      new Promise<Release | undefined>((resolve, reject) => {
        const options = how === 'wait' ? {} : how === 'steal' ? { steal: true } : { ifAvailable: true };
        let isHeld = false;
        const held = navigator.locks.request(name, options, (lock) => {
          if (lock === null) {
            resolve(undefined);
            return undefined;
          }
          isHeld = true;
          return new Promise<void>((release) => resolve(release));
        });
        // Rejects with `AbortError` where it was stolen (Web Locks API, §4.2).
        held.catch((error: unknown) => (isHeld ? lost() : reject(error)));
      }),
    channel: (name, receive) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }) => receive(data);
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    },
    keep: keepNote,
    kept: keptNotes,
  };
}
