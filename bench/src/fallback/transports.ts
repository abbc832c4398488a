/** Devices over each transport of the SDK: most of them quiet, some in conversation. In TypeScript alone, as the SDK is. */
import type { DownFrame } from '@maru/protocol';
import type { LoadResults, WireFigures } from '../load/generator.ts';
import type { Plan, PlannedRoom } from '../load/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import { CarriedDevice, type Carrier } from './carried-device.ts';
import { WireCounts } from './counting-http.ts';
import { sendFrame, serialOf } from './message-ids.ts';
import type { Options } from './options.ts';
import { pace } from './pace.ts';
import { latencyOf, type Told, tellPhase } from './report.ts';

const OPENING_MAX = 64;
const TEXT = 'x'.repeat(100);

/** The plan's rooms are those of the busy, whose sessions come first. `rate`: messages a second of each of them. */
export async function transports(
  options: Options,
  plan: Plan,
  told: Told,
): Promise<LoadResults['transports']> {
  const port = options.number('port', 0);
  const carrier = {
    kind: options.text('kind') as Carrier['kind'],
    everyMs: options.number('everyMs', 5_000),
  };
  const [quiet, busy] = [new WireCounts(), new WireCounts()];
  const talk = new Talk(plan.rooms);
  const devices = plan.tokens.map(
    (token, n) => new CarriedDevice(port, token, carrier, n < plan.rooms.length * 2 ? busy : quiet),
  );
  const waiting = devices.entries();
  const openNext = async () => {
    for (const [n, device] of waiting) await device.open((frame) => talk.take(n, frame));
  };
  await Promise.all(Array.from({ length: OPENING_MAX }, openNext));
  tellPhase('ready');
  await told.once();
  const stop = pace(plan.rooms.length * 2 * options.number('rate', 0.2), (due) => talk.say(devices, due));
  await Bun.sleep(options.number('warmupS', 2) * 1_000);
  const before = [quiet, busy].map((counts) => ({ ...counts }));
  talk.toReceived = new Histogram();
  tellPhase('measuring');
  await Bun.sleep(options.number('seconds', 30) * 1_000);
  const [quietly, busily] = [quiet, busy].map((counts, i) => figuresOf(counts, before[i] ?? counts));
  stop();
  return {
    quiet: quietly ?? figuresOf(quiet, quiet),
    busy: busily ?? figuresOf(busy, busy),
    doubled: talk.doubled,
    toReceived: latencyOf(talk.toReceived),
  };
}

/** Pairs that write to each other, now one and now the other. */
class Talk {
  toReceived = new Histogram();
  doubled = 0;
  readonly #rooms: readonly PlannedRoom[];
  readonly #sent: { readonly due: number; readonly to: number; received: boolean }[] = [];

  constructor(rooms: readonly PlannedRoom[]) {
    this.#rooms = rooms;
  }

  say(devices: readonly CarriedDevice[], due: number): boolean {
    const planned = this.#rooms[Math.floor(Math.random() * this.#rooms.length)];
    if (planned === undefined) return true;
    const [from, to] =
      Math.random() < 0.5 ? [planned.receiver, planned.sender] : [planned.sender, planned.receiver];
    devices[from]?.send(sendFrame(planned.room, this.#sent.length, TEXT));
    this.#sent.push({ due, to, received: false });
    return true;
  }

  take(device: number, frame: DownFrame): void {
    if (frame.kind !== 'events') return;
    for (const { clientMessageId } of frame.events) {
      const sent = clientMessageId === undefined ? undefined : this.#sent[serialOf(clientMessageId)];
      if (sent === undefined || sent.to !== device) continue;
      if (sent.received) this.doubled += 1;
      sent.received = true;
      this.toReceived.add(Bun.nanoseconds() - sent.due);
    }
  }
}

function figuresOf(now: WireCounts, before: WireCounts): WireFigures {
  return {
    requests: now.requests - before.requests,
    empty: now.empty - before.empty,
    bytesUp: now.bytesUp - before.bytesUp,
    bytesDown: now.bytesDown - before.bytesDown,
    handshakes: before.handshakes,
    handshakesLater: now.handshakes - before.handshakes,
  };
}
