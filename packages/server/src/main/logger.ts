import { type DestinationStream, pino } from 'pino';
import type { Logger } from '../ports/logger.ts';
import type { Config } from './config.ts';

/** JSON lines on standard error. What is logged holds nothing of anybody's (`[PRIV6]`); see the port. */
export function createLogger(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const stream = destination ?? pino.destination({ fd: 2, sync: true });
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}
