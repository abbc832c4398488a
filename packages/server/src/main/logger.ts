import type { DestinationStream, Logger as Pino } from 'pino';
import type { Logger } from '../ports/logger.ts';
import type { Config } from './config.ts';

/**
 * JSON lines on standard error. What is logged holds nothing of anybody's (`[PRIV6]`); see the port. Pino is loaded
 * with the first line: a server with nothing to tell starts sooner and 6 MB smaller.
 */
export function createLogger(level: Config['logLevel'], destination?: DestinationStream): Logger {
  let loaded: Pino | undefined;
  const log = () => {
    loaded ??= load(level, destination);
    return loaded;
  };
  return {
    info: (fields, message) => log().info(fields, message),
    warn: (fields, message) => log().warn(fields, message),
    error: (fields, message) => log().error(fields, message),
  };
}

function load(level: Config['logLevel'], destination: DestinationStream | undefined): Pino {
  // Not by `import()`: what is logged just before the process ends must be out by then.
  const { pino } = require('pino') as typeof import('pino');
  const stream = destination ?? pino.destination({ fd: 2, sync: true });
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}
