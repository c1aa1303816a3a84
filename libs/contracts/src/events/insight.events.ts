import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { Insight } from '../meeting/insight';
import { Segment } from '../meeting/segment';

/** What nlu found in a segment, with the segment, so that nobody has to ask for it. */
export class InsightCreated {
  @ValidateNested() @Type(() => Insight) insight: Insight;
  @ValidateNested() @Type(() => Segment) segment: Segment;
}
