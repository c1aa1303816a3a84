import { IsBoolean, IsInt, IsOptional, IsString, Min } from 'class-validator';

/** What came of asking a provider whether a connection works. */
export class ConnectionTest {
  @IsBoolean() works: boolean;
  /** Why not. */
  @IsOptional() @IsString() reason?: string;
  /** How long it took. */
  @IsInt() @Min(0) ms: number;
}
