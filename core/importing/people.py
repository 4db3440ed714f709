"""Members and teams as a sheet names them."""

from core.errors import InvalidInputError
from core.ids import MemberId, TeamId, WorkspaceId
from core.members.model import Member, Workspace
from core.text import clean_line
from core.work import Work


class People:
    """Who works here, found by what stands in a cell. Asks the store once."""

    def __init__(self, work: Work, workspace_id: WorkspaceId) -> None:
        self._members: dict[str, set[Member]] = {}
        self._found: dict[str, Member | None] = {}
        self._workspace: Workspace | None = work.members.workspace(workspace_id)
        for member in work.members.list_all(workspace_id):
            for word in {member.id, member.handle, member.email.casefold(), member.name.casefold()} - {""}:
                self._members.setdefault(word, set()).add(member)
        self._teams = {team.name.casefold(): team.id for team in work.members.list_teams(workspace_id)}

    def member(self, field: str, text: str) -> Member:
        """The member of this handle, e-mail address, name or id. Raises InvalidInputError for none, and for several."""
        found = self._members.get(_word(text), ())
        if len(found) != 1:
            raise InvalidInputError(field, "several_members" if found else "unknown_member", value=text)
        return next(iter(found))

    def member_if_known(self, text: str) -> Member | None:
        """The member; None for nobody, or for several."""
        if text not in self._found:
            found = self._members.get(_word(text), ())
            self._found[text] = next(iter(found)) if len(found) == 1 else None
        return self._found[text]

    def team_if_known(self, text: str) -> TeamId | None:
        """The team of this name."""
        return self._teams.get(clean_line(text).casefold())

    def by_id(self, member_id: MemberId | None) -> Member | None:
        """The member, unless removed."""
        return next(iter(self._members.get(member_id or "", ())), None)

    def zone_of(self, member_id: MemberId) -> str:
        """A member's time zone."""
        member = self.by_id(member_id)
        return (member.zone if member else "") or (self._workspace.zone if self._workspace else "UTC")


def _word(text: str) -> str:
    return clean_line(text).lstrip("@＠").casefold()
