/** The time zone in which it is about noon now: what is `Today` to somebody who lives there stays so while a test runs. */
export const MIDDAY_ZONE = zoneEastBy(12 - new Date().getUTCHours());

/** Their names count westwards. */
function zoneEastBy(hours: number): string {
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
