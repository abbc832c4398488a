import { testClientStore } from '../testing/client-store.contract.ts';
import { testSharedStore } from '../testing/shared-store.contract.ts';
import { MemorySharedDisk, MemorySharedStore } from './memory-shared-store.ts';

testClientStore('memory of tabs', () => {
  const disk = new MemorySharedDisk();
  return {
    open: async () => new MemorySharedStore(disk),
    reopen: async () => new MemorySharedStore(disk),
  };
});

testSharedStore('memory of tabs', () => {
  const disk = new MemorySharedDisk();
  return async () => new MemorySharedStore(disk);
});
