// What our scripts hand to each other through the window, and what the pages they stand in hold.

interface Window {
  /** The data of each figure that was asked for, by its id. */
  figureData: Record<string, any>;
  /** The drawings that were fetched, as SVG, by the path of their script in the site of their language. */
  drawings: Record<string, string>;
  exploreFigure(figure: HTMLElement, data: any, opener: HTMLElement): Promise<void>;
  /** Called by each part of the index of search as it loads. */
  searchPart(kind: string, name: string, content: any): void;
  search: any;
  openSearch(): void;
  /** Loads a script or a style sheet, once. */
  loadOnce(address: string): Promise<unknown>;
  /** What the cards of a part of a page say: see `card_data.py`. */
  cardData: any;
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
