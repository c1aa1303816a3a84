import 'reflect-metadata';
import { runService } from '../run-service';
import { ProbeModule } from './probe.module';

void runService('nlu', ProbeModule);
