/**
 * The shapes that cross the borders of the client, for the type checker only; not published.
 * Verdicts are the JSON of `kakugen_checkers.protocol`; messages are those of the runtime pack's worker.
 */

export type Status = "identified" | "ambiguous" | "unknown";

export interface Labelled {
  id: string;
  label: string;
}

export interface Evidence {
  field: string;
  text: string;
  shows: string;
  /** In code points of the answer; null together with `end` when the answer holds the words only encoded. */
  start: number | null;
  end: number | null;
  before: string;
  after: string;
}

export interface Fact {
  id: string;
  label: string;
  value: string;
  note: string;
}

export interface Step {
  text: string;
  where: string[];
  note: string;
  topic: string | null;
}

export interface Section {
  id: string;
  title: string;
  text: string;
  steps: Step[];
  checklist: boolean;
}

export interface Handover {
  checker: string;
  label: string;
  answers: Record<string, string | number | boolean | string[]>;
}

export interface Alternative {
  topic: string;
  title: string;
  summary: string;
  tell_apart: string;
}

export interface Expiry {
  id: string;
  text: string;
  until: string;
  month_only: boolean;
  ended: boolean;
  source: string;
}

export interface Message {
  id: string;
  to: string;
  label: string;
  text: string;
}

export interface Figure {
  id: string;
  kind: string;
  title: string;
  columns: string[];
  rows: (string | number | null)[][];
  note: string;
  marks: Mark[];
}

export interface Mark {
  at: string | number;
  label: string;
}

export interface Verdict {
  checker: string;
  locale: string;
  status: Status;
  topic: string | null;
  title: string;
  summary: string;
  topics: string[];
  confidence: number;
  confidence_meaning: string;
  permanence: Labelled | null;
  actor: Labelled | null;
  speaker: Labelled | null;
  evidence: Evidence[];
  facts: Fact[];
  steps: Step[];
  cautions: string[];
  questions: string[];
  alternatives: Alternative[];
  maxims: string[];
  expiries: Expiry[];
  messages: Message[];
  figures: Figure[];
  sections: Section[];
  handovers: Handover[];
  report: string;
}

/** One row of a field of rows: what stands in its columns, by their ids. */
export type Row = Record<string, string>;

/** One entered value as `answers_from_json` reads it. */
export type Answer = string | number | boolean | string[] | Row[] | null | { base64: string };

export type Answers = Record<string, Answer>;

export interface Link {
  title: string;
  /** Relative to the root of the whole site. */
  url: string;
}

/** What the page lets answers link to: the JSON of `script[data-catalog]`. */
export interface Catalog {
  topics: Record<string, Link[]>;
  maxims: Record<string, Link>;
  /** The page of each checker that the site has turned on, by id. */
  checkers: Record<string, Link>;
  /** Where a reader may tell of what no checker has understood; the page that opens sends nothing by itself. */
  report?: string;
}

export type Words = typeof import("./words/en.json");

export type LoadingStage = "download" | "start" | "import";

export interface Progress {
  stage: LoadingStage;
  /** Bytes. */
  loaded: number;
  total: number;
}

export type FailedStage = "manifest" | "download" | "verify" | "start" | "import" | "run";

/** As a worker tells of it. */
export interface ToldRequest {
  /** How long ago it began, in milliseconds. */
  ago: number;
  address: string;
  stopped: boolean;
}

export interface SeenRequest {
  /** When it began, in milliseconds of the page's time. */
  at: number;
  address: string;
  /** Whether the page's policy stopped it, so that nothing was sent. */
  stopped: boolean;
}

export type FromWorker =
  | ({ type: "progress" } & Progress)
  | { type: "ready"; snapshot?: true; lacking?: boolean }
  | { type: "added"; checker: string }
  | { type: "verdict"; run: number; verdict: string }
  | { type: "requests"; requests: ToldRequest[] }
  | { type: "failed"; run: number | null; stage: FailedStage; file: string | null; detail: string };

/** What a page asks of the service worker of the site, and what it answers; see `kakugen/offline/worker.js`. */
export type OfflineRequest = { type: "keep"; groups: string[] } | { type: "remove" } | { type: "state" };

export type OfflineAnswer =
  | { type: "progress"; loaded: number; total: number }
  | { type: "state"; groups: string[]; bytes: number }
  | { type: "failed"; reason: "full" | "forbidden" | "changed" | "unreachable"; detail: string };

export interface OfflineSizes {
  build: string;
  /** Bytes, by group of files. */
  groups: Record<string, number>;
}

export interface Question {
  checker: string;
  /** JSON of `Answers`. */
  answers: string;
  /** The reader's day, ISO 8601. */
  today: string;
  locale: string;
}

export type State = "idle" | "loading" | "ready" | "running" | "done" | "failed";

/** What the entry module asks of the rest of the client. */
export interface Attendant {
  /** The reader means to ask: start the runtime. */
  wake(): void;
  /** Something was entered for the first time, or again; at which time of the page, in milliseconds. */
  entered(at: number): void;
  /** Files were dropped on, pasted into or chosen for a field; without a field, for the first that takes files. */
  attach(files: readonly File[], field: string | null): void;
  /** A button of the form was pressed, other than the one that asks: `data-press` says what it does. */
  press(button: Element): void;
  /** Answer what stands in the form. */
  ask(): void;
  /** Take over what another checker has handed on; does nothing when there is nothing. */
  arrive(): void;
  /** Move to the element of the same page after instant navigation came back to it. */
  move(host: HTMLElement): void;
}
