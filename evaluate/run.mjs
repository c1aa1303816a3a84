// `npm run evaluate -- speech | understanding [path …]`: measures how well speech is heard, or meetings are found and
// understood, and writes docs/speech-quality.md or docs/understanding-quality.md.
import { runMeasurement } from '../bench/run-measurement.mjs';

await runMeasurement('evaluate/evaluate.main.js');
