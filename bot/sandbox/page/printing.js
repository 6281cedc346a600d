// One answer on paper: the page prints that message alone, in black on white.

import { byId } from "./dom.js";

export function printOnly(number) {
  const item = byId(`message-${number}`);
  if (!item) return;
  document.body.classList.add("prints-one");
  item.classList.add("printed");
  addEventListener("afterprint", () => {
    document.body.classList.remove("prints-one");
    item.classList.remove("printed");
  }, { once: true });
  print();
}

// A document such as the card: its own printing where the browser shows such files, a download where it does not.
export function printDocument(content, name) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/pdf" }));
  const frame = document.createElement("iframe");
  frame.className = "unseen";
  frame.title = name;
  frame.addEventListener("load", () => { frame.contentWindow.focus(); frame.contentWindow.print(); });
  frame.src = address;
  document.body.append(frame);
  setTimeout(() => { frame.remove(); URL.revokeObjectURL(address); }, 60000);
}
