import { testAdministration } from '../../ports/testing/administration.contract.ts';
import { testChannels } from '../../ports/testing/channels.contract.ts';
import { testDirectory } from '../../ports/testing/directory.contract.ts';
import type { EngineHarness } from '../../ports/testing/harness.ts';
import { testInboxStore } from '../../ports/testing/inbox-store.contract.ts';
import { testLog } from '../../ports/testing/log.contract.ts';
import { testPersonalLinks } from '../../ports/testing/personal-links.contract.ts';
import { testReactions } from '../../ports/testing/reactions.contract.ts';
import { testReports } from '../../ports/testing/reports.contract.ts';
import { testRoomStore } from '../../ports/testing/room-store.contract.ts';
import { testSchedules } from '../../ports/testing/schedules.contract.ts';
import { testSettingStore } from '../../ports/testing/setting-store.contract.ts';
import { createMemoryEngine, type MemoryEngine } from './memory-engine.ts';

const memory: EngineHarness = {
  name: 'memory',
  open: async () => createMemoryEngine(),
  reopen: async (engine) => (engine as MemoryEngine).reopen(),
  settle: async () => {},
};

testLog(memory);
testRoomStore(memory);
testReactions(memory);
testChannels(memory);
testInboxStore(memory);
testSettingStore(memory);
testDirectory(memory);
testAdministration(memory);
testReports(memory);
testPersonalLinks(memory);
testSchedules(memory);
