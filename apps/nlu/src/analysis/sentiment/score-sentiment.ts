import type { Sentiment } from '@parley/contracts';
import type { WinkMethods } from 'wink-nlp';
import { onDemand } from '../text/on-demand';

/** About 0.2 s and 40 MB, once for the process. Negation turns a word's score round. */
const wink = onDemand((): WinkMethods => {
  /* eslint-disable @typescript-eslint/no-require-imports -- not before there is something to analyse */
  const winkNlp = require('wink-nlp') as typeof import('wink-nlp').default;
  const model =
    require('wink-eng-lite-web-model') as typeof import('wink-eng-lite-web-model').default;
  /* eslint-enable @typescript-eslint/no-require-imports */
  return winkNlp(model, ['sbd', 'negation', 'sentiment', 'pos']);
});

/** Scores nearer to zero than this are a shade, not an opinion. */
const NEUTRAL_BELOW = 0.25;
/** Business as usual, to which the lexicon gives a feeling: "can we meet", "the support team", "please share". */
const NEUTRAL_AT_WORK =
  /\b(?:can do|meet(?:s|ing|ings)?|support(?:s|ed|ing)?|shar(?:e|es|ed|ing)|please|free|join(?:s|ed)?|help|stop|pay|top|yes|right|sat|number|grant|reach|want|matter|cut|demand|vision|assets|charged?|leave|kind of|drop(?:ped)?|no problem|interest rates?)\b/gi;

/** How a text feels, by wink's lexicon with negation. */
export function scoreSentiment(text: string): Sentiment {
  const { readDoc, its } = wink();
  const raw = readDoc(text.replace(NEUTRAL_AT_WORK, '_')).out(its.sentiment) as unknown as number;
  const score = Math.max(-1, Math.min(1, Number.isFinite(raw) ? Number(raw.toFixed(3)) : 0));
  if (Math.abs(score) < NEUTRAL_BELOW) return { label: 'neutral', score };
  return { label: score > 0 ? 'positive' : 'negative', score };
}
