/* Parts of maps that cannot be pointed at. */
function tooSmall() {
  return Array.from(document.querySelectorAll(".map [role=img]"))
    .filter((part) => {
      const box = part.getBoundingClientRect();
      return !(box.width >= 6 && box.height >= 10);
    })
    .map((part) => part.getAttribute("aria-label"));
}

/* Texts of maps that lie on each other or beyond the edge of their map. */
function overlaps() {
  const found = [];
  for (const map of document.querySelectorAll(".map")) {
    const page = map.getBoundingClientRect();
    const texts = Array.from(map.querySelectorAll("text"));
    const boxes = texts.map((text) => text.getBoundingClientRect());
    for (let i = 0; i < texts.length; i++) {
      const one = boxes[i];
      if (one.left < page.left || one.right > page.right || one.bottom > page.bottom) {
        found.push("cut: " + texts[i].textContent);
      }
      for (let j = 0; j < i; j++) {
        const other = boxes[j];
        const x = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (x > 0.5 && y > 3) {
          found.push(texts[j].textContent + " / " + texts[i].textContent);
        }
      }
    }
  }
  return found;
}

/* Texts and boxes whose contrast with what is behind is below 4.5 and 3 (WCAG 2.1, 1.4.3, 1.4.11). */
function faint() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const part = channels(colour)
      .slice(0, 3)
      .map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4)));
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour).length === 3 || channels(colour)[3] === 1) {
        return colour;
      }
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  for (const element of document.querySelectorAll("body *:not(script):not(title)")) {
    const says = Array.from(element.childNodes).some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
    if (!says || element.getClientRects().length === 0) {
      continue;
    }
    const style = getComputedStyle(element);
    const ink = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const pair = [light(ink), light(paper(element))];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (contrast < 4.5) {
      found.push(element.textContent + ": " + contrast.toFixed(2));
    }
  }
  for (const box of document.querySelectorAll(".map .box rect")) {
    const pair = [light(getComputedStyle(box).fill), light(paper(box))];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (contrast < 3) {
      found.push(box.parentElement.getAttribute("aria-label") + ": " + contrast.toFixed(2));
    }
  }
  return found;
}
