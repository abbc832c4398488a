import type { Engine } from '../../ports/engine.ts';
import type { Rooms } from '../../ports/rooms.ts';
import { measuredLog, measuredRooms } from './measured-ports.ts';
import { createMeters, type Readings, readWhenAsked } from './meters.ts';
import { serveMetrics } from './serve-metrics.ts';

/** Prometheus metrics: loaded, and in the way of messages, only where the operator asks for them. */
export interface Metrics {
  measureEngine(engine: Engine): Engine;
  measureRooms(rooms: Rooms): Rooms;
  /** @throws {StartError} */
  serve(host: string, port: number, readings: Readings): AsyncDisposable;
}

export function createMetrics(): Metrics {
  const meters = createMeters();
  return {
    measureEngine: (engine) => ({ ...engine, log: measuredLog(engine.log, meters) }),
    measureRooms: (rooms) => measuredRooms(rooms, meters),
    serve(host, port, readings) {
      readWhenAsked(meters, readings);
      return serveMetrics(meters, host, port);
    },
  };
}
