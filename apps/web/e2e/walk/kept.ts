import { screen } from './screen.ts';

/** What people keep, and what other apps hand over. */
export const kept = [
  screen('starred', async (at) => {
    await at.go('starred');
    await at.page.getByText('Looks great!').waitFor();
  }),
  screen('unstarred', async (at) => {
    await at.go('starred');
    await at.press('message.unstar');
    await at.press('action.undo');
    await at.page.getByText('Looks great!').waitFor();
  }),
  screen('folder', async (at) => {
    await at.press('folders.all');
    await at.page.getByRole('button', { name: /^일/ }).click();
    await at.row('박준').waitFor({ state: 'detached' });
    await at.row('마루 개발').waitFor();
  }),
  screen('folders-sheet', async (at) => {
    await at.press('folders.all');
    await at.press('folders.edit');
    await at.seesDialog();
  }),
  screen('folder-sheet', async (at) => {
    await at.press('folders.edit');
    await at.press('folders.editOne');
    await at.field('folders.name').waitFor();
  }),
  screen('folder-drop', async (at) => {
    await at.press('folders.edit');
    await at.press('folders.dropOne');
    await at.page.getByRole('alertdialog').waitFor();
  }),
  screen('share', async (at) => {
    await at.share({
      title: '국밥의 역사',
      text: '장터에서 시작된 한 그릇',
      url: 'https://example.org/gukbap',
    });
    await at.field('forward.find').waitFor();
  }),
];
