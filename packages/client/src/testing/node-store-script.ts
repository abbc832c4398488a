/** Run by Node in a test: puts the story into a store and dies (`tell`), or prints what a store has of it (`read`). */
import { openSqliteStore } from '../node/index.ts';
import { readStory, tellStory } from './store-story.ts';

const [file = '', part] = process.argv.slice(2);

const store = await openSqliteStore(file);
if (part === 'tell') {
  await tellStory(store);
  process.kill(process.pid, 'SIGKILL');
}
process.stdout.write(await readStory(store));
await store.close();
