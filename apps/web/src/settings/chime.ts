/** Two soft tones, a fifth apart (Hz), and how long they are heard. */
const TONES_HZ = [660, 990] as const;
const TONE_S = 0.14;
const LOUDNESS = 0.06;
/** What would be heard later than this is not. */
const LATE_MS = 1_000;
/** So long is waited for a browser that may let a page be heard only once it was touched. */
const UNTOUCHED_MS = 200;

let context: AudioContext | undefined;

/**
 * Plays the sound of a message that came: made here, so that there is no file to fetch. Resolves with whether it is heard:
 * a browser may not let it be.
 */
export async function chime(): Promise<boolean> {
  context ??= new AudioContext();
  const audio = context;
  // One that runs already is there at once.
  const mayBegin = audio.resume().then(
    () => true,
    () => false,
  );
  const isLate = new Promise<false>((resolve) => {
    setTimeout(resolve, navigator.userActivation.hasBeenActive ? LATE_MS : UNTOUCHED_MS, false);
  });
  const isHeard = await Promise.race([mayBegin, isLate]);
  if (isHeard) play(audio);
  return isHeard;
}

function play(audio: AudioContext): void {
  TONES_HZ.forEach((frequency, index) => {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    const at = audio.currentTime + index * TONE_S;
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(LOUDNESS, at);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 2 * TONE_S);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + 2 * TONE_S);
  });
}
