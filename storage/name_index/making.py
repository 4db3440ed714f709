"""Makes segments: of records, and of several segments one."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple
from zlib import crc32

import numpy as np

from core.names.indexing import Form
from storage.name_index.grams import han_grams, letter_grams
from storage.name_index.packed import Packed, pack
from storage.name_index.postings import Postings
from storage.name_index.segment import BETWEEN, Segment
from storage.name_index.texts import Texts


class Entry(NamedTuple):
    """What is kept of a record: its number (an id as a number), its names' forms, addresses in full, and phones."""

    number: int
    is_contact: bool
    forms: list[Form]
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def segment_of(entries: Iterable[Entry]) -> Segment:
    """The segment of some records, each given once."""
    return _Gathered(entries).segment()


def merged(parts: Sequence[Segment]) -> Segment:
    """One segment of several."""
    numbers = np.concatenate([part.numbers for part in parts])
    order = np.argsort(numbers, kind="stable")
    places = np.empty(len(order), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    record_places = np.split(places, np.cumsum([len(part) for part in parts])[:-1])
    docs = np.cumsum([0, *(len(part.records) for part in parts)]).tolist()
    doc_places = [np.arange(first, end, dtype=np.uint32) for first, end in pairwise(docs)]
    return Segment(
        numbers=numbers[order],
        contacts=np.concatenate([part.contacts for part in parts])[order],
        records=np.concatenate([place[part.records] for part, place in zip(parts, record_places, strict=True)]),
        shapes=Texts.merged([part.shapes for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
        letters=Postings.merged([part.letters for part in parts], docs[:-1]),
        han=Postings.merged([part.han for part in parts], docs[:-1]),
        exact=Packed.merged([part.exact for part in parts], doc_places),
        initials=Packed.merged([part.initials for part in parts], doc_places),
        addresses=Packed.merged([part.addresses for part in parts], record_places),
        phones=Packed.merged([part.phones for part in parts], record_places),
    )


class _Gathered:
    """What a segment is made of."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.numbers: list[int] = []
        self.contacts: list[bool] = []
        self.records: list[int] = []
        self.texts: list[str] = []
        self.tails: list[str] = []
        self.sounds: list[str] = []
        self.exact: list[tuple[int, int]] = []
        self.initials: list[tuple[int, int]] = []
        self.addresses: list[tuple[int, int]] = []
        self.phones: list[tuple[int, int]] = []
        for entry in sorted(entries, key=attrgetter("number")):
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        place = len(self.numbers)
        self.numbers.append(entry.number)
        self.contacts.append(entry.is_contact)
        for form in entry.forms:
            doc = len(self.records)
            self.records.append(place)
            self.texts.append(form.text)
            self.tails.append(form.tail)
            self.sounds.append(form.sound)
            self.exact += [(crc32(text.encode("utf-8", "replace")), doc) for text in form.exact]
            self.initials += [(pack(text), doc) for text in form.initials]
        self.addresses += [(crc32(text.encode("utf-8", "replace")), place) for text in entry.addresses]
        self.phones += [(pack(digits[::-1]), place) for digits in entry.phones]

    def segment(self) -> Segment:
        """What was gathered, sorted."""
        letters = [sound or text for text, sound in zip(self.texts, self.sounds, strict=True)]
        han = [text if sound else "" for text, sound in zip(self.texts, self.sounds, strict=True)]
        return Segment(
            numbers=np.array(self.numbers, np.uint64),
            contacts=np.array(self.contacts, np.bool_),
            records=np.array(self.records, np.uint32),
            shapes=Texts.of([BETWEEN.join(shape) for shape in zip(self.texts, self.tails, self.sounds, strict=True)]),
            lengths=np.array([min(len(text), 255) for text in letters], np.uint8),
            letters=Postings.of(*letter_grams(letters)),
            han=Postings.of(*han_grams(han)),
            exact=Packed.of_checksums(self.exact),
            initials=Packed.of(self.initials),
            addresses=Packed.of_checksums(self.addresses),
            phones=Packed.of(self.phones),
        )
