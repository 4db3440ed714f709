"""A person written into a line: name, what they do, telephone and e-mail, in the order people type them."""

from core.patterns import late

_LONGEST = 500
_EMAIL = late(r"[^\s,，;；<>]+@[^\s,，;；<>]+\.[^\s,，;；<>]+")
_PHONE = late(r"(?<![\w.])\+?[\d(][\d ().-]{5,}\d(?!\w)")
_PARTS = late(r"[,，、;；]")
_HAN_NAME = late(r"[\u3400-\u9fff·]{2,6}\s")  # a Chinese name ends with its blank


def read_person(text: str) -> dict[str, str]:
    """The contact's fields: ``Ada Bell, buyer, ada@acme.example, +1 555 0100``, 林晓 采购经理 13800000000."""
    found: dict[str, str] = {}
    if len(text) > _LONGEST:
        return {"name": text}  # and too long for one, as it will be told
    for field, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        if match := pattern.search(text):
            found[field] = match[0].strip()
            text = f"{text[: match.start()].rstrip()} {text[match.end() :]}"
    parts = [part.strip(" <>") for part in _PARTS.split(text)]
    name, *others = [part for part in parts if part] or [""]
    if _HAN_NAME.match(name):
        name, _, said = name.partition(" ")
        others.insert(0, said.strip())
    title = ", ".join(filter(None, others))
    return {"name": name, **({"title": title} if title else {}), **found}
