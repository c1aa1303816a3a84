// Makes the sample meeting's audio from the script in meeting.json: each turn is spoken by flite, each
// participant gets a track of the meeting's whole length, and the turns' times are written back.
// Needs flite, sox and opus-tools (`apt-get install flite sox opus-tools`); Parley itself needs none of them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDocument } from './make-document.mjs';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const SCRIPT = join(FOLDER, 'meeting.json');
const RATE = 16_000;
const BYTES_PER_MS = (RATE * 2) / 1_000;
const WAV_HEADER_BYTES = 44;
const TAIL_MS = 1_500;
const BITRATE_KBIT = 32;

// `speed` shifts pitch and formants together, which makes another speaker; `tempo` takes the pace back.
const VOICES = {
  laura: { flite: 'slt', effects: [] },
  daniel: { flite: 'rms', effects: [] },
  thomas: { flite: 'awb', effects: [] },
  emma: { flite: 'slt', effects: ['speed', '1.12', 'tempo', '-s', '0.93'] },
};
// Same words, same bytes: -R fixes sox's dither, and what flite leaves quiet at both ends is cut off.
const TRIM = ['silence', '1', '0.02', '0.1%', 'reverse', 'silence', '1', '0.02', '0.1%', 'reverse'];

const temporary = mkdtempSync(join(tmpdir(), 'sample-'));
try {
  const meeting = JSON.parse(readFileSync(SCRIPT, 'utf8'));
  const spoken = meeting.turns.map((turn, index) => speak(turn, index));
  place(meeting.turns, spoken);
  for (const [index, participant] of meeting.participants.entries()) {
    encode(participant, index, meeting.turns, spoken);
  }
  writeFileSync(SCRIPT, `${JSON.stringify(meeting, null, 2)}\n`);
  await makeDocument(join(FOLDER, 'documents/data-protection.pdf'));
  const seconds = Math.round((meeting.turns.at(-1).endMs + TAIL_MS) / 1_000);
  process.stderr.write(`${meeting.turns.length} turns, ${seconds} s\n`);
} finally {
  rmSync(temporary, { recursive: true });
}

/** @returns {Buffer} 16 kHz mono s16le samples of one turn */
function speak({ channel, text, say = text }, index) {
  const voice = VOICES[channel];
  const raw = join(temporary, `${index}-raw.wav`);
  const clean = join(temporary, `${index}.wav`);
  execFileSync('flite', ['-voice', voice.flite, '-t', say, '-o', raw]);
  const format = ['-r', String(RATE), '-c', '1', '-b', '16'];
  execFileSync('sox', ['-R', raw, ...format, clean, ...voice.effects, 'norm', '-3', ...TRIM]);
  return readFileSync(clean).subarray(WAV_HEADER_BYTES);
}

/** One turn after the other, `gapMs` apart. */
function place(turns, spoken) {
  let atMs = 0;
  for (const [index, turn] of turns.entries()) {
    turn.startMs = atMs + turn.gapMs;
    turn.endMs = turn.startMs + Math.ceil(spoken[index].length / BYTES_PER_MS);
    atMs = turn.endMs;
  }
}

function encode({ channel, audio }, index, turns, spoken) {
  const track = Buffer.alloc((turns.at(-1).endMs + TAIL_MS) * BYTES_PER_MS);
  for (const [number, turn] of turns.entries()) {
    if (turn.channel === channel) spoken[number].copy(track, turn.startMs * BYTES_PER_MS);
  }
  const raw = join(temporary, `${channel}.raw`);
  writeFileSync(raw, track);
  const input = ['--raw', '--raw-rate', String(RATE), '--raw-chan', '1', raw];
  // A fixed serial number: by default it is drawn at random.
  const options = ['--quiet', '--bitrate', String(BITRATE_KBIT), '--serial', String(index + 1)];
  execFileSync('opusenc', [...options, ...input, join(FOLDER, audio)]);
}
