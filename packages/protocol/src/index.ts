export { channelCreated } from './channel-created.ts';
export {
  clientMessageIdFromBytes,
  clientMessageIdToBytes,
  nextClientMessageId,
} from './client-message-ids.ts';
export type { ComposedText } from './compose-text.ts';
export { composeText } from './compose-text.ts';
export type {
  AnyContent,
  Content,
  Entity,
  Forwarded,
  LongBody,
  OpaqueContent,
  TextContent,
} from './content.ts';
export { anyContent, content, entity, forwarded, longBody, textContent } from './content.ts';
export { deviceLink, readDeviceLink } from './device-link.ts';
export type { Accepted } from './down/accepted.ts';
export type { BeatAnswer } from './down/beat-answer.ts';
export type { Events } from './down/events.ts';
export type { Page } from './down/page.ts';
export type { PresenceState, UserPresence } from './down/presence.ts';
export type { Refused } from './down/refused.ts';
export type { RoomEntry } from './down/room.ts';
export type { CommandStatus } from './down/status-answer.ts';
export type { Synced } from './down/synced.ts';
export type { LimitsInForce, Welcome } from './down/welcome.ts';
export type { DownFrame, DownKind } from './down.ts';
export { downFrame } from './down.ts';
export { entitiesFault } from './entities-fault.ts';
export type { ErrorBody, ErrorCode } from './errors.ts';
export { closeCodes, errorBody, errorCode, errors, RECIPIENT_UNAVAILABLE, refusal } from './errors.ts';
export type { Change, Event, EventKind, HistorySetting, RoomKind } from './event.ts';
export { change, event, eventKind, historySetting, roomKind } from './event.ts';
export { expiryOf, lastingFor } from './expiry.ts';
export type { JoinRequest, OpenLink } from './group-facts.ts';
export type { RightLevel, Role, RoomRight, RoomRights } from './group-rules.ts';
export { rightLevel, role, roomRight } from './group-rules.ts';
export type { HiddenMessage } from './hidden-messages.ts';
export { messagesHiddenBy } from './hidden-messages.ts';
export type { GatewayTicket, Me, NewDevice, SignedIn } from './http/account.ts';
export { deviceName, handle, password } from './http/account.ts';
export type { Account, AccountDevice, OpenInvite } from './http/admin.ts';
export { inviteId } from './http/admin.ts';
export type { ImageType } from './http/avatars.ts';
export { imageType } from './http/avatars.ts';
export type { ListedChannel } from './http/channels.ts';
export type { Contact } from './http/contacts.ts';
export type { AskingDevice, ConfirmedDevice, DeviceRequest, DeviceStanding } from './http/device-requests.ts';
export { deviceCheck } from './http/device-requests.ts';
export type { DeviceInfo } from './http/devices.ts';
export type { Figures } from './http/figures.ts';
export type { PersonalLink } from './http/personal-link.ts';
export type { PollAnswer } from './http/poll.ts';
export { pollAnswer, pollRequest } from './http/poll.ts';
export type { Report } from './http/reports.ts';
export { reportNumber } from './http/reports.ts';
export type { Access, Method, Route } from './http/route.ts';
export { routes } from './http/routes.ts';
export type { ScheduledItem } from './http/scheduled.ts';
export { scheduledItem } from './http/scheduled.ts';
export type { SignUpPolicy } from './http/server.ts';
export type { UuidSource } from './id-codec.ts';
export {
  decodeSuffix,
  directRoomId,
  encodeSuffix,
  idFromBytes,
  idToBytes,
  newDeviceId,
  newRoomId,
  newSessionId,
  newUserId,
  scheduledIdOf,
  systemUuids,
} from './id-codec.ts';
export type {
  ClientMessageId,
  Cursor,
  DeviceId,
  LinkId,
  RoomId,
  ScheduledId,
  Seq,
  SessionId,
  UserId,
} from './ids.ts';
export {
  CLIENT_MESSAGE_ID_PATTERN,
  clientMessageId,
  cursor,
  deviceId,
  ROOM_ID_PATTERN,
  roomId,
  scheduledId,
  seq,
  sessionId,
  userId,
} from './ids.ts';
export type { ImageHeader } from './image-header.ts';
export { imageHeader } from './image-header.ts';
export { isMentioned } from './is-mentioned.ts';
// biome-ignore lint/performance/noReExportAll: one object with all limits, not names spilled into this list.
export * as limits from './limits.ts';
export type { FoundLink } from './links.ts';
export { linksIn, safeUrl } from './links.ts';
export { formatMarkup } from './markup/format-markup.ts';
export { inOrder } from './markup/in-order.ts';
export { listMarker } from './markup/list-marker.ts';
export { parseMarkup } from './markup/parse-markup.ts';
export type { Mentionable } from './mentions.ts';
export type {
  Draft,
  Folder,
  HiddenSpans,
  Mute,
  OwnSetting,
  QuickReply,
  RoomOwn,
  RoomSettingKind,
  SettingKind,
  SettingName,
  SettingValue,
} from './own-settings.ts';
export {
  FOLDERS_NAME,
  folder,
  hiddenSpans,
  QUICK_REPLIES_NAME,
  quickReply,
  roomSettingName,
  settingName,
  settingOf,
  settingValues,
} from './own-settings.ts';
export type { PersonalCode } from './personal-link.ts';
export { newPersonalCode, personalCode } from './personal-link.ts';
export { pinsAfter } from './pins.ts';
export type { Profile } from './profile.ts';
export { avatarHash, displayName, profile, statusLine } from './profile.ts';
export type { ReactionCount, ReactionStep, Reactions } from './reaction.ts';
export { reactionOf, withReaction } from './reaction.ts';
export type { FirstAct, RelationAct, RelationEventAct, RelationState, RelationView } from './relation.ts';
export { relationState } from './relation.ts';
export type { BlockReport, ReportReason } from './report.ts';
export { blockReport, reportNote, reportReason } from './report.ts';
export type { FactsEvent, RoomFacts } from './room-facts.ts';
export { factsAfter, NO_FACTS, roomFacts, withTimer } from './room-facts.ts';
export type { LinkCode, LinkSecret } from './room-links.ts';
export { linkCode, linkCodeOf, linkIdOf, newLinkSecret, readLinkCode } from './room-links.ts';
export type { ListedRoom } from './room-list.ts';
export { compareRooms, isArchived, muteInForce } from './room-list.ts';
export type { Power, RoomOfRoles } from './room-rights.ts';
export { heirOf, levelOf, mayDo, mayRemove, ownerOf, powersOf, roleOf } from './room-rights.ts';
export type { SearchQuery } from './search-tokens.ts';
export { isFoundBy, searchQuery, searchTokens } from './search-tokens.ts';
export type { AccountSettings, Circle } from './settings.ts';
export { circle } from './settings.ts';
export { shownHost } from './shown-host.ts';
export { SECURE_SIGNED_IN_COOKIE, SIGNED_IN_COOKIE } from './signed-in-cookie.ts';
export { blockText, countCodePoints, displayText, takeCodePoints } from './text.ts';
export { unitsAt } from './units.ts';
export type { UnreadFacts } from './unread.ts';
export { countsAsUnread, countText, UNREAD_COUNT_MAX, unreadCount } from './unread.ts';
export type { Beat } from './up/beat.ts';
export type { Create } from './up/create.ts';
export { roomName } from './up/create.ts';
export { roomDescription } from './up/describe.ts';
export type { Hello } from './up/hello.ts';
export type { History } from './up/history.ts';
export type { Schedule, ScheduledMessage } from './up/schedule.ts';
export { scheduledMessage } from './up/schedule.ts';
export type { Send } from './up/send.ts';
export type { CommandFrame, RequestFrame, UpFrame, UpKind } from './up.ts';
export { commandFrame, requestFrame, upFrame } from './up.ts';
export { CAPABILITIES, PROTOCOL_VERSION, SUBPROTOCOL } from './version.ts';
