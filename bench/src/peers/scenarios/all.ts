import type { Scenario } from '../../scenario.ts';
import { peerAlone } from './alone.ts';
import { peerDurableSend } from './durable-send.ts';
import { peerFanOut } from './fan-out.ts';
import { peerIdle } from './idle.ts';

/** In the order in which they run and are reported. */
export const peerScenarios: readonly Scenario[] = [peerIdle, peerFanOut, peerDurableSend, peerAlone];
