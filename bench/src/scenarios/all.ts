import type { Scenario } from '../scenario.ts';
import { alone } from './alone.ts';
import { bytes } from './bytes.ts';
import { durableSend } from './durable-send.ts';
import { fanOut } from './fan-out.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { sync } from './sync.ts';
import { tls } from './tls.ts';
import { transports } from './transports.ts';

/** In the order in which they run and are reported. */
export const scenarios: readonly Scenario[] = [
  start,
  idle,
  fanOut,
  durableSend,
  alone,
  history,
  sync,
  storm,
  bytes,
  tls,
  transports,
];
