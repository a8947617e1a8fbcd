// What our scripts hand to each other through the window, and what the pages they stand in hold.

interface Window {
  /** Called by each script that brings data: JSON, deflated, in base64. */
  packed(data: unknown): void;
  /** Opens what is deflated, in browsers that cannot by themselves. */
  inflate(bytes: Uint8Array): Uint8Array;
  DecompressionStream: any;
  exploreFigure(figure: HTMLElement, data: any, opener: HTMLElement): Promise<void>;
  search: any;
  openSearch(): void;
  /** Loads a script or a style sheet, once; what a script brings comes of it. */
  loadOnce(address: string): Promise<any>;
  /** Opens the card of a link, of a drawing where it was touched, or of a mark; says whether the touch is used up. */
  explain(target: any, point?: { x: number; y: number }): boolean;
  openCard(target: any, point?: { x: number; y: number }): boolean;
}

/** The chart library, which is loaded when a reader asks for a chart. */
declare const Plotly: any;

// What our scripts look for in their pages is HTML: drawings are never changed by hand.
interface ParentNode {
  querySelector(selectors: string): HTMLElement | null;
  querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
}

/** The stemmer of the language, which the build of search puts in its place. */
declare module "rules" {
  export function stemmer(word: string): string;
}

/** What opens packed scripts in old browsers, which the build puts into `inflate.js`. */
declare module "fflate" {
  export function unzlibSync(bytes: Uint8Array): Uint8Array;
}
