import type { Draft, Planner, PlanningContext } from './draft';
import { planEmail } from './kinds/email.planner';
import { planEvent } from './kinds/event.planner';
import { planFact } from './kinds/fact.planner';
import { planMessage } from './kinds/message.planner';
import { planPage } from './kinds/page.planner';
import { planQuestion } from './kinds/question.planner';
import { planTask } from './kinds/task.planner';

/** Every kind that is proposed by itself. A new kind is one planner and one entry here. */
const planners: readonly Planner[] = [
  planFact,
  planQuestion,
  planTask,
  planMessage,
  planEmail,
  planEvent,
  planPage,
];

export function plan(context: PlanningContext): Draft[] {
  return planners.flatMap((planner) => planner(context) ?? []);
}
