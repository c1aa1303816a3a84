import { IsISO8601, IsString, Length, Matches } from 'class-validator';

export const WORKSPACE_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export class CreateWorkspace {
  /** A word of its own: it stands in `X-Workspace-Id`, and is not changed later. */
  @Matches(WORKSPACE_PATTERN) id: string;
  @IsString() @Length(1, 120) name: string;
}

/** Whose everything is: meetings, documents, connections and keys of one workspace are nothing to another. */
export class Workspace extends CreateWorkspace {
  @IsISO8601() createdAt: string;
}
