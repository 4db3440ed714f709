"""Names of customers and contacts: normalised, turned into keys for an index, looked for and ranked."""

from core.names.contact_points import email_of, host_of, phone_digits
from core.names.grading import Match
from core.names.keys import Key, KeyKind, keys, query_keys
from core.names.normalising import normalise
from core.names.ranking import Candidate, Ranked, is_confident, rank

__all__ = [
    "Candidate",
    "Key",
    "KeyKind",
    "Match",
    "Ranked",
    "email_of",
    "host_of",
    "is_confident",
    "keys",
    "normalise",
    "phone_digits",
    "query_keys",
    "rank",
]
