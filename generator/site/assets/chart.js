// Stands in every page: shows the button that asks for a live chart, and fetches the rest only then.
(function () {
  "use strict";
  var here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  var loading = {};

  function load(address) {
    loading[address] = loading[address] || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () {
        delete loading[address];
        script.remove();
        reject(new Error(address));
      };
      document.head.appendChild(script);
    });
    return loading[address];
  }

  function wake(figure, button) {
    var name = button.textContent;
    button.disabled = true;
    button.textContent = button.dataset.loading;
    load(new URL(figure.dataset.src, document.baseURI).href)
      .then(function () {
        var data = window.figureData[figure.dataset.figure];
        return Promise.all([
          load(new URL("explore.js", here).href),
          load(new URL("../" + data.plotly, here).href)
        ]).then(function () {
          return window.exploreFigure(figure, data, button);
        });
      })
      .then(function () { button.textContent = name; }, function () { button.textContent = button.dataset.failed; })
      .then(function () { button.disabled = false; });
  }

  document.querySelectorAll("figure.fig[data-src]").forEach(function (figure) {
    var button = figure.querySelector(".fig-explore");
    button.hidden = false;
    button.addEventListener("click", function () { wake(figure, button); });
  });
})();
