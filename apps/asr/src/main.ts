// First: it keeps small what loading the rest would make large.
import '@parley/boot';
// Second: what is to be traced must be loaded after it.
import './tracing';
import 'reflect-metadata';
import { runService } from '@parley/service';
import { AsrModule } from './asr.module';

void runService('asr', AsrModule);
