const WARM =
  'great|good|nice|lovely|wonderful|awesome|excellent|perfect|amazing|fantastic|cool|brilliant|fine|okay|ok|fair';
const TO_ALL =
  'everyone|everybody|gentlemen|ladies|all|guys|team|folks|there|you all|again|so much|a lot|very much|too|then|_date|_person|sir|man|indeed|here|both';

/** What people say to be polite, to greet or to show that they listen; longer forms first. */
const PHRASES = [
  '(?:can|could) (?:you|everyone|everybody|anyone|anybody|people|you all)(?: all| guys)? (?:hear|see) (?:me|us|my screen|the screen)(?: okay| fine| well| now| all right)?',
  "(?:i|we) can(?:'t)? hear you(?: fine| now| well)?",
  "you're (?:on mute|muted|breaking up|welcome)",
  'how (?:are|is) (?:you|everyone|everybody|it|things)(?: all)?(?: doing| going)?',
  "how's (?:it|everything|everyone|life|things)(?: going| doing)?",
  `how (?:was|is|were) (?:your|the) (?:\\w+ )?(?:weekend|holidays?|vacation|trip|evening|morning|day|flight|journey|break|_date)`,
  "(?:i'm|we're) (?:doing )?(?:good|fine|great|well|all right)",
  `(?:it's |it was )?(?:${WARM}) to (?:meet|see|have|hear from|talk to|be)(?: with)?(?: you)?(?: here)?`,
  `(?:it's |it was )?(?:${WARM}) (?:meeting|seeing|talking to|talking with) you`,
  `have (?:a|an) (?:very )?(?:${WARM}) (?:day|weekend|evening|one|trip|holiday|week|time|afternoon|rest of the day|_date)`,
  'enjoy (?:your|the) (?:\\w+ )?(?:lunch|dinner|weekend|holidays?|evening|vacation|break|trip|day|rest|_date)',
  '(?:thanks|thank you)(?: so much| very much| a lot| again)?(?: for (?:joining|coming|having (?:me|us)|your (?:time|help|patience)|the (?:update|help|reminder|introduction)|that|today|waiting|listening|being here))?',
  'many thanks|cheers|much appreciated|i appreciate (?:it|that)',
  '(?:my|no) (?:pleasure|problem|worries)(?: at all)?|not at all|anytime|any time',
  'good (?:morning|afternoon|evening|night)|welcome(?: back| to the (?:call|meeting))?|hello|hi|hey|morning',
  '(?:good)?bye(?: bye)?|see you(?: soon| later| around)?|(?:talk|speak)(?: to you)? (?:soon|later)|take care|until next time',
  '(?:congratulations|congrats|well done|good luck|happy birthday|happy new year|merry christmas|get well soon)(?: on that| to you)?',
  `(?:${WARM}) (?:job|work|point|idea|stuff|to hear|news|enough|question)`,
  "(?:i'm )?sorry(?: i'm| for being| to be)?(?: a bit| a little)? late|(?:i'm )?sorry(?: about that| to hear that)?|excuse me|my (?:bad|apologies)",
  'the (?:train|bus|flight|traffic) was (?:late|delayed|terrible|awful)',
  `(?:that|it|this|which)?(?:'s| is| was| sounds?| looks?) (?:so |very |pretty )?(?:${WARM}|right|true|correct|funny|like a plan)`,
  `(?:sounds|looks) (?:very )?(?:${WARM}|like a plan|right)|makes (?:perfect |total |complete )?sense`,
  'got it|i see|understood|noted|exactly(?: right)?|absolutely|definitely|totally|of course|sure(?: thing)?|certainly|indeed|agreed|i agree|me too|same here|i think so(?: too)?|i hope so|i know|fair enough|never mind|go ahead|no way|my goodness|(?:one|just a) (?:second|moment|minute)(?: please)?|bless you|take your time|after you|long time no see',
  `(?:${WARM})|right|all right|alright|okay|ok|yes|yeah|yep|yup|no|nope|mm-?hmm|mhm|uh-?huh|huh|hmm|mm|wow|oh|ah|aha|haha|true|please|well|so|ooh|cool|and|but`,
];
const PHRASE = new RegExp(`(?<![\\w'])(?:${PHRASES.join('|')})(?![\\w'])`, 'gi');
const ADDRESSED = new RegExp(`(?<![\\w'])(?:${TO_ALL})(?![\\w'])`, 'gi');

/** How much of a clause, from 0 to 1, is made of social phrases. */
export function socialShare(clause: string): number {
  const total = lettersIn(clause);
  if (total === 0) return 1;
  const rest = clause.replace(PHRASE, ' ');
  if (rest === clause) return 0;
  return 1 - lettersIn(rest.replace(ADDRESSED, ' ')) / total;
}

function lettersIn(text: string): number {
  return text.replace(/[^a-z0-9]/gi, '').length;
}
