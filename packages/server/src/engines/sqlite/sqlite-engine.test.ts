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
import { openForTest, type TestEngine } from './testing/open-for-test.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

const scratch = scratchFolder();

/** Projections that catch up after every append, never, or every other time: then a read finds things in both. */
const PACES = {
  'projections caught up': () => true,
  'projections frozen': () => false,
  'projections half way': (appends: number) => appends % 2 === 0,
};

for (const [name, isDue] of Object.entries(PACES)) {
  let appends = 0;
  const frozen = name === 'projections frozen';
  const options = { freezeViews: frozen };
  const harness: EngineHarness = {
    name: `SQLite, ${name}`,
    frozen,
    open: () => openForTest(scratch.next(), options),
    async reopen(engine) {
      await engine[Symbol.asyncDispose]();
      return openForTest((engine as TestEngine).dataDir, options);
    },
    async settle(engine) {
      if (isDue(appends++)) await (engine as TestEngine).checkpoint();
    },
  };
  testLog(harness);
  testRoomStore(harness);
  testReactions(harness);
  testChannels(harness);
  testInboxStore(harness);
  testSettingStore(harness);
  // Projections are nothing to accounts.
  if (name !== 'projections caught up') continue;
  testDirectory(harness);
  testAdministration(harness);
  testReports(harness);
  testPersonalLinks(harness);
  testSchedules(harness);
}
