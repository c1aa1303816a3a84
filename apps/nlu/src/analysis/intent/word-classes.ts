/** Sources of regular expressions that the cue tables are written with. */

/** People and dates stand in a clause as these words, whatever they are called. */
export const PERSON = '_person(?:(?:,| and) _person)*';
export const DATE = '_date';

export const AUXILIARY =
  "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|am|may|isn't|aren't|don't|doesn't|didn't|wasn't|weren't|hasn't|haven't|won't|wouldn't|can't|couldn't|shouldn't";
export const QUESTION_WORD = 'what|who|whose|whom|which|when|where|why|how';
export const SUBJECT =
  'i|we|you|he|she|it|they|there|this|that|these|those|the|a|an|any|anyone|anybody|someone|somebody|everyone|everybody|all|our|my|your|his|her|their|either|both|some|most|_person|_date';
export const PRONOUN = 'i|we|you|he|she|it|they';

/** Verbs of a mental state or of being: promising them is no task. */
export const STATE_VERB =
  'be|have|know|think|guess|say|admit|see(?! if| whether| to it| what)|wait|stop|mention|assume|suppose|hope|believe|feel|like|love|want|need|remember|understand|agree|mean|miss|notice|wonder|leave it|leave you|let you|pass it|hand it|hand over|go first|start (?:with|by|this|the|my|sharing|from)|begin|skip|be honest|keep it short|show you|share my screen|tell you|give you|explain|ask you|repeat|talk about|never|not|probably|likely|always|ever';

/** Verbs of work that someone can be given to do. */
export const ACTION_VERB =
  'send|email|mail|write|draft|prepare|update|fix|check|review|call|ping|contact|ask|tell|remind|share|upload|download|forward|add|remove|delete|create|make|build|set|put|post|publish|submit|file|sign|order|buy|book|schedule|arrange|organise|organize|finish|complete|deliver|deploy|release|ship|test|debug|investigate|look|read|translate|summarise|summarize|document|clean|migrate|renew|cancel|change|rename|move|merge|approve|confirm|verify|collect|gather|find|get|take|bring|give|show|present|plan|analyse|analyze|compare|measure|monitor|track|report|respond|reply|answer|follow|handle|coordinate|invite|interview|hire|train|install|configure|enable|disable|restart|open|close|print|scan|copy|export|import|sort|rewrite|redo|try|pick|choose|circulate|notify|escalate|double[- ]check|mute|unmute|turn|keep|run|work|talk|speak|meet|pay|design|develop|implement|refactor|record|research|define|list|drop|note|start|stop|continue|hold|join';

/** Verbs of settling something between ways to go. */
export const CHOICE =
  'go (?:ahead )?with|go for|use|keep|stick (?:with|to)|stay with|pick|choose|adopt|drop|skip|postpone|delay|cancel|launch|ship|switch|stop|call it|leave (?:it|that|the)|settle|take the|ditch|cut|raise|lower|move (?:to the|ahead with|forward with)|do (?:it|that|this|the|both|option)';

/** What people get together in. */
export const GATHERING =
  'meeting|call|sync|stand-?up|demo|review|workshop|session|retro|retrospective|interview|lunch|coffee|appointment|slot|one on one|catch-?up|check-?in|kick-?off|invite|planning|follow-?up';
export const GET_TOGETHER =
  'meet|talk|speak|chat|sync(?: up)?|catch up|get together|regroup|reconvene|sit down|touch base|have (?:a|another) (?:\\w+ )?(?:call|chat|meeting)|(?:jump|hop|get) on a (?:\\w+ )?call|find (?:a|some) (?:time|slot)';
