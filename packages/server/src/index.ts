export type { Config, GivenFlags } from './main/config.ts';
export { ConfigError, readConfig } from './main/config.ts';
export { settings } from './main/settings.ts';
export { StartError } from './main/start-error.ts';
export type { RunningServer } from './main/start-server.ts';
export { startServer } from './main/start-server.ts';
export { stopSignal } from './main/stop-signal.ts';
