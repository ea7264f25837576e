/** The shapes that cross the borders of the service worker, for the type checker only; not published. */

/** The build of the site that this service worker belongs to; written in front of the script. */
declare const BUILD: string;

/** Address relative to the root of the site, size in bytes, hash. */
type KeptFile = [address: string, bytes: number, hash: string];

interface FileList {
  schema: number;
  groups: Record<string, KeptFile[]>;
}

/** What is kept: whole groups, and their size in bytes. */
interface KeptRecord {
  groups: string[];
  bytes: number;
}

type FromPage = { type: "keep"; groups: string[] } | { type: "remove" } | { type: "state" };

type RefusalReason = "full" | "forbidden" | "changed" | "unreachable";

type ToPage =
  | { type: "progress"; loaded: number; total: number }
  | ({ type: "state" } & KeptRecord)
  | { type: "failed"; reason: RefusalReason; detail: string };
