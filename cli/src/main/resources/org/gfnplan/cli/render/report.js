"use strict";
(function () {
  const STEPS = [0.5, 0.75, 1, 1.5, 2, 3, 4];
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);

  let shown = null;

  function show(part) {
    shown = part;
    tip.textContent = part.getAttribute("aria-label");
    tip.hidden = false;
    const at = part.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    const isBeside = window.innerWidth - at.right - 18 >= own.width;
    const left = isBeside ? at.right + 10 : window.innerWidth - own.width - 8;
    const top = Math.max(8, isBeside ? at.top : at.bottom + 6);
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = Math.min(top, window.innerHeight - own.height - 8) + "px";
  }

  function hide() {
    shown = null;
    tip.hidden = true;
  }

  function partOf(event) {
    return event.target.closest(".map [role=img]");
  }

  /* The first part of a map is reached with Tab, its neighbours with the arrow keys. */
  function prepare(map) {
    const parts = Array.from(map.querySelectorAll("[role=img]"));
    parts.forEach(function (part, index) {
      part.setAttribute("tabindex", index === 0 ? "0" : "-1");
      part.querySelector("title").remove();
    });
    map.addEventListener("keydown", function (event) {
      const at = parts.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const next = parts[at + (step || 0)];
      if (event.key === "Escape") {
        hide();
      } else if (at !== -1 ? step !== undefined : false) {
        event.preventDefault();
        if (next) {
          parts[at].setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus();
        }
      }
    });
  }

  function zoomable(figure) {
    const bar = figure.querySelector(".zoom");
    const told = bar.querySelector("output");
    let at = STEPS.indexOf(1);
    function zoom(to) {
      at = Math.max(0, Math.min(STEPS.length - 1, to));
      told.textContent = Math.round(STEPS[at] * 100) + " %";
      figure.querySelectorAll(".map").forEach(function (map) {
        map.style.width = map.getAttribute("width") * STEPS[at] + "px";
        map.style.height = "auto";
      });
    }
    bar.hidden = false;
    bar.addEventListener("click", function (event) {
      const button = event.target.closest("button");
      if (button) {
        const step = Number(button.getAttribute("data-step"));
        zoom(step === 0 ? STEPS.indexOf(1) : at + step);
      }
    });
  }

  document.querySelectorAll(".map").forEach(prepare);
  document.querySelectorAll("figure").forEach(zoomable);
  ["mouseover", "focusin"].forEach(function (type) {
    document.addEventListener(type, function (event) {
      const part = partOf(event);
      if (part) {
        show(part);
      } else if (type === "mouseover") {
        hide();
      }
    });
  });
  document.addEventListener("focusout", hide);
  document.addEventListener(
    "scroll",
    function () {
      if (shown) {
        show(shown);
      }
    },
    true);
})();
