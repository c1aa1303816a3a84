// `npm run train -- intents`: learns what nlu takes utterances for, and writes apps/nlu/weights/intents.json.
import { runMeasurement } from '../../../bench/run-measurement.mjs';

await runMeasurement('apps/nlu/training/train.main.js');
