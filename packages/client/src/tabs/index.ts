export type { Act } from './act.ts';
export type { TabClientOptions } from './create-tab-client.ts';
export { createTabClient } from './create-tab-client.ts';
export { MemorySharedDisk, MemorySharedStore } from './memory-shared-store.ts';
export type { GivenActs, SharedStore, StoredAt } from './shared-store.ts';
export type { Channel, Release, TabsEnvironment } from './tabs-environment.ts';
