import { type HttpRequest, type HttpResponse, NetworkError } from '@maru/client';
import type { SeededRandom } from './seeded-random.ts';
import type { Weather } from './sim-network.ts';
import type { SimServer } from './sim-server.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How long an answer may take where nobody says otherwise. */
const TIMEOUT_MS = 30_000;
/** Of the deliveries that the weather loses; requests are repeated more dearly than frames. */
const LOSE_SHARE = 0.3;

interface HttpDeps {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  /** Decides what becomes of requests; absent: nothing but that they take their time. */
  readonly rough: SeededRandom | undefined;
  readonly server: SimServer;
  readonly weather: () => Weather;
  /** Until when, in virtual time, the device reads nothing. */
  readonly stalledUntil: () => number;
  /** Called with every answer to a poll, whether it arrives or not. */
  readonly onGiven: (answer: string) => void;
}

/** A device's requests: they take their time, overtake each other, and may be lost on either way, or come twice. */
export class SimHttp {
  readonly #deps: HttpDeps;
  readonly #underWay = new Set<(silent: boolean) => void>();

  constructor(deps: HttpDeps) {
    this.#deps = deps;
  }

  /** Nothing comes back any more of what is under way. @param silent the device is told nothing */
  cut(silent: boolean): void {
    for (const lose of [...this.#underWay]) lose(silent);
  }

  request(request: HttpRequest): Promise<HttpResponse> {
    const { time } = this.#deps;
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
    let lost = false;
    const fail = (cause?: unknown) => reject(new NetworkError('no answer', { cause }));
    const lose = (silent: boolean) => {
      lost = true;
      if (!silent) time.after(this.#latency(), () => fail());
      // Others have their time-out from the beginning.
      else if (this.#deps.rough === undefined) time.after(request.timeoutMs ?? TIMEOUT_MS, () => fail());
    };
    this.#underWay.add(lose);
    if (this.#deps.rough !== undefined) time.after(request.timeoutMs ?? TIMEOUT_MS, () => fail());
    request.signal?.addEventListener('abort', () => fail(request.signal?.reason));
    this.#travel(request, () => lost).then((response) => {
      if (response !== undefined && !lost) resolve(response);
    }, fail);
    return promise.finally(() => this.#underWay.delete(lose));
  }

  /** There and back; nothing where it is lost on the way. */
  async #travel(request: HttpRequest, isLost: () => boolean): Promise<HttpResponse | undefined> {
    const { time, server, stalledUntil, onGiven } = this.#deps;
    await time.sleep(this.#latency());
    if (isLost() || this.#loses()) return undefined;
    const { method, url, headers, body = null } = request;
    const make = () => new Request(url, { method, headers: { ...headers }, body });
    if (this.#deps.rough?.chance(this.#deps.weather().double) === true)
      time.after(this.#latency(), () => void server.request(make()).catch(() => undefined));
    const response = await server.request(make());
    const answer = { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
    if (url.endsWith('/v1/poll')) onGiven(new TextDecoder().decode(answer.body));
    await time.sleep(this.#latency());
    if (url.endsWith('/v1/poll') && stalledUntil() > time.elapsed)
      await time.sleep(stalledUntil() - time.elapsed);
    return this.#loses() ? undefined : answer;
  }

  #loses(): boolean {
    const { rough, weather } = this.#deps;
    return rough?.chance(weather().lose * LOSE_SHARE) === true;
  }

  #latency(): number {
    return this.#deps.random.between(...this.#deps.weather().latencyMs);
  }
}
