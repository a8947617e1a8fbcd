// What a valid page is: the HTML standard as html-validate knows it, and what it advises besides, but for
// the rules below. Read by tests/test_html.py.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // The writer of our pages is a parser's own: it says defer="" where another says defer. The two are one.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    // Blank lines come from the engine's templates, and compress to nothing.
    "no-trailing-whitespace": "off",
    // A footnote is "fn:1", as in every Markdown; HTML asks only that an id has no space in it.
    "valid-id": ["error", { relaxed: true }],
    // Scripts and styles come from the host the page came from: whoever changes the ones changes the other.
    "require-sri": ["error", { target: "crossorigin" }],
    // How long a title is, is for the historian to say; a search engine cuts it where it likes.
    "long-title": "off",
  },
};
