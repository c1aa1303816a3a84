// `npm run evaluate -- speech [folder …]`: measures how well speech is heard and writes docs/speech-quality.md.
import { runMeasurement } from '../bench/run-measurement.mjs';

await runMeasurement('evaluate/evaluate.main.js');
