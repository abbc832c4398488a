export { lockStore } from './lock-store.ts';
export { openSqliteStore } from './sqlite-store.ts';
