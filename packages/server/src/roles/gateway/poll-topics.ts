import type { Publisher } from './session-sink.ts';

/** Who takes publications. */
export interface Subscriber {
  sendText(frame: string): void;
}

/** Rooms' publications for polled sessions: what the runtime's topics are for sockets. */
export class PollTopics implements Publisher {
  readonly #topics = new Map<string, Set<Subscriber>>();

  publish(topic: string, frame: string): void {
    for (const subscriber of this.#topics.get(topic) ?? []) subscriber.sendText(frame);
  }

  add(topic: string, subscriber: Subscriber): void {
    const there = this.#topics.get(topic);
    if (there === undefined) this.#topics.set(topic, new Set([subscriber]));
    else there.add(subscriber);
  }

  delete(topic: string, subscriber: Subscriber): void {
    const there = this.#topics.get(topic);
    if (there?.delete(subscriber) === true && there.size === 0) this.#topics.delete(topic);
  }
}
