/** Two soft tones, a fifth apart (Hz), and how long they are heard. */
const TONES_HZ = [660, 990] as const;
const TONE_S = 0.14;
const LOUDNESS = 0.06;
/** A browser that lets a page be heard only once it was touched: what would be heard later than this is not. */
const LATE_MS = 1_000;

let context: AudioContext | undefined;

/** Plays the sound of a message that came: made here, so that there is no file to fetch. */
export function chime(): void {
  context ??= new AudioContext();
  const audio = context;
  const asked = performance.now();
  const begin = () => {
    if (performance.now() - asked < LATE_MS) play(audio);
  };
  // One that runs already is there at once.
  audio.resume().then(begin, () => undefined);
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
