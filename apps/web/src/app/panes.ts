import { withTexts } from '../i18n/with-texts.ts';
import { fetchWhenIdle, lazy } from '../ui/lazy.ts';

/** The list is shown while this comes. */
export const Conversation = lazy(async () => ({
  default: (await withTexts(import('../conversation/conversation.tsx'))).Conversation,
}));

/** These come when they are opened. */
export const NoRooms = lazy(async () => ({ default: (await import('./no-rooms.tsx')).NoRooms }));
export const NewPane = lazy(async () => ({
  default: (await withTexts(import('../people/new-pane.tsx'))).NewPane,
}));
export const Overlays = lazy(async () => ({
  default: (await withTexts(import('../ui/overlays.tsx'))).Overlays,
}));
export const SayRefusals = lazy(async () => ({
  default: (await withTexts(import('../refused/say-refusals.tsx'))).SayRefusals,
}));
export const RequestsPane = lazy(async () => ({
  default: (await withTexts(import('../rooms/requests-pane.tsx'))).RequestsPane,
}));
export const ArchivedPane = lazy(async () => ({
  default: (await withTexts(import('../rooms/archived-pane.tsx'))).ArchivedPane,
}));
export const PeoplePane = lazy(async () => ({
  default: (await withTexts(import('../people/people-pane.tsx'))).PeoplePane,
}));
export const AdminPane = lazy(async () => ({
  default: (await withTexts(import('../admin/admin-pane.tsx'))).AdminPane,
}));
export const StarredPane = lazy(async () => ({
  default: (await withTexts(import('../starred/starred-pane.tsx'))).StarredPane,
}));
/** Only who came by a link is carried on by it. */
export const FollowLink = lazy(async () => ({ default: (await import('./follow-link.tsx')).FollowLink }));
export const InBackground = lazy(async () => ({
  default: (await import('./in-background.tsx')).InBackground,
}));
export const SharePane = lazy(async () => ({
  default: (await withTexts(import('../share/share-pane.tsx'))).SharePane,
}));
/** Only who has folders has tabs for them. */
export const FolderTabs = lazy(async () => ({
  default: (await withTexts(import('../folders/folder-tabs.tsx'))).FolderTabs,
}));
export const ChannelsPane = lazy(async () => ({
  default: (await withTexts(import('../groups/channels-pane.tsx'))).ChannelsPane,
}));
export const SettingsPane = lazy(async () => {
  return { default: (await withTexts(import('../settings/settings-pane.tsx'))).SettingsPane };
});
export const DetailsPane = lazy(async () => {
  return { default: (await withTexts(import('./details-pane.tsx'))).DetailsPane };
});

/** Begins to fetch what is opened first; the rest when there is time. */
export function fetchConversationAhead(): Promise<void> {
  fetchWhenIdle([DetailsPane, NewPane, PeoplePane, SettingsPane, RequestsPane, ArchivedPane]);
  return Conversation.fetch();
}
