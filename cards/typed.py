"""A line that was typed, as the buttons below its answer say it again: whole, or with another name."""

import re
from dataclasses import dataclass

_OPENING, _CLOSING = '["“「《]?', '["”」》]?'


@dataclass(frozen=True, slots=True)
class Typed:
    """The verb and the text behind it."""

    verb: str = ""
    text: str = ""

    @property
    def line(self) -> str:
        """The whole line."""
        return f"{self.verb} {self.text}".strip()

    def handing(self, asked: str, handle: str) -> str:
        """The line with the member it asks for, who stands at its end, replaced by a handle."""
        before, found, after = self.text.rpartition(asked)
        return f"{self.verb} {before}{handle}{after}".strip() if found else self.line

    def naming(self, asked: str, id_: str, *, name: str = "") -> str:
        """The line with what it asks for replaced by an id, parted from what follows; nothing else is lost.

        Where ``asked`` begins with ``name`` alone, what stands behind it is no part of the name and stays.
        """
        meant = asked[: len(name)] if name and asked.casefold().startswith(f"{name.casefold()} ") else asked
        found = re.search(_OPENING + r"\s+".join(map(re.escape, meant.split())) + _CLOSING, self.text)
        if found is None:
            return f"{self.verb} {id_}: {self.text}".removesuffix(": ")
        before, after = self.text[: found.start()], self.text[found.end() :].lstrip(",，、")
        glue = "" if not after or after[0] in " :：" else ": "
        return f"{self.verb} {before}{id_}{glue}{after}".strip()


NOTHING = Typed()
