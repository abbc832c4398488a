import { TAKE_OVER } from './take-over.ts';
import { scriptAddress } from './trusted-scripts.ts';

/** How often a page that stays open asks for a new version, at most. */
const ASK_MS_MIN = 60 * 60_000;

/** Installs the service worker and hears of new versions of the app. */
export class AppUpdates {
  #isReady = false;
  #waiting: ServiceWorker | undefined;
  readonly #listeners = new Set<() => void>();

  /** A new version is here, and can be had by loading the page again. */
  get isReady(): boolean {
    return this.#isReady;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Where there are no service workers, as in some private windows, the app works without. */
  async start(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    try {
      const wasControlled = serviceWorker.controller !== null;
      const registration = await serviceWorker.register(scriptAddress('/sw.js'));
      // Another tab took the new version: the files of this one may be gone.
      serviceWorker.addEventListener('controllerchange', () => wasControlled && this.#ready(undefined));
      const look = () => {
        const { waiting } = registration;
        if (waiting !== null && serviceWorker.controller !== null) this.#ready(waiting);
      };
      look();
      registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', look);
      });
      this.#askAgain(registration);
    } catch {
      // A browser that lets none be installed, or no network: the next visit tries again.
    }
  }

  /** Loads the page again, with the new version. */
  takeOver(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      location.reload();
      return;
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage(TAKE_OVER);
  }

  #ready(waiting: ServiceWorker | undefined): void {
    this.#isReady = true;
    this.#waiting = waiting;
    for (const listener of [...this.#listeners]) listener();
  }

  #askAgain(registration: ServiceWorkerRegistration): void {
    let askedAt = performance.now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || performance.now() - askedAt < ASK_MS_MIN) return;
      askedAt = performance.now();
      registration.update().catch(() => undefined);
    });
  }
}
