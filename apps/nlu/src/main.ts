import 'reflect-metadata';
import { runService } from '@parley/service';
import { NluModule } from './nlu.module';

void runService('nlu', NluModule);
