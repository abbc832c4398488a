export { nodeEnvironment, wsTransport } from './node-environment.ts';
export { openSqliteStore } from './sqlite-store.ts';
