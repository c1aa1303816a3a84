import type { KnownPerson } from '../../analysis/analysis-context';

/** A meeting in which people marked who or what is meant: `[spoken|which]`, `?` where nobody could say. */
export interface LinkedMeeting {
  participants: readonly KnownPerson[];
  lines: readonly string[];
}

const people = (...names: string[]): KnownPerson[] => names.map((name) => ({ name }));

/** Written for this project by one author, to hold what is easy to mistake; on 2026-11-20, a Friday. */
export const LINKED_MEETINGS: readonly LinkedMeeting[] = [
  {
    participants: people('Maria Lopez', 'Tom Baker'),
    lines: [
      'Good morning, [Maria|lopez], is the offer from [Acme|acme] there?',
      '[Acme Corporation|acme] wants an answer by [Monday|mon].',
      '[Maria Lopez|lopez] will call them on [Monday|mon].',
      'And [Mr Baker|baker] pays [500 euros|sum] to them.',
      '[Tom|baker], that is [five hundred euros|sum], right?',
      'We met [Sarah Connor|connor] in [Berlin|berlin].',
      '[Sarah|connor] said that [Berlin|berlin] is full.',
    ],
  },
  {
    participants: people('Maria Lopez', 'Maria Garcia', 'Peter Stone'),
    lines: [
      '[Maria|?] sends the slides to [Peter|stone].',
      '[Maria Garcia|garcia] has them already.',
      '[Peter Stone|stone] asked [Garcia|garcia] for the numbers.',
      'I think [Maria|?] should present.',
      '[Lopez|lopez] is on holiday until [next Tuesday|tue].',
      'Then [Tuesday|tue] it is.',
    ],
  },
  {
    participants: people('Katherine Miller', 'Stephen Frost'),
    lines: [
      '[Catherine|miller] found the error.',
      'Thanks, [Katherine|miller].',
      'Did [Steven|frost] see it? [Stephen|frost] was away.',
      '[Stephen Frost|frost] works with [Jonathan Price|price] from [Google|google].',
      '[Jonathan|price] knows everybody at [Google|google].',
      'The license is [20 dollars|twenty], and the support is [30 dollars|thirty].',
    ],
  },
  {
    participants: people('Laura Hill'),
    lines: [
      '[Nord Labs|labs] and [Nord Bank|bank] sent contracts.',
      'The one of [Nord Bank|bank] is better.',
      '[Nord Labs GmbH|labs] is in [Hamburg|hamburg].',
      '[Laura|hill] flies to [Hamburg|hamburg] [tomorrow|sat].',
      'So [Laura Hill|hill] is there on [Saturday|sat].',
      'She talks to [David Hill|dhill] there.',
      '[Hill|?] knows [Hamburg|hamburg].',
    ],
  },
  {
    participants: people('Emma Clark', 'Daniel Reed'),
    lines: [
      'We sold to [Microsoft|ms] and to [Northwind Systems|nw].',
      '[Northwind Systems|nw] pays [two thousand dollars|k2] by [December 4th|dec4].',
      '[Microsoft|ms] pays [2000 dollars|k2] on [the fourth of December|dec4].',
      '[Daniel|reed] invoices [Microsoft|ms], [Emma|clark] the other.',
      '[Emma Clark|clark] knows [Robert Young|young] and [Robert King|king].',
      '[Robert|?] signs it.',
      '[Young|young] is new there.',
    ],
  },
];
