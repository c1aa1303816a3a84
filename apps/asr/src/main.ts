import 'reflect-metadata';
import { runService } from '@parley/service';
import { AsrModule } from './asr.module';

void runService('asr', AsrModule);
