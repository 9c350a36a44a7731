"""An open page: what it shows, what it does that nobody asked for, how long it works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SHOWN = """() => Array.from(document.querySelectorAll("article"))
  .filter(entry => !entry.closest("[hidden]"))
  .map(entry => Number(entry.id.replace("entry-", "")))
"""
GO = """fragment => new Promise(done => {
  addEventListener("hashchange", () => setTimeout(done), { once: true });
  location.hash = fragment;
})
"""
SHOWN_FOR = f"""queries => queries.map(query => {{
  const field = document.getElementById("search");
  field.value = query;
  field.dispatchEvent(new Event("input"));
  return ({SHOWN})();
}})
"""


class Opened:
    """A page that is open, and what it did that nobody asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", self._complain)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complain(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def shown(self) -> list[int]:
        """Return the ids of the entries that can be seen, in the order of the page."""
        ids: list[int] = self.page.evaluate(SHOWN)
        return ids

    def shown_for(self, queries: Sequence[str]) -> list[list[int]]:
        """Type each query in turn, and return the ids of the entries that can be seen then."""
        ids: list[list[int]] = self.page.evaluate(SHOWN_FOR, queries)
        return ids

    def status(self) -> str:
        """Return what the page says of how many entries it shows."""
        return str(self.page.inner_text("#status"))

    def measure(self) -> None:
        """Begin to count the work of the page's thread."""
        self._session = self.page.context.new_cdp_session(self.page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def work(self) -> float:
        """Return the seconds that the page's thread has worked since `measure`."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    def go(self, fragment: str) -> None:
        """Follow a link within the page, and wait until the page has done so."""
        self.page.evaluate(GO, fragment)

    def wait_for(self, status: str) -> None:
        """Wait until the page says that it shows so many entries."""
        self.page.locator("#status").filter(has_text=status).wait_for()

    def type(self, text: str) -> None:
        """Put a query into the field, as a reader does who pastes it."""
        self.page.fill("#search", text)
